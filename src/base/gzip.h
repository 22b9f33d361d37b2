/* gzip - bytes made smaller as everybody can read them (RFC 1952), whole and in memory */
#pragma once

#include "base/str.h"

str gzip_pack(struct arena *arena, str bytes);
