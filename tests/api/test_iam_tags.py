"""Tags of users, roles and managed policies; boundaries set and removed; descriptions."""
import json

import pytest

from errors import error
from test_iam_users import allow

TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}})
DOCUMENT = json.dumps({"Version": "2012-10-17", "Statement": allow("s3:*")})


def doors(iam, kind):
    """The three operations of a kind, and what names the one that is made here."""
    if kind == "user":
        iam.create_user(UserName="x")
        return iam.tag_user, iam.untag_user, iam.list_user_tags, {"UserName": "x"}
    if kind == "role":
        iam.create_role(RoleName="x", AssumeRolePolicyDocument=TRUST)
        return iam.tag_role, iam.untag_role, iam.list_role_tags, {"RoleName": "x"}
    arn = iam.create_policy(PolicyName="x", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
    return iam.tag_policy, iam.untag_policy, iam.list_policy_tags, {"PolicyArn": arn}


@pytest.mark.parametrize("kind", ["user", "role", "policy"])
def test_tags_are_merged_removed_listed_and_limited(account, kind):
    tag, untag, listed, name = doors(account.client("iam"), kind)
    tag(Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}], **name)
    tag(Tags=[{"Key": "A", "Value": "3"}, {"Key": "c", "Value": ""}], **name)
    tags = {"A": "3", "b": "2", "c": ""}
    assert {t["Key"]: t["Value"] for t in listed(**name)["Tags"]} == tags
    first = listed(MaxItems=2, **name)
    rest = listed(Marker=first["Marker"], **name)
    assert first["IsTruncated"] and not rest["IsTruncated"]
    assert len(first["Tags"] + rest["Tags"]) == 3
    untag(TagKeys=["B", "none"], **name)
    assert [t["Key"] for t in listed(**name)["Tags"]] == ["A", "c"]
    assert error(tag, Tags=[{"Key": "AWS:x", "Value": ""}], **name)[0] == "InvalidInput"
    many = [{"Key": "k%d" % i, "Value": "v"} for i in range(48)]
    tag(Tags=many, **name)
    assert error(tag, Tags=[{"Key": "more", "Value": "v"}], **name)[0] == "LimitExceeded"
    assert len(listed(**name)["Tags"]) == 50


def test_tags_need_permission_and_an_owner(account):
    iam = account.client("iam")
    doors(iam, "user"), doors(iam, "role")
    reader = account.user("reader", allow("iam:ListUserTags")).client("iam")
    reader.list_user_tags(UserName="x")
    assert error(reader.tag_user, UserName="x", Tags=[])[0] == "AccessDenied"
    assert error(reader.list_role_tags, RoleName="x")[0] == "AccessDenied"
    assert error(iam.tag_user, UserName="nobody", Tags=[])[0] == "NoSuchEntity"
    assert error(iam.tag_policy, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess", Tags=[])[0] \
        == "AccessDenied"


def test_boundary_is_put_limits_and_is_deleted(account):
    iam = account.client("iam")
    limit = iam.create_policy(PolicyName="limit", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": allow("iam:GetUser")}))["Policy"]["Arn"]
    alice = account.user("alice", allow("*")).client("iam")
    alice.list_users()
    iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=limit)
    assert "because no permissions boundary allows" in error(alice.list_users)[1]
    alice.get_user()
    assert error(iam.put_user_permissions_boundary, UserName="alice",
                 PermissionsBoundary=limit + "x")[0] == "NoSuchEntity"
    iam.delete_user_permissions_boundary(UserName="alice")
    alice.list_users()
    assert error(iam.delete_user_permissions_boundary, UserName="alice")[0] == "NoSuchEntity"


def test_boundary_of_a_role_limits_its_sessions(account):
    iam = account.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "sts:AssumeRole"}}))
    iam.attach_role_policy(RoleName="r", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    user = account.user("u", allow("sts:AssumeRole"))
    session = user.client("sts").assume_role(
        RoleArn="arn:aws:iam::%s:role/r" % account.id, RoleSessionName="session")["Credentials"]
    client = account.with_key(session["AccessKeyId"], session["SecretAccessKey"],
                              session["SessionToken"]).client("iam")
    client.list_users()
    iam.put_role_permissions_boundary(
        RoleName="r", PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess")
    assert iam.get_role(RoleName="r")["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"] \
        == "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    assert "because no permissions boundary allows" in error(client.list_users)[1]
    iam.delete_role_permissions_boundary(RoleName="r")
    client.list_users()


def test_role_description(account):
    iam = account.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    assert iam.update_role_description(RoleName="r", Description="new")["Role"]["Description"] == "new"
    assert iam.get_role(RoleName="r")["Role"]["Description"] == "new"
