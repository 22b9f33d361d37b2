"""One-time codes in STS: sessions of users, and roles that want a device at hand."""
from email.utils import parsedate_to_datetime
import json
import urllib.parse

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
import pytest

import raw
from errors import error
from mfa import Device
from sts_support import allow, document, make_role, session
from waiting import wait_for

WITH_MFA = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
INVALID = ("InvalidClientTokenId", "The security token included in the request is invalid.")
NOT_HIS = ("AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA "
           "serial number is valid and associated with this user.")
WRONG = ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
BOTH = ("AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.")


@pytest.fixture
def alice(account):
    return account.user("alice", allow("kms:ListKeys", **WITH_MFA), allow("kms:ListAliases", "sts:AssumeRole"),
                        allow("iam:ListUsers"))


@pytest.fixture
def phone(account, alice):
    return Device(account, "alice").enable()


def test_a_session_with_a_code_may_what_wants_one(account, alice, phone):
    assert error(alice.client("kms").list_keys)[0] == "AccessDeniedException"
    sts = alice.client("sts")
    plain = session(alice, sts.get_session_token())
    shown = session(alice, sts.get_session_token(**phone.shown()))
    for each in (plain, shown):
        assert each.access_key.startswith("ASIA")
        assert each.client("sts").get_caller_identity()["Arn"] == "arn:aws:iam::%s:user/alice" % account.id
        each.client("kms").list_aliases()
    assert error(plain.client("kms").list_keys)[0] == "AccessDeniedException"
    shown.client("kms").list_keys()
    # IAM wants a code in any case
    assert error(plain.client("iam").list_users) == INVALID
    shown.client("iam").list_users()


def test_how_long_ago_the_code_was_shown_is_a_key(account, alice, phone):
    shown = session(alice, alice.client("sts").get_session_token(**phone.shown())).client("kms")
    for seconds, may in (("3600", True), ("0", False)):
        account.client("iam").put_user_policy(UserName="alice", PolicyName="inline", PolicyDocument=document(
            allow("kms:ListKeys", Condition={"NumericLessThan": {"aws:MultiFactorAuthAge": seconds}})))
        if may:
            shown.list_keys()
        else:
            assert error(shown.list_keys)[0] == "AccessDeniedException"


def test_a_code_is_taken_once(alice, phone):
    sts, shown = alice.client("sts"), phone.shown()
    sts.get_session_token(**shown)
    for _ in range(7):  # which is no guess
        assert error(sts.get_session_token, **shown) == WRONG
    sts.get_session_token(**phone.shown())


def test_codes_that_are_not_taken(account, alice, phone):
    sts, shown = alice.client("sts"), phone.shown()
    assert error(sts.get_session_token, SerialNumber=shown["SerialNumber"]) == BOTH
    assert error(sts.get_session_token, TokenCode=shown["TokenCode"]) == BOTH
    assert error(sts.get_session_token, SerialNumber=phone.serial + "x", TokenCode=shown["TokenCode"]) == NOT_HIS
    other = account.user("bob").client("sts")
    assert error(other.get_session_token, **shown) == NOT_HIS
    sts.get_session_token(**shown)  # none of these used it up
    account.client("iam").deactivate_mfa_device(UserName="alice", SerialNumber=phone.serial)
    assert error(sts.get_session_token, **phone.shown()) == NOT_HIS


def test_codes_cannot_be_guessed(alice, phone):
    sts = alice.client("sts")
    for _ in range(5):
        assert error(sts.get_session_token, SerialNumber=phone.serial, TokenCode=phone.wrong()) == WRONG
    assert error(sts.get_session_token, **phone.shown()) == ("Throttling", "Rate exceeded")
    sts.get_session_token()


def test_what_such_sessions_may_not_call(account, alice, phone):
    shown = session(alice, alice.client("sts").get_session_token(**phone.shown())).client("sts")
    assert error(shown.get_session_token) == (
        "AccessDenied", "Cannot call GetSessionToken with session credentials")
    role = session(account, alice.client("sts").assume_role(RoleArn=make_role(account), RoleSessionName="s1"))
    assert error(role.client("sts").get_session_token)[0] == "AccessDenied"


def test_a_session_goes_with_its_user_and_takes_its_new_name(account, alice):
    own, iam = session(alice, alice.client("sts").get_session_token()).client("sts"), account.client("iam")
    iam.update_user(UserName="alice", NewUserName="alicia")
    assert own.get_caller_identity()["Arn"].endswith(":user/alicia")
    iam.delete_access_key(UserName="alicia", AccessKeyId=alice.access_key)
    iam.delete_user_policy(UserName="alicia", PolicyName="inline")
    own.get_caller_identity()
    iam.delete_user(UserName="alicia")
    assert error(own.get_caller_identity) == INVALID


def test_root_has_sessions_of_an_hour(account, alice):
    def seconds(answer):
        when = answer["ResponseMetadata"]["HTTPHeaders"]["date"]
        return (answer["Credentials"]["Expiration"] - parsedate_to_datetime(when)).total_seconds()

    assert abs(seconds(account.client("sts").get_session_token(DurationSeconds=7200)) - 3600) < 60
    assert abs(seconds(alice.client("sts").get_session_token()) - 43200) < 60
    assert error(alice.client("sts", validate=False).get_session_token, DurationSeconds=129601)[0] == "ValidationError"


def test_a_role_can_want_a_device(account, alice, phone):
    arn = make_role(account, principal=document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
        "AWS": account.id}, **WITH_MFA}))
    account.client("iam").put_role_policy(
        RoleName="r", PolicyName="p", PolicyDocument=document(allow("kms:ListKeys", **WITH_MFA)))
    sts, ask = alice.client("sts"), {"RoleArn": arn, "RoleSessionName": "s1"}
    assert error(sts.assume_role, **ask)[0] == "AccessDenied"
    assert error(sts.assume_role, SerialNumber=phone.serial, TokenCode=phone.wrong(), **ask) == WRONG
    session(account, sts.assume_role(**ask, **phone.shown())).client("kms").list_keys()
    # a session that has shown one needs no further
    own = session(alice, sts.get_session_token(**phone.shown())).client("sts")
    session(account, own.assume_role(**ask)).client("kms").list_keys()


def test_the_trail_says_whether_a_device_was_at_hand(account, alice, phone):
    shown = session(alice, alice.client("sts").get_session_token(**phone.shown()))
    shown.client("kms").list_keys()
    events = wait_for(lambda: account.client("cloudtrail").lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "ListKeys"}])["Events"], "the record")
    who = json.loads(events[0]["CloudTrailEvent"])["userIdentity"]
    assert (who["type"], who["userName"], who["accessKeyId"]) == ("IAMUser", "alice", shown.access_key)
    assert who["sessionContext"]["attributes"]["mfaAuthenticated"] == "true"


def test_a_presigned_identity_as_clusters_ask_for(account, alice):
    """`aws eks get-token`: a URL that names the cluster in a signed header."""
    server = account.server
    request = AWSRequest("GET", server.endpoint + "/?Action=GetCallerIdentity&Version=2011-06-15",
                         headers={"x-k8s-aws-id": "cluster"})
    SigV4QueryAuth(Credentials(alice.access_key, alice.secret), "sts", server.region, expires=60).add_auth(request)
    url = urllib.parse.urlsplit(request.url)
    path = url.path + "?" + url.query
    assert "x-k8s-aws-id" in url.query
    answer = raw.send(server, "GET", path, headers={"x-k8s-aws-id": "cluster"})
    assert (answer.status, answer.element("Arn")) == (200, "arn:aws:iam::%s:user/alice" % account.id)
    for headers in ({}, {"x-k8s-aws-id": "other"}):
        assert raw.send(server, "GET", path, headers=headers).element("Code") == "SignatureDoesNotMatch"
