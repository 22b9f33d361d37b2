/*
 * local - `slipway build [DIR]`: a buildspec here and now, without a server
 *
 *     --buildspec FILE   instead of DIR/buildspec.yml
 *     --env NAME=VALUE   any number of them
 *     --artifacts DIR    where the artifacts go; without it they are only looked for
 *     --check            read the buildspec, say what is wrong with it, build nothing
 *
 * The build works on a copy of DIR in a sandbox; DIR itself stays as it is. The log goes
 * to standard output as it comes, then a table of the phases.
 *
 * Exit code: 0 the build succeeded, 1 it did not, 2 it could not be started (arguments,
 * no buildspec).
 */
#pragma once

int worker_build_main(int argc, char **argv); /* argv[0] is "build" */
