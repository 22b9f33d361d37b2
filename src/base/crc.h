/*
 * crc - the two reflected CRCs that zlib does not have
 *
 * A running value starts at 0 and can be passed to the next call, as with zlib's crc32().
 */
#pragma once

#include "base/str.h"

uint64_t crc32c_add(uint64_t crc, str bytes);    /* Castagnoli, RFC 3720 */
uint64_t crc64nvme_add(uint64_t crc, str bytes); /* NVM Express, 64b CRC */
