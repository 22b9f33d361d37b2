"""Signatures, clocks, tokens, and what is said to those who may not."""
import datetime
import json

import botocore.exceptions
import pytest

import raw
from errors import code_of

STS = "Action=GetCallerIdentity&Version=2011-06-15"
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def test_unsigned_query_call(server):
    answer = raw.send(server, body=STS, headers=FORM)
    assert (answer.status, answer.element("Code")) == (403, "MissingAuthenticationToken")
    assert answer.element("Message") == "Request is missing Authentication Token"


def test_unsigned_json_call(server):
    answer = raw.send(server, body="{}", headers={"X-Amz-Target": "TrentService.ListKeys",
                                                  "Content-Type": "application/x-amz-json-1.1"})
    assert (answer.status, answer.json["__type"]) == (400, "MissingAuthenticationTokenException")
    assert answer.json["message"] == "Missing Authentication Token"


@pytest.mark.parametrize("header", ["AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a",
                                    "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=",
                                    "AWS4-HMAC-SHA256 " + "x" * 4000], ids=lambda text: text[:50])
def test_incomplete_signature(server, header):
    answer = raw.send(server, body=STS, headers={**FORM, "Authorization": header})
    assert (answer.status, answer.element("Code")) == (400, "IncompleteSignature")


def test_unknown_key(account):
    stranger = account.with_key("AKIAIOSFODNN7EXAMPLE", account.secret)
    answer = raw.form_call(stranger, "sts", STS)
    assert (answer.status, answer.element("Code")) == (403, "InvalidClientTokenId")
    assert answer.element("Message") == "The security token included in the request is invalid."
    answer = raw.json_call(stranger, "kms", "TrentService.ListKeys", {})
    assert (answer.status, answer.json["__type"]) == (400, "UnrecognizedClientException")


def test_wrong_secret(account):
    thief = account.with_key(account.access_key, "wrong")
    answer = raw.form_call(thief, "sts", STS)
    assert (answer.status, answer.element("Code")) == (403, "SignatureDoesNotMatch")
    assert answer.element("Message").startswith(
        "The request signature we calculated does not match the signature you provided.")
    answer = raw.json_call(thief, "kms", "TrentService.ListKeys", {})
    assert (answer.status, answer.json["__type"]) == (400, "InvalidSignatureException")


def test_changed_body_is_refused(account):
    headers = raw.signed_headers(account, "sts", body=STS, headers=FORM)
    answer = raw.send(account.server, body=STS + "&X=y", headers=headers)
    assert (answer.status, answer.element("Code")) == (403, "SignatureDoesNotMatch")


def test_scope_of_another_service(account):
    answer = raw.json_call(account, "iam", "TrentService.ListKeys", {})
    assert (answer.status, answer.json["__type"]) == (400, "InvalidSignatureException")
    assert "Credential should be scoped to correct service: 'kms'" in answer.json["message"]


def test_any_region_is_served(account):
    assert raw.form_call(account, "sts", STS, region="eu-central-1").status == 200


@pytest.mark.parametrize("minutes, status", [(-4, 200), (4, 200), (-6, 403), (6, 403)])
def test_clock_skew_of_five_minutes(account, minutes, status):
    answer = raw.form_call(account, "sts", STS, at=now() + datetime.timedelta(minutes=minutes))
    assert answer.status == status
    if status != 200:
        assert answer.element("Code") == "SignatureDoesNotMatch"
        word = "expired" if minutes < 0 else "not yet current"
        assert answer.element("Message").startswith("Signature %s: " % word)
        assert " 5 min.)" in answer.element("Message")


def test_session_of_an_assumed_role(account):
    iam = account.client("iam")
    sts = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}).client("sts")
    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": account.id}}}
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))
    assumed = sts.assume_role(RoleArn="arn:aws:iam::%s:role/r" % account.id, RoleSessionName="one")
    keys = assumed["Credentials"]
    session = account.with_key(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    identity = session.client("sts").get_caller_identity()
    assert identity["Arn"] == "arn:aws:sts::%s:assumed-role/r/one" % account.id
    assert identity["UserId"] == assumed["AssumedRoleUser"]["AssumedRoleId"]
    with pytest.raises(botocore.exceptions.ClientError) as info:
        session.client("iam").list_users()
    assert info.value.response["Error"]["Code"] == "AccessDenied"
    assert info.value.response["Error"]["Message"] == (
        "User: arn:aws:sts::{0}:assumed-role/r/one is not authorized to perform: iam:ListUsers on resource: * "
        "because no identity-based policy allows the iam:ListUsers action".format(account.id))


def test_broken_session_token(account):
    broken = account.with_key("ASIAIOSFODNN7EXAMPLE", "secret", "token")
    answer = raw.form_call(broken, "sts", STS)
    assert (answer.status, answer.element("Code")) == (403, "InvalidClientTokenId")


def test_explicit_deny_is_named(account):
    user = account.user("u", {"Effect": "Allow", "Action": "*", "Resource": "*"},
                        {"Effect": "Deny", "Action": "kms:ListKeys", "Resource": "*"})
    user.client("kms").list_aliases()
    with pytest.raises(botocore.exceptions.ClientError) as info:
        user.client("kms").list_keys()
    assert info.value.response["Error"] == {
        "Code": "AccessDeniedException",
        "Message": "User: arn:aws:iam::%s:user/u is not authorized to perform: kms:ListKeys on resource: * "
                   "with an explicit deny in an identity-based policy" % account.id}


def test_a_managed_policy_that_denies_is_named_by_its_arn(account):
    iam = account.client("iam")
    arn = iam.create_policy(PolicyName="safety", PolicyDocument=json.dumps({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Deny", "Action": "kms:ListKeys", "Resource": "*"}}))["Policy"]["Arn"]
    users = [account.user(name, {"Effect": "Allow", "Action": "*", "Resource": "*"})
             for name in ("attached", "bounded")]
    iam.attach_user_policy(UserName="attached", PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName="bounded", PermissionsBoundary=arn)
    for user, kind in zip(users, ("an identity-based policy", "a permissions boundary")):
        with pytest.raises(botocore.exceptions.ClientError) as info:
            user.client("kms").list_keys()
        assert info.value.response["Error"]["Message"].endswith(
            "with an explicit deny in %s: %s" % (kind, arn))
        assert info.value.response["ResponseMetadata"]["HTTPHeaders"]["x-slipway-authorization-message"]


def test_policy_changes_count_at_once(account):
    user = account.user("u")
    kms, iam = user.client("kms"), account.client("iam")
    for _ in range(5):
        assert code_of(kms.list_keys) == "AccessDeniedException"
        iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps({
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "kms:ListKeys", "Resource": "*"}}))
        kms.list_keys()
        iam.delete_user_policy(UserName="u", PolicyName="p")


def test_deleted_and_inactive_keys_are_refused_at_once(account):
    user = account.user("u")
    sts, iam = user.client("sts"), account.client("iam")
    sts.get_caller_identity()
    iam.update_access_key(UserName="u", AccessKeyId=user.access_key, Status="Inactive")
    assert code_of(sts.get_caller_identity) == "InvalidClientTokenId"
    iam.update_access_key(UserName="u", AccessKeyId=user.access_key, Status="Active")
    sts.get_caller_identity()
    iam.delete_access_key(UserName="u", AccessKeyId=user.access_key)
    assert code_of(sts.get_caller_identity) == "InvalidClientTokenId"


def test_accounts_do_not_see_each_other(account, new_account):
    other = new_account()
    account.client("iam").create_user(UserName="only-here")
    assert other.client("iam").list_users()["Users"] == []
    assert code_of(other.client("iam").get_user, UserName="only-here") == "NoSuchEntity"


def test_global_condition_keys(account):
    user = account.user("u", {
        "Effect": "Allow", "Action": "kms:ListKeys", "Resource": "*", "Condition": {
            "StringEquals": {"aws:username": "u", "aws:PrincipalAccount": account.id, "aws:PrincipalType": "User",
                             "aws:RequestedRegion": "eu-west-1"},
            "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::%s:user/u" % account.id},
            "IpAddress": {"aws:SourceIp": "127.0.0.0/8"},
            "Bool": {"aws:SecureTransport": str(account.server.endpoint.startswith("https")).lower(),
                     "aws:ViaAWSService": "false"},
            "DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"},
            "NumericGreaterThan": {"aws:EpochTime": "1577836800"},
            "StringLike": {"aws:UserAgent": "Boto3*"}}})
    user.client("kms", region="eu-west-1").list_keys()
    assert code_of(user.client("kms", region="us-west-2").list_keys) == "AccessDeniedException"


def test_request_tags_are_condition_keys(account):
    user = account.user("u", {
        "Effect": "Allow", "Action": ["iam:CreateUser", "iam:TagUser"], "Resource": "*", "Condition": {
            "StringEquals": {"aws:RequestTag/team": "red"},
            "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}}})
    iam = user.client("iam")
    iam.create_user(UserName="a", Tags=[{"Key": "team", "Value": "red"}])
    assert code_of(iam.create_user, UserName="b", Tags=[{"Key": "team", "Value": "blue"}]) == "AccessDenied"
    assert code_of(iam.create_user, UserName="c") == "AccessDenied"
    assert code_of(iam.create_user, UserName="d", Tags=[
        {"Key": "team", "Value": "red"}, {"Key": "other", "Value": "x"}]) == "AccessDenied"


def test_page_tokens_are_bound_to_their_account(account, new_account):
    other = new_account()
    for one in (account, other):
        for name in ("a", "b", "c"):
            one.client("iam").create_user(UserName=name)
    page = account.client("iam").list_users(MaxItems=1)
    assert page["IsTruncated"]
    account.client("iam").list_users(Marker=page["Marker"])
    assert code_of(other.client("iam").list_users, Marker=page["Marker"]) == "ValidationError"
    assert code_of(account.client("iam").list_users, Marker="nonsense") == "ValidationError"
