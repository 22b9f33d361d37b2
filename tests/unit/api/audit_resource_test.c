#include "api/audit_resource.h"

#include "unit.h"

static const struct {
    const char *arn, *type, *name; /* name NULL: the ARN */
} cases[] = {
        {"arn:aws:iam::1:user/a", "AWS::IAM::User", "a"},
        {"arn:aws:iam::1:user/dev/team/a", "AWS::IAM::User", "a"},
        {"arn:aws:iam::1:role/service-role/r", "AWS::IAM::Role", "r"},
        {"arn:aws:iam::1:policy/p", "AWS::IAM::ManagedPolicy", "p"},
        {"arn:aws:kms:r:1:key/k", "AWS::KMS::Key", NULL},
        {"arn:aws:kms:r:1:alias/k", "AWS::KMS::Alias", NULL},
        {"arn:aws:s3:::bucket", "AWS::S3::Bucket", "bucket"},
        {"arn:aws:s3:::bucket/key/k", "AWS::S3::Object", NULL},
        {"arn:aws:codecommit:r:1:repo", "AWS::CodeCommit::Repository", "repo"},
        {"arn:aws:codepipeline:r:1:p", "AWS::CodePipeline::Pipeline", "p"},
        {"arn:aws:codepipeline:r:1:p/Source/Fetch", "AWS::CodePipeline::Pipeline", "p"},
        {"arn:aws:codedeploy:r:1:deploymentgroup:a/g", "AWS::CodeDeploy::DeploymentGroup", "a/g"},
        {"arn:aws:codebuild:r:1:project/p", "AWS::CodeBuild::Project", "p"},
        {"arn:aws:logs:r:1:log-group:/a/b", "AWS::Logs::LogGroup", "/a/b"},
        {"arn:aws:logs:r:1:log-group:/a/b:log-stream:s", "AWS::Logs::LogStream", NULL},
        {"arn:aws:events:r:1:rule/x", "AWS::Events::Rule", "x"},
        {"arn:aws:cloudtrail:r:1:trail/t", "AWS::CloudTrail::Trail", "t"},
        {"arn:aws:codepipeline:r:1:webhook:w", "AWS::CodePipeline::Webhook", "w"},
        {"arn:aws:codedeploy:r:1:instance:i", "AWS::CodeDeploy::Instance", "i"},
        {"arn:aws:iam::1:mfa/m", "AWS::IAM::VirtualMFADevice", "m"},
        {"arn:aws:iam::1:oidc-provider/h/p", "AWS::IAM::OIDCProvider", "h/p"},
        {"arn:aws:secretsmanager:r:1:secret:s", "AWS::SecretsManager::Secret", NULL},
        {"arn:aws:ssm:r:1:parameter/a/b", "AWS::SSM::Parameter", "a/b"},
        {"arn:aws:lambda:r:1:function:f", NULL, NULL},
        {"*", NULL, NULL},
        {"", NULL, NULL},
};

static void audit_resource_knows_types_and_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        str arn = str_of(cases[i].arn), type = audit_resource_type(arn);
        str name = cases[i].name ? str_of(cases[i].name) : arn;

        assert_true(str_eq(type, str_of(cases[i].type)));
        assert_int_equal(type.ptr != NULL, cases[i].type != NULL);
        assert_true(str_eq(audit_resource_name(arn), name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(audit_resource_knows_types_and_names)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
