"""Roles: trust policies, durations, lists."""
import json

import pytest

from errors import error

SERVICE = {"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codebuild.amazonaws.com"}}]}


def test_create_get_update_delete(account):
    iam = account.client("iam")
    role = iam.create_role(RoleName="r", Path="/ci/", Description="d", AssumeRolePolicyDocument=json.dumps(SERVICE),
                           MaxSessionDuration=7200, Tags=[{"Key": "k", "Value": "v"}])["Role"]
    assert role["Arn"] == "arn:aws:iam::%s:role/ci/r" % account.id
    assert role["RoleId"].startswith("AROA") and len(role["RoleId"]) == 21
    got = iam.get_role(RoleName="r")["Role"]
    assert got["AssumeRolePolicyDocument"] == SERVICE
    assert (got["MaxSessionDuration"], got["Description"], got["Tags"]) == (7200, "d", role["Tags"])
    iam.update_role(RoleName="r", Description="e")
    assert iam.get_role(RoleName="r")["Role"]["MaxSessionDuration"] == 7200
    iam.update_role(RoleName="r", MaxSessionDuration=3600)
    got = iam.get_role(RoleName="r")["Role"]
    assert (got["MaxSessionDuration"], got["Description"]) == (3600, "e")
    iam.delete_role(RoleName="r")
    assert error(iam.get_role, RoleName="r") == ("NoSuchEntity", "The role with name r cannot be found.")


def test_names_are_unique(account):
    iam = account.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(SERVICE))
    assert error(iam.create_role, RoleName="R", AssumeRolePolicyDocument=json.dumps(SERVICE)) == (
        "EntityAlreadyExists", "Role with name R already exists.")
    iam.create_user(UserName="r")


def test_list(account):
    iam = account.client("iam")
    for name in ["b", "a", "c"]:
        iam.create_role(RoleName=name, Path="/%s/" % name, AssumeRolePolicyDocument=json.dumps(SERVICE))
    assert [r["RoleName"] for r in iam.list_roles()["Roles"]] == ["a", "b", "c"]
    assert iam.list_roles(PathPrefix="/b/")["Roles"][0]["AssumeRolePolicyDocument"] == SERVICE
    pages = iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 1})
    assert [r["RoleName"] for page in pages for r in page["Roles"]] == ["a", "b", "c"]


@pytest.mark.parametrize("document, message", [
    ("{", "This policy contains invalid Json"),
    ({"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}},
     "Missing required field Principal cannot be empty!"),
    ({"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*"}},
     "AssumeRole policy may only specify STS AssumeRole actions."),
    ({"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*", "Resource": "*"}},
     "Has prohibited field Resource"),
    ({"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "x"}}},
     "Invalid principal in policy: \"AWS\":\"x\""),
])
def test_bad_trust_policies(account, document, message):
    iam = account.client("iam")
    text = document if isinstance(document, str) else json.dumps(document)
    assert error(iam.create_role, RoleName="r", AssumeRolePolicyDocument=text) == ("MalformedPolicyDocument", message)
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(SERVICE))
    assert error(iam.update_assume_role_policy, RoleName="r", PolicyDocument=text) == (
        "MalformedPolicyDocument", message)


def test_a_trusted_user_must_exist(account):
    iam = account.client("iam")
    arn = "arn:aws:iam::%s:user/team/alice" % account.id
    trust = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": arn}}})
    assert error(iam.create_role, RoleName="r", AssumeRolePolicyDocument=trust) == (
        "MalformedPolicyDocument", "Invalid principal in policy: \"AWS\":\"%s\"" % arn)
    iam.create_user(UserName="alice", Path="/team/")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust)


def test_trust_policies_have_a_quota(account):
    iam = account.client("iam")
    trust = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codebuild.amazonaws.com"},
        "Condition": {"StringEquals": {"aws:SourceAccount": ["x" * 5000]}}}})
    assert error(iam.create_role, RoleName="r", AssumeRolePolicyDocument=trust) == (
        "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048")


@pytest.mark.parametrize("seconds", [3599, 43201])
def test_session_duration_range(account, seconds):
    iam = account.client("iam", validate=False)
    assert error(iam.create_role, RoleName="r", AssumeRolePolicyDocument=json.dumps(SERVICE),
                 MaxSessionDuration=seconds)[0] == "ValidationError"


def test_delete_refuses_with_policies(account):
    iam = account.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(SERVICE))
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}))
    assert error(iam.delete_role, RoleName="r") == (
        "DeleteConflict", "Cannot delete entity, must delete policies first.")
    iam.delete_role_policy(RoleName="r", PolicyName="p")
    iam.delete_role(RoleName="r")


def test_denied_without_permission(account):
    account.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(SERVICE))
    iam = account.user("u").client("iam")
    for call, arguments in [
            (iam.create_role, {"RoleName": "s", "AssumeRolePolicyDocument": json.dumps(SERVICE)}),
            (iam.get_role, {"RoleName": "r"}), (iam.list_roles, {}), (iam.delete_role, {"RoleName": "r"}),
            (iam.update_role, {"RoleName": "r"}),
            (iam.update_assume_role_policy, {"RoleName": "r", "PolicyDocument": json.dumps(SERVICE)})]:
        assert error(call, **arguments)[0] == "AccessDenied"
