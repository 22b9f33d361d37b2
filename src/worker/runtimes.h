/*
 * runtimes - whether this host has the languages that a buildspec asks for
 *
 * `runtime-versions` chooses among what an image of AWS has installed; here there is
 * the host's toolchain, so it is only checked: the program is asked for its version,
 * which must begin with the one asked for ("3.11" takes 3.11.2; "3.x" and "latest" any).
 *
 * Errors    -EINVAL with AWS's message
 */
#pragma once

#include "worker/buildspec.h"

MUST_CHECK int runtime_check(str name, str version, struct error *err);
/* Whether `version` (as in a buildspec) takes the installed one, "3.11.2". */
bool runtime_version_matches(str version, str installed);
