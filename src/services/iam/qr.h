/*
 * qr - a text as a QR code, in a PNG of one bit for each dot
 *
 * Private to services/iam. libqrencode is loaded with the first code.
 *
 * Errors    -ENOENT libqrencode is not installed, -E2BIG more text than a code holds
 */
#pragma once

#include "base/str.h"

MUST_CHECK int qr_png(struct arena *arena, str text, str *ret, struct error *err);
