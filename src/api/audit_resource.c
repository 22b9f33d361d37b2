#include "api/audit_resource.h"

#include "api/call.h"

/* Where the name of such a resource stands behind its prefix. */
enum name_place {
    NAME_ARN,   /* the ARN is the name */
    NAME_WHOLE, /* all of it */
    NAME_FIRST, /* up to the next ':' or '/' */
    NAME_LAST,  /* after the last '/': IAM paths */
};

/* The first line that fits decides. */
static const struct {
    const char *service, *prefix; /* of the ARN's resource */
    const char *inside;           /* a byte that must occur after the prefix; NULL: none */
    const char *type;
    enum name_place name;
} kinds[] = {
        {"codebuild", "project/", NULL, "AWS::CodeBuild::Project", NAME_WHOLE},
        {"codebuild", "build/", NULL, "AWS::CodeBuild::Build", NAME_WHOLE},
        {"cloudtrail", "trail/", NULL, "AWS::CloudTrail::Trail", NAME_WHOLE},
        {"codebuild", "report-group/", NULL, "AWS::CodeBuild::ReportGroup", NAME_WHOLE},
        {"codecommit", "", NULL, "AWS::CodeCommit::Repository", NAME_WHOLE},
        {"codedeploy", "application:", NULL, "AWS::CodeDeploy::Application", NAME_WHOLE},
        {"codedeploy", "deploymentgroup:", NULL, "AWS::CodeDeploy::DeploymentGroup", NAME_WHOLE},
        {"codedeploy", "deploymentconfig:", NULL, "AWS::CodeDeploy::DeploymentConfig", NAME_WHOLE},
        {"codedeploy", "instance/", NULL, "AWS::CodeDeploy::Instance", NAME_WHOLE},
        {"codedeploy", "instance:", NULL, "AWS::CodeDeploy::Instance", NAME_WHOLE},
        {"codepipeline", "webhook:", NULL, "AWS::CodePipeline::Webhook", NAME_WHOLE},
        {"codepipeline", "", NULL, "AWS::CodePipeline::Pipeline", NAME_FIRST},
        {"iam", "user/", NULL, "AWS::IAM::User", NAME_LAST},
        {"iam", "role/", NULL, "AWS::IAM::Role", NAME_LAST},
        {"iam", "group/", NULL, "AWS::IAM::Group", NAME_LAST},
        {"iam", "policy/", NULL, "AWS::IAM::ManagedPolicy", NAME_LAST},
        {"iam", "instance-profile/", NULL, "AWS::IAM::InstanceProfile", NAME_LAST},
        {"iam", "mfa/", NULL, "AWS::IAM::VirtualMFADevice", NAME_LAST},
        {"iam", "oidc-provider/", NULL, "AWS::IAM::OIDCProvider", NAME_WHOLE},
        {"iam", "server-certificate/", NULL, "AWS::IAM::ServerCertificate", NAME_LAST},
        {"events", "rule/", NULL, "AWS::Events::Rule", NAME_LAST},
        {"kms", "key/", NULL, "AWS::KMS::Key", NAME_ARN},
        {"kms", "alias/", NULL, "AWS::KMS::Alias", NAME_ARN},
        {"logs", "log-group:", ":", "AWS::Logs::LogStream", NAME_ARN},
        {"logs", "log-group:", NULL, "AWS::Logs::LogGroup", NAME_WHOLE},
        {"s3", "", "/", "AWS::S3::Object", NAME_ARN},
        {"s3", "", NULL, "AWS::S3::Bucket", NAME_WHOLE},
        {"secretsmanager", "secret:", NULL, "AWS::SecretsManager::Secret", NAME_ARN},
        {"ssm", "parameter/", NULL, "AWS::SSM::Parameter", NAME_WHOLE},
};

/* The line for an ARN and what follows its prefix; -1: none. */
static int find_kind(str arn, str *ret_rest)
{
    struct arn parsed;

    if (arn_parse(arn, &parsed) < 0)
        return -1;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        str rest = parsed.resource;

        if (!str_eq(parsed.service, str_of(kinds[i].service)) ||
                !str_take_prefix(&rest, str_of(kinds[i].prefix)) ||
                (kinds[i].inside && str_find_char(rest, *kinds[i].inside) < 0))
            continue;
        *ret_rest = rest;
        return (int)i;
    }
    return -1;
}

str audit_resource_type(str arn)
{
    str rest;
    int kind = find_kind(arn, &rest);

    return kind < 0 ? (str){0} : str_of(kinds[kind].type);
}

str audit_resource_name(str arn)
{
    str rest;
    int kind = find_kind(arn, &rest);

    if (kind < 0 || kinds[kind].name == NAME_ARN)
        return arn;
    if (kinds[kind].name == NAME_LAST)
        return str_skip(rest, (size_t)(str_rfind_char(rest, '/') + 1));
    for (size_t i = 0; kinds[kind].name == NAME_FIRST && i < rest.len; i++)
        if (rest.ptr[i] == ':' || rest.ptr[i] == '/')
            return str_head(rest, i);
    return rest;
}
