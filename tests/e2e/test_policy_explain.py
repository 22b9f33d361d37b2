"""slipway policy explain: what it says is taken at its word."""
import json
import pathlib
import re
import subprocess

import servers
from errors import code_of
from waiting import wait_for


def allow(action):
    return {"Effect": "Allow", "Action": action, "Resource": "*"}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def explain(server, *arguments, status=0):
    done = subprocess.run([str(servers.binary()), "policy", "explain", "--data",
                           str(pathlib.Path(server.data) / "d"), *arguments], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def last_event(account, name):
    """The id of the newest event of that name."""
    def look():
        events = account.client("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
        return events and events[0]["EventId"]
    return wait_for(look, "the event of " + name)


def advice(text):
    """The statements that it proposes."""
    return [json.loads(line) for line in re.findall(r"(?m)^    (\{.*\})$", text)]


def test_what_it_proposes_allows_the_call(server, account):
    iam, user = account.client("iam"), account.user("alice")
    assert code_of(user.client("iam").list_roles) == "AccessDenied"
    text = explain(server, last_event(account, "ListRoles"))
    assert "caller    arn:aws:iam::%s:user/alice" % account.id in text
    assert "No identity-based policy allows it." in text
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=document(*advice(text)))
    user.client("iam").list_roles()
    assert code_of(user.client("iam").list_groups) == "AccessDenied"  # and nothing else


def test_a_boundary_and_a_policy_are_both_named(server, account):
    iam, user = account.client("iam"), account.user("alice")
    boundary = iam.create_policy(PolicyName="b", PolicyDocument=document(allow("s3:*")))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=boundary)
    assert code_of(user.client("iam").list_groups) == "AccessDenied"
    text = explain(server, last_event(account, "ListGroups"))
    assert "No identity-based policy allows it." in text and "No permissions boundary allows it." in text
    for_policy, for_boundary = advice(text)
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=document(for_policy))
    assert code_of(user.client("iam").list_groups) == "AccessDenied"
    iam.create_policy_version(PolicyArn=boundary, PolicyDocument=document(for_boundary), SetAsDefault=True)
    user.client("iam").list_groups()


def test_a_trust_policy_is_named(server, account):
    iam = account.client("iam")
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=document({
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "codebuild.amazonaws.com"}}))["Role"]["Arn"]
    user = account.user("alice", allow("sts:AssumeRole"))
    assume = user.client("sts").assume_role
    assert code_of(assume, RoleArn=role, RoleSessionName="s-1") == "AccessDenied"
    text = explain(server, last_event(account, "AssumeRole"))
    statement, = advice(text)
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=document(statement))
    assume(RoleArn=role, RoleSessionName="s-1")


def test_a_statement_that_denies_is_named(server, account):
    user = account.user("alice", allow("iam:*"),
                        {"Sid": "NoUsers", "Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*"})
    assert code_of(user.client("iam").list_users) == "AccessDenied"
    text = explain(server, last_event(account, "ListUsers"))
    assert re.search(r"A statement of an identity-based policy denies it: .*, statement 2 \(\"NoUsers\"\)\.", text)
    assert not advice(text)


def test_what_no_policy_denied(server, account):
    iam = account.client("iam")
    iam.create_group(GroupName="g")
    assert "It was not denied: the call succeeded." in explain(server, last_event(account, "CreateGroup"))
    assert code_of(iam.get_group, GroupName="none") == "NoSuchEntity"
    text = explain(server, last_event(account, "GetGroup"))
    assert "No policy denied it. It failed with NoSuchEntityException: " in text or \
        "No policy denied it. It failed with NoSuchEntity: " in text


def test_what_it_cannot_explain(server):
    assert "there is no event \"none\" in the trail" in explain(server, "none", status=1)
    assert "it is: policy explain --data DIR EVENT-ID" in explain(server, status=2)
