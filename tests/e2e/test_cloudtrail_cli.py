"""The examples of the AWS CLI's reference for `aws cloudtrail`, typed with names of this server.

`validate-logs` is in tests/time/test_cloudtrail_digests.py: digest files come by the hour. SNS topics and
Lambda functions, which some examples name, are not here: the first is left out, the second is refused.
"""
import json
import os
import shlex
import subprocess

import pytest

from servers import Server, binary
from trail_world import trail_bucket

AWS = os.environ.get("AWS_CLI", "/usr/bin/aws")
PATIENCE = 120


@pytest.fixture(scope="module")
def cli_server():
    server = Server(binary())
    yield server
    server.stop(keep_log=False)


@pytest.fixture
def aws(cli_server, tmp_path):
    """aws("cloudtrail describe-trails") -> what it answered."""
    account = cli_server.new_account()
    env = {**os.environ, **cli_server.env, "AWS_ACCESS_KEY_ID": account.access_key,
           "AWS_SECRET_ACCESS_KEY": account.secret, "AWS_PAGER": "", "AWS_CONFIG_FILE": str(tmp_path / "config"),
           "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none")}

    def run(line, fails=False):
        done = subprocess.run([AWS, *shlex.split(line), "--endpoint-url", cli_server.endpoint, "--output", "json"],
                              env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        assert (done.returncode != 0) == fails, done.stderr
        if fails:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    run.account, run.bucket = account, trail_bucket(account)
    run.arn = lambda name: "arn:aws:cloudtrail:%s:%s:trail/%s" % (cli_server.region, account.id, name)
    return run


def test_the_life_of_a_trail(aws):
    made = aws("cloudtrail create-trail --name Trail1 --s3-bucket-name %s --is-multi-region-trail" % aws.bucket)
    assert made == {"Name": "Trail1", "S3BucketName": aws.bucket, "IncludeGlobalServiceEvents": True,
                    "IsMultiRegionTrail": True, "TrailARN": aws.arn("Trail1"), "LogFileValidationEnabled": False,
                    "IsOrganizationTrail": False}
    aws("cloudtrail create-trail --name Trail2 --s3-bucket-name %s" % aws.bucket)
    found = aws("cloudtrail describe-trails --trail-name-list Trail1 Trail2")["trailList"]
    assert [(each["Name"], each["HomeRegion"]) for each in found] == [
        (name, aws.account.server.region) for name in ("Trail1", "Trail2")]
    assert aws("cloudtrail get-trail-status --name Trail1")["IsLogging"] is False
    assert aws("cloudtrail start-logging --name Trail1") is None
    assert aws("cloudtrail get-trail-status --name Trail1")["IsLogging"] is True
    assert aws("cloudtrail stop-logging --name Trail1") is None
    status = aws("cloudtrail get-trail-status --name Trail1")
    assert status["IsLogging"] is False and status["TimeLoggingStarted"] <= status["TimeLoggingStopped"]
    other = trail_bucket(aws.account)
    assert aws("cloudtrail update-trail --name Trail1 --s3-bucket-name " + other) == {**made, "S3BucketName": other}
    assert aws("cloudtrail delete-trail --name Trail1") is None
    assert "TrailNotFoundException" in aws("cloudtrail get-trail-status --name Trail1", fails=True)


def test_tags(aws):
    for name in ("Trail1", "Trail2"):
        aws("cloudtrail create-trail --name %s --s3-bucket-name %s" % (name, aws.bucket))
    assert aws("cloudtrail add-tags --resource-id %s --tags-list Key=name,Value=Alice Key=location,Value=us"
               % aws.arn("Trail1")) is None
    assert aws("cloudtrail add-tags --resource-id %s --tags-list Key=name,Value=Bob" % aws.arn("Trail2")) is None
    found = aws("cloudtrail list-tags --resource-id-list %s %s" % (aws.arn("Trail1"), aws.arn("Trail2")))
    assert {each["ResourceId"]: {tag["Key"]: tag["Value"] for tag in each["TagsList"]}
            for each in found["ResourceTagList"]} == {
        aws.arn("Trail1"): {"name": "Alice", "location": "us"}, aws.arn("Trail2"): {"name": "Bob"}}
    assert aws("cloudtrail remove-tags --resource-id %s --tags-list Key=name Key=location" % aws.arn("Trail1")) is None
    found, = aws("cloudtrail list-tags --resource-id-list " + aws.arn("Trail1"))["ResourceTagList"]
    assert found["TagsList"] == []


def selectors(*resources):
    return shlex.quote(json.dumps([{"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [
        {"Type": kind, "Values": values} for kind, values in resources]}]))


def test_event_selectors(aws):
    aws("cloudtrail create-trail --name TrailName --s3-bucket-name " + aws.bucket)
    before = aws("cloudtrail get-event-selectors --trail-name TrailName")
    assert before == {"TrailARN": aws.arn("TrailName"), "EventSelectors": [
        {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [],
         "ExcludeManagementEventSources": []}]}
    for values in (["arn:aws:s3:::mybucket/prefix", "arn:aws:s3:::mybucket2/prefix2"], ["arn:aws:s3:::"]):
        put = "cloudtrail put-event-selectors --trail-name TrailName --event-selectors "
        said = aws(put + selectors(("AWS::S3::Object", values)))
        assert said["TrailARN"] == aws.arn("TrailName")
        assert said["EventSelectors"][0]["DataResources"] == [{"Type": "AWS::S3::Object", "Values": values}]
        assert aws("cloudtrail get-event-selectors --trail-name TrailName") == said
        refused = aws(put + selectors(("AWS::S3::Object", values), ("AWS::Lambda::Function", ["arn:aws:lambda"])),
                      fails=True)
        assert "InvalidEventSelectorsException" in refused


def test_looking_up_and_public_keys(aws):
    assert aws("cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin") == {
        "Events": []}
    found = aws("cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=CreateBucket")
    event, = found["Events"]
    assert event["Username"] == "root" and event["Resources"][0]["ResourceName"] == aws.bucket
    assert json.loads(event["CloudTrailEvent"])["eventName"] == "CreateBucket"
    keys = aws("cloudtrail list-public-keys --start-time 2016-01-01T20:30:00.000Z")["PublicKeyList"]
    assert all(set(key) == {"Value", "ValidityStartTime", "ValidityEndTime", "Fingerprint"} for key in keys)
