"""Sessions: who may have them, for how long, and what they may do."""
import datetime
import json
import urllib.parse

import pytest

import raw
from errors import error, response_of
from sts_support import allow, document, make_role, session, trust


def test_caller_identity(account):
    root = account.client("sts").get_caller_identity()
    assert (root["Account"], root["UserId"], root["Arn"]) == (
        account.id, account.id, "arn:aws:iam::%s:root" % account.id)
    user = account.user("alice")  # needs no permission
    assert user.client("sts").get_caller_identity()["Arn"] == "arn:aws:iam::%s:user/alice" % account.id


def test_assume_role_gives_what_the_role_may(account):
    arn = make_role(account)
    iam = account.client("iam")
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document(allow("iam:ListUsers")))
    user = account.user("alice", allow("sts:AssumeRole", resource=arn))
    answer = user.client("sts").assume_role(RoleArn=arn, RoleSessionName="s-1")
    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::%s:assumed-role/r/s-1" % account.id
    assert answer["AssumedRoleUser"]["AssumedRoleId"].startswith("AROA")
    assert answer["Credentials"]["AccessKeyId"].startswith("ASIA")
    role = session(account, answer)
    assert role.client("sts").get_caller_identity()["Arn"] == answer["AssumedRoleUser"]["Arn"]
    role.client("iam").list_users()
    code, message = error(role.client("iam").list_roles)
    assert code == "AccessDenied"
    assert message.startswith("User: arn:aws:sts::%s:assumed-role/r/s-1 is not authorized to perform: iam:ListRoles"
                              % account.id)
    # what the role may is looked up at each call
    iam.delete_role_policy(RoleName="r", PolicyName="p")
    assert error(role.client("iam").list_users)[0] == "AccessDenied"


def test_denied_without_identity_policy(account):
    arn = make_role(account)
    user = account.user("alice").client("sts")
    expected = ("AccessDenied", "User: arn:aws:iam::%s:user/alice is not authorized to perform: sts:AssumeRole "
                "on resource: %s" % (account.id, arn))
    assert error(user.assume_role, RoleArn=arn, RoleSessionName="s1") == expected


def test_a_role_that_is_not_there_looks_the_same(account):
    arn = "arn:aws:iam::%s:role/none" % account.id
    user = account.user("alice", allow("sts:AssumeRole")).client("sts")
    assert error(user.assume_role, RoleArn=arn, RoleSessionName="s1") == (
        "AccessDenied", "User: arn:aws:iam::%s:user/alice is not authorized to perform: sts:AssumeRole on resource: %s"
        % (account.id, arn))


def test_the_trust_policy_must_agree(account):
    arn = make_role(account, principal=trust({"Service": "codebuild.amazonaws.com"}))
    user = account.user("alice", allow("*")).client("sts")
    assert error(user.assume_role, RoleArn=arn, RoleSessionName="s1")[0] == "AccessDenied"


def test_named_in_the_trust_policy_no_identity_policy_is_needed(account):
    user = account.user("alice")
    arn = make_role(account, principal=trust({"AWS": "arn:aws:iam::%s:user/alice" % account.id}))
    user.client("sts").assume_role(RoleArn=arn, RoleSessionName="s1")


def test_root_cannot_assume_roles(account):
    arn = make_role(account)
    assert error(account.client("sts").assume_role, RoleArn=arn, RoleSessionName="s1") == (
        "AccessDenied", "Roles may not be assumed by root accounts.")


def test_across_accounts_both_must_allow(account, new_account):
    other = new_account()
    arn = make_role(other, principal=trust({"AWS": account.id}))
    closed = make_role(other, name="closed")
    without, with_ = account.user("without"), account.user("with", allow("sts:AssumeRole"))
    assert error(without.client("sts").assume_role, RoleArn=arn, RoleSessionName="s1")[0] == "AccessDenied"
    assert error(with_.client("sts").assume_role, RoleArn=closed, RoleSessionName="s1")[0] == "AccessDenied"
    answer = with_.client("sts").assume_role(RoleArn=arn, RoleSessionName="s1")
    assert session(account, answer).client("sts").get_caller_identity()["Account"] == other.id


def test_external_id(account, new_account):
    other = new_account()
    arn = make_role(other, principal=trust({"AWS": account.id}, **{"sts_ExternalId": "secret"}))
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1")[0] == "AccessDenied"
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1", ExternalId="wrong")[0] == "AccessDenied"
    sts.assume_role(RoleArn=arn, RoleSessionName="s1", ExternalId="secret")


def test_durations(account):
    arn = make_role(account, MaxSessionDuration=7200)
    sts = account.user("u", allow("sts:AssumeRole")).client("sts", validate=False)
    sts.assume_role(RoleArn=arn, RoleSessionName="s1", DurationSeconds=900)
    sts.assume_role(RoleArn=arn, RoleSessionName="s1", DurationSeconds=7200)
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1", DurationSeconds=7201) == (
        "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1", DurationSeconds=899)[0] == "ValidationError"


def test_chained_sessions_last_an_hour(account):
    first = make_role(account, MaxSessionDuration=7200)
    second = make_role(account, name="second", MaxSessionDuration=7200)
    account.client("iam").put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document(allow("sts:AssumeRole")))
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    chained = session(account, sts.assume_role(RoleArn=first, RoleSessionName="s1")).client("sts")
    code, message = error(chained.assume_role, RoleArn=second, RoleSessionName="s2", DurationSeconds=3601)
    assert code == "ValidationError" and "1 hour session limit for roles assumed by role chaining" in message
    chained.assume_role(RoleArn=second, RoleSessionName="s2")


def test_session_policies_limit_further(account):
    arn = make_role(account)
    iam = account.client("iam")
    iam.attach_role_policy(RoleName="r", PolicyArn="arn:aws:iam::aws:policy/IAMFullAccess")
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    limited = session(account, sts.assume_role(
        RoleArn=arn, RoleSessionName="s1", Policy=document(allow("iam:ListUsers", "kms:*")))).client("iam")
    limited.list_users()
    code, message = error(limited.list_roles)
    assert code == "AccessDenied" and "because no session policy allows" in message
    both = session(account, sts.assume_role(
        RoleArn=arn, RoleSessionName="s1", Policy=document(allow("iam:CreateUser")),
        PolicyArns=[{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}])).client("iam")
    both.list_roles()
    both.create_user(UserName="new")
    assert error(both.delete_user, UserName="new")[0] == "AccessDenied"
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1", Policy="{}") == (
        "MalformedPolicyDocument", "Syntax errors in policy.")
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1",
                 PolicyArns=[{"arn": "arn:aws:iam::aws:policy/NoSuchAccess"}])[0] == "MalformedPolicyDocument"


def test_source_identity_is_kept_and_needs_permission(account):
    arn = make_role(account, principal=document({
        "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"], "Principal": {"AWS": account.id}}))
    plain = account.user("plain", allow("sts:AssumeRole")).client("sts")
    assert error(plain.assume_role, RoleArn=arn, RoleSessionName="s1", SourceIdentity="alice")[0] == "AccessDenied"
    sts = account.user("u", allow("sts:AssumeRole", "sts:SetSourceIdentity")).client("sts")
    answer = sts.assume_role(RoleArn=arn, RoleSessionName="s1", SourceIdentity="alice")
    assert answer["SourceIdentity"] == "alice"
    # over a chain it stays, and each role of the chain must permit it
    iam = account.client("iam")
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document(
        allow("sts:AssumeRole", "sts:SetSourceIdentity")))
    make_role(account, name="closed")
    open_ = make_role(account, name="open", principal=document({
        "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"], "Principal": {"AWS": account.id},
        "Condition": {"StringEquals": {"sts:SourceIdentity": "alice", "aws:SourceIdentity": "alice"}}}))
    chained = session(account, answer).client("sts")
    code, message = error(chained.assume_role, RoleArn=open_.replace("open", "closed"), RoleSessionName="s2")
    assert code == "AccessDenied" and "sts:SetSourceIdentity" in message
    assert error(chained.assume_role, RoleArn=open_, RoleSessionName="s2", SourceIdentity="bob")[0] == "AccessDenied"
    assert chained.assume_role(RoleArn=open_, RoleSessionName="s2")["SourceIdentity"] == "alice"


def test_a_session_ends_with_its_role(account):
    arn = make_role(account)
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    role = session(account, sts.assume_role(RoleArn=arn, RoleSessionName="s1")).client("sts")
    role.get_caller_identity()
    account.client("iam").delete_role(RoleName="r")
    assert error(role.get_caller_identity)[0] == "InvalidClientTokenId"
    make_role(account)  # a new role of that name is another one
    assert error(role.get_caller_identity)[0] == "InvalidClientTokenId"


def test_tokens_are_bound_to_their_key(account):
    arn = make_role(account)
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    one, two = (sts.assume_role(RoleArn=arn, RoleSessionName="s1")["Credentials"] for _ in range(2))
    mixed = account.with_key(one["AccessKeyId"], one["SecretAccessKey"], two["SessionToken"])
    assert error(mixed.client("sts").get_caller_identity)[0] == "InvalidClientTokenId"
    bare = account.with_key(one["AccessKeyId"], one["SecretAccessKey"])
    assert error(bare.client("sts").get_caller_identity)[0] == "InvalidClientTokenId"
    token = one["SessionToken"]
    other = "A" if token[100] != "A" else "B"
    changed = account.with_key(one["AccessKeyId"], one["SecretAccessKey"], token[:100] + other + token[101:])
    assert error(changed.client("sts").get_caller_identity)[0] == "InvalidClientTokenId"


@pytest.mark.parametrize("name", ["a", "a b", "a/b", "x" * 65])
def test_session_names(account, name):
    arn = make_role(account)
    sts = account.user("u", allow("sts:AssumeRole")).client("sts", validate=False)
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName=name)[0] == "ValidationError"


@pytest.mark.parametrize("arn", ["role/not-an-arn-at-all", "arn:aws:s3:::bucket-not-a-role"])
def test_what_is_no_role(account, arn):
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="s1") == ("ValidationError", arn + " is invalid")


def test_a_trust_policy_can_bind_the_name_of_the_session(account):
    arn = make_role(account, principal=trust({"AWS": account.id}, sts_RoleSessionName="${aws:username}"))
    sts = account.user("alice", allow("sts:AssumeRole")).client("sts")
    sts.assume_role(RoleArn=arn, RoleSessionName="alice")
    assert error(sts.assume_role, RoleArn=arn, RoleSessionName="bob")[0] == "AccessDenied"


def test_what_is_not_supported_is_refused(account):
    answer = raw.form_call(account.user("u", allow("sts:AssumeRole")), "sts", urllib.parse.urlencode({
        "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": make_role(account), "RoleSessionName": "s1",
        "ProvidedContexts.member.1.ProviderArn": "arn:aws:iam::aws:contextProvider/x",
        "ProvidedContexts.member.1.ContextAssertion": "none"}))
    assert (answer.element("Code"), answer.element("Message")) == (
        "ValidationError", "Provided contexts are not supported.")


def test_older_sessions_are_revoked(account):
    """What the console's "revoke active sessions" does."""
    arn = make_role(account)
    iam = account.client("iam")
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document(allow("iam:ListUsers")))
    sts = account.user("u", allow("sts:AssumeRole")).client("sts")
    role = session(account, sts.assume_role(RoleArn=arn, RoleSessionName="s1")).client("iam")
    role.list_users()

    def revoke(before):
        iam.put_role_policy(RoleName="r", PolicyName="AWSRevokeOlderSessions", PolicyDocument=document({
            "Effect": "Deny", "Action": ["*"], "Resource": ["*"],
            "Condition": {"DateLessThan": {"aws:TokenIssueTime": before.strftime("%Y-%m-%dT%H:%M:%S.000Z")}}}))

    now = datetime.datetime.now(datetime.timezone.utc)
    revoke(now + datetime.timedelta(minutes=1))
    code, message = error(role.list_users)
    assert code == "AccessDenied" and "with an explicit deny in an identity-based policy" in message
    revoke(now - datetime.timedelta(minutes=1))
    role.list_users()


def test_whose_an_access_key_is(account, new_account):
    arn = make_role(account)
    role = account.user("alice", allow("sts:AssumeRole", resource=arn)).client("sts").assume_role(
        RoleArn=arn, RoleSessionName="s-1")["Credentials"]["AccessKeyId"]
    of_user = account.client("iam").create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    asking = new_account().client("sts")  # whoever finds a key may ask
    for key in (role, of_user, account.access_key):
        assert asking.get_access_key_info(AccessKeyId=key)["Account"] == account.id
    for key in ("AKIA" + "A" * 16, "ASIA" + "A" * 16, "ASIA" + "1" * 16, role + "A"):
        code, message = error(asking.get_access_key_info, AccessKeyId=key)
        assert (code, message) == ("ValidationError", "Access key ID %s is not known." % key)
    code, _ = error(account.user("bob").client("sts").get_access_key_info, AccessKeyId=role)
    assert code == "AccessDenied"


def test_why_a_call_was_denied(account, new_account):
    alice = account.user("alice", {**allow("iam:ListRoles"), "Effect": "Deny", "Sid": "NoRoles"})
    answer = response_of(alice.client("iam").list_roles)
    message = answer["ResponseMetadata"]["HTTPHeaders"]["x-slipway-authorization-message"]
    assert "NoRoles" not in message
    reader = account.user("reader", allow("sts:DecodeAuthorizationMessage")).client("sts")
    reason = json.loads(reader.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])
    assert (reason["allowed"], reason["explicitDeny"]) == (False, True)
    assert reason["matchedStatements"]["items"][0]["statementId"] == "NoRoles"
    assert reason["context"]["action"] == "iam:ListRoles"
    assert reason["context"]["principal"]["arn"] == "arn:aws:iam::%s:user/alice" % account.id
    assert error(alice.client("sts").decode_authorization_message, EncodedMessage=message)[0] == "AccessDenied"
    changed = message[:-1] + ("A" if message[-1] != "A" else "B")
    for client, text in ((new_account().client("sts"), message), (reader, changed), (reader, "none")):
        assert error(client.decode_authorization_message, EncodedMessage=text) == (
            "InvalidAuthorizationMessageException", "The authorization message is invalid.")
