"""What a trail delivers to its bucket every five minutes."""
import json
import re

import pytest

from errors import error_of
from s3_support import new_bucket
from trail_world import objects, put_policy, read, records, statements, trail_bucket
from waiting import wait_for

NAME = r"AWSLogs/(\d+)/CloudTrail/([a-z0-9-]+)/(\d{4})/(\d\d)/(\d\d)/\1_CloudTrail_\2_\3\4\5T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz"


@pytest.fixture
def bucket(account):
    return trail_bucket(account)


@pytest.fixture
def cloudtrail(account):
    return account.client("cloudtrail")


def start(cloudtrail, bucket, selectors=None, **arguments):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket, **arguments)
    if selectors:
        cloudtrail.put_event_selectors(TrailName="one", **selectors)
    cloudtrail.start_logging(Name="one")


def names(found):
    return [record["eventName"] for record in found]


def recorded(cloudtrail, name):
    """Reads and refusals are recorded within a second."""
    wait_for(lambda: cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": name}])["Events"], "the record of " + name)


def test_each_record_is_delivered_once(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket)
    iam = account.client("iam")
    for i in range(3):
        iam.create_user(UserName="u%d" % i)
    iam.list_users()
    assert error_of(iam.create_user, UserName="u0")["Code"] == "EntityAlreadyExists"
    recorded(cloudtrail, "ListUsers")
    assert objects(account, bucket) == []
    server.advance(minutes=5)
    file, = objects(account, bucket)
    assert re.fullmatch(NAME, file), file
    content, answer = read(account, bucket, file)
    assert list(content) == ["Records"]
    assert (answer["ContentType"], answer["ContentEncoding"]) == ("application/json", "gzip")
    found = content["Records"]
    assert names(found).count("CreateUser") == 4 and names(found).count("ListUsers") == 1
    assert "StartLogging" in names(found) and "CreateTrail" not in names(found)
    iam.delete_user(UserName="u0")
    for _ in range(2):
        server.advance(minutes=5)
    everything = records(account, bucket)
    assert names(everything).count("DeleteUser") == 1 and names(everything).count("CreateUser") == 4
    assert len({record["eventID"] for record in everything}) == len(everything)
    status = cloudtrail.get_trail_status(Name="one")
    assert "LatestDeliveryError" not in status and status["LatestDeliveryTime"] > status["StartLoggingTime"]


def test_records_are_those_of_the_history(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket)
    account.client("kms").create_key(Description="one")
    server.advance(minutes=5)
    event, = cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "CreateKey"}])["Events"]
    delivered, = [record for record in records(account, bucket) if record["eventName"] == "CreateKey"]
    assert delivered == json.loads(event["CloudTrailEvent"])
    assert (delivered["managementEvent"], delivered["eventCategory"]) == (True, "Management")


def test_a_trail_that_is_off_gets_nothing_new(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket)
    account.client("kms").create_key()
    cloudtrail.stop_logging(Name="one")
    account.client("kms").create_alias(AliasName="alias/a", TargetKeyId=account.client("kms").list_keys()["Keys"][0]["KeyId"])
    server.advance(minutes=5)
    found = names(records(account, bucket))
    assert "CreateKey" in found and "CreateAlias" not in found
    cloudtrail.start_logging(Name="one")
    account.client("kms").delete_alias(AliasName="alias/a")
    server.advance(minutes=5)
    assert "DeleteAlias" in names(records(account, bucket))


def test_a_refused_delivery_is_said_and_made_up_for(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket)
    put_policy(account, bucket, statements(account, bucket)[0])
    account.client("kms").create_key()
    server.advance(minutes=5)
    status = cloudtrail.get_trail_status(Name="one")
    assert status["LatestDeliveryError"] == "AccessDenied" and "LatestDeliveryTime" not in status
    assert objects(account, bucket) == []
    put_policy(account, bucket, *statements(account, bucket))
    server.advance(minutes=5)
    assert names(records(account, bucket)).count("CreateKey") == 1
    assert "LatestDeliveryError" not in cloudtrail.get_trail_status(Name="one")


def test_a_bucket_that_is_gone(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket)
    account.client("s3").delete_bucket(Bucket=bucket)
    server.advance(minutes=5)
    assert cloudtrail.get_trail_status(Name="one")["LatestDeliveryError"] == "NoSuchBucket"


def test_regions(server, account, cloudtrail, bucket):
    away = account.client("kms", region="eu-west-3")
    start(cloudtrail, bucket)
    away.create_key(Description="unheard")
    server.advance(minutes=5)
    assert "CreateKey" not in names(records(account, bucket))
    cloudtrail.update_trail(Name="one", IsMultiRegionTrail=True)
    away.create_key(Description="heard")
    server.advance(minutes=5)
    found, = [r for r in records(account, bucket) if r["eventName"] == "CreateKey"]
    assert (found["requestParameters"]["description"], found["awsRegion"]) == ("heard", "eu-west-3")
    assert [key for key in objects(account, bucket) if "/CloudTrail/eu-west-3/" in key]


@pytest.mark.parametrize("is_global", [True, False])
def test_global_services(server, account, cloudtrail, bucket, is_global):
    start(cloudtrail, bucket, IncludeGlobalServiceEvents=is_global)
    account.client("iam").create_user(UserName="here")
    account.client("iam", region="eu-west-3").create_user(UserName="there")
    server.advance(minutes=5)
    users = [r["requestParameters"]["userName"] for r in records(account, bucket) if r["eventName"] == "CreateUser"]
    assert sorted(users) == (["here", "there"] if is_global else [])


def basic(read_write="All", management=True, **more):
    return {"EventSelectors": [{"ReadWriteType": read_write, "IncludeManagementEvents": management, **more}]}


def test_selectors_of_management_events(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket, basic("WriteOnly", ExcludeManagementEventSources=["kms.amazonaws.com"]))
    account.client("kms").create_key()
    account.client("iam").create_user(UserName="u")
    account.client("iam").list_users()
    recorded(cloudtrail, "ListUsers")
    server.advance(minutes=5)
    assert set(names(records(account, bucket))) == {"CreateUser", "StartLogging"}


@pytest.mark.parametrize("selectors", [
    lambda arn: basic("WriteOnly", False, DataResources=[{"Type": "AWS::S3::Object", "Values": [arn + "in/"]}]),
    lambda arn: {"AdvancedEventSelectors": [{"FieldSelectors": [
        {"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
        {"Field": "readOnly", "Equals": ["false"]}, {"Field": "resources.ARN", "StartsWith": [arn + "in/"]}]}]}])
def test_data_events_of_objects(server, account, cloudtrail, bucket, selectors):
    s3, data = new_bucket(account)
    start(cloudtrail, bucket, selectors("arn:aws:s3:::%s/" % data))
    for key in ("in/a", "out/a"):
        s3.put_object(Bucket=data, Key=key, Body=b"text")
        s3.get_object(Bucket=data, Key=key)
    s3.delete_object(Bucket=data, Key="in/a")
    server.advance(minutes=5)
    found = records(account, bucket)
    assert names(found) == ["PutObject", "DeleteObject"]
    put = found[0]
    assert (put["managementEvent"], put["eventCategory"], put["readOnly"]) == (False, "Data", False)
    assert put["requestParameters"]["key"] == "in/a" and put["userIdentity"]["type"] == "Root"
    assert put["resources"][0]["ARN"] == "arn:aws:s3:::%s/in/a" % data
    assert cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "PutObject"}])["Events"] == []


def test_reads_and_refusals_are_data_events_too(server, account, cloudtrail, bucket):
    s3, data = new_bucket(account)
    s3.put_object(Bucket=data, Key="k", Body=b"text")
    start(cloudtrail, bucket, basic("ReadOnly", False, DataResources=[
        {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::%s/" % data]}]))
    s3.get_object(Bucket=data, Key="k")
    assert error_of(account.user("u").client("s3").get_object, Bucket=data, Key="k")["Code"] == "AccessDenied"

    def delivered():
        server.advance(minutes=5)
        return len(records(account, bucket)) >= 2

    wait_for(delivered, "the records")
    found = records(account, bucket)
    assert names(found) == ["GetObject", "GetObject"]
    assert sorted(str(record.get("errorCode")) for record in found) == ["AccessDenied", "None"]


def test_files_are_sealed_under_the_trail_s_key(server, account, cloudtrail, bucket):
    kms = account.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=json.dumps({
        "Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
             "Action": "kms:GenerateDataKey*", "Resource": "*", "Condition": {"StringLike": {
                 "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:%s:trail/*" % account.id}}}]}))
    start(cloudtrail, bucket, KmsKeyId=key["Arn"])
    server.advance(minutes=5)
    _, answer = read(account, bucket, objects(account, bucket)[0])
    assert (answer["ServerSideEncryption"], answer["SSEKMSKeyId"]) == ("aws:kms", key["Arn"])
    kms.disable_key(KeyId=key["KeyId"])
    server.advance(minutes=5)
    assert "KMS" in cloudtrail.get_trail_status(Name="one")["LatestDeliveryError"]


def test_what_cannot_be_delivered_is_given_up_after_30_days(server, account, cloudtrail, bucket):
    start(cloudtrail, bucket)
    account.client("kms").create_key()
    put_policy(account, bucket, statements(account, bucket)[0])
    server.advance(days=31)

    def refused():
        server.advance(minutes=5)
        return cloudtrail.get_trail_status(Name="one").get("LatestDeliveryError") == "AccessDenied"

    wait_for(refused, "the delivery to be refused")
    put_policy(account, bucket, *statements(account, bucket))
    server.advance(minutes=5)
    assert "CreateKey" not in names(records(account, bucket))
