"""What a trail delivers to its log group every five minutes."""
import pytest

from trail_logs import document, events, log_group, may_write, put_role_policy, streams
from trail_world import records, trail_bucket

STREAM = "%s_CloudTrail_%s"


@pytest.fixture
def cloudtrail(account):
    return account.client("cloudtrail")


@pytest.fixture
def bucket(account):
    return trail_bucket(account)


def start(account, cloudtrail, bucket, **arguments):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket, **log_group(account), **arguments)
    cloudtrail.start_logging(Name="one")


def made(found, event="CreateUser"):
    return [record["requestParameters"]["userName"] for _, record in found if record["eventName"] == event]


def test_each_record_is_an_event_once_and_the_same_as_in_the_bucket(server, account, cloudtrail, bucket):
    start(account, cloudtrail, bucket)
    iam = account.client("iam")
    for i in range(3):
        iam.create_user(UserName="u%d" % i)
    assert streams(account) == []
    server.advance(minutes=6)
    assert streams(account) == [STREAM % (account.id, server.region)]
    assert made(events(account)) == ["u0", "u1", "u2"]
    iam.create_user(UserName="u3")
    for _ in range(2):
        server.advance(minutes=6)
    found = events(account)
    assert made(found) == ["u0", "u1", "u2", "u3"]
    assert len({record["eventID"] for _, record in found}) == len(found)
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    in_bucket = {record["eventID"]: record for record in records(account, bucket)}
    assert [in_bucket[record["eventID"]] for _, record in found] == [record for _, record in found]
    status = cloudtrail.get_trail_status(Name="one")
    assert status["LatestCloudWatchLogsDeliveryTime"] > status["StartLoggingTime"]
    assert "LatestCloudWatchLogsDeliveryError" not in status


def test_what_was_refused_is_said_and_made_up_for(server, account, cloudtrail, bucket):
    start(account, cloudtrail, bucket)
    account.client("iam").create_user(UserName="u0")
    put_role_policy(account, may_write(account, actions=["logs:CreateLogStream"]))
    server.advance(minutes=6)
    status = cloudtrail.get_trail_status(Name="one")
    assert status["LatestCloudWatchLogsDeliveryError"] == "AccessDeniedException"
    assert "LatestCloudWatchLogsDeliveryTime" not in status and "LatestDeliveryError" not in status
    assert streams(account) == []
    account.client("iam").create_user(UserName="u1")
    server.advance(minutes=6)
    put_role_policy(account, may_write(account))
    server.advance(minutes=6)
    assert made(events(account)) == ["u0", "u1"]
    assert "LatestCloudWatchLogsDeliveryError" not in cloudtrail.get_trail_status(Name="one")


def test_a_role_or_a_group_that_is_gone(server, account, cloudtrail, bucket):
    def error():
        server.advance(minutes=6)
        return cloudtrail.get_trail_status(Name="one").get("LatestCloudWatchLogsDeliveryError")

    start(account, cloudtrail, bucket)
    account.client("iam").create_user(UserName="u")
    account.client("logs").delete_log_group(logGroupName="trail")
    assert error() == "ResourceNotFoundException"
    iam = account.client("iam")
    iam.delete_role_policy(RoleName="trail", PolicyName="logs")
    iam.delete_role(RoleName="trail")
    assert error() == "AccessDenied"
    cloudtrail.update_trail(Name="one", CloudWatchLogsLogGroupArn="", CloudWatchLogsRoleArn="")
    cloudtrail.update_trail(Name="one", **log_group(account))
    iam.create_user(UserName="v")
    assert error() is None
    assert made(events(account)) == ["v"]


def test_regions_have_streams_of_their_own_in_the_group_of_the_home(server, account, cloudtrail, bucket):
    start(account, cloudtrail, bucket, IsMultiRegionTrail=True)
    account.client("kms", region="eu-west-3").create_key()
    account.client("kms").create_key()
    server.advance(minutes=6)
    assert streams(account) == sorted(STREAM % (account.id, region) for region in ("eu-west-3", server.region))
    for region in ("eu-west-3", server.region):
        assert [r["awsRegion"] for _, r in events(account, region) if r["eventName"] == "CreateKey"] == [region]


def test_one_region_that_is_refused_does_not_hold_up_the_others(server, account, cloudtrail, bucket):
    """A role of the guide's policy may write to the streams of one region."""
    start(account, cloudtrail, bucket, IsMultiRegionTrail=True)
    here = "log-stream:%s_CloudTrail_%s*" % (account.id, server.region)
    put_role_policy(account, {**may_write(account), "Resource": "arn:aws:logs:%s:%s:log-group:trail:%s" % (
        server.region, account.id, here)})
    regions = ("af-south-1", "us-west-2")
    for region in (*regions, server.region):
        account.client("kms", region=region).create_key()
    server.advance(minutes=6)
    assert streams(account) == [STREAM % (account.id, server.region)]
    assert cloudtrail.get_trail_status(Name="one")["LatestCloudWatchLogsDeliveryError"] == "AccessDeniedException"
    put_role_policy(account, may_write(account))
    server.advance(minutes=6)
    for region in (*regions, server.region):
        assert [r["eventName"] for _, r in events(account, region)].count("CreateKey") == 1


def test_selectors_and_stopping_count_as_for_the_bucket(server, account, cloudtrail, bucket):
    start(account, cloudtrail, bucket)
    cloudtrail.put_event_selectors(TrailName="one", EventSelectors=[
        {"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True, "ExcludeManagementEventSources": ["kms.amazonaws.com"]}])
    account.client("kms").create_key()
    account.client("iam").create_user(UserName="u0")
    cloudtrail.stop_logging(Name="one")
    account.client("iam").create_user(UserName="u1")
    server.advance(minutes=6)
    found = events(account)
    assert made(found) == ["u0"] and "CreateKey" not in [record["eventName"] for _, record in found]
    cloudtrail.start_logging(Name="one")
    account.client("iam").create_user(UserName="u2")
    server.advance(minutes=6)
    assert made(events(account)) == ["u0", "u2"]


def test_more_than_one_batch_of_megabytes_and_days(server, account, cloudtrail, bucket):
    """PutLogEvents takes 1 MiB, and a day, at once; of what is older than 14 days nothing."""
    start(account, cloudtrail, bucket)
    put_role_policy(account, may_write(account, actions=["logs:CreateLogStream"]))
    account.client("iam").create_user(UserName="too-old")
    server.advance(days=13)
    account.client("iam").create_user(UserName="u0")
    server.advance(days=2)
    kms = account.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    for i in range(45):
        kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(
            {"Sid": "x" * 30000, "Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "kms:*", "Resource": "*"}))
    account.client("iam").create_user(UserName="u1")
    put_role_policy(account, may_write(account))
    server.advance(minutes=6)
    found = events(account)
    assert made(found) == ["u0", "u1"]
    assert [record["eventName"] for _, record in found].count("PutKeyPolicy") == 45
    assert len({record["eventID"] for _, record in found}) == len(found)
    assert made([(None, record) for record in records(account, bucket)]) == ["too-old", "u0", "u1"]
