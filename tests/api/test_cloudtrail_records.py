"""What a record says: of every operation, and of each kind of caller."""
import json
import re

import pytest

from builds import build_role, commands, create_project
from codepipeline_world import World as Pipelines, action, source
from errors import code_of, error_of
import raw
from s3_support import new_bucket
from test_authorization_matrix import OTHERWISE, SERVICES, matrix  # noqa: F401
from waiting import wait_for


def events(account, key=None, value=None, region=None):
    attributes = [{"AttributeKey": key, "AttributeValue": value}] if key else []
    cloudtrail = account.client("cloudtrail", region=region)
    pages = cloudtrail.get_paginator("lookup_events").paginate(LookupAttributes=attributes)
    return [event for page in pages for event in page["Events"]]


def records(account, key, value, count=1):
    """Of the events found, once there are so many: reads and refusals are recorded within a second."""
    found = wait_for(lambda: [each for each in [events(account, key, value)] if len(each) >= count], value)
    return [json.loads(event["CloudTrailEvent"]) for event in found[0]]


def record(account, name):
    one, = records(account, "EventName", name)
    return one


# ---- Every operation -----------------------------------------------------------------------------


def source_of(service):
    return service.trait("service", "cloudTrailEventSource") or (
        service.trait("sigv4", "name") + ".amazonaws.com")


@pytest.mark.parametrize("name", SERVICES)
def test_each_operation_that_is_refused_is_recorded(matrix, name):  # noqa: F811
    service = SERVICES[name]
    sent = {}
    for request in matrix.requests(service):
        if "dataPlane" in request.operation.shape.traits or request.operation.name == "ListBuckets":
            continue  # a data event; and what all users may do in a browser
        answer = request.send(matrix.nobody)
        sent[answer.headers["x-amzn-requestid"] or answer.headers["x-amz-request-id"]] = request, answer

    def all_of_them():
        found = {each["requestID"]: each for each in (
            json.loads(event["CloudTrailEvent"]) for event in events(matrix.account))}
        return found if set(sent) <= set(found) else None

    if not sent:
        return
    found = wait_for(all_of_them, "the records of " + name)
    variables = {"region": matrix.server.region, "account": matrix.account.id}
    for identity, (request, answer) in sent.items():
        operation, said = request.operation, found[identity]
        status, code, _ = request.error(answer)
        assert said["eventName"] == operation.name
        assert said["eventSource"] == source_of(service), operation.name
        assert said["readOnly"] == ("readonly" in operation.shape.traits), operation.name
        assert (said["managementEvent"], said["eventCategory"]) == (True, "Management")
        assert said["recipientAccountId"] == matrix.account.id
        assert said["responseElements"] is None or status == 200
        if code and status != 200:
            assert said["errorCode"] in (code, "AccessDenied", "AccessDeniedException"), operation.name
        if (name, operation.name) in OTHERWISE:
            continue
        assert said["userIdentity"]["userName"] == "nobody", operation.name
        arns = {each["ARN"] for each in said.get("resources", [])}
        wanted = {request.filled(template, variables) for _, template in operation.resources} - {"*"}
        assert not wanted or arns & wanted, (operation.name, arns, wanted)
        for each in said.get("resources", []):
            parts = each["ARN"].split(":")
            assert each["accountId"] == (parts[4] or matrix.account.id)


# ---- The caller ----------------------------------------------------------------------------------


def trust(*principals):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": list(principals)}}]})


def assume(account, arn, name="night-shift"):
    keys = account.client("sts").assume_role(RoleArn=arn, RoleSessionName=name)["Credentials"]
    return account.with_key(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])


def test_the_connection(account):
    account.client("kms").create_key()
    said = record(account, "CreateKey")
    tls = said["tlsDetails"]
    assert tls["tlsVersion"] in ("TLSv1.2", "TLSv1.3") and "_SHA" in tls["cipherSuite"]
    assert account.server.endpoint.endswith("://" + tls["clientProvidedHostHeader"])
    assert said["apiVersion"] == "2014-11-01"
    assert "vpcEndpointId" not in said and "sharedEventID" not in said


def test_a_session_of_a_user(account):
    user = account.user("u", {"Effect": "Allow", "Action": "kms:*", "Resource": "*"})
    keys = user.client("sts").get_session_token()["Credentials"]
    user.with_key(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]).client("kms").create_key()
    who = record(account, "CreateKey")["userIdentity"]
    assert (who["type"], who["userName"], who["accessKeyId"]) == ("IAMUser", "u", keys["AccessKeyId"])
    assert who["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"
    assert who["sessionContext"]["attributes"]["creationDate"].endswith("Z")
    began = record(account, "GetSessionToken")
    assert began["readOnly"] is True
    assert began["responseElements"]["credentials"]["accessKeyId"] == keys["AccessKeyId"]


def test_which_session_began_is_told(account):
    role = account.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust(account.id))["Role"]
    user = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role["Arn"]})
    session = assume(user, role["Arn"])
    said = record(account, "AssumeRole")
    assert said["readOnly"] is True
    assert said["requestParameters"] == {"roleArn": role["Arn"], "roleSessionName": "night-shift"}
    answer = said["responseElements"]
    assert answer["credentials"]["accessKeyId"] == session.access_key
    assert answer["assumedRoleUser"]["arn"].endswith("assumed-role/r/night-shift")
    assert session.secret not in json.dumps(said) and session.token not in json.dumps(said)
    assert [each["type"] for each in said["resources"]] == ["AWS::IAM::Role"]


def test_a_call_on_another_account_is_recorded_in_both(account, new_account):
    other = new_account()
    role = other.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust(account.id))["Role"]
    user = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role["Arn"]})
    assume(user, role["Arn"])
    ours, theirs = record(account, "AssumeRole"), record(other, "AssumeRole")
    assert ours["sharedEventID"] == theirs["sharedEventID"] and ours["eventID"] != theirs["eventID"]
    assert (ours["recipientAccountId"], theirs["recipientAccountId"]) == (account.id, other.id)
    assert ours["userIdentity"]["userName"] == "u"
    assert theirs["userIdentity"] == {"type": "AWSAccount", "principalId": ours["userIdentity"]["principalId"],
                                      "accountId": account.id}
    for each in (ours, theirs):
        assert each["resources"] == [{"ARN": role["Arn"], "accountId": other.id, "type": "AWS::IAM::Role"}]
        assert each["requestID"] == ours["requestID"]
    seen, = events(other, "EventName", "AssumeRole")
    assert "Username" not in seen and "AccessKeyId" not in seen
    assert events(other, "EventId", ours["eventID"]) == []


def test_a_refused_call_on_another_account_is_the_caller_s_affair(account, new_account):
    other = new_account()
    role = other.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust(other.id))["Role"]
    user = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role["Arn"]})
    assert code_of(user.client("sts").assume_role, RoleArn=role["Arn"], RoleSessionName="night") == "AccessDenied"
    assert record(account, "AssumeRole")["errorCode"] == "AccessDenied"
    other.client("sts").get_caller_identity()
    record(other, "GetCallerIdentity")  # what came before is there, too
    assert events(other, "EventName", "AssumeRole") == []


def test_a_bucket_of_another_account(account, new_account):
    owner = new_account()
    s3, bucket = new_bucket(owner)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "s3:PutBucketTagging",
         "Resource": "arn:aws:s3:::" + bucket}]}))
    account.client("s3").put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    ours, theirs = record(account, "PutBucketTagging"), record(owner, "PutBucketTagging")
    assert ours["sharedEventID"] == theirs["sharedEventID"]
    assert ours["userIdentity"]["type"] == "Root"
    assert theirs["userIdentity"] == {"type": "AWSAccount", "principalId": account.id, "accountId": account.id}
    assert theirs["resources"][0]["accountId"] == owner.id
    assert ours["additionalEventData"]["SignatureVersion"] == "SigV4"
    assert ours["additionalEventData"]["AuthenticationMethod"] == "AuthHeader"


def test_who_has_no_name(account):
    _, bucket = new_bucket(account)
    assert raw.send(account.server, "GET", "/%s?policy" % bucket).status == 403
    said = record(account, "GetBucketPolicy")
    assert said["userIdentity"] == {"type": "AWSAccount", "principalId": "", "accountId": "anonymous"}
    assert said["errorCode"] == "AccessDenied"


def test_whose_signature_is_wrong_is_recorded_nowhere(account):
    wrong = account.with_key(account.access_key, "x" * 40)
    assert code_of(wrong.client("kms").create_key) == "InvalidSignatureException"
    account.client("kms").list_keys()
    record(account, "ListKeys")  # what came before is there, too
    assert events(account, "EventName", "CreateKey") == []


def test_a_service_that_acts_for_a_role(account):
    create_project(account, commands("true"), build_role(account))
    pipelines = Pipelines(account)
    pipelines.create([source()], [action("Build", "Build", "CodeBuild", {"ProjectName": "demo"}, inputs=["App"])])
    said = record(account, "StartBuild")
    assert said["userIdentity"]["type"] == "AssumedRole"
    assert said["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] == pipelines.role
    assert [said["userIdentity"]["invokedBy"], said["sourceIPAddress"], said["userAgent"]] == [
        "codepipeline.amazonaws.com"] * 3
    assert "tlsDetails" not in said


@pytest.mark.parametrize("service, operation, arguments, request_of, answer_of", [
    ("iam", "ListUsers", {}, None, None),
    ("sts", "GetCallerIdentity", {}, None, None),
    ("iam", "ListUsers", {"PathPrefix": "/a/"}, {"pathPrefix": "/a/"}, None),
    ("logs", "CreateLogGroup", {"logGroupName": "g"}, {"logGroupName": "g"}, None),
    ("ssm", "DeleteParameters", {"Names": ["p"]}, {"names": ["p"]}, {"invalidParameters": ["p"]}),
], ids=lambda each: str(each))
def test_what_was_asked_and_answered(account, service, operation, arguments, request_of, answer_of):
    """Nothing is null; a read has no answer."""
    getattr(account.client(service), re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower())(**arguments)
    said = record(account, operation)
    assert said["requestParameters"] == request_of
    if answer_of is None:
        assert said["responseElements"] is None
    else:
        assert {name: value for name, value in said["responseElements"].items() if value} == answer_of


def test_an_error_is_told_as_the_client_was(account):
    error = error_of(account.client("kms").describe_key, KeyId="alias/none")
    said = record(account, "DescribeKey")
    assert (said["errorCode"], said["errorMessage"]) == (error["Code"], error["Message"])
