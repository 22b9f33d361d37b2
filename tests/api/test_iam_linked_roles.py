"""Service-linked roles: what they are, and that nobody changes them."""
import json

import pytest

from errors import code_of, error, fails

SERVICE = "codestar-notifications.amazonaws.com"
NAME = "AWSServiceRoleForCodeStarNotifications"
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
OWN = "arn:aws:iam::aws:policy/aws-service-role/AWSCodeStarNotificationsServiceRolePolicy"
PROTECTED = ("UnmodifiableEntity", "Cannot perform the operation on the protected role '%s' - this role is only "
             "modifiable by AWS" % NAME)


@pytest.fixture
def iam(account):
    return account.client("iam")


def test_a_role_of_a_service_has_its_path_trust_and_policy(account, iam):
    role = iam.create_service_linked_role(AWSServiceName=SERVICE, Description="why")["Role"]
    assert role["Arn"] == "arn:aws:iam::%s:role/aws-service-role/%s/%s" % (account.id, SERVICE, NAME)
    assert role["AssumeRolePolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": "sts:AssumeRole"}]
    assert [p["PolicyArn"] for p in iam.list_attached_role_policies(RoleName=NAME)["AttachedPolicies"]] == [OWN]
    assert iam.get_role(RoleName=NAME)["Role"]["Description"] == "why"
    assert error(iam.create_service_linked_role, AWSServiceName=SERVICE) == (
        "InvalidInput", "Service role name %s has been taken in this account, please try a different suffix." % NAME)


CHANGES = {
    "attach_role_policy": {"PolicyArn": ADMIN},
    "detach_role_policy": {"PolicyArn": OWN},
    "put_role_policy": {"PolicyName": "p", "PolicyDocument": POLICY},
    "delete_role_policy": {"PolicyName": "p"},
    "put_role_permissions_boundary": {"PermissionsBoundary": ADMIN},
    "delete_role_permissions_boundary": {},
    "update_assume_role_policy": {"PolicyDocument": POLICY},
    "update_role": {"MaxSessionDuration": 7200},
    "delete_role": {},
}


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_it(iam, change):
    iam.create_service_linked_role(AWSServiceName=SERVICE)
    assert error(getattr(iam, change), RoleName=NAME, **CHANGES[change]) == PROTECTED


def test_its_description_and_tags_may_change(iam):
    iam.create_service_linked_role(AWSServiceName=SERVICE)
    iam.update_role_description(RoleName=NAME, Description="new")
    iam.tag_role(RoleName=NAME, Tags=[{"Key": "a", "Value": "b"}])
    assert iam.get_role(RoleName=NAME)["Role"]["Description"] == "new"


def test_it_is_no_role_for_hosts(iam):
    iam.create_service_linked_role(AWSServiceName=SERVICE)
    iam.create_instance_profile(InstanceProfileName="web")
    assert error(iam.add_role_to_instance_profile, InstanceProfileName="web", RoleName=NAME) == PROTECTED


def test_deleting(account, iam, new_account):
    iam.create_service_linked_role(AWSServiceName=SERVICE)
    task = iam.delete_service_linked_role(RoleName=NAME)["DeletionTaskId"]
    assert task.startswith("task/aws-service-role/%s/%s/" % (SERVICE, NAME))
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    assert code_of(iam.get_role, RoleName=NAME) == "NoSuchEntity"
    assert code_of(iam.delete_service_linked_role, RoleName=NAME) == "NoSuchEntity"
    other = new_account().client("iam")
    assert code_of(other.get_service_linked_role_deletion_status, DeletionTaskId=task) == "NoSuchEntity"
    iam.create_service_linked_role(AWSServiceName=SERVICE)  # the name is free at once
    iam.create_role(RoleName="mine", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": "sts:AssumeRole"}]}))
    assert code_of(iam.delete_service_linked_role, RoleName="mine") == "NoSuchEntity"


def test_names(iam):
    assert iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="x")[
        "Role"]["RoleName"] == "AWSServiceRoleForAutoScaling_x"
    assert fails("InvalidInput", iam.create_service_linked_role, AWSServiceName="ecs.amazonaws.com",
                 CustomSuffix="x") == "Custom suffix is not allowed for ecs.amazonaws.com"
    assert code_of(iam.create_service_linked_role, AWSServiceName="no.amazonaws.com") == "InvalidInput"


def test_nobody_makes_a_role_look_like_one(iam):
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": "sts:AssumeRole"}]})
    assert code_of(iam.create_role, RoleName="r", Path="/aws-service-role/" + SERVICE + "/",
                   AssumeRolePolicyDocument=trust) == "InvalidInput"
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust)
    assert error(iam.attach_role_policy, RoleName="r", PolicyArn=OWN) == (
        "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.")


def test_permission_is_for_a_service(account):
    some = account.user("some", {
        "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
        "Resource": "arn:aws:iam::*:role/aws-service-role/%s/%s" % (SERVICE, NAME),
        "Condition": {"StringLike": {"iam:AWSServiceName": SERVICE}}}).client("iam")
    assert code_of(some.create_service_linked_role, AWSServiceName="ecs.amazonaws.com") == "AccessDenied"
    assert some.create_service_linked_role(AWSServiceName=SERVICE)
