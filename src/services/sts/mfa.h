/* mfa - the one-time code that a call brings. Private to services/sts. */
#pragma once

#include "gen/sts.h"

/*
 * In prepare: takes the code of the caller's device. call->prepared becomes when that was (int64_t,
 * ms; 0: no code was brought). Fails the call in AWS's words where it is not right.
 */
MUST_CHECK int session_mfa(struct call *call, str serial, str code);
