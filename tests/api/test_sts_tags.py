"""Session tags: who may set them, what they are keys of, and where they go on to."""
import pytest

from errors import error
from sts_support import allow, document, grant_role, make_role, session, trust_statement

TAGGING = ("sts:AssumeRole", "sts:TagSession")


def tags(**pairs):
    return [{"Key": key, "Value": value} for key, value in pairs.items()]


def tagging_role(account, name="r", **condition):
    return make_role(account, name=name, principal=document(
        trust_statement({"AWS": account.id}, *TAGGING, **condition)))


@pytest.fixture
def tagger(account):
    return account.user("tagger", allow(*TAGGING)).client("sts")


def test_tags_need_permission_on_both_sides(account, tagger):
    arn = make_role(account)
    message = "User: arn:aws:iam::%s:user/%s is not authorized to perform: sts:TagSession on resource: %s"
    assert error(tagger.assume_role, RoleArn=arn, RoleSessionName="s1", Tags=tags(k="v")) == (
        "AccessDenied", message % (account.id, "tagger", arn))
    plain = account.user("plain", allow("sts:AssumeRole")).client("sts")
    arn = tagging_role(account, name="tagged")
    assert error(plain.assume_role, RoleArn=arn, RoleSessionName="s1", Tags=tags(k="v")) == (
        "AccessDenied", message % (account.id, "plain", arn))
    assert tagger.assume_role(RoleArn=arn, RoleSessionName="s1", Tags=tags(k="v"))["PackedPolicySize"] == 1


def test_tags_are_keys_of_what_the_session_does(account, tagger):
    arn = tagging_role(account)
    grant_role(account, "r", allow("iam:ListUsers", Condition={
        "StringEquals": {"aws:PrincipalTag/team": "blue"}}))
    one = tagger.assume_role(RoleArn=arn, RoleSessionName="s1", Tags=tags(team="blue"))
    session(account, one).client("iam").list_users()
    for other in ({}, {"Tags": tags(team="red")}):
        answer = tagger.assume_role(RoleArn=arn, RoleSessionName="s1", **other)
        assert error(session(account, answer).client("iam").list_users)[0] == "AccessDenied"


def test_tags_of_the_role_stand_below_those_of_the_session(account, tagger):
    arn = make_role(account, principal=document(trust_statement({"AWS": account.id}, *TAGGING)),
                    Tags=tags(team="blue", stage="test"))
    grant_role(account, "r", allow("iam:ListUsers", Condition={
        "StringEquals": {"aws:PrincipalTag/team": "blue", "aws:PrincipalTag/stage": "test"}}))
    answer = tagger.assume_role(RoleArn=arn, RoleSessionName="s1")
    session(account, answer).client("iam").list_users()
    answer = tagger.assume_role(RoleArn=arn, RoleSessionName="s1", Tags=tags(Team="red"))
    assert error(session(account, answer).client("iam").list_users)[0] == "AccessDenied"


def test_tags_of_a_user_are_keys_too(account):
    iam = account.client("iam")
    grant = allow("iam:ListUsers", Condition={"StringEquals": {"aws:PrincipalTag/team": "blue"}})
    for team, code in (("blue", None), ("red", "AccessDenied")):
        iam.create_user(UserName=team, Tags=tags(team=team))
        iam.put_user_policy(UserName=team, PolicyName="p", PolicyDocument=document(grant))
        key = iam.create_access_key(UserName=team)["AccessKey"]
        client = account.with_key(key["AccessKeyId"], key["SecretAccessKey"]).client("iam")
        if code:
            assert error(client.list_users)[0] == code
        else:
            client.list_users()


def test_a_trust_policy_can_demand_tags(account, tagger):
    arn = make_role(account, principal=document(
        trust_statement({"AWS": account.id}, "sts:AssumeRole"),
        {"Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "sts:TagSession", "Condition": {
            "StringLike": {"aws:RequestTag/project": "p-*"},
            "ForAllValues:StringEquals": {"aws:TagKeys": ["project"], "sts:TransitiveTagKeys": ["project"]}}}))
    tagger.assume_role(RoleArn=arn, RoleSessionName="s1", Tags=tags(project="p-1"), TransitiveTagKeys=["project"])
    for wrong in (tags(project="q"), tags(project="p-1", more="x")):
        assert error(tagger.assume_role, RoleArn=arn, RoleSessionName="s1", Tags=wrong)[0] == "AccessDenied"


def test_transitive_tags_go_on(account, tagger):
    first, second = tagging_role(account), tagging_role(account, name="second")
    closed = make_role(account, name="closed")
    grant_role(account, "r", allow(*TAGGING))
    grant_role(account, "second", allow("iam:ListUsers", Condition={
        "StringEquals": {"aws:PrincipalTag/team": "blue"}, "Null": {"aws:PrincipalTag/own": "true"}}))
    chained = session(account, tagger.assume_role(
        RoleArn=first, RoleSessionName="s1", Tags=tags(team="blue", own="x"), TransitiveTagKeys=["team"])).client("sts")
    answer = chained.assume_role(RoleArn=second, RoleSessionName="s2")
    session(account, answer).client("iam").list_users()
    assert "sts:TagSession" in error(chained.assume_role, RoleArn=closed, RoleSessionName="s2")[1]
    assert error(chained.assume_role, RoleArn=second, RoleSessionName="s2", Tags=tags(team="red")) == (
        "InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a "
        "transitive tag key from the calling session.")


@pytest.mark.parametrize("more, code, message", [
    ({"Tags": tags(a="1", A="2")}, "InvalidParameterValue",
     "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    ({"Tags": tags(a="1"), "TransitiveTagKeys": ["b"]}, "InvalidParameterValue",
     "The specified transitive tag key must be included in the requested tags."),
    ({"Tags": [{"Key": "k%02d" % i + "x" * 110, "Value": "v" * 200} for i in range(50)]}, "PackedPolicyTooLarge",
     "Packed size of session tags consumes 128% of allotted space."),
    ({"Tags": [{"Key": "k%d" % i, "Value": "v"} for i in range(51)]}, "ValidationError", None),
    ({"Tags": [{"Key": "aws:k", "Value": "v"}]}, "ValidationError", None),
])
def test_tags_that_cannot_be(account, tagger, more, code, message):
    found = error(tagger.assume_role, RoleArn=tagging_role(account), RoleSessionName="s1", **more)
    assert found[0] == code
    assert message in (None, found[1])


def test_the_largest_session_fits_in_a_request(account, tagger):
    arn = tagging_role(account)
    grant_role(account, "r", allow("iam:ListUsers"))
    policy = document(*(allow("iam:ListUsers", resource="*", Sid="x%d" % i) for i in range(80)))
    answer = tagger.assume_role(RoleArn=arn, RoleSessionName="s1", Policy=policy, Tags=[
        {"Key": "k%02d" % i, "Value": "v" * 120} for i in range(50)])
    assert 80 < answer["PackedPolicySize"] <= 100
    session(account, answer).client("iam").list_users()
    code, message = error(tagger.assume_role, RoleArn=arn, RoleSessionName="s1", Policy=document(
        *(allow("iam:ListUsers", resource="*") for i in range(300))))
    assert code == "PackedPolicyTooLarge"
    assert message.startswith("Packed policy consumes 1") and message.endswith("please use smaller policy.")
