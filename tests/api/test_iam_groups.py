"""Groups: names, members, policies that count for every member, limits."""
import json

from errors import error
from test_iam_users import allow


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def test_create_get_list_and_delete(account):
    iam = account.client("iam")
    group = iam.create_group(GroupName="Dev", Path="/team/")["Group"]
    assert group["Arn"] == "arn:aws:iam::%s:group/team/Dev" % account.id
    assert group["GroupId"].startswith("AGPA")
    assert error(iam.create_group, GroupName="dev") == (
        "EntityAlreadyExists", "Group with name dev already exists.")
    got = iam.get_group(GroupName="Dev")
    assert got["Group"] == group and got["Users"] == []
    iam.create_group(GroupName="other")
    assert [g["GroupName"] for g in iam.list_groups()["Groups"]] == ["Dev", "other"]
    assert [g["GroupName"] for g in iam.list_groups(PathPrefix="/team")["Groups"]] == ["Dev"]
    iam.delete_group(GroupName="Dev")
    assert error(iam.get_group, GroupName="Dev") == (
        "NoSuchEntity", "The group with name Dev cannot be found.")
    iam.create_group(GroupName="dev")  # the name is free at once


def test_members_are_listed_in_pages_from_both_sides(account):
    iam = account.client("iam")
    iam.create_group(GroupName="g")
    for name in "cab":
        iam.create_user(UserName=name)
        iam.add_user_to_group(GroupName="g", UserName=name)
        iam.add_user_to_group(GroupName="g", UserName=name)
    pages = iam.get_paginator("get_group").paginate(GroupName="g", PaginationConfig={"PageSize": 2})
    assert [u["UserName"] for page in pages for u in page["Users"]] == list("abc")
    iam.create_group(GroupName="h")
    iam.add_user_to_group(GroupName="h", UserName="a")
    pages = iam.get_paginator("list_groups_for_user").paginate(
        UserName="a", PaginationConfig={"PageSize": 1})
    assert [g["GroupName"] for page in pages for g in page["Groups"]] == ["g", "h"]
    assert error(iam.add_user_to_group, GroupName="g", UserName="nobody")[0] == "NoSuchEntity"
    message = ("DeleteConflict", "Cannot delete entity, must remove users from group first.")
    assert error(iam.delete_group, GroupName="g") == message
    assert error(iam.delete_user, UserName="a") == message
    iam.remove_user_from_group(GroupName="g", UserName="a")
    assert [u["UserName"] for u in iam.get_group(GroupName="g")["Users"]] == ["b", "c"]


def test_rename_and_its_permission(account):
    iam = account.client("iam")
    iam.create_group(GroupName="a")
    iam.create_group(GroupName="b")
    iam.update_group(GroupName="a", NewGroupName="c", NewPath="/x/")
    assert iam.get_group(GroupName="c")["Group"]["Path"] == "/x/"
    assert error(iam.update_group, GroupName="c", NewGroupName="B") == (
        "EntityAlreadyExists", "Group with name B already exists.")
    boss = account.user("boss", allow("iam:UpdateGroup", resource="arn:aws:iam::*:group/x/*"))
    assert error(boss.client("iam").update_group, GroupName="c", NewPath="/y/")[0] == "AccessDenied"
    assert error(boss.client("iam").update_group, GroupName="b")[0] == "AccessDenied"


def test_policies_of_a_group_count_for_its_members(account):
    iam = account.client("iam")
    alice = account.user("alice").client("iam")
    iam.create_group(GroupName="g")
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=document(allow("iam:ListUsers")))
    assert error(alice.list_users)[0] == "AccessDenied"
    iam.add_user_to_group(GroupName="g", UserName="alice")
    alice.list_users()
    assert error(alice.list_groups)[0] == "AccessDenied"
    arn = "arn:aws:iam::aws:policy/IAMFullAccess"
    iam.attach_group_policy(GroupName="g", PolicyArn=arn)
    alice.list_groups()
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=document(
        {"Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*"}))
    assert "explicit deny" in error(alice.list_users)[1]
    iam.remove_user_from_group(GroupName="g", UserName="alice")
    assert error(alice.list_groups)[0] == "AccessDenied"


def test_inline_and_attached_policies(account):
    iam = account.client("iam")
    iam.create_group(GroupName="g")
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=document(allow("s3:*")))
    assert iam.list_group_policies(GroupName="g")["PolicyNames"] == ["p"]
    assert iam.get_group_policy(GroupName="g", PolicyName="p")["PolicyDocument"]["Statement"] == [
        allow("s3:*")]
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    iam.attach_group_policy(GroupName="g", PolicyArn=arn)
    assert iam.list_attached_group_policies(GroupName="g")["AttachedPolicies"] == [
        {"PolicyName": "ReadOnlyAccess", "PolicyArn": arn}]
    assert [g["GroupName"] for g in iam.list_entities_for_policy(
        PolicyArn=arn, EntityFilter="Group")["PolicyGroups"]] == ["g"]
    assert error(iam.delete_group, GroupName="g")[0] == "DeleteConflict"
    iam.detach_group_policy(GroupName="g", PolicyArn=arn)
    iam.delete_group_policy(GroupName="g", PolicyName="p")
    assert error(iam.get_group_policy, GroupName="g", PolicyName="p") == (
        "NoSuchEntity", "The group policy with name p cannot be found.")
    iam.delete_group(GroupName="g")


def test_limits(account):
    iam = account.client("iam")
    iam.create_user(UserName="a")
    for i in range(11):
        iam.create_group(GroupName="g%d" % i)
    for i in range(10):
        iam.add_user_to_group(GroupName="g%d" % i, UserName="a")
    assert error(iam.add_user_to_group, GroupName="g10", UserName="a") == (
        "LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10")
    big = document(allow(*["s3:Get%04d" % i for i in range(400)]))
    assert error(iam.put_group_policy, GroupName="g0", PolicyName="p", PolicyDocument=big) == (
        "LimitExceeded", "Maximum policy size of 5120 bytes exceeded for group g0")
    for i in range(11, 300):
        iam.create_group(GroupName="g%d" % i)
    assert error(iam.create_group, GroupName="more") == (
        "LimitExceeded", "Cannot exceed quota for GroupsPerAccount: 300")
    iam.delete_group(GroupName="g299")
    iam.create_group(GroupName="more")


def test_permission_is_on_the_groups_arn(account):
    account.client("iam").create_group(GroupName="out")
    user = account.user("u", allow("iam:*", resource="arn:aws:iam::*:group/in/*")).client("iam")
    user.create_group(GroupName="g", Path="/in/")
    user.get_group(GroupName="g")
    for call, args in [(user.get_group, {}), (user.delete_group, {}), (user.list_group_policies, {}),
                       (user.add_user_to_group, {"UserName": "u"})]:
        code, message = error(call, GroupName="out", **args)
        assert code == "AccessDenied" and ":group/out because" in message
