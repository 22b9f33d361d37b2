"""userIdentity of records: which members it has for each kind of session, and none else.

Source: CloudTrail User Guide, "CloudTrail userIdentity element".
"""
import json

import pytest

from errors import code_of
from issuer import Issuer
from mfa import Device
from sts_support import allow, document, grant_role, make_role, session, trust_statement
from test_sts_web_identity import World as WebWorld
from waiting import wait_for

ATTRIBUTES = {"mfaAuthenticated", "creationDate"}


def identity_of(account, name, access_key):
    """Of the call of that name with that key."""
    def look():
        for event in account.client("cloudtrail").lookup_events(LookupAttributes=[
                {"AttributeKey": "EventName", "AttributeValue": name}])["Events"]:
            who = json.loads(event["CloudTrailEvent"])["userIdentity"]
            if who.get("accessKeyId") == access_key:
                return who
    return wait_for(look, "the record of " + name)


def attributes(who, mfa="false"):
    found = who["sessionContext"]["attributes"]
    assert set(found) == ATTRIBUTES and found["mfaAuthenticated"] == mfa and found["creationDate"].endswith("Z")


def test_a_user_without_a_session(account):
    user = account.user("u", allow("kms:CreateKey"))
    user.client("kms").create_key()
    who = identity_of(account, "CreateKey", user.access_key)
    assert who.pop("principalId").startswith("AIDA")
    assert who == {"type": "IAMUser", "arn": "arn:aws:iam::%s:user/u" % account.id, "accountId": account.id,
                   "accessKeyId": user.access_key, "userName": "u"}


def test_a_session_of_root(account):
    root = session(account, account.client("sts").get_session_token())
    root.client("kms").create_key()
    who = identity_of(account, "CreateKey", root.access_key)
    attributes(who)
    assert set(who.pop("sessionContext")) == {"attributes"}
    assert who == {"type": "Root", "principalId": account.id, "arn": "arn:aws:iam::%s:root" % account.id,
                   "accountId": account.id, "accessKeyId": root.access_key}


def test_a_session_of_a_user_with_a_code(account):
    user = account.user("alice", allow("kms:CreateKey"))
    phone = Device(account, "alice").enable()
    shown = session(user, user.client("sts").get_session_token(**phone.shown()))
    shown.client("kms").create_key()
    who = identity_of(account, "CreateKey", shown.access_key)
    attributes(who, mfa="true")
    assert (who["type"], who["userName"], set(who["sessionContext"])) == ("IAMUser", "alice", {"attributes"})


def test_a_session_of_a_role_with_a_source_identity(account):
    arn = make_role(account, principal=document(
        trust_statement({"AWS": account.id}, "sts:AssumeRole", "sts:SetSourceIdentity")))
    grant_role(account, "r", allow("kms:CreateKey"))
    user = account.user("u", allow("sts:AssumeRole", "sts:SetSourceIdentity"))
    answer = user.client("sts").assume_role(RoleArn=arn, RoleSessionName="night", SourceIdentity="alice")
    role = session(account, answer)
    role.client("kms").create_key()
    who = identity_of(account, "CreateKey", role.access_key)
    attributes(who)
    context = who.pop("sessionContext")
    context.pop("attributes")
    role_id = answer["AssumedRoleUser"]["AssumedRoleId"].split(":")[0]
    assert context == {"sourceIdentity": "alice", "sessionIssuer": {
        "type": "Role", "principalId": role_id, "arn": arn, "accountId": account.id, "userName": "r"}}
    assert who == {"type": "AssumedRole", "principalId": role_id + ":night", "accountId": account.id,
                   "arn": "arn:aws:sts::%s:assumed-role/r/night" % account.id, "accessKeyId": role.access_key}


def test_a_session_that_a_provider_s_token_began(account):
    with Issuer() as issuer:
        world = WebWorld(account, issuer)
        grant_role(account, "r", allow("kms:CreateKey"))
        role = session(account, world.assume(issuer.token()))
    role.client("kms").create_key()
    who = identity_of(account, "CreateKey", role.access_key)
    attributes(who)
    assert who["type"] == "AssumedRole" and set(who["sessionContext"]) == {
        "sessionIssuer", "webIdFederationData", "attributes"}
    assert who["sessionContext"]["webIdFederationData"] == {"federatedProvider": world.provider, "attributes": {}}


@pytest.mark.parametrize("operation, arguments", [
    ("list_event_data_stores", {}), ("list_channels", {}), ("list_imports", {}),
    ("start_query", {"QueryStatement": "select 1"}), ("get_insight_selectors", {"TrailName": "one"}),
    ("put_insight_selectors", {"TrailName": "one", "InsightSelectors": []})])
def test_what_is_not_there_yet_says_so(account, operation, arguments):
    assert code_of(getattr(account.client("cloudtrail"), operation), **arguments) == "NotImplemented"
