"""What STS does as time goes by: pauses after wrong codes, the age of a code, the keys of an identity provider."""
import json

from botocore import UNSIGNED
from botocore.config import Config
import pytest

from errors import error_of
from issuer import Issuer, Key
from mfa import Device
from sts_support import allow, document, session


@pytest.fixture
def alice(account):
    return account.user("alice", allow("kms:ListKeys"), allow("sts:*"))


@pytest.fixture
def phone(server, account, alice):
    return Device(account, "alice", clock=lambda: server.now().timestamp()).enable()


def error(call, **arguments):
    found = error_of(call, **arguments)
    return found["Code"], found["Message"]


def test_wrong_codes_make_the_next_ones_wait_longer_and_longer(server, alice, phone):
    sts = alice.client("sts")

    def guess():
        return error(sts.get_session_token, SerialNumber=phone.serial, TokenCode=phone.wrong())
    wrong = ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
    busy = ("Throttling", "Rate exceeded")
    for _ in range(5):
        assert guess() == wrong
    for pause in (30, 60, 120):
        server.advance(seconds=pause - 5)
        assert error(sts.get_session_token, **phone.shown()) == busy
        server.advance(seconds=6)
        assert guess() == wrong
    server.advance(hours=1, seconds=1)  # no pause is longer
    sts.get_session_token(**phone.shown())
    assert guess() == wrong  # and who has shown the right one starts anew


def test_a_code_grows_old(server, account, alice, phone):
    account.client("iam").put_user_policy(UserName="alice", PolicyName="inline", PolicyDocument=document(
        allow("kms:ListKeys", Condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}), allow("sts:*")))
    shown = session(alice, alice.client("sts").get_session_token(**phone.shown())).client("kms")
    shown.list_keys()
    server.advance(minutes=59)
    shown.list_keys()
    server.advance(minutes=2)
    assert error(shown.list_keys)[0] == "AccessDeniedException"
    alice.client("sts").get_session_token(**phone.shown())  # another session is no help to this one
    assert error(shown.list_keys)[0] == "AccessDeniedException"


def test_a_federated_session_ends(server, account, alice):
    answer = alice.client("sts").get_federation_token(
        Name="bob", DurationSeconds=900, Policy=document(allow("kms:ListKeys")))
    bob = session(alice, answer).client("kms")
    server.advance(minutes=14)
    bob.list_keys()
    server.advance(minutes=1)
    assert error(bob.list_keys) == (
        "ExpiredTokenException", "The security token included in the request is expired")


# ---- Keys of an identity provider --------------------------------------------------------------

@pytest.fixture
def issuer():
    with Issuer(Key("old")) as running:
        yield running


@pytest.fixture
def assume(server, account, issuer):
    """Begins a session with a token of the issuer, made now."""
    iam = account.client("iam")
    provider = iam.create_open_id_connect_provider(
        Url=issuer.url, ClientIDList=["slipway"], ThumbprintList=[issuer.thumbprint])["OpenIDConnectProviderArn"]
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                                               "Principal": {"Federated": provider}}}))["Role"]["Arn"]
    sts = account.client("sts", config=Config(signature_version=UNSIGNED))

    def assume(key):
        now = int(server.now().timestamp())
        return sts.assume_role_with_web_identity(
            RoleArn=role, RoleSessionName="s-1",
            WebIdentityToken=issuer.token(key, iat=now, exp=now + 600))
    return assume


def test_keys_are_asked_for_again_after_an_hour(server, issuer, assume):
    old, new = issuer.keys[0], Key("new")
    assume(old)
    asked = len(issuer.asked)
    issuer.keys = [new]
    server.advance(minutes=59)
    assume(old)
    assert len(issuer.asked) == asked
    server.advance(minutes=2)
    assert error(assume, key=old)[0] == "InvalidIdentityToken"  # withdrawn: known within the hour
    assert len(issuer.asked) == 2 * asked
    assume(new)
    assert len(issuer.asked) == 2 * asked


def test_a_new_key_is_asked_for_at_once_but_not_at_every_call(server, issuer, assume):
    assume(issuer.keys[0])
    asked = len(issuer.asked)
    issuer.keys.append(Key("new"))
    server.advance(seconds=31)
    assume(issuer.keys[1])
    assert len(issuer.asked) == 2 * asked
    for _ in range(3):
        assert error(assume, key=Key("none"))[0] == "InvalidIdentityToken"
    assert len(issuer.asked) == 2 * asked
    server.advance(seconds=31)
    assert error(assume, key=Key("none"))[0] == "InvalidIdentityToken"
    assert len(issuer.asked) == 3 * asked


def test_keys_that_cannot_be_renewed_count_for_a_day(server, issuer, assume):
    key = issuer.keys[0]
    assume(key)
    issuer.pages["/.well-known/openid-configuration"] = b"out of order"
    for hours in (2, 21):
        server.advance(hours=hours)
        assume(key)
    server.advance(hours=2)
    assert error(assume, key=key) == (
        "IDPCommunicationError", "There was a problem communicating with the identity provider.")
    del issuer.pages["/.well-known/openid-configuration"]
    server.advance(seconds=31)
    assume(key)
