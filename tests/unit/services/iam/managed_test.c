/* What the managed policies of AWS grant, and what they do not: each has a row of both. */
#include "unit.h"

#include "api/policy.h"
#include "services/iam/managed.h"

#define ALICE "arn:aws:iam::111122223333:user/alice"

static const struct {
    const char *policy, *allowed, *denied; /* "action", or "action resource" */
} cases[] = {
        {"AdministratorAccess", "iam:CreateUser", NULL},
        {"PowerUserAccess", "codecommit:DeleteRepository", "iam:CreateUser"},
        {"PowerUserAccess", "iam:CreateServiceLinkedRole", "iam:AttachUserPolicy"},
        {"PowerUserAccess", "kms:Decrypt", "organizations:LeaveOrganization"},
        {"ReadOnlyAccess", "codecommit:GitPull", "codecommit:GitPush"},
        {"ReadOnlyAccess", "s3:GetObject", "s3:PutObject"},
        {"ReadOnlyAccess", "ssm:GetParameter", "secretsmanager:GetSecretValue"},
        {"ReadOnlyAccess", "iam:GenerateCredentialReport", "kms:Decrypt"},
        {"ReadOnlyAccess", "codeartifact:ReadFromRepository", "codebuild:StartBuild"},
        {"ReadOnlyAccess", "cloudtrail:LookupEvents", "codepipeline:PutApprovalResult"},
        {"job-function/ViewOnlyAccess", "codecommit:ListRepositories", "codecommit:GitPull"},
        {"job-function/ViewOnlyAccess", "s3:ListBucket", "s3:GetObject"},
        {"job-function/ViewOnlyAccess", "ssm:DescribeParameters", "ssm:GetParameter"},
        {"SecurityAudit", "iam:GetAccountAuthorizationDetails", "s3:GetObject"},
        {"SecurityAudit", "kms:GetKeyPolicy", "ssm:GetParameter"},
        {"SecurityAudit", "codecommit:BatchGetRepositories", "codecommit:GitPull"},
        {"AWSDenyAll", NULL, "s3:GetObject"},
        {"AWSCodeCommitFullAccess", "codecommit:DeleteRepository", "iam:CreateUser"},
        {"AWSCodeCommitFullAccess", "iam:UploadSSHPublicKey " ALICE,
                "iam:UploadSSHPublicKey arn:aws:iam::111122223333:user/bob"},
        {"AWSCodeCommitFullAccess",
                "sns:CreateTopic arn:aws:sns:eu-west-1:111122223333:codecommit-a",
                "sns:CreateTopic arn:aws:sns:eu-west-1:111122223333:other"},
        {"AWSCodeCommitPowerUser", "codecommit:GitPush", "codecommit:DeleteRepository"},
        {"AWSCodeCommitPowerUser", "codecommit:MergePullRequestBySquash",
                "codecommit:DeleteApprovalRuleTemplate"},
        {"AWSCodeCommitPowerUser", "iam:CreateServiceSpecificCredential " ALICE,
                "iam:CreateServiceSpecificCredential arn:aws:iam::111122223333:user/bob"},
        {"AWSCodeCommitReadOnly", "codecommit:GitPull", "codecommit:GitPush"},
        {"AWSCodeCommitReadOnly", "codecommit:BatchGetCommits", "codecommit:CreateBranch"},
        {"AWSCodeCommitReadOnly", "iam:ListSSHPublicKeys " ALICE, "iam:UploadSSHPublicKey " ALICE},
        {"AWSCodeBuildAdminAccess", "codebuild:DeleteProject", "codecommit:GitPush"},
        {"AWSCodeBuildAdminAccess",
                "ssm:PutParameter "
                "arn:aws:ssm:eu-west-1:111122223333:parameter/CodeBuild/a",
                "ssm:PutParameter arn:aws:ssm:eu-west-1:111122223333:parameter/a"},
        {"AWSCodeBuildDeveloperAccess", "codebuild:StartBuild", "codebuild:UpdateProject"},
        {"AWSCodeBuildDeveloperAccess", "codebuild:BatchGetProjects", "codebuild:CreateProject"},
        {"AWSCodeBuildReadOnlyAccess", "logs:GetLogEvents", "codebuild:StartBuild"},
        {"AWSCodePipeline_FullAccess", "codepipeline:DeletePipeline", "codebuild:DeleteProject"},
        {"AWSCodePipeline_FullAccess", "s3:CreateBucket arn:aws:s3:::codepipeline-a",
                "s3:CreateBucket arn:aws:s3:::other"},
        {"AWSCodePipeline_ReadOnlyAccess", "codepipeline:GetPipelineState",
                "codepipeline:StartPipelineExecution"},
        {"AWSCodePipelineApproverAccess", "codepipeline:PutApprovalResult",
                "codepipeline:UpdatePipeline"},
        {"AWSCodePipelineCustomActionAccess", "codepipeline:PollForJobs",
                "codepipeline:GetPipeline"},
        {"AWSCodeDeployFullAccess", "codedeploy:DeleteApplication", "ec2:TerminateInstances"},
        {"AWSCodeDeployDeployerAccess", "codedeploy:CreateDeployment",
                "codedeploy:CreateApplication"},
        {"AWSCodeDeployReadOnlyAccess", "codedeploy:GetDeployment", "codedeploy:CreateDeployment"},
        {"service-role/AWSCodeDeployRole", "autoscaling:CompleteLifecycleAction",
                "ec2:RunInstances"},
        {"AWSCodeDeployRoleForECS", "ecs:CreateTaskSet", "ecs:CreateCluster"},
        {"service-role/AWSCodeDeployRoleForLambda", "lambda:UpdateAlias", "lambda:CreateFunction"},
        {"service-role/AWSCodeDeployRoleForLambda",
                "lambda:InvokeFunction "
                "arn:aws:lambda:eu-west-1:111122223333:function:CodeDeployHook_a",
                "lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:a"},
        {"service-role/AmazonEC2RoleforAWSCodeDeploy", "s3:GetObject", "s3:PutObject"},
        {"AWSCodeArtifactAdminAccess", "codeartifact:DeleteRepository", "s3:GetObject"},
        {"AWSCodeArtifactReadOnlyAccess", "codeartifact:ReadFromRepository",
                "codeartifact:PublishPackageVersion"},
        {"AmazonS3FullAccess", "s3:DeleteBucket", "kms:Decrypt"},
        {"AmazonS3ReadOnlyAccess", "s3:GetObject", "s3:DeleteObject"},
        {"IAMFullAccess", "iam:CreateUser", "s3:GetObject"},
        {"IAMReadOnlyAccess", "iam:GetUser", "iam:CreateUser"},
        {"IAMReadOnlyAccess", "iam:SimulatePrincipalPolicy", "iam:UpdateUser"},
        {"IAMUserChangePassword", "iam:ChangePassword " ALICE,
                "iam:ChangePassword arn:aws:iam::111122223333:user/bob"},
        {"IAMUserSSHKeys", "iam:UploadSSHPublicKey " ALICE,
                "iam:UploadSSHPublicKey arn:aws:iam::111122223333:user/bob"},
        {"IAMSelfManageServiceSpecificCredentials", "iam:ResetServiceSpecificCredential " ALICE,
                "iam:ResetServiceSpecificCredential arn:aws:iam::111122223333:user/bob"},
        {"AWSKeyManagementServicePowerUser", "kms:CreateKey", "kms:ScheduleKeyDeletion"},
        {"AmazonEC2ContainerRegistryFullAccess", "ecr:DeleteRepository", "ecs:RunTask"},
        {"AmazonEC2ContainerRegistryPowerUser", "ecr:PutImage", "ecr:DeleteRepository"},
        {"AmazonEC2ContainerRegistryReadOnly", "ecr:BatchGetImage", "ecr:PutImage"},
        {"AmazonEC2ReadOnlyAccess", "ec2:DescribeInstances", "ec2:RunInstances"},
        {"AmazonSSMFullAccess", "ssm:PutParameter", "kms:Decrypt"},
        {"AmazonSSMReadOnlyAccess", "ssm:GetParametersByPath", "ssm:PutParameter"},
        {"SecretsManagerReadWrite", "secretsmanager:GetSecretValue", "kms:Decrypt"},
        {"CloudWatchLogsFullAccess", "logs:DeleteLogGroup", "cloudwatch:PutMetricData"},
        {"CloudWatchLogsReadOnlyAccess", "logs:FilterLogEvents", "logs:PutLogEvents"},
        {"CloudWatchFullAccess", "cloudwatch:PutMetricAlarm", "events:PutRule"},
        {"CloudWatchReadOnlyAccess", "cloudwatch:GetMetricData", "cloudwatch:PutMetricAlarm"},
        {"AWSCloudTrail_FullAccess", "cloudtrail:DeleteTrail", "s3:GetObject"},
        {"AWSCloudTrail_ReadOnlyAccess", "cloudtrail:LookupEvents", "cloudtrail:StopLogging"},
        {"AmazonSNSFullAccess", "sns:CreateTopic", "sqs:SendMessage"},
        {"AmazonSNSReadOnlyAccess", "sns:ListTopics", "sns:Publish"},
        {"AmazonEventBridgeFullAccess", "events:PutRule", "s3:GetObject"},
        {"AmazonEventBridgeReadOnlyAccess", "events:ListRules", "events:PutRule"},
        {"AWSCloudFormationFullAccess", "cloudformation:CreateStack", "ec2:RunInstances"},
        {"AWSCloudFormationReadOnlyAccess", "cloudformation:DescribeStacks",
                "cloudformation:CreateStack"},
        {"AWSLambda_ReadOnlyAccess", "lambda:GetFunction", "lambda:InvokeFunction"},
        {"aws-service-role/AWSCodeStarNotificationsServiceRolePolicy", "codecommit:GetPullRequest",
                "codecommit:GitPush"},
        {"aws-service-role/AWSElasticBeanstalkServiceRolePolicy",
                "elasticbeanstalk:CreateApplication", "iam:PassRole"},
        {"aws-service-role/AWSElasticLoadBalancingServiceRolePolicy", "ec2:AllocateAddress",
                "ec2:RunInstances"},
        {"aws-service-role/AmazonECSServiceRolePolicy", "elasticloadbalancing:RegisterTargets",
                "ecs:CreateCluster"},
        {"aws-service-role/AmazonEventBridgeApiDestinationsServiceRolePolicy",
                "secretsmanager:GetSecretValue "
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:events!connection/a",
                "secretsmanager:GetSecretValue"},
        {"aws-service-role/AmazonSSMServiceRolePolicy", "ssm:SendCommand", "ssm:PutParameter"},
        {"aws-service-role/AutoScalingServiceRolePolicy", "ec2:RunInstances",
                "autoscaling:CreateAutoScalingGroup"},
        {"aws-service-role/CloudTrailServiceRolePolicy", "organizations:ListAccounts",
                "s3:GetObject"},
        {"aws-service-role/CloudWatchEventsServiceRolePolicy", "ec2:RebootInstances",
                "ec2:RunInstances"},
        {"aws-service-role/ECRReplicationServiceRolePolicy", "ecr:ReplicateImage", "ecr:PutImage"},
};

enum {
    CASES = sizeof(cases) / sizeof(*cases)
};

static struct managed_policy policy_of(struct arena *arena, const char *name)
{
    struct managed_policy found;

    if (!managed_find(str_printf(arena, "arn:aws:iam::aws:policy/%s", name), &found))
        fail_msg("%s is not there", name);
    return found;
}

static struct policy *compile(const struct managed_policy *policy)
{
    struct policy *compiled = NULL;
    struct error err;

    if (policy_compile(policy->document, POLICY_IDENTITY, &compiled, &err) < 0)
        fail_msg("%.*s: %s", STR_ARG(policy->name), err.text);
    return compiled;
}

static enum policy_effect ask(
        struct arena *arena, const struct policy *policy, const char *question, str service)
{
    str alice = STR("alice");
    const struct policy_key keys[] = {
            {STR("aws:username"), {&alice, 1, true}},
            {STR("iam:PassedToService"), {&service, 1, true}},
    };
    struct policy_request request = {
            .resource = str_of(question), .keys = keys, .keys_len = service.ptr ? 2 : 1};

    if (!str_cut(&request.resource, ' ', &request.action)) {
        request.action = request.resource;
        request.resource = STR("arn:aws:any:eu-west-1:111122223333:thing");
    }
    return policy_evaluate(policy, &request, arena).effect;
}

static void each_grants_and_denies_as_the_table_says(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct managed_policy policy = policy_of(&arena, cases[i].policy);
        struct policy *compiled = compile(&policy);
        if (cases[i].allowed && ask(&arena, compiled, cases[i].allowed, (str){0}) != POLICY_ALLOW)
            fail_msg("%s does not allow %s", cases[i].policy, cases[i].allowed);
        if (cases[i].denied && ask(&arena, compiled, cases[i].denied, (str){0}) == POLICY_ALLOW)
            fail_msg("%s allows %s", cases[i].policy, cases[i].denied);
        policy_free(compiled);
    }
}

static void roles_are_passed_only_to_the_services_of_the_policy(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct managed_policy policy = policy_of(&arena, "AWSCodePipeline_FullAccess");
    struct policy *compiled = compile(&policy);
    const char *question = "iam:PassRole arn:aws:iam::111122223333:role/r";

    (void)state;
    assert_int_equal(
            ask(&arena, compiled, question, STR("codepipeline.amazonaws.com")), POLICY_ALLOW);
    assert_int_equal(ask(&arena, compiled, question, STR("ec2.amazonaws.com")), POLICY_NONE);
    assert_int_equal(ask(&arena, compiled, question, (str){0}), POLICY_NONE);
    policy_free(compiled);
}

static bool is_in_table(const struct managed_policy *policy)
{
    for (size_t i = 0; i < CASES; i++)
        if (str_ends(policy->arn, str_of(cases[i].policy)))
            return true;
    return false;
}

static void each_is_whole_sorted_found_and_in_the_table(void **state)
{
    (void)state;
    assert_true(managed_len() > 50);
    for (size_t i = 0; i < managed_len(); i++) {
        struct managed_policy policy = managed_at(i), found;
        assert_true(managed_find(policy.arn, &found) && str_eq(found.id, policy.id));
        assert_int_equal(policy.id.len, 21);
        assert_true(str_starts(policy.path, STR("/")) && str_ends(policy.path, STR("/")));
        assert_true(policy.description.len > 0 && str_ends(policy.document, STR("]}")));
        assert_true(i == 0 || str_cmp(managed_at(i - 1).name, policy.name) < 0);
        policy_free(compile(&policy));
        if (!is_in_table(&policy))
            fail_msg("%.*s has no row", STR_ARG(policy.name));
    }
}

static void other_arns_are_none_of_them(void **state)
{
    static const char *const arns[] = {"", "arn:aws:iam::aws:policy", "arn:aws:iam::aws:policy/",
            "arn:aws:iam::aws:policy/AWSCodeDeployRole", /* its path is missing */
            "arn:aws:iam::111122223333:policy/AdministratorAccess",
            "arn:aws:iam::aws:policy/AdministratorAccessX"};
    struct managed_policy found;

    (void)state;
    for (size_t i = 0; i < sizeof(arns) / sizeof(*arns); i++)
        assert_false(managed_find(str_of(arns[i]), &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(each_grants_and_denies_as_the_table_says),
            cmocka_unit_test(roles_are_passed_only_to_the_services_of_the_policy),
            cmocka_unit_test(each_is_whole_sorted_found_and_in_the_table),
            cmocka_unit_test(other_arns_are_none_of_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
