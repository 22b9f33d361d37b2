/*
 * hooks - what rotates secrets where a Lambda function would: commands and URLs of the operator's
 *
 * The operator names them in a file (serve --rotation-hooks FILE), which nobody else can write; who
 * calls the API can only choose among them, by the ARN of a function of that name.
 *
 *     {"db-password": {"command": ["/usr/local/lib/rotate-db"], "role": "rotation"},
 *      "gateway": {"url": "https://gateway.example/rotate", "keyFile": "/etc/slipway/gateway.key",
 *                  "caFile": "/etc/slipway/ca.pem", "role": "rotation",
 *                  "accounts": ["123456789012"], "timeoutSeconds": 30}}
 *
 *     RotationLambdaARN: arn:aws:lambda:REGION:ACCOUNT:function:db-password
 *
 * A hook gets the event that a rotation function gets, {"Step", "SecretId", "ClientRequestToken"},
 * and credentials of the role of that name in the secret's account (which trusts
 * lambda.amazonaws.com, as a function's does), and calls the API with them.
 *
 *     command    the event on standard input, the credentials, endpoint and region in the environment,
 *                which has nothing else of ours; exit status 0 is success, the last of standard error
 *                says why not
 *     url        POST of the event with "Endpoint", "Region" and "Credentials" added; 2xx is success.
 *                Slipway-Timestamp and Slipway-Signature, HMAC-SHA256 in hexadecimal of
 *                "TIMESTAMP.BODY" under the content of keyFile, prove where it comes from
 *
 * Limits    HOOKS_MAX_AT_ONCE run at once in a server: the threads of its jobs are few
 * Threads   constant once opened, but for the count of those under way
 */
#pragma once

#include "services/sts/sts.h"

enum {
    HOOKS_MAX = 1000,
    HOOKS_MAX_AT_ONCE = 2,
    HOOKS_MAX_TIMEOUT_S = 840,
};

struct hook {
    str name;
    str role;                /* its name, or path and name */
    const char *const *argv; /* NULL: url */
    str url, ca_file, key;
    struct str_list accounts; /* absent: the server's first; "*": every */
    int64_t timeout_ms;
};

struct hook_event {
    str step, secret, token;
    str endpoint, region, ca_path;
    struct sts_credentials credentials;
};

struct rotation_hooks;
/* -EINVAL: *err names the hook and what is wrong. */
MUST_CHECK int hooks_open(const char *path, struct rotation_hooks **ret, struct error *err);
void hooks_close(struct rotation_hooks *hooks); /* NULL is fine */
/* By the ARN of a function of the account and region that may use it; NULL: there is none. */
const struct hook *hooks_find(const struct server *server, str account, str region, str arn);
/* False: too many are under way. Else hooks_leave() follows. */
bool hooks_enter(struct rotation_hooks *hooks);
void hooks_leave(struct rotation_hooks *hooks);
/* -EREMOTEIO the hook says that it failed, and *err has its words; -ETIMEDOUT; others. */
MUST_CHECK int hook_run(const struct hook *hook, struct arena *arena,
        const struct hook_event *event, struct error *err);
