"""Conditions on tags: of the resource, of the request, of the caller."""
import dataclasses
import json
import typing

from botocore.exceptions import ClientError
import pytest

import raw
from builds import build_role
from codepipeline_world import World, approval, source
from errors import code_of, error_of
from sts_support import allow, document, grant_role, make_role, session, trust_statement
from trail_world import trail_bucket

DENIED = ("AccessDenied", "AccessDeniedException")


def as_list(tags, key="Key", value="Value"):
    return [{key: name, value: text} for name, text in tags.items()]


def lower(tags):
    return as_list(tags, "key", "value")


@dataclasses.dataclass
class Kind:
    """How a resource is made with tags, looked at, and tagged; make() returns the name for the others."""
    service: str
    make: typing.Callable
    look: typing.Callable
    tag: typing.Callable = None
    untag: typing.Callable = None
    replaces: bool = False  # its tags are replaced as a whole, never untagged


def arn(account, service, resource, region=True):
    return "arn:aws:%s:%s:%s:%s" % (service, account.server.region if region else "", account.id, resource)


def make_key(account, client, tags):
    return client.create_key(Tags=as_list(tags, "TagKey", "TagValue"))["KeyMetadata"]["Arn"]


def make_repository(account, client, tags):
    return client.create_repository(repositoryName="thing", tags=tags)["repositoryMetadata"]["Arn"]


def make_project(account, client, tags):
    role = build_role(account)
    declaration = dict(name="thing", source={"type": "NO_SOURCE", "buildspec": "x"}, artifacts={"type": "NO_ARTIFACTS"},
                       environment={"type": "LINUX_CONTAINER", "image": "x", "computeType": "BUILD_GENERAL1_SMALL"},
                       serviceRole=role)
    return client.create_project(**declaration, tags=lower(tags))["project"]["arn"]


def make_pipeline(account, client, tags):
    declaration = World(account).declaration([source()], [approval()])
    client.create_pipeline(pipeline=declaration, tags=lower(tags))
    return arn(account, "codepipeline", "line")


def make_application(account, client, tags):
    client.create_application(applicationName="thing", tags=as_list(tags))
    return arn(account, "codedeploy", "application:thing")


def make_group(account, client, tags):
    role = account.client("iam").create_role(RoleName="deploy", AssumeRolePolicyDocument=document(
        trust_statement({"Service": "codedeploy.amazonaws.com"})))["Role"]["Arn"]
    account.client("codedeploy").create_application(applicationName="thing")
    client.create_deployment_group(applicationName="thing", deploymentGroupName="group", serviceRoleArn=role,
                                   tags=as_list(tags))
    return arn(account, "codedeploy", "deploymentgroup:thing/group")


def make_bucket(account, client, tags):
    name = "thing-" + account.id
    account.client("s3").create_bucket(Bucket=name)
    client.put_bucket_tagging(Bucket=name, Tagging={"TagSet": as_list(tags)})
    account.client("s3").put_object(Bucket=name, Key="a/b", Body=b"x")
    return name


def make_user(account, client, tags):
    return client.create_user(UserName="thing", Path="/a/b/", Tags=as_list(tags))["User"]["Arn"]


def make_iam_role(account, client, tags):
    return client.create_role(RoleName="thing", Tags=as_list(tags), AssumeRolePolicyDocument=document(
        trust_statement({"AWS": account.id})))["Role"]["Arn"]


def make_policy(account, client, tags):
    return client.create_policy(PolicyName="thing", PolicyDocument=document(allow("s3:*")),
                                Tags=as_list(tags))["Policy"]["Arn"]


def make_trail(account, client, tags):
    return client.create_trail(Name="thing", S3BucketName=trail_bucket(account), TagsList=as_list(tags))["TrailARN"]


KINDS = {
    "trail": Kind("cloudtrail", make_trail, lambda c, name: c.get_trail(Name=name),
                  lambda c, name, tags: c.add_tags(ResourceId=name, TagsList=as_list(tags)),
                  lambda c, name, keys: c.remove_tags(ResourceId=name, TagsList=[{"Key": key} for key in keys])),
    "kms key": Kind("kms", make_key, lambda c, name: c.describe_key(KeyId=name),
                    lambda c, name, tags: c.tag_resource(KeyId=name, Tags=as_list(tags, "TagKey", "TagValue")),
                    lambda c, name, keys: c.untag_resource(KeyId=name, TagKeys=keys)),
    "repository": Kind("codecommit", make_repository, lambda c, name: c.get_repository(repositoryName="thing"),
                       lambda c, name, tags: c.tag_resource(resourceArn=name, tags=tags),
                       lambda c, name, keys: c.untag_resource(resourceArn=name, tagKeys=keys)),
    "project": Kind("codebuild", make_project, lambda c, name: c.list_builds_for_project(projectName="thing"),
                    lambda c, name, tags: c.update_project(name="thing", tags=lower(tags)),
                    lambda c, name, keys: c.update_project(name="thing", tags=[]), replaces=True),
    "pipeline": Kind("codepipeline", make_pipeline, lambda c, name: c.get_pipeline(name="line"),
                     lambda c, name, tags: c.tag_resource(resourceArn=name, tags=lower(tags)),
                     lambda c, name, keys: c.untag_resource(resourceArn=name, tagKeys=keys)),
    "stage": Kind("codepipeline", make_pipeline, lambda c, name: c.disable_stage_transition(
        pipelineName="line", stageName="Stage1", transitionType="Inbound", reason="x")),
    "application": Kind("codedeploy", make_application, lambda c, name: c.get_application(applicationName="thing"),
                        lambda c, name, tags: c.tag_resource(ResourceArn=name, Tags=as_list(tags)),
                        lambda c, name, keys: c.untag_resource(ResourceArn=name, TagKeys=keys)),
    "group": Kind("codedeploy", make_group, lambda c, name: c.get_deployment_group(
        applicationName="thing", deploymentGroupName="group"),
        lambda c, name, tags: c.tag_resource(ResourceArn=name, Tags=as_list(tags)),
        lambda c, name, keys: c.untag_resource(ResourceArn=name, TagKeys=keys)),
    "bucket": Kind("s3", make_bucket, lambda c, name: c.list_objects_v2(Bucket=name),
                   lambda c, name, tags: c.put_bucket_tagging(Bucket=name, Tagging={"TagSet": as_list(tags)}),
                   lambda c, name, keys: c.delete_bucket_tagging(Bucket=name), replaces=True),
    "object": Kind("s3", make_bucket, lambda c, name: c.get_object(Bucket=name, Key="a/b")),
    "user": Kind("iam", make_user, lambda c, name: c.get_user(UserName="thing"),
                 lambda c, name, tags: c.tag_user(UserName="thing", Tags=as_list(tags)),
                 lambda c, name, keys: c.untag_user(UserName="thing", TagKeys=keys)),
    "role": Kind("iam", make_iam_role, lambda c, name: c.get_role(RoleName="thing"),
                 lambda c, name, tags: c.tag_role(RoleName="thing", Tags=as_list(tags)),
                 lambda c, name, keys: c.untag_role(RoleName="thing", TagKeys=keys)),
    "policy": Kind("iam", make_policy, lambda c, name: c.get_policy(PolicyArn=name),
                   lambda c, name, tags: c.tag_policy(PolicyArn=name, Tags=as_list(tags)),
                   lambda c, name, keys: c.untag_policy(PolicyArn=name, TagKeys=keys)),
    "role to assume": Kind("sts", lambda account, client, tags: make_iam_role(account, account.client("iam"), tags),
                           lambda c, name: c.assume_role(RoleArn=name, RoleSessionName="session")),
}
CHANGING = {name: kind for name, kind in KINDS.items() if kind.tag}


def is_denied(call, *arguments):
    try:
        call(*arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] in DENIED, error
        return True
    return False


def kinds(table):
    return pytest.mark.parametrize("kind", table.values(), ids=table.keys())


# ---- Of the resource ------------------------------------------------------------------------------------------

@kinds(KINDS)
def test_a_resource_is_reached_by_its_tags(account, kind):
    name = kind.make(account, account.client(kind.service), {"team": "red", "Stage": "prod"})
    for number, (condition, is_allowed) in enumerate([
            ({"StringEquals": {"aws:ResourceTag/team": "red"}}, True),
            ({"StringEquals": {"aws:ResourceTag/team": "blue"}}, False),
            ({"StringLike": {"aws:resourcetag/stage": "p*"}}, True),
            ({"Null": {"aws:ResourceTag/owner": "true"}, "StringNotEquals": {"aws:ResourceTag/team": "blue"}}, True),
            ({"Null": {"aws:ResourceTag/team": "true"}}, False)]):
        user = account.user("u%d" % number, allow("*", Condition=condition)).client(kind.service)
        assert is_denied(kind.look, user, name) != is_allowed, condition


@kinds(KINDS)
def test_a_tag_protects_a_resource(account, kind):
    name = kind.make(account, account.client(kind.service), {"protected": "yes"})
    deny = {**allow("*", Condition={"StringEquals": {"aws:ResourceTag/protected": "yes"}}), "Effect": "Deny"}
    assert is_denied(kind.look, account.user("u", allow("*"), deny).client(kind.service), name)
    deny["Condition"]["StringEquals"]["aws:ResourceTag/protected"] = "no"
    assert not is_denied(kind.look, account.user("v", allow("*"), deny).client(kind.service), name)


@kinds(CHANGING)
def test_a_change_of_tags_counts_at_once(account, kind):
    client = account.client(kind.service)
    name = kind.make(account, client, {"team": "blue"})
    user = account.user("u", allow("*", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    user = user.client(kind.service)
    assert is_denied(kind.look, user, name)
    kind.tag(client, name, {"team": "red"})
    assert not is_denied(kind.look, user, name)
    kind.untag(client, name, ["team"])
    assert is_denied(kind.look, user, name)


@kinds({name: KINDS[name] for name in ("user", "role", "policy", "role to assume")})
def test_iam_has_a_name_of_its_own_for_them(account, kind):
    name = kind.make(account, account.client(kind.service), {"team": "red"})
    for team in ("red", "blue"):
        user = account.user(team, allow("*", Condition={"StringEquals": {"iam:ResourceTag/team": team}}))
        assert is_denied(kind.look, user.client(kind.service), name) == (team == "blue")


@kinds(KINDS)
def test_everybody_reaches_what_has_his_own_tag(account, kind):
    name = kind.make(account, account.client(kind.service), {"team": "red"})
    mine = allow("*", Condition={"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}})
    user = account.user("u", mine)
    assert is_denied(kind.look, user.client(kind.service), name)
    for team in ("red", "blue"):
        account.client("iam").tag_user(UserName="u", Tags=as_list({"team": team}))
        assert is_denied(kind.look, user.client(kind.service), name) == (team == "blue")


def test_what_is_not_there_has_no_tags(account):
    user = account.user("u", allow("*", Condition={"Null": {"aws:ResourceTag/team": "true"}}))
    assert code_of(user.client("codecommit").get_repository, repositoryName="none") == "RepositoryDoesNotExistException"
    user = account.user("v", allow("*", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    assert code_of(user.client("codecommit").get_repository, repositoryName="none") in DENIED


def test_tags_are_of_this_account_and_region(account, new_account):
    other = new_account()
    make_repository(other, other.client("codecommit"), {"team": "red"})
    elsewhere = account.client("codecommit", region="eu-west-3")
    elsewhere.create_repository(repositoryName="thing", tags={"team": "red"})
    account.client("codecommit").create_repository(repositoryName="thing", tags={"team": "blue"})
    user = account.user("u", allow("*", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    assert code_of(user.client("codecommit").get_repository, repositoryName="thing") in DENIED
    user.client("codecommit", region="eu-west-3").get_repository(repositoryName="thing")


@pytest.mark.parametrize("team, is_allowed", [("red", True), ("blue", False)])
def test_every_kind_of_policy_sees_them(account, team, is_allowed):
    iam, kms = account.client("iam"), account.client("kms")
    key = make_key(account, kms, {"team": "red"})
    tagged = allow("*", Condition={"StringEquals": {"aws:ResourceTag/team": team}})
    iam.create_policy(PolicyName="limit", PolicyDocument=document(tagged))
    bounded = account.user("bounded", allow("*"))
    iam.put_user_permissions_boundary(UserName="bounded",
                                      PermissionsBoundary="arn:aws:iam::%s:policy/limit" % account.id)
    role = make_role(account)
    grant_role(account, "r", allow("*"))
    answer = account.user("actor", allow("sts:AssumeRole")).client("sts").assume_role(
        RoleArn=role, RoleSessionName="narrow", Policy=document(tagged))
    by_key = account.user("by-key")
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(
        {**allow("kms:*"), "Principal": {"AWS": "arn:aws:iam::%s:root" % account.id}},
        {**tagged, "Principal": {"AWS": "arn:aws:iam::%s:user/by-key" % account.id}}))
    for who in (bounded, session(account, answer), by_key):
        assert is_denied(KINDS["kms key"].look, who.client("kms"), key) != is_allowed


def test_tags_do_not_tell_of_another_accounts_key(account, new_account):
    key = make_key(account, account.client("kms"), {"team": "red"})
    other = new_account()
    messages = set()
    for number, team in enumerate(("red", "blue")):
        user = other.user("u%d" % number, allow("*", Condition={"StringEquals": {"aws:ResourceTag/team": team}}))
        message = error_of(user.client("kms").describe_key, KeyId=key)["Message"]
        messages.add(message.replace("u%d" % number, "u"))
    assert len(messages) == 1


# ---- Of the request -------------------------------------------------------------------------------------------

MADE_WITH_TAGS = {name: kind for name, kind in KINDS.items()
                  if name not in ("stage", "bucket", "object", "role to assume")}
ONLY_RED = {"StringEquals": {"aws:RequestTag/team": "red"}}
LISTED = {"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "b"]}}


@pytest.mark.parametrize("condition, tags, is_allowed", [
    (ONLY_RED, {"team": "red", "b": "c"}, True), (ONLY_RED, {"team": "blue"}, False), (ONLY_RED, {"b": "c"}, False),
    (LISTED, {"team": "x", "b": "d"}, True), (LISTED, {"team": "x", "c": "d"}, False),
    ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}}, {"b": "d"}, False)],
    ids=["right", "wrong", "none", "listed", "not listed", "without"])
@kinds(MADE_WITH_TAGS)
def test_the_tags_of_a_new_resource(account, kind, condition, tags, is_allowed):
    user = account.user("u", allow("*", Condition=condition)).client(kind.service)
    assert is_denied(kind.make, account, user, tags) != is_allowed


@kinds({name: kind for name, kind in CHANGING.items() if name in MADE_WITH_TAGS})
def test_the_tags_that_are_added_and_taken_away(account, kind):
    client = account.client(kind.service)
    name = kind.make(account, client, {"team": "red"})
    user = account.user("u", allow("*", Condition={
        "StringEqualsIfExists": {"aws:RequestTag/team": ["red", "blue"]},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}})).client(kind.service)
    kind.tag(user, name, {"team": "blue"})
    assert is_denied(kind.tag, user, name, {"team": "green"})
    assert is_denied(kind.tag, user, name, {"cost": "1"})
    kind.tag(client, name, {"cost": "1"})
    if not kind.replaces:
        assert is_denied(kind.untag, user, name, ["cost"])
    kind.untag(user, name, ["team"])


@pytest.mark.parametrize("team, status", [("red", 200), ("blue", 403)])
def test_the_tags_of_a_new_bucket(account, team, status):
    user = account.user("u", allow("s3:*", Condition=ONLY_RED))
    body = ("<CreateBucketConfiguration><Tags><Tag><Key>team</Key><Value>%s</Value></Tag></Tags>"
            "</CreateBucketConfiguration>" % team)
    assert raw.call(user, "s3", "PUT", "/new-" + account.id, body.encode()).status == status


# ---- Tags of what is made need the permission to tag ---------------------------------------------------------

TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codebuild.amazonaws.com"}}})
MADE = {
    "iam:CreateUser": ("iam:TagUser", lambda iam, tags: iam.create_user(UserName="made", **tags)),
    "iam:CreateRole": ("iam:TagRole", lambda iam, tags: iam.create_role(
        RoleName="made", AssumeRolePolicyDocument=TRUST, **tags)),
    "iam:CreatePolicy": ("iam:TagPolicy", lambda iam, tags: iam.create_policy(PolicyName="made", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}), **tags)),
    "iam:CreateInstanceProfile": ("iam:TagInstanceProfile", lambda iam, tags: iam.create_instance_profile(
        InstanceProfileName="made", **tags)),
    "iam:CreateVirtualMFADevice": ("iam:TagMFADevice", lambda iam, tags: iam.create_virtual_mfa_device(
        VirtualMFADeviceName="made", **tags)),
    "kms:CreateKey": ("kms:TagResource", lambda kms, tags: kms.create_key(
        Tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags.get("Tags", [])])),
    "logs:CreateLogGroup": ("logs:TagResource", lambda logs, tags: logs.create_log_group(
        logGroupName="made", **({"tags": {"team": "red"}} if tags else {}))),
    "codecommit:CreateRepository": ("codecommit:TagResource", lambda codecommit, tags: codecommit.create_repository(
        repositoryName="made", **({"tags": {"team": "red"}} if tags else {}))),
    "codedeploy:CreateApplication": ("codedeploy:TagResource", lambda codedeploy, tags: codedeploy.create_application(
        applicationName="made", **({"tags": tags["Tags"]} if tags else {}))),
}


@pytest.mark.parametrize("action", MADE)
def test_who_makes_something_with_tags_may_tag_it(account, action):
    tag_action, make = MADE[action]
    service = action.split(":")[0]
    tags = {"Tags": [{"Key": "team", "Value": "red"}]}
    maker = account.user("maker", {"Effect": "Allow", "Action": action, "Resource": "*"}).client(service)
    response = error_of(make, maker, tags)
    assert response["Code"] in ("AccessDenied", "AccessDeniedException") and tag_action in response["Message"]
    make(maker, {})
    other = account.user("tagger", {"Effect": "Allow", "Action": action, "Resource": "*"}, {
        "Effect": "Allow", "Action": tag_action, "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestTag/team": "blue"}}}).client(service)
    assert code_of(make, other, tags).startswith("AccessDenied")
