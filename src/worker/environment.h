/*
 * environment - the variables that the commands of a build see
 *
 * Later ones win: what every build has, env/variables of the buildspec, the project's
 * and the build's own, CODEBUILD_*, and what the owner adds (endpoint, credentials).
 */
#pragma once

#include "worker/build.h"

/* "K=V" strings, NULL at the end, in the arena. `variables`: of the buildspec, the project and the
 * build, all with their values; of one name the last wins. */
const char *const *environment_make(struct arena *arena, const struct build_options *options,
        struct buildspec_pairs variables, str source_version);
