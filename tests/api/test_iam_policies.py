"""Policies: managed with versions, inline, attached; and that they really decide."""
import json

import pytest

from errors import error

READ = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:Get*", "Resource": "*"}}
LIST = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:List*", "Resource": "*"}}
TRUST = {"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codebuild.amazonaws.com"}}}
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


@pytest.fixture
def iam(account):
    return account.client("iam")


@pytest.fixture
def policy(iam):
    return iam.create_policy(PolicyName="p", Path="/x/", Description="d", PolicyDocument=json.dumps(READ))["Policy"]


def test_create_and_get(account, iam, policy):
    assert policy["Arn"] == "arn:aws:iam::%s:policy/x/p" % account.id
    assert policy["PolicyId"].startswith("ANPA")
    got = iam.get_policy(PolicyArn=policy["Arn"])["Policy"]
    assert (got["DefaultVersionId"], got["AttachmentCount"], got["Description"]) == ("v1", 0, "d")
    version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId="v1")["PolicyVersion"]
    assert version["Document"] == READ and version["IsDefaultVersion"]


def test_errors_of_create(iam, policy):
    assert error(iam.create_policy, PolicyName="P", PolicyDocument=json.dumps(READ)) == (
        "EntityAlreadyExists", "A policy called P already exists. Duplicate names are not allowed.")
    assert error(iam.create_policy, PolicyName="q", PolicyDocument="{}") == (
        "MalformedPolicyDocument", "Syntax errors in policy.")
    big = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["s3:" + "x" * 100] * 70, "Resource": "*"}})
    assert error(iam.create_policy, PolicyName="q", PolicyDocument=big) == (
        "LimitExceeded", "Cannot exceed quota for PolicySize: 6144")


def test_missing_policy(account, iam):
    arn = "arn:aws:iam::%s:policy/none" % account.id
    expected = ("NoSuchEntity", "Policy %s was not found." % arn)
    assert error(iam.get_policy, PolicyArn=arn) == expected
    assert error(iam.delete_policy, PolicyArn=arn) == expected
    assert error(iam.list_policy_versions, PolicyArn=arn) == expected
    assert error(iam.create_policy_version, PolicyArn=arn, PolicyDocument=json.dumps(READ)) == expected
    assert error(iam.list_entities_for_policy, PolicyArn=arn) == expected


def test_policies_of_another_account_are_not_there(new_account, policy):
    assert error(new_account().client("iam").get_policy, PolicyArn=policy["Arn"])[0] in ("NoSuchEntity", "AccessDenied")


def test_versions(iam, policy):
    arn = policy["Arn"]
    new = iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(LIST), SetAsDefault=True)
    assert new["PolicyVersion"]["VersionId"] == "v2" and new["PolicyVersion"]["IsDefaultVersion"]
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [(v["VersionId"], v["IsDefaultVersion"]) for v in versions] == [("v2", True), ("v1", False)]
    pages = iam.get_paginator("list_policy_versions").paginate(PolicyArn=arn, PaginationConfig={"PageSize": 1})
    assert [v["VersionId"] for page in pages for v in page["Versions"]] == ["v2", "v1"]
    assert error(iam.delete_policy_version, PolicyArn=arn, VersionId="v2") == (
        "DeleteConflict", "Cannot delete the default version of a policy.")
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    assert error(iam.get_policy_version, PolicyArn=arn, VersionId="v2") == (
        "NoSuchEntity", "Policy %s version v2 does not exist or is not attachable." % arn)
    assert error(iam.set_default_policy_version, PolicyArn=arn, VersionId="v2")[0] == "NoSuchEntity"
    assert error(iam.delete_policy_version, PolicyArn=arn, VersionId="v2")[0] == "NoSuchEntity"
    # a number is never given twice
    new = iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(LIST))["PolicyVersion"]
    assert new["VersionId"] == "v3" and not new["IsDefaultVersion"]


def test_five_versions(iam, policy):
    for _ in range(4):
        iam.create_policy_version(PolicyArn=policy["Arn"], PolicyDocument=json.dumps(LIST))
    code, message = error(iam.create_policy_version, PolicyArn=policy["Arn"], PolicyDocument=json.dumps(LIST))
    assert code == "LimitExceeded" and message.startswith("A managed policy can have up to 5 versions.")
    code, message = error(iam.delete_policy, PolicyArn=policy["Arn"])
    assert code == "DeleteConflict" and message.startswith("This policy has more than one version.")


def test_the_default_version_decides_at_once(account, iam, policy):
    user = account.user("u")
    iam.attach_user_policy(UserName="u", PolicyArn=policy["Arn"])
    client = user.client("iam")
    client.get_user()
    assert error(client.list_users)[0] == "AccessDenied"
    iam.create_policy_version(PolicyArn=policy["Arn"], PolicyDocument=json.dumps(LIST), SetAsDefault=True)
    client.list_users()
    assert error(client.get_user)[0] == "AccessDenied"
    iam.detach_user_policy(UserName="u", PolicyArn=policy["Arn"])
    assert error(client.list_users)[0] == "AccessDenied"


def test_attach_to_users_and_roles(iam, policy):
    iam.create_user(UserName="u")
    iam.create_role(RoleName="r", Path="/ci/", AssumeRolePolicyDocument=json.dumps(TRUST))
    for _ in range(2):  # twice is once
        iam.attach_user_policy(UserName="u", PolicyArn=policy["Arn"])
        iam.attach_role_policy(RoleName="r", PolicyArn=policy["Arn"])
    iam.attach_role_policy(RoleName="r", PolicyArn=ADMIN)
    attached = iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]
    assert sorted(p["PolicyName"] for p in attached) == ["AdministratorAccess", "p"]
    own = iam.list_attached_role_policies(RoleName="r", PathPrefix="/x/")["AttachedPolicies"]
    assert [p["PolicyArn"] for p in own] == [policy["Arn"]]
    first = iam.list_attached_role_policies(RoleName="r", MaxItems=1)
    assert first["IsTruncated"]
    second = iam.list_attached_role_policies(RoleName="r", MaxItems=1, Marker=first["Marker"])
    assert len(second["AttachedPolicies"]) == 1 and not second["IsTruncated"]
    assert iam.list_attached_user_policies(UserName="u")["AttachedPolicies"][0]["PolicyName"] == "p"
    assert iam.get_policy(PolicyArn=policy["Arn"])["Policy"]["AttachmentCount"] == 2
    assert error(iam.delete_policy, PolicyArn=policy["Arn"]) == (
        "DeleteConflict", "Cannot delete a policy attached to entities.")

    entities = iam.list_entities_for_policy(PolicyArn=policy["Arn"])
    assert [u["UserName"] for u in entities["PolicyUsers"]] == ["u"]
    assert [r["RoleName"] for r in entities["PolicyRoles"]] == ["r"]
    only = iam.list_entities_for_policy(PolicyArn=policy["Arn"], EntityFilter="Role", PathPrefix="/ci/")
    assert not only["PolicyUsers"] and len(only["PolicyRoles"]) == 1
    pages = iam.get_paginator("list_entities_for_policy").paginate(
        PolicyArn=policy["Arn"], PaginationConfig={"PageSize": 1})
    assert sum(len(p["PolicyUsers"]) + len(p["PolicyRoles"]) for p in pages) == 2

    iam.detach_user_policy(UserName="u", PolicyArn=policy["Arn"])
    iam.detach_role_policy(RoleName="r", PolicyArn=policy["Arn"])
    assert error(iam.detach_role_policy, RoleName="r", PolicyArn=policy["Arn"]) == (
        "NoSuchEntity", "Policy %s was not found." % policy["Arn"])
    assert error(iam.detach_user_policy, UserName="u", PolicyArn=policy["Arn"])[0] == "NoSuchEntity"
    iam.delete_policy(PolicyArn=policy["Arn"])


def test_what_cannot_be_attached(iam):
    iam.create_user(UserName="u")
    arn = "arn:aws:iam::aws:policy/NoSuchAccess"
    expected = ("NoSuchEntity", "Policy %s does not exist or is not attachable." % arn)
    assert error(iam.attach_user_policy, UserName="u", PolicyArn=arn) == expected
    assert error(iam.attach_role_policy, RoleName="r", PolicyArn=arn)[0] == "NoSuchEntity"


def test_ten_policies_each(iam):
    iam.create_user(UserName="u")
    for i in range(11):
        arn = iam.create_policy(PolicyName="p%d" % i, PolicyDocument=json.dumps(READ))["Policy"]["Arn"]
        if i < 10:
            iam.attach_user_policy(UserName="u", PolicyArn=arn)
    assert error(iam.attach_user_policy, UserName="u", PolicyArn=arn) == (
        "LimitExceeded", "Cannot exceed quota for PoliciesPerUser: 10")


def test_list_policies(iam, policy):
    iam.create_policy(PolicyName="a", PolicyDocument=json.dumps(READ))
    assert [p["PolicyName"] for p in iam.list_policies(Scope="Local")["Policies"]] == ["a", "p"]
    managed = [p["PolicyName"] for p in iam.list_policies(Scope="AWS")["Policies"]]
    assert "AdministratorAccess" in managed and "AWSCodeCommitPowerUser" in managed and "p" not in managed
    pages = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 3})
    assert [p["PolicyName"] for page in pages for p in page["Policies"]] == managed + ["a", "p"]
    assert [p["PolicyName"] for p in iam.list_policies(PathPrefix="/x/")["Policies"]] == ["p"]
    iam.create_user(UserName="u")
    iam.attach_user_policy(UserName="u", PolicyArn=ADMIN)
    iam.attach_user_policy(UserName="u", PolicyArn=policy["Arn"])
    attached = iam.list_policies(OnlyAttached=True)["Policies"]
    assert [p["PolicyName"] for p in attached] == ["AdministratorAccess", "p"]


def test_policies_of_aws_cannot_be_changed(iam):
    version = iam.get_policy_version(PolicyArn=ADMIN, VersionId="v1")["PolicyVersion"]
    assert version["Document"]["Statement"][0]["Effect"] == "Allow"
    assert iam.list_policy_versions(PolicyArn=ADMIN)["Versions"][0]["IsDefaultVersion"]
    assert error(iam.delete_policy, PolicyArn=ADMIN)[0] == "AccessDenied"
    assert error(iam.create_policy_version, PolicyArn=ADMIN, PolicyDocument=json.dumps(READ))[0] == "AccessDenied"


@pytest.mark.parametrize("kind", ["user", "role"])
def test_inline_policies(iam, kind):
    iam.create_user(UserName="x")
    iam.create_role(RoleName="x", AssumeRolePolicyDocument=json.dumps(TRUST))
    name = {kind.capitalize() + "Name": "x"}
    put, get = getattr(iam, "put_%s_policy" % kind), getattr(iam, "get_%s_policy" % kind)
    delete, list_ = getattr(iam, "delete_%s_policy" % kind), getattr(iam, "list_%s_policies" % kind)
    for policy in ["b", "a"]:
        put(**name, PolicyName=policy, PolicyDocument=json.dumps(READ))
    put(**name, PolicyName="a", PolicyDocument=json.dumps(LIST))
    assert get(**name, PolicyName="a")["PolicyDocument"] == LIST
    assert list_(**name)["PolicyNames"] == ["a", "b"]
    first = list_(**name, MaxItems=1)
    assert first["IsTruncated"] and list_(**name, Marker=first["Marker"])["PolicyNames"] == ["b"]
    delete(**name, PolicyName="a")
    expected = ("NoSuchEntity", "The %s policy with name a cannot be found." % kind)
    assert error(get, **name, PolicyName="a") == expected
    assert error(delete, **name, PolicyName="a") == expected
    assert error(put, **name, PolicyName="a", PolicyDocument="[]") == (
        "MalformedPolicyDocument", "Syntax errors in policy.")
    big = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["s3:" + "x" * 100] * 110, "Resource": "*"}})
    quota = 2048 if kind == "user" else 10240
    assert error(put, **name, PolicyName="a", PolicyDocument=big) == (
        "LimitExceeded", "Maximum policy size of %d bytes exceeded for %s x" % (quota, kind))
    absent = {kind.capitalize() + "Name": "absent"}
    assert error(list_, **absent)[0] == "NoSuchEntity"


def test_denied_without_permission(account, iam, policy):
    user = account.user("u").client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(TRUST))
    arn, text = policy["Arn"], json.dumps(READ)
    for call, arguments in [
            (user.create_policy, {"PolicyName": "q", "PolicyDocument": text}), (user.get_policy, {"PolicyArn": arn}),
            (user.create_policy_version, {"PolicyArn": arn, "PolicyDocument": text}),
            (user.get_policy_version, {"PolicyArn": arn, "VersionId": "v1"}),
            (user.set_default_policy_version, {"PolicyArn": arn, "VersionId": "v1"}),
            (user.delete_policy_version, {"PolicyArn": arn, "VersionId": "v1"}),
            (user.list_policy_versions, {"PolicyArn": arn}), (user.delete_policy, {"PolicyArn": arn}),
            (user.list_policies, {}), (user.list_entities_for_policy, {"PolicyArn": arn}),
            (user.attach_user_policy, {"UserName": "u", "PolicyArn": arn}),
            (user.detach_user_policy, {"UserName": "u", "PolicyArn": arn}),
            (user.list_attached_user_policies, {"UserName": "u"}),
            (user.attach_role_policy, {"RoleName": "r", "PolicyArn": arn}),
            (user.detach_role_policy, {"RoleName": "r", "PolicyArn": arn}),
            (user.list_attached_role_policies, {"RoleName": "r"}),
            (user.put_user_policy, {"UserName": "u", "PolicyName": "x", "PolicyDocument": text}),
            (user.get_user_policy, {"UserName": "u", "PolicyName": "x"}),
            (user.delete_user_policy, {"UserName": "u", "PolicyName": "x"}),
            (user.list_user_policies, {"UserName": "u"}),
            (user.put_role_policy, {"RoleName": "r", "PolicyName": "x", "PolicyDocument": text}),
            (user.get_role_policy, {"RoleName": "r", "PolicyName": "x"}),
            (user.delete_role_policy, {"RoleName": "r", "PolicyName": "x"}),
            (user.list_role_policies, {"RoleName": "r"})]:
        assert error(call, **arguments)[0] == "AccessDenied"


def test_condition_on_the_policy_that_is_attached(account, iam, policy):
    user = account.user("u", {"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*",
                              "Condition": {"ArnEquals": {"iam:PolicyARN": policy["Arn"]}}}).client("iam")
    user.attach_user_policy(UserName="u", PolicyArn=policy["Arn"])
    assert error(user.attach_user_policy, UserName="u", PolicyArn=ADMIN)[0] == "AccessDenied"


def test_policies_of_aws_have_their_paths_and_decide(account):
    iam = account.client("iam")
    role = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"
    found = iam.get_policy(PolicyArn=role)["Policy"]
    assert (found["Path"], found["PolicyName"], found["DefaultVersionId"]) == (
        "/service-role/", "AWSCodeDeployRole", "v1") and found["Description"]
    document = iam.get_policy_version(PolicyArn=role, VersionId="v1")["PolicyVersion"]["Document"]
    assert "autoscaling:CompleteLifecycleAction" in document["Statement"][0]["Action"]
    assert role in [p["Arn"] for p in iam.list_policies(Scope="AWS", PathPrefix="/service-role/")["Policies"]]
    assert error(iam.get_policy, PolicyArn="arn:aws:iam::aws:policy/AWSCodeDeployRole")[0] == "NoSuchEntity"

    alice = account.user("alice")
    iam.attach_user_policy(UserName="alice", PolicyArn="arn:aws:iam::aws:policy/IAMSelfManageServiceSpecificCredentials")
    mine = alice.client("iam")
    mine.create_service_specific_credential(UserName="alice", ServiceName="codecommit.amazonaws.com")
    iam.create_user(UserName="bob")
    assert error(mine.create_service_specific_credential, UserName="bob",
                 ServiceName="codecommit.amazonaws.com")[0] == "AccessDenied"
