/*
 * The managed policies of AWS that developers attach by name. Their statements are our
 * own text, equivalent for the services that are here.
 */
#include "services/iam/entity.h"

#define DOCUMENT(statements) STR_INIT("{\"Version\":\"2012-10-17\",\"Statement\":[" statements "]}")
#define ALLOW(actions) "{\"Effect\":\"Allow\",\"Action\":[" actions "],\"Resource\":\"*\"}"
#define PASS_ROLE(service)                                                                         \
    "{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\",\"Condition\":"          \
    "{\"StringEqualsIfExists\":{\"iam:PassedToService\":" service "}}}"
#define MANAGED(name, id, document)                                                                \
    {                                                                                              \
        STR_INIT(name), STR_INIT(id), STR_INIT("/"), STR_INIT("arn:aws:iam::aws:policy/" name),    \
                document                                                                           \
    }
#define MANAGED_ROLE(name, id, document)                                                           \
    {                                                                                              \
        STR_INIT(name), STR_INIT(id), STR_INIT("/service-role/"),                                  \
                STR_INIT("arn:aws:iam::aws:policy/service-role/" name), document                   \
    }

#define CODECOMMIT_READ                                                                            \
    "\"codecommit:BatchGet*\",\"codecommit:BatchDescribe*\",\"codecommit:Describe*\","             \
    "\"codecommit:EvaluatePullRequestApprovalRules\",\"codecommit:Get*\",\"codecommit:List*\","    \
    "\"codecommit:GitPull\""
#define READ(service)                                                                              \
    "\"" service ":Get*\",\"" service ":List*\",\"" service ":Describe*\",\"" service ":BatchGet*" \
    "\""
#define LOGS_READ "\"logs:Get*\",\"logs:Describe*\",\"logs:FilterLogEvents\",\"logs:List*\""

const struct managed_policy managed_policies[] = {
        MANAGED("AWSCodeBuildAdminAccess", "ANPAJQJGIOIE3CD2TQXDS",
                DOCUMENT(ALLOW("\"codebuild:*\",\"codecommit:GetBranch\",\"codecommit:GetCommit\","
                               "\"codecommit:GetRepository\",\"codecommit:ListBranches\","
                               "\"codecommit:ListRepositories\",\"ec2:Describe*\","
                               "\"ecr:Describe*\",\"ecr:ListImages\",\"events:*\","
                               "\"logs:GetLogEvents\",\"logs:DeleteLogGroup\","
                               "\"s3:GetBucketLocation\",\"s3:ListAllMyBuckets\""))),
        MANAGED("AWSCodeBuildDeveloperAccess", "ANPAIMKTMR34XSBQW45HS",
                DOCUMENT(
                        ALLOW("\"codebuild:StartBuild\",\"codebuild:StopBuild\","
                              "\"codebuild:RetryBuild\",\"codebuild:StartBuildBatch\","
                              "\"codebuild:StopBuildBatch\",\"codebuild:RetryBuildBatch\","
                              "\"codebuild:BatchGet*\",\"codebuild:GetResourcePolicy\","
                              "\"codebuild:DescribeTestCases\",\"codebuild:DescribeCodeCoverages\","
                              "\"codebuild:List*\",\"codecommit:GetBranch\","
                              "\"codecommit:GetCommit\",\"codecommit:GetRepository\","
                              "\"codecommit:ListBranches\",\"events:Describe*\",\"events:List*\","
                              "\"logs:GetLogEvents\",\"s3:GetBucketLocation\","
                              "\"s3:ListAllMyBuckets\""))),
        MANAGED("AWSCodeBuildReadOnlyAccess", "ANPAJIZZWN6557F5HVP2K",
                DOCUMENT(ALLOW("\"codebuild:BatchGet*\",\"codebuild:GetResourcePolicy\","
                               "\"codebuild:List*\",\"codebuild:DescribeTestCases\","
                               "\"codebuild:DescribeCodeCoverages\",\"codecommit:GetBranch\","
                               "\"codecommit:GetCommit\",\"codecommit:GetRepository\","
                               "\"logs:GetLogEvents\""))),
        MANAGED("AWSCodeCommitFullAccess", "ANPAI4VCZ3XPIZLQ5NZV2",
                DOCUMENT(ALLOW("\"codecommit:*\",\"iam:ListUsers\",\"iam:ListAccessKeys\","
                               "\"kms:ListAliases\"") ","
                                                      "{\"Effect\":\"Allow\",\"Action\":[\"iam:"
                                                      "CreateServiceSpecificCredential\","
                                                      "\"iam:DeleteServiceSpecificCredential\","
                                                      "\"iam:ListServiceSpecificCredentials\","
                                                      "\"iam:ResetServiceSpecificCredential\","
                                                      "\"iam:UpdateServiceSpecificCredential\","
                                                      "\"iam:GetUser\"],\"Resource\":\"arn:aws:iam:"
                                                      ":*:user/${aws:username}\"}")),
        MANAGED("AWSCodeCommitPowerUser", "ANPAI4UIINUVGB5SEC57G",
                DOCUMENT(ALLOW(CODECOMMIT_READ
                        ",\"codecommit:Associate*\",\"codecommit:Create*\","
                        "\"codecommit:DeleteBranch\",\"codecommit:DeleteFile\","
                        "\"codecommit:Disassociate*\",\"codecommit:Merge*\","
                        "\"codecommit:OverridePullRequestApprovalRules\",\"codecommit:Post*\","
                        "\"codecommit:Put*\",\"codecommit:TagResource\",\"codecommit:Test*\","
                        "\"codecommit:UntagResource\",\"codecommit:Update*\","
                        "\"codecommit:GitPush\",\"kms:ListAliases\"") ","
                                                                      "{\"Effect\":\"Allow\","
                                                                      "\"Action\":[\"iam:"
                                                                      "CreateServiceSpecificCredent"
                                                                      "ial\","
                                                                      "\"iam:"
                                                                      "DeleteServiceSpecificCredent"
                                                                      "ial\",\"iam:"
                                                                      "ListServiceSpecificCredentia"
                                                                      "ls\","
                                                                      "\"iam:"
                                                                      "ResetServiceSpecificCredenti"
                                                                      "al\",\"iam:"
                                                                      "UpdateServiceSpecificCredent"
                                                                      "ial\","
                                                                      "\"iam:GetUser\"],"
                                                                      "\"Resource\":\"arn:aws:iam::"
                                                                      "*:user/${aws:username}\"}")),
        MANAGED("AWSCodeCommitReadOnly", "ANPAJACNSXR7Z2VLJW3D6",
                DOCUMENT(ALLOW(
                        CODECOMMIT_READ) ","
                                         "{\"Effect\":\"Allow\",\"Action\":[\"iam:GetUser\","
                                         "\"iam:ListServiceSpecificCredentials\"],\"Resource\":"
                                         "\"arn:aws:iam::*:user/${aws:username}\"}")),
        MANAGED("AWSCodeDeployDeployerAccess", "ANPAJUWEPOMGLMVXJAPUI",
                DOCUMENT(ALLOW("\"codedeploy:Batch*\",\"codedeploy:CreateDeployment\","
                               "\"codedeploy:Get*\",\"codedeploy:List*\","
                               "\"codedeploy:RegisterApplicationRevision\""))),
        MANAGED("AWSCodeDeployFullAccess", "ANPAIONKN3TJZUKXCHXWC",
                DOCUMENT(ALLOW("\"codedeploy:*\""))),
        MANAGED("AWSCodeDeployReadOnlyAccess", "ANPAILZHHKCKB4NE7XOIQ",
                DOCUMENT(ALLOW("\"codedeploy:Batch*\",\"codedeploy:Get*\",\"codedeploy:List*\""))),
        MANAGED_ROLE("AWSCodeDeployRole", "ANPAJ2NKMKD73QS5NBFLA",
                DOCUMENT(ALLOW(
                        "\"autoscaling:CompleteLifecycleAction\","
                        "\"autoscaling:DeleteLifecycleHook\",\"autoscaling:Describe*\","
                        "\"autoscaling:PutLifecycleHook\","
                        "\"autoscaling:RecordLifecycleActionHeartbeat\","
                        "\"autoscaling:ResumeProcesses\",\"autoscaling:SuspendProcesses\","
                        "\"autoscaling:UpdateAutoScalingGroup\",\"cloudwatch:DescribeAlarms\","
                        "\"cloudwatch:PutMetricAlarm\",\"ec2:DescribeInstances\","
                        "\"ec2:DescribeInstanceStatus\",\"ec2:TerminateInstances\","
                        "\"elasticloadbalancing:DeregisterTargets\","
                        "\"elasticloadbalancing:Describe*\","
                        "\"elasticloadbalancing:RegisterTargets\",\"sns:Publish\","
                        "\"tag:GetResources\""))),
        MANAGED("AWSCodePipeline_FullAccess", "ANPAJP5LH77KSAT2KHQGG",
                DOCUMENT(ALLOW(
                        "\"codepipeline:*\",\"cloudtrail:DescribeTrails\","
                        "\"codebuild:BatchGetProjects\",\"codebuild:CreateProject\","
                        "\"codebuild:List*\",\"codecommit:GetReferences\","
                        "\"codecommit:ListBranches\",\"codecommit:ListRepositories\","
                        "\"codedeploy:BatchGet*\",\"codedeploy:List*\",\"iam:GetRole\","
                        "\"iam:ListRoles\",\"s3:CreateBucket\",\"s3:GetBucketPolicy\","
                        "\"s3:GetBucketVersioning\",\"s3:GetObject*\",\"s3:List*\","
                        "\"s3:PutBucketPolicy\"") "," PASS_ROLE("[\"codepipeline.amazonaws.com\","
                                                                "\"codebuild.amazonaws.com\","
                                                                "\"codedeploy.amazonaws.com\"]"))),
        MANAGED("AWSCodePipeline_ReadOnlyAccess", "ANPAILFKZXIBOTNC5TO2Q",
                DOCUMENT(
                        ALLOW("\"codepipeline:Get*\",\"codepipeline:List*\",\"s3:GetBucketPolicy\","
                              "\"s3:GetObject\",\"s3:List*\""))),
        MANAGED("AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", DOCUMENT(ALLOW("\"*\""))),
        MANAGED("AmazonS3FullAccess", "ANPAIFIR6V6BVTRAHWINE", DOCUMENT(ALLOW("\"s3:*\""))),
        MANAGED("AmazonS3ReadOnlyAccess", "ANPAIZTJ4DXE7G6AGAE6M",
                DOCUMENT(ALLOW("\"s3:Get*\",\"s3:List*\",\"s3:Describe*\""))),
        MANAGED("IAMFullAccess", "ANPAI7XKCFMBPM3QQRRVQ", DOCUMENT(ALLOW("\"iam:*\""))),
        MANAGED("PowerUserAccess", "ANPAJYRXTHIB4FOVS3ZXS",
                DOCUMENT("{\"Effect\":\"Allow\",\"NotAction\":[\"iam:*\",\"organizations:*\","
                         "\"account:*\"],\"Resource\":\"*\"}," ALLOW(
                                 "\"account:GetAccountInformation\",\"account:ListRegions\","
                                 "\"iam:CreateServiceLinkedRole\",\"iam:DeleteServiceLinkedRole\","
                                 "\"iam:ListRoles\",\"organizations:DescribeOrganization\""))),
        MANAGED("ReadOnlyAccess", "ANPAILL3HVNFSB6DCOWYQ",
                DOCUMENT(ALLOW(CODECOMMIT_READ "," READ(
                        "autoscaling") "," READ("cloudformation") "," READ("cloudtrail") ",\"cloudt"
                                                                                         "rail:"
                                                                                         "LookupEve"
                                                                                         "nts\""
                                                                                         "," READ("cloudwatch") "," READ("codeartifact") ",\"codeartifact:ReadFromRepository\"," READ("codebuild") "," READ("codeconnections") "," READ("codedeploy") ","
                                                                                                                                                                                                                                                      "\"codedeploy:Batch*\"," READ("codepipeline") "," READ("codestar") "," READ(
                                                                                                                                                                                                                                                              "ec2") "," READ("ecr") ",\"ecr:BatchCheck*\"," READ("ecs") "," READ("elasticloadbalancing") "," READ("events") "," READ("iam") ","
                                                                                                                                                                                                                                                                                                                                                                                             "\"iam:Generate*\",\"iam:Simulate*\"," READ(
                                                                                                                                                                                                                                                                                                                                                                                                     "kms") "," READ("lambda") "," LOGS_READ
                                                                                                                                                                                                                                                                                                                                                                                                                               "," READ("s3") "," READ(
                                                                                                                                                                                                                                                                                                                                                                                                                                       "sns") "," READ("ssm") ","
                                                                                                                                                                                                                                                                                                                                                                                                                                                              "\"sts:GetAccessKeyInfo\",\"sts:GetCallerIdentity\""))),
};
const size_t managed_policies_len = sizeof(managed_policies) / sizeof(managed_policies[0]);

const struct managed_policy *managed_find(str arn)
{
    if (!str_starts(arn, STR("arn:aws:iam::aws:policy/")))
        return NULL;
    for (size_t i = 0; i < managed_policies_len; i++)
        if (str_eq(managed_policies[i].arn, arn))
            return &managed_policies[i];
    return NULL;
}
