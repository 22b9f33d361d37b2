/*
 * identity - which host an agent is, and how it reaches the server
 *
 * From the command line, the environment and the on-premises file that
 * `aws deploy register` writes:
 *
 *     region: us-east-1
 *     iam_user_arn: arn:aws:iam::123456789012:user/CodeDeploy/web-1
 *     aws_access_key_id: AKIA...
 *     aws_secret_access_key: ...
 */
#pragma once

#include "net/sigv4.h"

#define AGENT_DEFAULT_ROOT "/opt/codedeploy-agent/deployment-root"
#define AGENT_DEFAULT_CONFIG "/etc/codedeploy-agent/conf/codedeploy.onpremises.yml"

struct agent_identity {
    str endpoint;
    str ca_file; /* authority of the server's certificate and of its deployment specifications */
    str region;
    str host; /* ARN of the IAM user (or session) that this host is */
    str root;
    struct sigv4_credentials credentials;
};

/* --endpoint URL --ca FILE [--config FILE] [--root DIR] [--region R] [--host ARN]. -EINVAL */
MUST_CHECK int agent_identity_read(
        struct arena *arena, int argc, char **argv, struct agent_identity *ret, struct error *err);
