/*
 * secret_values - values of environment variables that stand in Parameter Store or Secrets Manager
 *
 *     parameter-store    the parameter's name, or its ARN
 *     secrets-manager    secret-id[:json-key[:version-stage[:version-id]]]; the id may be an ARN
 *
 * They are asked for as the service role of the build, whose policies decide: ssm:GetParameters,
 * as AWS asks, and secretsmanager:GetSecretValue.
 *
 * Source    CodeBuild User Guide, "Build specification reference", env
 */
#pragma once

#include "net/aws.h"
#include "worker/buildspec.h"

/* The parts of a reference to a secret; absent where it has none. */
struct secret_reference {
    str id, json_key, stage, version;
};

/* -EINVAL  it has no id, or more parts than there are */
MUST_CHECK int secret_reference_parse(str text, struct secret_reference *ret, struct error *err);
/* The member of a JSON object that is a string, number or boolean, as text. -EINVAL, -ENOENT */
MUST_CHECK int secret_member(struct arena *arena, str json, str key, str *ret, struct error *err);

/* The value, in the arena. Any error: *err is for the build's phase, in AWS's words. */
MUST_CHECK int secret_value_ask(struct aws *role, struct arena *arena,
        const struct buildspec_pair *variable, str *ret, struct error *err);
