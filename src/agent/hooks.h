/*
 * hooks - run the scripts of a lifecycle event, one after another
 *
 * The first failure ends the event. Each script is a process group of its own with its
 * input closed; what it prints goes to scripts.log, a timestamp before each line, and
 * its tail into the diagnostics. A script that is over its time gets SIGTERM, five
 * seconds later SIGKILL. When a script has ended but a process that it started still
 * holds its output, the event fails: background processes redirect all three streams.
 */
#pragma once

#include "agent/appspec.h"
#include "agent/diagnostics.h"

struct hooks_run {
    const struct appspec_hook *hook;
    str archive;            /* scripts lie below it */
    str log_dir;            /* has or gets scripts.log */
    const char *const *env; /* whole environment of the scripts; ends with NULL */
};

/* Always fills *ret (code 0: all succeeded); its texts are in the arena. */
void hooks_run(struct arena *arena, const struct hooks_run *run, struct diagnostics *ret);
