"""slipway policy explain: what it says is taken at its word."""
import json
import pathlib
import re
import subprocess

import servers
from errors import code_of
from mfa import Device
from sts_support import grant_role, make_role, session
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


def test_the_policy_of_a_session_is_named(server, account):
    role = make_role(account)
    grant_role(account, "r", allow("iam:*"))
    sts = account.user("alice", allow("sts:AssumeRole")).client("sts")

    def begin(*statements):
        return session(account, sts.assume_role(RoleArn=role, RoleSessionName="s-1",
                                                Policy=document(*statements))).client("iam")
    assert code_of(begin(allow("s3:*")).list_groups) == "AccessDenied"
    text = explain(server, last_event(account, "ListGroups"))
    assert "caller    arn:aws:sts::%s:assumed-role/r/s-1" % account.id in text
    assert "No session policy allows it. In the policy that the session was begun with this would:" in text
    begin(*advice(text)).list_groups()


def test_the_policy_of_a_key_is_named(server, account):
    kms, user = account.client("kms"), account.user("alice", allow("kms:*"))
    own = {**allow("kms:*"), "Action": ["kms:Put*", "kms:Get*"],
           "Principal": {"AWS": "arn:aws:iam::%s:root" % account.id}}
    key = kms.create_key(Policy=document(own))["KeyMetadata"]["KeyId"]
    assert code_of(user.client("kms").list_resource_tags, KeyId=key) == "AccessDeniedException"
    text = explain(server, last_event(account, "ListResourceTags"))
    assert "No resource-based policy allows it. In the policy of the resource this would:" in text
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(own, *advice(text)))
    user.client("kms").list_resource_tags(KeyId=key)


def test_both_sides_of_two_accounts_are_named(server, account, new_account):
    s3, bucket, other = account.client("s3"), "both-" + account.id, new_account()
    s3.create_bucket(Bucket=bucket)
    user = other.user("alice")
    assert code_of(user.client("s3").get_bucket_location, Bucket=bucket) == "AccessDenied"
    text = explain(server, last_event(other, "GetBucketLocation"))
    assert "No identity-based policy allows it." in text
    owners = explain(server, last_event(account, "GetBucketLocation"))
    assert "The caller is of another account: the record there says why." in owners and "identity-based" not in owners
    assert "The resource is of another account: its policy must allow the call too" in text
    other.client("iam").put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=document(*advice(text)))

    assert code_of(user.client("s3").get_bucket_versioning, Bucket=bucket) == "AccessDenied"
    other.client("iam").put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=document(allow("s3:*")))
    assert code_of(user.client("s3").get_bucket_tagging, Bucket=bucket) == "AccessDenied"
    text = explain(server, last_event(other, "GetBucketTagging"))
    assert "No resource-based policy allows it." in text and "No identity-based policy" not in text
    s3.put_bucket_policy(Bucket=bucket, Policy=document(*advice(text)))
    assert code_of(user.client("s3").get_bucket_tagging, Bucket=bucket) == "NoSuchTagSet"


def test_what_another_account_says_is_not_told(server, account, new_account):
    s3, bucket, other = account.client("s3"), "deny-" + account.id, new_account()
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=document({
        **allow("s3:*"), "Sid": "Ours", "Effect": "Deny", "Principal": "*", "Resource": "arn:aws:s3:::" + bucket,
        "Condition": {"StringEquals": {"aws:PrincipalAccount": other.id}}}))
    user = other.user("alice", allow("s3:*"))
    assert code_of(user.client("s3").get_bucket_location, Bucket=bucket) == "AccessDenied"
    text = explain(server, last_event(other, "GetBucketLocation"))
    assert "Ours" not in text and "condition" not in text and "is not told here" in text


def test_a_device_that_was_not_shown_is_named(server, account):
    iam, with_device = account.client("iam"), {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    user = account.user("alice", allow("kms:List*"), {**allow("kms:ListKeys"), "Effect": "Deny", "Condition": {
        "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}, {**allow("ssm:*"), "Condition": with_device})
    assert code_of(user.client("ssm").describe_parameters) == "AccessDeniedException"
    text = explain(server, last_event(account, "DescribeParameters"))
    assert ("Statement 3 of the identity-based policy user/alice/inline would allow it, but has a condition on "
            "aws:MultiFactorAuthPresent, which the call did not have.\nA session that shows a one-time code has it: "
            "aws sts get-session-token") in text
    plain = session(account, user.client("sts").get_session_token())
    assert code_of(plain.client("kms").list_keys) == "AccessDeniedException"
    text = explain(server, last_event(account, "ListKeys"))
    assert "A statement of an identity-based policy denies it: user/alice/inline, statement 2." in text
    assert 'It has a condition on aws:MultiFactorAuthPresent, and the call had "false".' in text
    phone = Device(account, "alice").enable()
    shown = session(account, user.client("sts").get_session_token(**phone.shown()))  # as it says
    shown.client("kms").list_keys()
    shown.client("ssm").describe_parameters()
    # a trust policy may want one, too
    role = make_role(account, principal=document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
        "AWS": account.id}, "Condition": with_device}))
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=document(allow("sts:AssumeRole")))
    assert code_of(user.client("sts").assume_role, RoleArn=role, RoleSessionName="s-1") == "AccessDenied"
    text = explain(server, last_event(account, "AssumeRole"))
    assert "Statement 1 of the role trust policy would allow it, but has a condition on aws:MultiFactorAuthPresent" in text


def test_a_policy_of_the_resource_that_denies_is_named(server, account):
    s3, bucket = account.client("s3"), "deny-" + account.id
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=document({
        **allow("s3:GetBucketTagging"), "Sid": "NoTags", "Effect": "Deny", "Principal": "*",
        "Resource": "arn:aws:s3:::" + bucket}))
    user = account.user("alice", allow("s3:*"))
    assert code_of(user.client("s3").get_bucket_tagging, Bucket=bucket) == "AccessDenied"
    text = explain(server, last_event(account, "GetBucketTagging"))
    assert "A statement of a resource-based policy denies it, statement 1 (\"NoTags\")." in text
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
