"""LookupEvents: what was done is found, by every attribute, and holds no secrets."""
import datetime
import json
import time

import pytest

from errors import error_of

WAIT_SECONDS = 30
TRUST = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}}


def lookup(account, key=None, value=None, **arguments):
    if key:
        arguments["LookupAttributes"] = [{"AttributeKey": key, "AttributeValue": value}]
    return account.client("cloudtrail").lookup_events(**arguments)


def found(account, key, value, count=1):
    """The events, newest first. Reads and failures are written within a second or so."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        events = lookup(account, key, value)["Events"]
        if len(events) >= count:
            assert len(events) == count, [e["EventName"] for e in events]
            return events
        assert time.monotonic() < end, "%s = %s has %d events" % (key, value, len(events))
        time.sleep(0.05)


def record(event):
    return json.loads(event["CloudTrailEvent"])


def test_a_change_is_recorded_with_the_change(account):
    key = account.client("kms").create_key(Description="one")["KeyMetadata"]
    event, = lookup(account, "EventName", "CreateKey")["Events"]
    assert event["EventSource"] == "kms.amazonaws.com"
    assert event["ReadOnly"] == "false"
    assert event["Username"] == "root"
    assert event["AccessKeyId"] == account.access_key
    assert event["EventTime"].microsecond == 0
    r = record(event)
    assert r["eventVersion"] == "1.09"
    assert r["userIdentity"] == {
        "type": "Root", "principalId": account.id, "arn": "arn:aws:iam::%s:root" % account.id,
        "accountId": account.id, "accessKeyId": account.access_key}
    assert r["eventID"] == event["EventId"]
    assert r["requestParameters"]["description"] == "one"
    assert r["responseElements"]["keyMetadata"]["keyId"] == key["KeyId"]
    assert (r["eventName"], r["eventSource"], r["awsRegion"]) == (
        "CreateKey", "kms.amazonaws.com", account.server.region)
    assert r["sourceIPAddress"] == "127.0.0.1"
    assert "Boto3" in r["userAgent"]
    assert r["readOnly"] is False
    assert (r["eventType"], r["managementEvent"], r["eventCategory"]) == ("AwsApiCall", True, "Management")
    assert r["recipientAccountId"] == account.id
    assert r["eventTime"] == event["EventTime"].astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "errorCode" not in r


def test_the_request_id_is_the_clients(account):
    answer = account.client("kms").create_key()
    event, = lookup(account, "EventName", "CreateKey")["Events"]
    assert record(event)["requestID"] == answer["ResponseMetadata"]["RequestId"]


def test_a_read_is_recorded_without_its_answer(account):
    account.client("kms").list_keys(Limit=7)
    event, = found(account, "EventName", "ListKeys")
    r = record(event)
    assert event["ReadOnly"] == "true" and r["readOnly"] is True
    assert r["requestParameters"] == {"limit": 7}
    assert r["responseElements"] is None


def test_a_denied_call_is_found(account):
    user = account.user("mallory")
    denied = error_of(user.client("kms").create_key)
    event, = found(account, "Username", "mallory")
    r = record(event)
    assert event["EventName"] == "CreateKey" and event["ReadOnly"] == "false"
    assert (r["errorCode"], r["errorMessage"]) == (denied["Code"], denied["Message"])
    assert r["responseElements"] is None
    assert r["userIdentity"]["type"] == "IAMUser"
    assert r["userIdentity"]["userName"] == "mallory"
    assert r["userIdentity"]["arn"] == "arn:aws:iam::%s:user/mallory" % account.id
    assert r["userIdentity"]["principalId"].startswith("AIDA")


def test_a_denied_call_names_its_resource(account):
    key = account.client("kms").create_key()["KeyMetadata"]
    error_of(account.user("mallory").client("kms").disable_key, KeyId=key["KeyId"])
    event, = found(account, "ResourceName", key["Arn"])
    assert event["EventName"] == "DisableKey"
    assert event["Resources"] == [{"ResourceType": "AWS::KMS::Key", "ResourceName": key["Arn"]}]
    assert record(event)["resources"] == [
        {"ARN": key["Arn"], "accountId": account.id, "type": "AWS::KMS::Key"}]


def test_a_failed_call_is_recorded_with_its_error(account):
    error_of(account.client("kms").describe_key, KeyId="alias/none")
    event, = found(account, "EventName", "DescribeKey")
    assert record(event)["errorCode"] == "NotFoundException"
    assert "alias/none is not found" in record(event)["errorMessage"]


def test_the_session_of_a_role(account):
    trust = json.loads(json.dumps(TRUST))
    trust["Statement"]["Principal"] = {"AWS": account.id}
    role = account.client("iam").create_role(
        Path="/ops/", RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    user = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
    keys = user.client("sts").assume_role(
        RoleArn=role["Arn"], RoleSessionName="night-shift")["Credentials"]
    session = account.with_key(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    session.client("sts").get_caller_identity()
    event, = found(account, "Username", "night-shift")
    assert event["EventName"] == "GetCallerIdentity"
    assert event["AccessKeyId"] == keys["AccessKeyId"]
    identity = record(event)["userIdentity"]
    assert identity["type"] == "AssumedRole"
    assert identity["arn"] == "arn:aws:sts::%s:assumed-role/r/night-shift" % account.id
    assert identity["principalId"] == role["RoleId"] + ":night-shift"
    issuer = identity["sessionContext"]["sessionIssuer"]
    assert issuer == {"type": "Role", "principalId": role["RoleId"], "arn": role["Arn"],
                      "accountId": account.id, "userName": "r"}
    attributes = identity["sessionContext"]["attributes"]
    assert attributes["mfaAuthenticated"] == "false"
    assert attributes["creationDate"].endswith("Z")


@pytest.fixture
def history(account):
    """An account in which a few things happened."""
    iam, kms = account.client("iam"), account.client("kms")
    iam.create_user(UserName="a", Path="/dev/")
    iam.create_user(UserName="b")
    kms.create_alias(AliasName="alias/k", TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    iam.delete_user(UserName="b")
    return account


def names(events):
    return [event["EventName"] for event in events]


def test_newest_first(history):
    assert names(lookup(history, "ReadOnly", "false")["Events"]) == [
        "DeleteUser", "CreateAlias", "CreateKey", "CreateUser", "CreateUser"]


@pytest.mark.parametrize("key, value, expected", [
    ("EventName", "CreateUser", ["CreateUser", "CreateUser"]),
    ("EventSource", "iam.amazonaws.com", ["DeleteUser", "CreateUser", "CreateUser"]),
    ("EventSource", "iam", []),
    ("ResourceName", "b", ["DeleteUser", "CreateUser"]),
    ("ResourceName", "a", ["CreateUser"]),
    ("ResourceName", "nobody", []),
    ("ResourceType", "AWS::IAM::User", ["DeleteUser", "CreateUser", "CreateUser"]),
    ("ResourceType", "AWS::KMS::Alias", ["CreateAlias"]),
    ("ResourceType", "AWS::S3::Bucket", []),
    ("Username", "a", []),
    ("EventId", "5f6b0c7e-0000-0000-0000-000000000000", []),
])
def test_attributes(history, key, value, expected):
    assert names(lookup(history, key, value)["Events"]) == expected


def test_arn_as_resource_name(history):
    arn = "arn:aws:iam::%s:user/dev/a" % history.id
    event, = lookup(history, "ResourceName", arn)["Events"]
    assert event["Resources"] == [{"ResourceType": "AWS::IAM::User", "ResourceName": "a"}]


def test_event_id_and_access_key(history):
    event = lookup(history, "EventName", "CreateKey")["Events"][0]
    same, = lookup(history, "EventId", event["EventId"])["Events"]
    assert same == event
    assert len(lookup(history, "AccessKeyId", history.access_key)["Events"]) >= 5
    assert lookup(history, "AccessKeyId", "AKIAIOSFODNN7EXAMPLE")["Events"] == []


def test_read_only_calls(history):
    history.client("iam").list_users()
    found(history, "EventName", "ListUsers")
    events = lookup(history, "ReadOnly", "true")["Events"]
    assert "ListUsers" in names(events) and "CreateUser" not in names(events)


def test_accounts_and_regions_are_apart(history, new_account):
    other = new_account()
    assert lookup(other, "EventName", "CreateKey")["Events"] == []
    elsewhere = history.client("cloudtrail", region="eu-west-3")
    assert "CreateKey" not in names(elsewhere.lookup_events()["Events"])
    event = lookup(history, "EventName", "CreateKey")["Events"][0]
    assert lookup(other, "EventId", event["EventId"])["Events"] == []


def test_times(history):
    at = lookup(history, "EventName", "DeleteUser")["Events"][0]["EventTime"]
    second = datetime.timedelta(seconds=1)
    for start, end, is_in in [(at, at, True), (at - second, at + second, True), (at, None, True),
                              (None, at, True), (at + second, None, False), (None, at - second, False)]:
        arguments = {name: value for name, value in (("StartTime", start), ("EndTime", end)) if value}
        events = lookup(history, "EventName", "DeleteUser", **arguments)["Events"]
        assert bool(events) == is_in, arguments


def test_pages(account):
    iam = account.client("iam")
    for i in range(12):
        iam.create_user(UserName="u%02d" % i)
    client = account.client("cloudtrail")
    attribute = [{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}]
    pages = list(client.get_paginator("lookup_events").paginate(
        LookupAttributes=attribute, PaginationConfig={"PageSize": 5}))
    assert [len(page["Events"]) for page in pages] == [5, 5, 2]
    users = [record(event)["requestParameters"]["userName"] for page in pages for event in page["Events"]]
    assert users == ["u%02d" % i for i in reversed(range(12))]


@pytest.mark.parametrize("key, value", [("ResourceType", "AWS::IAM::User"), ("ReadOnly", "false"),
                                        ("ResourceName", "u"), ("Username", "root")])
def test_pages_of_other_attributes(account, key, value):
    iam = account.client("iam")
    iam.create_user(UserName="u")
    for _ in range(4):
        iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}))
    paginator = account.client("cloudtrail").get_paginator("lookup_events")
    pages = list(paginator.paginate(LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}],
                                    PaginationConfig={"PageSize": 2}))
    events = [event for page in pages for event in page["Events"] if event["EventSource"] == "iam.amazonaws.com"]
    assert names(events) == ["PutUserPolicy"] * 4 + ["CreateUser"]
    assert len({event["EventId"] for event in events}) == 5


@pytest.mark.parametrize("key, value", [(None, None), ("EventSource", "iam.amazonaws.com")])
def test_pages_of_reads_and_changes_together(account, key, value):
    """Reads are kept apart from changes, many to a row; a lookup does not show it."""
    iam, expected = account.client("iam"), []
    for i in range(4):
        for _ in range(5):
            iam.list_users()
        expected += ["ListUsers"] * 5
        iam.create_user(UserName="u%d" % i)
        assert error_of(iam.create_user, UserName="u%d" % i)["Code"] == "EntityAlreadyExists"
        expected += ["CreateUser"] * 2
        found(account, "EventName", "ListUsers", 5 * (i + 1))
    found(account, "EventName", "CreateUser", 8)
    arguments = {"LookupAttributes": [{"AttributeKey": key, "AttributeValue": value}]} if key else {}
    for size in (1, 3, 50):
        paginator = account.client("cloudtrail").get_paginator("lookup_events")
        events = [event for page in paginator.paginate(PaginationConfig={"PageSize": size}, **arguments)
                  for event in page["Events"] if event["EventSource"] == "iam.amazonaws.com"]
        assert names(events) == expected[::-1]
        assert len({event["EventId"] for event in events}) == len(expected)
    for event in events:
        assert lookup(account, "EventId", event["EventId"])["Events"] == [event]


def test_the_most_is_fifty(account):
    for number in (51, 0, -1):
        error = error_of(account.client("cloudtrail", validate=False).lookup_events, MaxResults=number)
        assert error["Code"] == "InvalidMaxResultsException"


@pytest.mark.parametrize("arguments, code", [
    ({"LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": "a"},
                           {"AttributeKey": "Username", "AttributeValue": "b"}]},
     "InvalidLookupAttributesException"),
    ({"LookupAttributes": [{"AttributeKey": "ReadOnly", "AttributeValue": "maybe"}]},
     "InvalidLookupAttributesException"),
    ({"StartTime": 2000000000, "EndTime": 1000000000}, "InvalidTimeRangeException"),
    ({"NextToken": "nonsense"}, "InvalidNextTokenException"),
    ({"EventCategory": "insight"}, "InvalidEventCategoryException"),
])
def test_refused(account, arguments, code):
    assert error_of(account.client("cloudtrail").lookup_events, **arguments)["Code"] == code


def test_a_token_of_another_account_is_refused(history, new_account):
    token = lookup(history, MaxResults=1)["NextToken"]
    error = error_of(new_account().client("cloudtrail").lookup_events, NextToken=token)
    assert error["Code"] == "InvalidNextTokenException"


@pytest.mark.parametrize("arguments", [
    {"LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}]},
    {"LookupAttributes": [{"AttributeKey": "ReadOnly", "AttributeValue": "true"}]},
    {"StartTime": 1000000000}, {"EndTime": 4000000000}])
def test_a_token_goes_on_with_its_own_question_only(history, arguments):
    attribute = {"LookupAttributes": [{"AttributeKey": "ReadOnly", "AttributeValue": "false"}]}
    lookup_events = history.client("cloudtrail").lookup_events
    token = lookup_events(MaxResults=1, **attribute)["NextToken"]
    error = error_of(lookup_events, NextToken=token, **{**attribute, **arguments})
    assert error["Code"] == "InvalidNextTokenException"
    assert lookup_events(MaxResults=2, NextToken=token, **attribute)["Events"]  # how many is no part of it


def test_looking_up_needs_permission(account):
    user = account.user("u")
    assert error_of(user.client("cloudtrail").lookup_events)["Code"] == "AccessDeniedException"
    allowed = account.user("v", {"Effect": "Allow", "Action": "cloudtrail:LookupEvents", "Resource": "*"})
    assert lookup(allowed, "EventName", "CreateUser")["Events"]


def test_secrets_are_never_recorded(account):
    iam, sts, kms = account.client("iam"), account.client("sts"), account.client("kms")
    secrets = []
    user = account.user("u", {"Effect": "Allow", "Action": "*", "Resource": "*"})
    secrets.append(user.secret)
    git = iam.create_service_specific_credential(UserName="u", ServiceName="codecommit.amazonaws.com")
    git = git["ServiceSpecificCredential"]
    secrets.append(git["ServicePassword"])
    reset = iam.reset_service_specific_credential(
        UserName="u", ServiceSpecificCredentialId=git["ServiceSpecificCredentialId"])
    secrets.append(reset["ServiceSpecificCredential"]["ServicePassword"])
    trust = json.loads(json.dumps(TRUST))
    trust["Statement"]["Principal"] = {"AWS": "*"}
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))
    keys = user.client("sts").assume_role(
        RoleArn="arn:aws:iam::%s:role/r" % account.id, RoleSessionName="one")["Credentials"]
    secrets += [keys["SecretAccessKey"], keys["SessionToken"]]
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    sealed = kms.encrypt(KeyId=key, Plaintext=b"correct horse battery")["CiphertextBlob"]
    kms.decrypt(CiphertextBlob=sealed)
    secrets += ["correct horse", "Y29ycmVjdCBob3Jz"]
    found(account, "EventName", "Decrypt")
    pages = account.client("cloudtrail").get_paginator("lookup_events").paginate()
    text = json.dumps([event for page in pages for event in page["Events"]], default=str)
    assert "CreateServiceSpecificCredential" in text and "AssumeRole" in text
    for secret in secrets:
        assert secret not in text
