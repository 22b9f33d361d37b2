/*
 * environment - the variables that the commands of a build see
 *
 * Later ones win: what every build has, env/variables of the buildspec, the project's
 * and the build's own, CODEBUILD_*, and what the owner adds (endpoint, credentials).
 */
#pragma once

#include "worker/build.h"

/* "K=V" strings, NULL at the end, in the arena. `spec` may be NULL. */
const char *const *environment_make(struct arena *arena, const struct build_options *options,
        const struct buildspec *spec, str source_version);
