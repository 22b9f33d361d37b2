/*
 * totp - one-time codes by the clock (RFC 6238: HMAC-SHA-1, 6 digits, steps of 30 seconds)
 *
 * A step is the number of the 30 seconds since 1970. Clocks of devices differ from ours: their
 * drift, in steps, is found out when two codes in a row are shown, and small ones are put up with.
 * Which codes have been used is the caller's to remember: only steps after `last` are looked at.
 *
 * Private to services/iam; no I/O.
 */
#pragma once

#include "base/str.h"

enum {
    TOTP_DIGITS = 6,
    TOTP_STEP_MS = 30 * 1000,
    TOTP_NEAR = 1, /* steps that a code may be early or late */
    TOTP_SLOW = 2, /* drift up to here is the time that typing two codes takes */
    TOTP_FAR = 20, /* steps in which two codes in a row are looked for: 10 minutes each way */
};

int64_t totp_step(int64_t now); /* of a time in ms */
/* Writes TOTP_DIGITS digits, without a NUL. */
void totp_code(str seed, int64_t step, char ret[TOTP_DIGITS]);
/* The step after `last` of which this is the code, near `now` (a step) as the device's clock shows
 * it; 0: there is none. */
int64_t totp_find(str seed, str code, int64_t now, int64_t drift, int64_t last);
/* The step of `second` where `first` is the code just before it, not so near; 0: there is none. */
int64_t totp_find_two(str seed, str first, str second, int64_t now, int64_t last);
/* What to remember of a device whose code of `step` came at `now`. */
int64_t totp_drift(int64_t step, int64_t now);
