/*
 * cmd - the subcommands of slipway and what they share
 *
 * Exit codes: 0 done, 1 it failed, 2 it was called wrongly or cannot start.
 */
#pragma once

#include "base/str.h"

int cmd_serve(int argc, char **argv);
int cmd_env(int argc, char **argv); /* shell lines: how to reach the server */
int cmd_aws(int argc,
        char **argv); /* runs the aws CLI against the server; does not return if that starts */
int cmd_admin(int argc, char **argv);  /* account, backup, restore, fsck */
int cmd_policy(int argc, char **argv); /* explain, suggest */

/* Prints "slipway: …" and a hint; returns 2. */
int cmd_usage_error(const char *command, const struct error *err);
/* Prints "slipway: …"; returns 2. */
int cmd_fatal(const struct error *err);
