"""Instance profiles: one role at most, which the caller must be allowed to pass."""
import json

import pytest

from errors import code_of, error, fails

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


@pytest.fixture
def iam(account):
    return account.client("iam")


def names(profiles):
    return [p["InstanceProfileName"] for p in profiles["InstanceProfiles"]]


def test_life_of_a_profile(account, iam):
    made = iam.create_instance_profile(InstanceProfileName="web", Path="/a/", Tags=[
        {"Key": "team", "Value": "blue"}])["InstanceProfile"]
    assert made["Arn"] == "arn:aws:iam::%s:instance-profile/a/web" % account.id
    assert made["InstanceProfileId"].startswith("AIPA") and made["Roles"] == []
    assert error(iam.create_instance_profile, InstanceProfileName="WEB") == (
        "EntityAlreadyExists", "Instance Profile WEB already exists.")
    role = iam.create_role(RoleName="host", AssumeRolePolicyDocument=TRUST)["Role"]
    iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="host")
    found = iam.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]
    assert [r["Arn"] for r in found["Roles"]] == [role["Arn"]]
    assert found["Roles"][0]["AssumeRolePolicyDocument"] == json.loads(TRUST)
    assert found["Tags"] == [{"Key": "team", "Value": "blue"}]

    iam.create_role(RoleName="other", AssumeRolePolicyDocument=TRUST)
    assert error(iam.add_role_to_instance_profile, InstanceProfileName="web", RoleName="other") == (
        "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1")
    conflict = ("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.")
    assert error(iam.delete_instance_profile, InstanceProfileName="web") == conflict
    assert error(iam.delete_role, RoleName="host") == conflict
    assert code_of(iam.remove_role_from_instance_profile,
                   InstanceProfileName="web", RoleName="other") == "NoSuchEntity"
    iam.remove_role_from_instance_profile(InstanceProfileName="web", RoleName="host")
    iam.delete_role(RoleName="host")
    iam.delete_instance_profile(InstanceProfileName="web")
    assert error(iam.get_instance_profile, InstanceProfileName="web") == (
        "NoSuchEntity", "Instance Profile web cannot be found.")


def test_lists_and_pages(iam):
    iam.create_role(RoleName="host", AssumeRolePolicyDocument=TRUST)
    for name, path in [("a", "/x/"), ("b", "/y/"), ("C", "/x/")]:
        iam.create_instance_profile(InstanceProfileName=name, Path=path)
        iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName="host")
    iam.create_instance_profile(InstanceProfileName="none")
    assert names(iam.list_instance_profiles()) == ["a", "b", "C", "none"]
    assert names(iam.list_instance_profiles(PathPrefix="/x/")) == ["a", "C"]
    first = iam.list_instance_profiles(MaxItems=3)
    assert first["IsTruncated"] and names(iam.list_instance_profiles(Marker=first["Marker"])) == ["none"]
    assert names(iam.list_instance_profiles_for_role(RoleName="host")) == ["a", "b", "C"]
    first = iam.list_instance_profiles_for_role(RoleName="host", MaxItems=1)
    assert names(iam.list_instance_profiles_for_role(RoleName="host", Marker=first["Marker"])) == ["b", "C"]
    assert code_of(iam.list_instance_profiles_for_role, RoleName="nobody") == "NoSuchEntity"


def test_tags_and_what_conditions_see_of_them(account, iam):
    for name in ("web", "db"):
        iam.create_instance_profile(InstanceProfileName=name)
    iam.tag_instance_profile(InstanceProfileName="web", Tags=[{"Key": "team", "Value": "blue"},
                                                              {"Key": "env", "Value": "test"}])
    iam.untag_instance_profile(InstanceProfileName="web", TagKeys=["env"])
    assert iam.list_instance_profile_tags(InstanceProfileName="web")["Tags"] == [{"Key": "team", "Value": "blue"}]
    blue = account.user("blue", {"Effect": "Allow", "Action": "iam:GetInstanceProfile", "Resource": "*",
                                 "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}).client("iam")
    assert blue.get_instance_profile(InstanceProfileName="web")
    assert code_of(blue.get_instance_profile, InstanceProfileName="db") == "AccessDenied"


def test_a_role_must_be_allowed_to_be_passed(account, iam):
    iam.create_role(RoleName="host", AssumeRolePolicyDocument=TRUST)
    iam.create_instance_profile(InstanceProfileName="web")
    add = {"Effect": "Allow", "Action": "iam:AddRoleToInstanceProfile", "Resource": "*"}

    def passing(service):
        return {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
                "Condition": {"StringEquals": {"iam:PassedToService": service}}}

    for name, statements in [("a", [add]), ("b", [add, passing("codebuild.amazonaws.com")])]:
        other = account.user(name, *statements).client("iam")
        assert "iam:PassRole" in fails("AccessDenied", other.add_role_to_instance_profile,
                                       InstanceProfileName="web", RoleName="host")
    account.user("c", add, passing("ec2.amazonaws.com")).client("iam").add_role_to_instance_profile(
        InstanceProfileName="web", RoleName="host")
