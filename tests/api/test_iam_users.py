"""Users: names, paths, lists, and who may touch them."""
import json

import pytest

from errors import error


def allow(*actions, resource="*"):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


def test_create_and_get(account):
    iam = account.client("iam")
    user = iam.create_user(UserName="alice", Path="/team/a/", Tags=[{"Key": "k", "Value": "v"}])["User"]
    assert user["Arn"] == "arn:aws:iam::%s:user/team/a/alice" % account.id
    assert user["UserId"].startswith("AIDA") and len(user["UserId"]) == 21
    assert user["Tags"] == [{"Key": "k", "Value": "v"}]
    got = iam.get_user(UserName="alice")["User"]
    assert got == user


def test_names_are_unique_without_case(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    assert error(iam.create_user, UserName="alice") == (
        "EntityAlreadyExists", "User with name alice already exists.")
    assert error(iam.create_user, UserName="Alice")[0] == "EntityAlreadyExists"


def test_missing_user(account):
    iam = account.client("iam")
    expected = ("NoSuchEntity", "The user with name nobody cannot be found.")
    assert error(iam.get_user, UserName="nobody") == expected
    assert error(iam.delete_user, UserName="nobody") == expected
    assert error(iam.update_user, UserName="nobody", NewPath="/x/") == expected


def test_same_name_in_another_account(account, new_account):
    other = new_account()
    account.client("iam").create_user(UserName="alice")
    other.client("iam").create_user(UserName="alice")
    assert len(other.client("iam").list_users()["Users"]) == 1


def test_get_user_of_the_caller(account):
    user = account.user("alice", allow("iam:GetUser"))
    assert user.client("iam").get_user()["User"]["UserName"] == "alice"
    root = account.client("iam").get_user()["User"]
    assert root["Arn"] == "arn:aws:iam::%s:root" % account.id
    assert root["UserId"] == account.id


def test_list_by_path_and_page(account):
    iam = account.client("iam")
    for name in ["d", "b", "a", "c", "e"]:
        iam.create_user(UserName=name, Path="/x/" if name in "bd" else "/")
    assert [u["UserName"] for u in iam.list_users()["Users"]] == list("abcde")
    assert [u["UserName"] for u in iam.list_users(PathPrefix="/x")["Users"]] == list("bd")
    first = iam.list_users(MaxItems=2)
    assert first["IsTruncated"] and [u["UserName"] for u in first["Users"]] == list("ab")
    pages = iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 2})
    assert [u["UserName"] for page in pages for u in page["Users"]] == list("abcde")
    assert error(iam.list_users, Marker="forged")[0] == "ValidationError"


def test_update_renames_and_moves(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    iam.create_user(UserName="bob")
    iam.update_user(UserName="alice", NewUserName="carol", NewPath="/p/")
    assert iam.get_user(UserName="carol")["User"]["Arn"].endswith(":user/p/carol")
    assert error(iam.get_user, UserName="alice")[0] == "NoSuchEntity"
    assert error(iam.update_user, UserName="carol", NewUserName="BOB") == (
        "EntityAlreadyExists", "User with name BOB already exists.")


def test_delete_refuses_while_something_hangs_on_it(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    key = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    assert error(iam.delete_user, UserName="alice") == (
        "DeleteConflict", "Cannot delete entity, must delete access keys first.")
    iam.delete_access_key(UserName="alice", AccessKeyId=key)
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": allow("s3:*")}))
    assert error(iam.delete_user, UserName="alice") == (
        "DeleteConflict", "Cannot delete entity, must delete policies first.")
    iam.delete_user_policy(UserName="alice", PolicyName="p")
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    iam.attach_user_policy(UserName="alice", PolicyArn=arn)
    assert error(iam.delete_user, UserName="alice") == (
        "DeleteConflict", "Cannot delete entity, must detach all policies first.")
    iam.detach_user_policy(UserName="alice", PolicyArn=arn)
    iam.delete_user(UserName="alice")
    assert error(iam.get_user, UserName="alice")[0] == "NoSuchEntity"


def test_tags_are_checked(account):
    iam = account.client("iam")
    assert error(iam.create_user, UserName="a", Tags=[{"Key": "aws:x", "Value": ""}])[0] == "InvalidInput"
    assert error(iam.create_user, UserName="a", Tags=[{"Key": "x", "Value": ""}, {"Key": "X", "Value": ""}])[0] \
        == "InvalidInput"


def test_permission_is_on_the_users_arn(account):
    admin = account.client("iam")
    admin.create_user(UserName="in", Path="/team/")
    admin.create_user(UserName="out")
    user = account.user("boss", allow("iam:*User", resource="arn:aws:iam::*:user/team/*")).client("iam")
    user.get_user(UserName="in")
    code, message = error(user.get_user, UserName="out")
    assert code == "AccessDenied"
    assert message == (
        "User: arn:aws:iam::{0}:user/boss is not authorized to perform: iam:GetUser on resource: "
        "arn:aws:iam::{0}:user/out because no identity-based policy allows the iam:GetUser action".format(account.id))
    assert error(user.create_user, UserName="new")[0] == "AccessDenied"
    user.create_user(UserName="new", Path="/team/")
    assert error(user.update_user, UserName="new", NewPath="/other/")[0] == "AccessDenied"
    user.update_user(UserName="new", NewUserName="newer")
    # whether a user exists is not told to those who may not know
    assert error(user.get_user, UserName="absent")[0] == "AccessDenied"


def test_permissions_boundary_limits_a_user(account):
    iam = account.client("iam")
    boundary = iam.create_policy(PolicyName="limit", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": allow("iam:GetUser")}))["Policy"]["Arn"]
    assert error(iam.create_user, UserName="x", PermissionsBoundary=boundary + "x")[0] == "NoSuchEntity"
    iam.create_user(UserName="alice", PermissionsBoundary=boundary)
    assert iam.get_user(UserName="alice")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    iam.attach_user_policy(UserName="alice", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    key = iam.create_access_key(UserName="alice")["AccessKey"]
    alice = account.with_key(key["AccessKeyId"], key["SecretAccessKey"]).client("iam")
    alice.get_user()
    code, message = error(alice.list_users)
    assert code == "AccessDenied" and "because no permissions boundary allows" in message
    assert error(iam.delete_policy, PolicyArn=boundary)[0] == "DeleteConflict"
    entities = iam.list_entities_for_policy(PolicyArn=boundary)
    assert [u["UserName"] for u in entities["PolicyUsers"]] == ["alice"]


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 65])
def test_bad_names(account, name):
    iam = account.client("iam", validate=False)
    assert error(iam.create_user, UserName=name)[0] == "ValidationError"
