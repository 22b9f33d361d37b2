"""The log group of a trail: who may give it, and what is checked. What comes there: tests/time."""
import pytest

from errors import error_of, fails
from trail_logs import TRUST, document, log_group, may_write, put_role_policy
from trail_world import trail_bucket

GROUP, ROLE = "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"


@pytest.fixture
def bucket(account):
    return trail_bucket(account)


@pytest.fixture
def cloudtrail(account):
    return account.client("cloudtrail")


def shown(answer):
    return {name: answer[name] for name in (GROUP, ROLE) if name in answer}


def test_a_trail_shows_its_log_group_until_it_is_taken_away(account, cloudtrail, bucket):
    target = log_group(account)
    assert shown(cloudtrail.create_trail(Name="one", S3BucketName=bucket, **target)) == target
    assert shown(cloudtrail.get_trail(Name="one")["Trail"]) == target
    assert shown(cloudtrail.describe_trails()["trailList"][0]) == target
    assert shown(cloudtrail.update_trail(Name="one", IsMultiRegionTrail=True)) == target
    assert shown(cloudtrail.update_trail(Name="one", **{GROUP: "", ROLE: ""})) == {}
    assert shown(cloudtrail.get_trail(Name="one")["Trail"]) == {}
    assert shown(cloudtrail.update_trail(Name="one", **target)) == target
    cloudtrail.delete_trail(Name="one")
    assert shown(cloudtrail.create_trail(Name="one", S3BucketName=bucket)) == {}


def test_one_without_the_other(account, cloudtrail, bucket):
    target = log_group(account)
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    assert fails("InvalidCloudWatchLogsRoleArnException", cloudtrail.update_trail, Name="one", **{
        GROUP: target[GROUP]}) == "You must specify a role ARN as well as a log group."
    assert fails("InvalidCloudWatchLogsLogGroupArnException", cloudtrail.update_trail, Name="one", **{
        ROLE: target[ROLE]}) == "You must specify a log group as well as a role ARN."
    cloudtrail.update_trail(Name="one", **target)
    assert error_of(cloudtrail.update_trail, Name="one", **{ROLE: ""})["Code"] == "InvalidCloudWatchLogsRoleArnException"
    assert shown(cloudtrail.get_trail(Name="one")["Trail"]) == target


@pytest.mark.parametrize("change", [
    lambda arn: arn[:-2], lambda arn: arn.replace(":trail:", ":other:"), lambda arn: arn.replace("log-group", "group"),
    lambda arn: arn.replace("arn:aws:logs:", "arn:aws:logs:eu-west-3:", 1).replace(arn.split(":")[3] + ":", "", 1),
    lambda arn: arn.replace(arn.split(":")[4], "999999999999"), lambda arn: "trail",
], ids=["no-star", "no-group", "no-log-group", "region", "account", "no-arn"])
def test_arns_that_are_no_group_of_here(account, cloudtrail, bucket, change):
    target = log_group(account)
    target[GROUP] = change(target[GROUP])
    assert fails("InvalidCloudWatchLogsLogGroupArnException", cloudtrail.create_trail, Name="one", S3BucketName=bucket, **target) == (
        "Check the log group ARN: CloudTrail can't validate it.")
    assert cloudtrail.describe_trails()["trailList"] == []


def test_the_role_must_trust_cloudtrail(account, cloudtrail, bucket):
    target, iam = log_group(account), account.client("iam")
    words = "Access denied. Check the trust relationships for your role."

    def create(**more):
        return cloudtrail.create_trail(Name="one", S3BucketName=bucket, **{**target, **more})

    iam.update_assume_role_policy(RoleName="trail", PolicyDocument=document(
        {**TRUST, "Principal": {"Service": "codebuild.amazonaws.com"}}))
    assert fails("InvalidCloudWatchLogsRoleArnException", create) == words
    assert fails("InvalidCloudWatchLogsRoleArnException", create, **{ROLE: target[ROLE] + "-none"}) == words
    iam.update_assume_role_policy(RoleName="trail", PolicyDocument=document(TRUST))
    create()


@pytest.mark.parametrize("statements", [
    lambda account: [may_write(account, actions=["logs:CreateLogStream"])],
    lambda account: [may_write(account, actions=["logs:PutLogEvents"])],
    lambda account: [may_write(account, "another")],
    lambda account: [may_write(account), {**may_write(account), "Effect": "Deny"}]])
def test_the_role_must_be_allowed_to_write(account, cloudtrail, bucket, statements):
    target = log_group(account)
    put_role_policy(account, *statements(account))
    assert fails("InvalidCloudWatchLogsLogGroupArnException", cloudtrail.create_trail, Name="one", S3BucketName=bucket, **target) == (
        "Access denied. Check the permissions for your role.")


def test_the_caller_must_be_allowed_to_pass_the_role(account, bucket):
    target = log_group(account)
    allowed = {"Effect": "Allow", "Action": ["cloudtrail:*"], "Resource": "*"}
    user = account.user("u", allowed)
    error = error_of(user.client("cloudtrail").create_trail, Name="one", S3BucketName=bucket, **target)
    assert error["Code"] == "AccessDeniedException" and "iam:PassRole" in error["Message"]
    user = account.user("v", {**allowed, "Action": ["cloudtrail:*", "iam:PassRole"]})
    user.client("cloudtrail").create_trail(Name="one", S3BucketName=bucket, **target)
