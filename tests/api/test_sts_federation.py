"""GetFederationToken: sessions of those whom a user vouches for."""
from email.utils import parsedate_to_datetime
import json

import pytest

from errors import error
from sts_support import allow, document, session
from test_sts_mfa import INVALID
from test_sts_tags import tags
from waiting import wait_for


@pytest.fixture
def alice(account):
    return account.user("alice", allow("sts:GetFederationToken", "sts:TagSession"), allow("kms:List*", "s3:*"),
                        {"Effect": "Deny", "Action": "kms:ListAliases", "Resource": "*"})


def federated(alice, **more):
    return session(alice, alice.client("sts").get_federation_token(**{"Name": "bob", **more}))


def test_who_it_is(account, alice):
    answer = alice.client("sts").get_federation_token(Name="bob", Policy=document(allow("kms:ListKeys")))
    arn = "arn:aws:sts::%s:federated-user/bob" % account.id
    assert answer["FederatedUser"] == {"Arn": arn, "FederatedUserId": account.id + ":bob"}
    assert answer["PackedPolicySize"] == 1
    bob = session(alice, answer)
    assert bob.access_key.startswith("ASIA")
    who = bob.client("sts").get_caller_identity()
    assert (who["Arn"], who["UserId"], who["Account"]) == (arn, account.id + ":bob", account.id)
    assert "PackedPolicySize" not in alice.client("sts").get_federation_token(Name="bob")


def test_it_may_what_both_the_user_and_its_policy_allow(account, alice):
    bob = federated(alice, Policy=document(allow("kms:ListKeys", "kms:ListAliases", "ssm:*"))).client("kms")
    bob.list_keys()
    code, message = error(bob.list_aliases)
    assert code == "AccessDeniedException" and "with an explicit deny in an identity-based policy" in message
    ssm = federated(alice, Policy=document(allow("ssm:*"))).client("ssm")
    assert "because no identity-based policy allows" in error(ssm.describe_parameters)[1]
    managed = federated(alice, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}])
    managed.client("s3").list_buckets()
    code, message = error(managed.client("kms").list_keys)
    assert code == "AccessDeniedException" and message.endswith(
        "because no session policy allows the kms:ListKeys action")


def test_without_a_policy_it_may_nothing(account, alice):
    bob = federated(alice)
    code, message = error(bob.client("kms").list_keys)
    assert code == "AccessDeniedException"
    assert message.startswith("User: arn:aws:sts::%s:federated-user/bob is not authorized to perform: kms:ListKeys"
                              % account.id) and "because no session policy allows" in message


def test_a_policy_of_the_resource_can_name_it(account, alice, new_account):
    s3, bucket = account.client("s3"), "fed-" + account.id
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")

    def let(name):
        s3.put_bucket_policy(Bucket=bucket, Policy=document(
            {**allow("s3:GetObject", resource="arn:aws:s3:::%s/*" % bucket), "Principal": {"AWS": name}}))
    bob = federated(alice).client("s3")
    assert error(bob.get_object, Bucket=bucket, Key="k")[0] == "AccessDenied"
    let("arn:aws:iam::%s:user/alice" % account.id)  # who is someone else
    assert error(bob.get_object, Bucket=bucket, Key="k")[0] == "AccessDenied"
    let("arn:aws:sts::%s:federated-user/bob" % account.id)
    assert bob.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
    assert error(federated(alice, Name="carol").client("s3").get_object, Bucket=bucket, Key="k")[0] == "AccessDenied"
    other = federated(new_account().user("alice", allow("*")))
    let("arn:aws:sts::%s:federated-user/bob" % other.id)  # across accounts both must allow
    assert error(other.client("s3").get_object, Bucket=bucket, Key="k")[0] == "AccessDenied"


def test_it_follows_its_user(account, alice):
    bob, iam = federated(alice, Policy=document(allow("kms:ListKeys"))), account.client("iam")
    bob.client("kms").list_keys()
    iam.delete_access_key(UserName="alice", AccessKeyId=alice.access_key)
    bob.client("kms").list_keys()
    iam.put_user_policy(UserName="alice", PolicyName="inline", PolicyDocument=document(allow("s3:*")))
    assert error(bob.client("kms").list_keys)[0] == "AccessDeniedException"
    iam.put_user_policy(UserName="alice", PolicyName="inline", PolicyDocument=document(allow("kms:*")))
    boundary = iam.create_policy(PolicyName="b", PolicyDocument=document(allow("s3:*")))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=boundary)
    assert "no permissions boundary allows" in error(bob.client("kms").list_keys)[1]
    iam.delete_user_permissions_boundary(UserName="alice")
    iam.delete_user_policy(UserName="alice", PolicyName="inline")
    iam.delete_user(UserName="alice")
    assert error(bob.client("sts").get_caller_identity) == INVALID


def test_what_it_may_not_call(account, alice):
    bob = federated(alice, Policy=document(allow("*")))
    assert error(bob.client("iam").list_users) == INVALID
    sts = bob.client("sts")
    for name, call in (("GetFederationToken", lambda: sts.get_federation_token(Name="bo")),
                       ("GetSessionToken", sts.get_session_token),
                       ("AssumeRole", lambda: sts.assume_role(RoleArn="arn:aws:iam::%s:role/r" % account.id,
                                                              RoleSessionName="s1"))):
        assert error(call) == ("AccessDenied", "Cannot call %s with session credentials" % name)
    own = session(alice, alice.client("sts").get_session_token()).client("sts")
    assert error(own.get_federation_token, Name="bob") == (
        "AccessDenied", "Cannot call GetFederationToken with session credentials")


def test_who_may_ask(account, alice):
    plain = account.user("plain", allow("sts:GetFederationToken",
                                        resource="arn:aws:sts::%s:federated-user/b*" % account.id)).client("sts")
    plain.get_federation_token(Name="bob")
    code, message = error(plain.get_federation_token, Name="carol")
    assert code == "AccessDenied" and message.startswith(
        "User: arn:aws:iam::%s:user/plain is not authorized to perform: sts:GetFederationToken on resource: "
        "arn:aws:sts::%s:federated-user/carol" % (account.id, account.id))
    assert "perform: sts:TagSession on resource" in error(plain.get_federation_token, Name="bob", Tags=tags(k="v"))[1]


def test_tags_stand_above_those_of_the_user(account, alice):
    account.client("iam").tag_user(UserName="alice", Tags=tags(team="red", stage="test"))
    grant = allow("kms:ListKeys", Condition={
        "StringEquals": {"aws:PrincipalTag/team": "blue", "aws:PrincipalTag/stage": "test"}})
    federated(alice, Policy=document(grant), Tags=tags(team="blue")).client("kms").list_keys()
    other = federated(alice, Policy=document(grant)).client("kms")
    assert error(other.list_keys)[0] == "AccessDeniedException"


@pytest.mark.parametrize("condition", [
    {"StringEquals": {"aws:PrincipalType": "FederatedUser"}},
    {"StringLike": {"aws:userid": "*:bob"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:sts::*:federated-user/bob"}},
    {"Null": {"aws:username": "true", "aws:TokenIssueTime": "false"}, "Bool": {"aws:MultiFactorAuthPresent": "false"}},
])
def test_condition_keys(alice, condition):
    federated(alice, Policy=document(allow("kms:ListKeys", Condition=condition))).client("kms").list_keys()


def test_limits(account, alice):
    sts = alice.client("sts", validate=False)
    for seconds in (899, 129601):
        assert error(sts.get_federation_token, Name="bob", DurationSeconds=seconds)[0] == "ValidationError"
    for name in ("b", "b b", "x" * 33):
        assert error(sts.get_federation_token, Name=name)[0] == "ValidationError"
    assert error(sts.get_federation_token, Name="bob", Policy="{}") == (
        "MalformedPolicyDocument", "Syntax errors in policy.")
    many = [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}] * 11
    assert error(sts.get_federation_token, Name="bob", PolicyArns=many)[0] == "ValidationError"

    def seconds(who, asked):
        answer = who.client("sts").get_federation_token(Name="bob", **asked)
        now = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
        return (answer["Credentials"]["Expiration"] - now).total_seconds()

    for who, asked, expected in ((alice, {}, 43200), (alice, {"DurationSeconds": 129600}, 129600),
                                 (account, {"DurationSeconds": 7200}, 3600)):
        assert abs(seconds(who, asked) - expected) < 60


def test_of_root_it_may_what_its_policy_allows(account):
    bob = federated(account, Policy=document(allow("kms:ListKeys")))
    bob.client("kms").list_keys()
    assert error(bob.client("kms").list_aliases)[0] == "AccessDeniedException"


def test_the_trail_says_who_vouched(account, alice):
    federated(alice, Policy=document(allow("kms:ListKeys"))).client("kms").list_keys()
    events = wait_for(lambda: account.client("cloudtrail").lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "ListKeys"}])["Events"], "the record")
    who = json.loads(events[0]["CloudTrailEvent"])["userIdentity"]
    assert (who["type"], who["principalId"], who["arn"]) == (
        "FederatedUser", account.id + ":bob", "arn:aws:sts::%s:federated-user/bob" % account.id)
    issuer = who["sessionContext"]["sessionIssuer"]
    assert (issuer["type"], issuer["userName"], issuer["arn"]) == (
        "IAMUser", "alice", "arn:aws:iam::%s:user/alice" % account.id)
    assert issuer["principalId"].startswith("AIDA") and events[0]["Username"] == "bob"
