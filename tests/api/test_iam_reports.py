"""Everything of an account in pages, and the credential report."""
import csv
import json

import pytest

from errors import code_of, error, fails
from test_iam_instance_profiles import TRUST
from waiting import wait_for

POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})
READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
HEAD = ("user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
        "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
        "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
        "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
        "cert_1_last_rotated,cert_2_active,cert_2_last_rotated")


@pytest.fixture
def filled(account):
    """Two of each kind; the ARN of an own policy with two versions."""
    iam = account.client("iam")
    own = iam.create_policy(PolicyName="own", PolicyDocument=POLICY, Description="why")["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=own, PolicyDocument=POLICY, SetAsDefault=True)
    iam.create_policy(PolicyName="zero", PolicyDocument=POLICY)
    for n in "ab":
        iam.create_user(UserName="user-" + n, Path="/x/", Tags=[{"Key": "k", "Value": "v"}])
        iam.create_group(GroupName="group-" + n)
        iam.create_role(RoleName="role-" + n, AssumeRolePolicyDocument=TRUST)
    iam.add_user_to_group(UserName="user-a", GroupName="group-a")
    iam.put_user_policy(UserName="user-a", PolicyName="in", PolicyDocument=POLICY)
    iam.attach_user_policy(UserName="user-a", PolicyArn=own)
    iam.put_user_permissions_boundary(UserName="user-a", PermissionsBoundary=own)
    iam.attach_group_policy(GroupName="group-a", PolicyArn=READ)
    iam.create_instance_profile(InstanceProfileName="p")
    iam.add_role_to_instance_profile(InstanceProfileName="p", RoleName="role-a")
    account.own_policy = own
    return account


def details(account, **more):
    return account.client("iam").get_account_authorization_details(**more)


def names(found):
    return ([u["UserName"] for u in found["UserDetailList"]] + [g["GroupName"] for g in found["GroupDetailList"]]
            + [r["RoleName"] for r in found["RoleDetailList"]] + [p["PolicyName"] for p in found["Policies"]])


ALL = ["user-a", "user-b", "group-a", "group-b", "role-a", "role-b", "own", "zero", "ReadOnlyAccess"]


def test_details_have_everything_that_decides(filled):
    found = details(filled)
    assert names(found) == ALL and not found["IsTruncated"]
    user, plain = found["UserDetailList"]
    assert user["UserPolicyList"] == [{"PolicyName": "in", "PolicyDocument": json.loads(POLICY)}]
    assert user["GroupList"] == ["group-a"] and user["Tags"] == [{"Key": "k", "Value": "v"}]
    assert user["AttachedManagedPolicies"] == [{"PolicyName": "own", "PolicyArn": filled.own_policy}]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == filled.own_policy
    assert plain["UserPolicyList"] == plain["GroupList"] == plain["AttachedManagedPolicies"] == []
    assert found["GroupDetailList"][0]["AttachedManagedPolicies"][0]["PolicyArn"] == READ
    role = found["RoleDetailList"][0]
    assert role["AssumeRolePolicyDocument"] == json.loads(TRUST) and role["RoleLastUsed"] == {}
    assert [p["InstanceProfileName"] for p in role["InstanceProfileList"]] == ["p"]
    own, zero, read = found["Policies"]
    assert (own["AttachmentCount"], own["PermissionsBoundaryUsageCount"], own["DefaultVersionId"]) == (1, 1, "v2")
    assert [(v["VersionId"], v["IsDefaultVersion"]) for v in own["PolicyVersionList"]] == [("v2", True), ("v1", False)]
    assert own["PolicyVersionList"][0]["Document"] == json.loads(POLICY) and own["Description"] == "why"
    assert zero["AttachmentCount"] == 0 and read["Arn"] == READ and read["AttachmentCount"] == 1


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_pages_of_details_have_each_once(filled, size):
    pages, more = [], {}
    while True:
        found = details(filled, MaxItems=size, **more)
        assert len(names(found)) <= size
        pages += names(found)
        if not found["IsTruncated"]:
            break
        more = {"Marker": found["Marker"]}
    assert pages == ALL


def test_details_of_some_kinds(filled):
    assert names(details(filled, Filter=["Group", "LocalManagedPolicy"])) == ["group-a", "group-b", "own", "zero"]
    assert names(details(filled, Filter=["AWSManagedPolicy"])) == ["ReadOnlyAccess"]
    assert code_of(details, filled, Marker="forged") == "ValidationError"


def report(account):
    """The lines of a report that is made now, by user."""
    iam = account.client("iam")
    first = iam.generate_credential_report()
    assert first["State"] == "STARTED" and first["Description"]
    wait_for(lambda: iam.generate_credential_report()["State"] == "COMPLETE", "the report")
    found = iam.get_credential_report()
    assert found["ReportFormat"] == "text/csv"
    text = found["Content"].decode()
    assert text.splitlines()[0] == HEAD
    return {line["user"]: line for line in csv.DictReader(text.splitlines())}


def test_the_report_has_the_root_and_each_user(account):
    iam = account.client("iam")
    assert code_of(iam.get_credential_report) == "ReportNotPresent"
    alice = account.user("alice", {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"})
    alice.client("iam").list_users()
    other = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    iam.update_access_key(UserName="alice", AccessKeyId=other, Status="Inactive")
    iam.create_login_profile(UserName="alice", Password="Correct-Horse-7")
    iam.create_user(UserName="bob")
    iam.create_user(UserName="a,b")
    wait_for(lambda: "LastUsedDate" in iam.get_access_key_last_used(AccessKeyId=alice.access_key)["AccessKeyLastUsed"],
             "the use to be known")
    lines = report(account)
    assert list(lines)[0] == "<root_account>" and set(lines) == {"<root_account>", "alice", "bob", "a,b"}
    root, one, bob = lines["<root_account>"], lines["alice"], lines["bob"]
    assert root["arn"] == "arn:aws:iam::%s:root" % account.id and root["password_enabled"] == "not_supported"
    assert root["access_key_1_active"] == "true"
    assert (one["password_enabled"], one["password_last_used"], one["password_next_rotation"]) == (
        "true", "no_information", "N/A")
    assert one["password_last_changed"].endswith("+00:00")
    keys = {one["access_key_%d_active" % n]: n for n in (1, 2)}
    assert set(keys) == {"true", "false"}
    assert one["access_key_%d_last_used_service" % keys["true"]] == "iam"
    assert one["access_key_%d_last_used_date" % keys["false"]] == "N/A"
    assert one["access_key_%d_last_rotated" % keys["false"]].endswith("+00:00")
    assert (bob["password_enabled"], bob["mfa_active"], bob["access_key_1_active"], bob["access_key_1_last_rotated"],
            bob["cert_1_active"]) == ("false", "false", "false", "N/A", "false")
    assert iam.generate_credential_report()["State"] == "COMPLETE"


def test_the_report_is_of_its_account(account, new_account):
    report(account)
    assert fails("ReportNotPresent", new_account().client("iam").get_credential_report)
    some = account.user("some").client("iam")
    assert error(some.get_credential_report)[0] == "AccessDenied"
    assert error(some.generate_credential_report)[0] == "AccessDenied"


def test_the_report_says_when_passwords_expire(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    iam.create_login_profile(UserName="alice", Password="Correct-Horse-7")
    iam.update_account_password_policy(MaxPasswordAge=90)
    line = report(account)["alice"]
    assert line["password_next_rotation"] > line["password_last_changed"]
