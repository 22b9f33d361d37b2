"""AWS's default quotas: what the summary says, what is refused past them, and in which words."""
import json

import pytest

from errors import error

ANY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})
MANY = ["arn:aws:iam::aws:policy/" + name for name in (
    "AWSCodeArtifactAdminAccess", "AWSCodeBuildAdminAccess", "AWSCodeCommitFullAccess", "AWSCodeDeployFullAccess",
    "AWSCodePipeline_FullAccess", "AWSCloudTrail_FullAccess", "AmazonS3FullAccess", "AmazonSNSFullAccess",
    "AmazonSSMFullAccess", "IAMFullAccess", "SecretsManagerReadWrite")]

SUMMARY = {
    "UsersQuota": 5000, "GroupsQuota": 300, "RolesQuota": 1000, "PoliciesQuota": 1500, "InstanceProfilesQuota": 1000,
    "GroupsPerUserQuota": 10, "AccessKeysPerUserQuota": 2, "AttachedPoliciesPerUserQuota": 10,
    "AttachedPoliciesPerGroupQuota": 10, "AttachedPoliciesPerRoleQuota": 10, "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120, "RolePolicySizeQuota": 10240, "AssumeRolePolicySizeQuota": 2048,
    "PolicySizeQuota": 6144, "VersionsPerPolicyQuota": 5}


@pytest.fixture
def iam(account):
    iam = account.client("iam")
    iam.create_user(UserName="it")
    iam.create_group(GroupName="it")
    iam.create_role(RoleName="it", AssumeRolePolicyDocument=ANY)
    return iam


def in_groups(iam):
    for n in range(11):
        iam.create_group(GroupName="g%d" % n)
        yield lambda n=n: iam.add_user_to_group(UserName="it", GroupName="g%d" % n)


PAST = {
    "PoliciesPerUser: 10": lambda iam: (
        lambda arn=arn: iam.attach_user_policy(UserName="it", PolicyArn=arn) for arn in MANY),
    "PoliciesPerGroup: 10": lambda iam: (
        lambda arn=arn: iam.attach_group_policy(GroupName="it", PolicyArn=arn) for arn in MANY),
    "PoliciesPerRole: 10": lambda iam: (
        lambda arn=arn: iam.attach_role_policy(RoleName="it", PolicyArn=arn) for arn in MANY),
    "GroupsPerUser: 10": in_groups,
    "AccessKeysPerUser: 2": lambda iam: [lambda: iam.create_access_key(UserName="it")] * 3,
    "ServiceSpecificCredentialsPerUser: 2": lambda iam: [lambda: iam.create_service_specific_credential(
        UserName="it", ServiceName="codecommit.amazonaws.com")] * 3,
    "ACLSizePerRole: 2048": lambda iam: [lambda: iam.update_assume_role_policy(
        RoleName="it", PolicyDocument=ANY.replace("2012-10-17", "2012-10-17\", \"Id\": \"" + "x" * 2048))],
}


@pytest.mark.parametrize("quota", PAST)
def test_one_more_than_the_quota_is_refused(iam, quota):
    *fit, past = PAST[quota](iam)
    for one in fit:
        one()
    assert error(past) == ("LimitExceeded", "Cannot exceed quota for " + quota)


def test_the_summary_tells_the_quotas_and_counts(account, iam):
    iam.create_instance_profile(InstanceProfileName="p")
    summary = iam.get_account_summary()["SummaryMap"]
    assert {name: summary[name] for name in SUMMARY} == SUMMARY
    assert (summary["Users"], summary["Groups"], summary["Roles"], summary["InstanceProfiles"]) == (1, 1, 1, 1)
    assert summary["AccountAccessKeysPresent"] == 1
