/*
 * worker - `slipway worker`: builds for a server, on this host
 *
 *     --endpoint URL     the server (required)
 *     --capacity N       builds at the same time; default: processors
 *     --work DIR         where builds have their directories; default: a new one in
 *                        $TMPDIR or /var/tmp. As root, user 65534 must be able to walk
 *                        to it. What an earlier worker left in it is removed.
 *     --name ID          in the server's listings; default: host name and process id
 *     --ca FILE          trust these authorities; default: $AWS_CA_BUNDLE
 *     --credentials FILE AWS's shared-credentials format, its first profile; default: the
 *                        environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN)
 *     --secret FILE      one that is the worker's own, made if absent: what an earlier worker with
 *                        it held when it was killed starts again at once, not when its leases
 *                        are over. For one worker at a time.
 *     --region R         default: $AWS_REGION, $AWS_DEFAULT_REGION, us-east-1
 *     --hide DIR         a directory that no build may see, should it lie below /usr or /opt
 *
 * The credentials need slipway-worker:* and nothing else: builds use their own service roles.
 *
 * SIGTERM or SIGINT: running builds are killed and given up, and start again elsewhere
 * when their leases are over; exit code 0. SIGQUIT: no new builds, ends when the running
 * ones have, or at the next signal. Bad arguments: exit code 2.
 */
#pragma once

int worker_main(int argc, char **argv); /* argv[0] is "worker" */
