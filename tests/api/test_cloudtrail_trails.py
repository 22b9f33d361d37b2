"""Trails: made, changed, found, switched on and off, tagged."""
import json

import pytest

from errors import error_of, fails
from trail_world import put_policy, statements, trail_bucket
from s3_support import new_bucket

SHADOW = "eu-west-3"


@pytest.fixture
def bucket(account):
    return trail_bucket(account)


@pytest.fixture
def cloudtrail(account):
    return account.client("cloudtrail")


def arn_of(account, name, region=None):
    return "arn:aws:cloudtrail:%s:%s:trail/%s" % (region or account.server.region, account.id, name)


def plain(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def test_a_trail_has_what_it_was_made_with(account, cloudtrail, bucket):
    made = plain(cloudtrail.create_trail(Name="one", S3BucketName=bucket))
    assert made == {"Name": "one", "S3BucketName": bucket, "IncludeGlobalServiceEvents": True,
                    "IsMultiRegionTrail": False, "TrailARN": arn_of(account, "one"),
                    "LogFileValidationEnabled": False, "IsOrganizationTrail": False}
    expected = {**made, "HomeRegion": account.server.region, "HasCustomEventSelectors": False,
                "HasInsightSelectors": False}
    for name in ("one", arn_of(account, "one")):
        assert cloudtrail.get_trail(Name=name)["Trail"] == expected
        assert cloudtrail.describe_trails(trailNameList=[name])["trailList"] == [expected]
    assert cloudtrail.describe_trails()["trailList"] == [expected]
    assert cloudtrail.list_trails()["Trails"] == [
        {"TrailARN": arn_of(account, "one"), "Name": "one", "HomeRegion": account.server.region}]


def test_a_trail_is_changed(account, cloudtrail, bucket):
    other = trail_bucket(account, prefix="a/b/")
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    changed = cloudtrail.update_trail(Name="one", S3BucketName=other, S3KeyPrefix="a/b", IsMultiRegionTrail=True)
    assert (changed["S3BucketName"], changed["S3KeyPrefix"]) == (other, "a/b")
    assert changed["IsMultiRegionTrail"] is True
    trail = cloudtrail.get_trail(Name="one")["Trail"]
    assert {name: trail[name] for name in ("S3BucketName", "S3KeyPrefix", "IsMultiRegionTrail")} == {
        "S3BucketName": other, "S3KeyPrefix": "a/b", "IsMultiRegionTrail": True}
    put_policy(account, other, *statements(account, other))
    assert "S3KeyPrefix" not in cloudtrail.update_trail(Name="one", S3KeyPrefix="")


def test_digest_files_are_switched_on_and_off(cloudtrail, bucket):
    """What is in them: tests/time/test_cloudtrail_digests.py."""
    def is_shown():
        return (cloudtrail.get_trail(Name="one")["Trail"]["LogFileValidationEnabled"],
                cloudtrail.describe_trails()["trailList"][0]["LogFileValidationEnabled"])

    assert cloudtrail.create_trail(Name="one", S3BucketName=bucket, EnableLogFileValidation=True)[
        "LogFileValidationEnabled"] is True
    assert is_shown() == (True, True)
    assert cloudtrail.update_trail(Name="one")["LogFileValidationEnabled"] is True
    assert cloudtrail.update_trail(Name="one", EnableLogFileValidation=False)["LogFileValidationEnabled"] is False
    assert is_shown() == (False, False)


def test_public_keys_are_asked_for_by_time(cloudtrail):
    assert cloudtrail.list_public_keys(StartTime="2001-01-01", EndTime="2002-01-01")["PublicKeyList"] == []
    assert fails("InvalidTimeRangeException", cloudtrail.list_public_keys, StartTime="2002-01-01", EndTime="2001-01-01")
    assert fails("InvalidTokenException", cloudtrail.list_public_keys, NextToken="x")


def test_a_deleted_trail_is_gone_and_its_name_free(account, cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    cloudtrail.start_logging(Name="one")
    cloudtrail.delete_trail(Name="one")
    message = fails("TrailNotFoundException", cloudtrail.get_trail, Name="one")
    assert message == "Unknown trail: one for the user: %s" % account.id
    for call in (cloudtrail.delete_trail, cloudtrail.start_logging, cloudtrail.get_trail_status, cloudtrail.update_trail):
        assert error_of(call, Name="one")["Code"] == "TrailNotFoundException"
    assert cloudtrail.describe_trails(trailNameList=["one"])["trailList"] == []
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)


@pytest.mark.parametrize("name, message", [
    ("ab", "Trail name too short. Minimum allowed length: 3 characters. Specified name length: 2 characters."),
    ("a" * 129, "Trail name too long. Maximum allowed length: 128 characters. Specified name length: 129 characters."),
    ("a b", "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), "
            "hyphens (-), and underscores (_)."),
    ("-abc", "Trail name must starts with a letter or number."),
    ("abc-", "Trail name must ends with a letter or number."),
    ("a--b", "Trail name cannot have adjacent periods, hyphens or underscores."),
    ("192.168.5.4", "Trail name cannot be formatted as an IP address."),
])
def test_names(cloudtrail, bucket, name, message):
    assert fails("InvalidTrailNameException", cloudtrail.create_trail, Name=name, S3BucketName=bucket) == message


@pytest.mark.parametrize("arn", ["arn:aws:cloudtrail:::trail/one", "arn:aws:iam::123456789012:trail/one",
                                 "arn:aws:cloudtrail:us-east-1:123456789012:one", "arn:x"])
def test_arns_that_are_none(cloudtrail, arn):
    assert error_of(cloudtrail.get_trail, Name=arn)["Code"] == "CloudTrailARNInvalidException"


def test_a_trail_of_another_account_is_unknown(account, new_account, cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    stranger = new_account().client("cloudtrail")
    assert error_of(stranger.get_trail, Name="one")["Code"] == "TrailNotFoundException"
    assert error_of(stranger.get_trail, Name=arn_of(account, "one"))["Code"] in (
        "TrailNotFoundException", "AccessDeniedException")
    assert stranger.describe_trails()["trailList"] == []


def test_a_name_is_of_one_trail_and_a_region_has_five(account, cloudtrail, bucket):
    cloudtrail.create_trail(Name="t-0", S3BucketName=bucket)
    assert fails("TrailAlreadyExistsException", cloudtrail.create_trail, Name="t-0", S3BucketName=bucket) == (
        "Trail t-0 already exists for customer: %s" % account.id)
    for i in range(1, 5):
        cloudtrail.create_trail(Name="t-%d" % i, S3BucketName=bucket)
    assert fails("MaximumNumberOfTrailsExceededException", cloudtrail.create_trail, Name="t-5", S3BucketName=bucket) == (
        "User: %s already has 5 trails in %s." % (account.id, account.server.region))
    assert [each["Name"] for each in cloudtrail.describe_trails()["trailList"]] == ["t-%d" % i for i in range(5)]


# ---- Where it delivers to ------------------------------------------------------------------------


def test_the_bucket_must_be_there_and_let_cloudtrail_in(account, cloudtrail):
    assert fails("S3BucketDoesNotExistException", cloudtrail.create_trail, Name="one", S3BucketName="no-such-bucket") == (
        "S3 bucket no-such-bucket does not exist!")
    _, name = new_bucket(account)
    refused = "Incorrect S3 bucket policy is detected for bucket: " + name

    def create(**more):
        return cloudtrail.create_trail(Name="one", S3BucketName=name, **more)

    assert fails("InsufficientS3BucketPolicyException", create) == refused
    look, write = statements(account, name)
    for policy in ([look], [write], [look, {**write, "Principal": {"AWS": account.id}}],
                   [look, {**write, "Resource": "arn:aws:s3:::%s/AWSLogs/999999999999/*" % name}],
                   [look, write, {**write, "Effect": "Deny"}]):
        put_policy(account, name, *policy)
        assert fails("InsufficientS3BucketPolicyException", create) == refused
    put_policy(account, name, look, write)
    assert error_of(create, S3KeyPrefix="logs")["Code"] == "InsufficientS3BucketPolicyException"
    create()
    put_policy(account, name, look)
    assert error_of(cloudtrail.update_trail, Name="one")["Code"] == "InsufficientS3BucketPolicyException"


def test_the_policy_may_name_the_trail(account, cloudtrail):
    _, name = new_bucket(account)
    source = {"aws:SourceArn": arn_of(account, "one")}
    put_policy(account, name, *statements(account, name, **source))
    cloudtrail.create_trail(Name="one", S3BucketName=name)
    assert error_of(cloudtrail.create_trail, Name="two", S3BucketName=name)["Code"] == (
        "InsufficientS3BucketPolicyException")


def test_a_bucket_of_another_account(account, new_account, cloudtrail):
    owner = new_account()
    cloudtrail.create_trail(Name="one", S3BucketName=trail_bucket(account, owner))


@pytest.mark.parametrize("arguments, code", [
    ({"S3BucketName": "Not_A_Bucket"}, "InvalidS3BucketNameException"),
    ({"S3KeyPrefix": "x" * 201}, "InvalidS3PrefixException"),
    ({"S3KeyPrefix": "/x"}, "InvalidS3PrefixException"),
    ({"S3KeyPrefix": "a#b"}, "InvalidS3PrefixException"),
    ({"SnsTopicName": "topic"}, "UnsupportedOperationException"),
    ({"IsOrganizationTrail": True}, "OrganizationsNotInUseException"),
    ({"IsMultiRegionTrail": True, "IncludeGlobalServiceEvents": False}, "InvalidParameterCombinationException"),
    ({"KmsKeyId": "alias/none"}, "KmsKeyNotFoundException"),
    ({"TagsList": [{"Key": "aws:x", "Value": "y"}]}, "InvalidTagParameterException"),
    ({"TagsList": [{"Key": "x", "Value": "y"}] * 2}, "InvalidTagParameterException"),
])
def test_refused(cloudtrail, bucket, arguments, code):
    assert error_of(cloudtrail.create_trail, **{"Name": "one", "S3BucketName": bucket, **arguments})["Code"] == code
    assert cloudtrail.describe_trails()["trailList"] == []


def test_the_key_must_let_cloudtrail_in(account, cloudtrail, bucket):
    kms = account.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/trail", TargetKeyId=key["KeyId"])

    def create(key_id=key["Arn"]):
        return cloudtrail.create_trail(Name="one", S3BucketName=bucket, KmsKeyId=key_id)

    assert fails("InsufficientEncryptionPolicyException", create) == (
        "Insufficient permissions to access S3 bucket %s or KMS key %s." % (bucket, key["Arn"]))
    own = {"Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "kms:*", "Resource": "*"}
    service = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
               "Action": ["kms:GenerateDataKey*", "kms:DescribeKey"], "Resource": "*"}

    def put(*all_statements):
        kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=json.dumps(
            {"Version": "2012-10-17", "Statement": list(all_statements)}))

    where = "kms:EncryptionContext:aws:cloudtrail:arn"
    put(own, {**service, "Condition": {"StringLike": {where: arn_of(account, "two")}}})
    assert error_of(create)["Code"] == "InsufficientEncryptionPolicyException"
    put(own, {**service, "Condition": {"StringLike": {where: "arn:aws:cloudtrail:*:%s:trail/*" % account.id}}})
    assert create("alias/trail")["KmsKeyId"] == key["Arn"]
    assert "KmsKeyId" not in cloudtrail.update_trail(Name="one", KmsKeyId="")
    kms.disable_key(KeyId=key["KeyId"])
    assert error_of(cloudtrail.update_trail, Name="one", KmsKeyId=key["KeyId"])["Code"] == "KmsKeyDisabledException"


# ---- Regions -------------------------------------------------------------------------------------


def test_a_trail_of_all_regions_has_shadows(account, cloudtrail, bucket):
    cloudtrail.create_trail(Name="all", S3BucketName=bucket, IsMultiRegionTrail=True)
    cloudtrail.create_trail(Name="home", S3BucketName=bucket)
    away = account.client("cloudtrail", region=SHADOW)
    assert [each["TrailARN"] for each in away.describe_trails()["trailList"]] == [arn_of(account, "all")]
    assert away.describe_trails(includeShadowTrails=False)["trailList"] == []
    assert away.describe_trails(trailNameList=["all"])["trailList"] == []
    assert away.get_trail(Name=arn_of(account, "all"))["Trail"]["HomeRegion"] == account.server.region
    assert away.get_trail_status(Name=arn_of(account, "all"))["IsLogging"] is False
    assert error_of(away.get_trail, Name=arn_of(account, "home"))["Code"] == "TrailNotFoundException"
    for call in (away.start_logging, away.stop_logging, away.delete_trail, away.update_trail):
        assert error_of(call, Name=arn_of(account, "all"))["Code"] == "InvalidHomeRegionException"
    assert [each["Name"] for each in away.list_trails()["Trails"]] == ["all", "home"]


# ---- On and off ----------------------------------------------------------------------------------


def test_on_and_off(cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    status = cloudtrail.get_trail_status(Name="one")
    assert status["IsLogging"] is False and "StartLoggingTime" not in status
    cloudtrail.start_logging(Name="one")
    status = cloudtrail.get_trail_status(Name="one")
    started = status["StartLoggingTime"]
    assert status["IsLogging"] is True and status["TimeLoggingStarted"].endswith("Z")
    assert "StopLoggingTime" not in status
    cloudtrail.start_logging(Name="one")
    assert cloudtrail.get_trail_status(Name="one")["StartLoggingTime"] == started
    cloudtrail.stop_logging(Name="one")
    status = cloudtrail.get_trail_status(Name="one")
    assert status["IsLogging"] is False and status["StopLoggingTime"] >= started


# ---- Tags ----------------------------------------------------------------------------------------


def test_tags(account, cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket, TagsList=[{"Key": "a", "Value": "1"}])
    cloudtrail.create_trail(Name="two", S3BucketName=bucket)
    arn = arn_of(account, "one")
    cloudtrail.add_tags(ResourceId=arn, TagsList=[{"Key": "b"}, {"Key": "a", "Value": "2"}])
    listed = cloudtrail.list_tags(ResourceIdList=[arn, arn_of(account, "two")])["ResourceTagList"]
    assert listed == [{"ResourceId": arn, "TagsList": [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}]},
                      {"ResourceId": arn_of(account, "two"), "TagsList": []}]
    cloudtrail.remove_tags(ResourceId=arn, TagsList=[{"Key": "a"}, {"Key": "none"}])
    assert cloudtrail.list_tags(ResourceIdList=[arn])["ResourceTagList"][0]["TagsList"] == [{"Key": "b", "Value": ""}]
    many = [{"Key": "k%d" % i, "Value": "v"} for i in range(50)]
    assert error_of(cloudtrail.add_tags, ResourceId=arn, TagsList=many)["Code"] == "TagsLimitExceededException"
    assert len(cloudtrail.list_tags(ResourceIdList=[arn])["ResourceTagList"][0]["TagsList"]) == 1


def test_tags_of_what_is_not_there(account, cloudtrail):
    for arn, code in [(arn_of(account, "none"), "ResourceNotFoundException"),
                      ("one", "CloudTrailARNInvalidException"),
                      ("arn:aws:cloudtrail:%s:%s:eventdatastore/x" % (account.server.region, account.id),
                       "ResourceTypeNotSupportedException")]:
        assert error_of(cloudtrail.add_tags, ResourceId=arn, TagsList=[{"Key": "a"}])["Code"] == code
        assert error_of(cloudtrail.list_tags, ResourceIdList=[arn])["Code"] == code


# ---- Permission ----------------------------------------------------------------------------------


def test_each_operation_needs_permission_on_the_trail(account, cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    arn = arn_of(account, "one")
    allowed = {"Effect": "Allow", "Action": ["cloudtrail:GetTrail", "cloudtrail:StartLogging"], "Resource": arn}
    some = account.user("some", allowed).client("cloudtrail")
    some.get_trail(Name="one")
    some.start_logging(Name=arn)
    assert error_of(some.get_trail, Name="two")["Code"] == "AccessDeniedException"
    for call, arguments in [
            (some.stop_logging, {"Name": "one"}), (some.delete_trail, {"Name": "one"}),
            (some.update_trail, {"Name": arn}), (some.get_trail_status, {"Name": "one"}),
            (some.get_event_selectors, {"TrailName": "one"}),
            (some.put_event_selectors, {"TrailName": "one", "EventSelectors": [{"ReadWriteType": "All"}]}),
            (some.add_tags, {"ResourceId": arn, "TagsList": [{"Key": "a"}]}),
            (some.remove_tags, {"ResourceId": arn, "TagsList": [{"Key": "a"}]}),
            (some.list_tags, {"ResourceIdList": [arn]}),
            (some.create_trail, {"Name": "two", "S3BucketName": bucket}),
            (some.describe_trails, {}), (some.list_trails, {}), (some.list_public_keys, {})]:
        error = error_of(call, **arguments)
        assert error["Code"] == "AccessDeniedException", (call, error)
    assert cloudtrail.get_trail_status(Name="one")["IsLogging"] is True


# ---- Selectors -----------------------------------------------------------------------------------


@pytest.fixture
def one(cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    return cloudtrail


def test_a_trail_wants_all_management_events_at_first(account, one):
    assert plain(one.get_event_selectors(TrailName="one")) == {
        "TrailARN": arn_of(account, "one"),
        "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [],
                            "ExcludeManagementEventSources": []}]}


def test_basic_selectors_are_kept_as_they_were_put(account, one):
    selectors = [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": False,
                  "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::b/", "arn:aws:s3:::c/x"]}],
                  "ExcludeManagementEventSources": []},
                 {"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True, "DataResources": [],
                  "ExcludeManagementEventSources": ["kms.amazonaws.com"]}]
    expected = {"TrailARN": arn_of(account, "one"), "EventSelectors": selectors}
    assert plain(one.put_event_selectors(TrailName="one", EventSelectors=selectors)) == expected
    assert plain(one.get_event_selectors(TrailName="one")) == expected
    assert one.get_trail(Name="one")["Trail"]["HasCustomEventSelectors"] is True


def field(name, **operators):
    return {"Field": name, **operators}


DATA = [field("eventCategory", Equals=["Data"]), field("resources.type", Equals=["AWS::S3::Object"])]
MANAGEMENT = field("eventCategory", Equals=["Management"])


def test_advanced_selectors_replace_basic_ones(account, one):
    one.put_event_selectors(TrailName="one", EventSelectors=[{"ReadWriteType": "All"}])
    selectors = [{"Name": "objects", "FieldSelectors": DATA + [
        field("resources.ARN", StartsWith=["arn:aws:s3:::b/"], NotEndsWith=[".tmp"]),
        field("readOnly", Equals=["false"])]},
                 {"FieldSelectors": [MANAGEMENT, field("eventSource", NotEquals=["kms.amazonaws.com"])]}]
    expected = {"TrailARN": arn_of(account, "one"), "AdvancedEventSelectors": selectors}
    assert plain(one.put_event_selectors(TrailName="one", AdvancedEventSelectors=selectors)) == expected
    assert plain(one.get_event_selectors(TrailName="one")) == expected


def basic(**more):
    return {"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True, **more}]}


def advanced(*fields):
    return {"AdvancedEventSelectors": [{"FieldSelectors": list(fields)}]}


@pytest.mark.parametrize("arguments", [
    {}, {**basic(), **advanced(MANAGEMENT)},
    {"EventSelectors": [{"ReadWriteType": "All"}] * 6},
    {"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": False}]},
    basic(ExcludeManagementEventSources=["s3.amazonaws.com"]),
    basic(DataResources=[{"Type": "AWS::S3::Bucket", "Values": []}]),
    basic(DataResources=[{"Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda"]}]),
    basic(DataResources=[{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::bucket"]}]),
    basic(DataResources=[{"Type": "AWS::S3::Object", "Values": ["bucket/"]}]),
    basic(DataResources=[{"Type": "AWS::CodeCommit::Repository", "Values": ["arn:aws:s3:::b/"]}]),
    basic(DataResources=[{"Type": "AWS::S3::Object", "Values": ["arn:aws:codecommit:us-east-1:123456789012:r"]}]),
    basic(DataResources=[{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::b/%d" % i for i in range(251)]}]),
    advanced(field("readOnly", Equals=["true"])),
    advanced(field("eventCategory", Equals=["NetworkActivity"])),
    advanced(field("eventCategory", Equals=["Data"])),
    advanced(field("eventCategory", Equals=["Data"]), field("resources.type", Equals=["AWS::DynamoDB::Table"])),
    advanced(MANAGEMENT, MANAGEMENT),
    advanced(MANAGEMENT, field("eventName", Equals=["x"])),
    advanced(MANAGEMENT, field("eventSource", Equals=["s3.amazonaws.com"])),
    advanced(MANAGEMENT, field("readOnly", Equals=["maybe"])),
    advanced(*DATA, field("readOnly", StartsWith=["t"])),
    advanced(*DATA, field("errorCode", Equals=["x"])),
    advanced(*DATA, field("eventName")),
])
def test_selectors_that_are_refused(account, one, arguments):
    client = account.client("cloudtrail", validate=False)
    assert error_of(client.put_event_selectors, TrailName="one", **arguments)["Code"] == "InvalidEventSelectorsException"
    assert one.get_trail(Name="one")["Trail"]["HasCustomEventSelectors"] is False


def test_what_is_not_there_says_so(account, cloudtrail):
    for call, arguments in [
            (cloudtrail.list_event_data_stores, {}), (cloudtrail.list_channels, {}),
            (cloudtrail.get_insight_selectors, {"TrailName": "one"}),
            (cloudtrail.create_event_data_store, {"Name": "one"}),
            (cloudtrail.start_query, {"QueryStatement": "select 1"})]:
        error = error_of(call, **arguments)
        assert error["Code"] == "NotImplemented" and "not supported by this version of Slipway" in error["Message"]
