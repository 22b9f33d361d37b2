"""Secrets Manager: values, versions and their stages, deletion, policies, random passwords."""
import json
import string

import pytest

import raw
from errors import code_of, error, fails

TOKEN = "token-%s-" + "0" * 32
GONE = "Secrets Manager can't find the specified secret."


@pytest.fixture
def sm(account):
    return account.client("secretsmanager")


@pytest.fixture
def secret(sm):
    return sm.create_secret(Name="db/main", SecretString="one", ClientRequestToken=TOKEN % 1)


def allow(*actions, resource="*", **more):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def value(sm, ref="db/main", **more):
    return sm.get_secret_value(SecretId=ref, **more)["SecretString"]


def put(sm, text, number, **more):
    return sm.put_secret_value(SecretId="db/main", SecretString=text, ClientRequestToken=TOKEN % number, **more)


def stages(sm):
    found = sm.describe_secret(SecretId="db/main")["VersionIdsToStages"]
    return {version.split("-")[1]: labels for version, labels in found.items()}


def ask(account, operation, **body):
    """What newer clients than ours can say."""
    return raw.json_call(account, "secretsmanager", "secretsmanager." + operation, body).json


# ---- Values

def test_a_secret_by_each_of_its_names(account, sm, secret):
    start = "arn:aws:secretsmanager:%s:%s:secret:db/main" % (account.server.region, account.id)
    assert secret["ARN"].startswith(start + "-") and len(secret["ARN"]) == len(start) + 7
    assert secret["VersionId"] == TOKEN % 1
    for ref in ("db/main", secret["ARN"], start):
        found = sm.get_secret_value(SecretId=ref)
        assert (found["ARN"], found["Name"], found["SecretString"], found["VersionStages"]) == (
            secret["ARN"], "db/main", "one", ["AWSCURRENT"])
    assert error(value, sm, secret["ARN"][:-1] + "!") == ("ResourceNotFoundException", GONE)


def test_a_binary_secret(sm):
    sm.create_secret(Name="b", SecretBinary=b"\x00\xff")
    found = sm.get_secret_value(SecretId="b")
    assert found["SecretBinary"] == b"\x00\xff"
    assert "SecretString" not in found


def test_a_secret_without_a_value(sm):
    assert "VersionId" not in sm.create_secret(Name="empty")
    assert fails("ResourceNotFoundException", value, sm, "empty") == (
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT")


@pytest.mark.parametrize("arguments, code", [
    ({"Name": "a b"}, "InvalidParameterException"),
    ({"SecretString": "a", "SecretBinary": b"b"}, "InvalidParameterException"),
    ({"KmsKeyId": "alias/none", "SecretString": "a"}, "EncryptionFailure"),
    ({"AddReplicaRegions": [{"Region": "eu-west-3"}]}, "InvalidParameterException"),
    ({"Tags": [{"Key": "aws:a", "Value": "b"}]}, "InvalidParameterException"),
])
def test_secrets_that_cannot_be_made(sm, arguments, code):
    assert code_of(sm.create_secret, **{"Name": "x", **arguments}) == code
    assert sm.list_secrets()["SecretList"] == []


def test_the_same_request_again_makes_nothing_new(sm, secret):
    again = {"Name": "db/main", "SecretString": "one", "ClientRequestToken": TOKEN % 1}
    assert sm.create_secret(**again)["ARN"] == secret["ARN"]
    assert code_of(sm.create_secret, **{**again, "SecretString": "two"}) == "ResourceExistsException"
    assert fails("ResourceExistsException", sm.create_secret, Name="db/main", SecretString="one") == (
        "The operation failed because the secret db/main already exists.")
    put(sm, "two", 2)
    assert put(sm, "two", 2)["VersionId"] == TOKEN % 2
    assert code_of(put, sm, "three", 2) == "ResourceExistsException"
    assert stages(sm) == {"1": ["AWSPREVIOUS"], "2": ["AWSCURRENT"]}


# ---- Stages

def test_the_stages_move(sm, secret):
    put(sm, "two", 2)
    put(sm, "three", 3)
    assert stages(sm) == {"2": ["AWSPREVIOUS"], "3": ["AWSCURRENT"]}
    assert (value(sm), value(sm, VersionStage="AWSPREVIOUS"), value(sm, VersionId=TOKEN % 1)) == (
        "three", "two", "one")
    put(sm, "four", 4, VersionStages=["AWSPENDING"])
    assert (value(sm), value(sm, VersionStage="AWSPENDING")) == ("three", "four")
    sm.update_secret_version_stage(SecretId="db/main", VersionStage="AWSCURRENT", MoveToVersionId=TOKEN % 4,
                                   RemoveFromVersionId=TOKEN % 3)
    assert stages(sm) == {"3": ["AWSPREVIOUS"], "4": ["AWSCURRENT", "AWSPENDING"]}
    sm.update_secret_version_stage(SecretId="db/main", VersionStage="AWSPENDING", RemoveFromVersionId=TOKEN % 4)
    assert stages(sm) == {"3": ["AWSPREVIOUS"], "4": ["AWSCURRENT"]}
    sm.update_secret_version_stage(SecretId="db/main", VersionStage="AWSCURRENT", MoveToVersionId=TOKEN % 3,
                                   RemoveFromVersionId=TOKEN % 4)
    assert stages(sm) == {"3": ["AWSCURRENT"], "4": ["AWSPREVIOUS"]}


@pytest.mark.parametrize("arguments, code", [
    ({"MoveToVersionId": TOKEN % 2}, "InvalidParameterException"),
    ({"RemoveFromVersionId": TOKEN % 1}, "InvalidParameterException"),
    ({"MoveToVersionId": TOKEN % 9, "RemoveFromVersionId": TOKEN % 1}, "ResourceNotFoundException"),
    ({}, "InvalidParameterException"),
])
def test_stages_do_not_move_by_mistake(sm, secret, arguments, code):
    put(sm, "two", 2, VersionStages=["AWSPENDING"])
    assert code_of(sm.update_secret_version_stage, SecretId="db/main", VersionStage="AWSCURRENT", **arguments) == code
    assert stages(sm) == {"1": ["AWSCURRENT"], "2": ["AWSPENDING"]}


def test_a_version_and_a_stage_that_do_not_belong_together(sm, secret):
    put(sm, "two", 2)
    assert code_of(value, sm, VersionId=TOKEN % 1, VersionStage="AWSCURRENT") == "InvalidRequestException"
    assert fails("ResourceNotFoundException", value, sm, VersionStage="nope").endswith("staging label: nope")
    assert fails("ResourceNotFoundException", value, sm, VersionId=TOKEN % 7).endswith("VersionId: " + TOKEN % 7)


def test_the_versions_of_a_secret(sm, secret):
    for i in (2, 3):
        put(sm, str(i), i)
    listed = sm.list_secret_version_ids(SecretId="db/main")
    assert [v["VersionId"] for v in listed["Versions"]] == [TOKEN % 2, TOKEN % 3]
    everything = sm.list_secret_version_ids(SecretId="db/main", IncludeDeprecated=True, MaxResults=2)
    rest = sm.list_secret_version_ids(SecretId="db/main", IncludeDeprecated=True, NextToken=everything["NextToken"])
    assert [v["VersionId"] for v in everything["Versions"] + rest["Versions"]] == [TOKEN % i for i in (1, 2, 3)]


def test_update_secret(sm, secret):
    answer = sm.update_secret(SecretId="db/main", Description="d")
    assert "VersionId" not in answer
    assert sm.describe_secret(SecretId="db/main")["Description"] == "d"
    sm.update_secret(SecretId="db/main", SecretString="two")
    assert value(sm) == "two"
    assert value(sm, VersionStage="AWSPREVIOUS") == "one"


# ---- Keys

def test_a_secret_under_a_customers_key(account, sm):
    kms = account.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    sm.create_secret(Name="db/main", SecretString="one", KmsKeyId=key)
    reader = account.user("reader", allow("secretsmanager:*"))
    assert "kms:Decrypt on resource: " + key in fails(
        "AccessDeniedException", value, reader.client("secretsmanager"))
    assert "kms:GenerateDataKey" in fails("AccessDeniedException", reader.client("secretsmanager").put_secret_value,
                                          SecretId="db/main", SecretString="x")
    via = "secretsmanager.%s.amazonaws.com" % account.server.region
    allowed = account.user("allowed", allow("secretsmanager:*"), allow(
        "kms:Decrypt", Condition={"StringEquals": {"kms:ViaService": via}}))
    assert value(allowed.client("secretsmanager")) == "one"
    kms.disable_key(KeyId=key)
    assert code_of(value, sm) == "DecryptionFailure"


def test_another_key_holds_for_the_current_versions(account, sm, secret):
    kms = account.client("kms")
    put(sm, "two", 2)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    sm.update_secret(SecretId="db/main", KmsKeyId=key)
    assert (value(sm), value(sm, VersionStage="AWSPREVIOUS")) == ("two", "one")
    kms.disable_key(KeyId=key)
    assert code_of(value, sm) == code_of(value, sm, VersionStage="AWSPREVIOUS") == "DecryptionFailure"


# ---- Deletion

def test_a_secret_waits_for_its_deletion(account, sm, secret):
    planned = sm.delete_secret(SecretId="db/main", RecoveryWindowInDays=7)
    described = sm.describe_secret(SecretId="db/main")
    assert described["DeletedDate"] == planned["DeletionDate"]
    assert fails("InvalidRequestException", value, sm) == (
        "You can't perform this operation on the secret because it was marked for deletion.")
    assert code_of(put, sm, "x", 2) == code_of(sm.delete_secret, SecretId="db/main") == "InvalidRequestException"
    assert fails("InvalidRequestException", sm.create_secret, Name="db/main").endswith(
        "already scheduled for deletion.")
    assert sm.list_secrets()["SecretList"] == []
    assert len(ask(account, "ListSecrets", IncludePlannedDeletion=True)["SecretList"]) == 1
    sm.restore_secret(SecretId="db/main")
    assert value(sm) == "one"


def test_a_secret_goes_at_once(sm, secret):
    sm.delete_secret(SecretId="db/main", ForceDeleteWithoutRecovery=True)
    assert error(value, sm) == ("ResourceNotFoundException", GONE)
    assert sm.create_secret(Name="db/main")["ARN"] != secret["ARN"]


@pytest.mark.parametrize("arguments", [{"RecoveryWindowInDays": 6}, {"RecoveryWindowInDays": 31},
                                       {"RecoveryWindowInDays": 7, "ForceDeleteWithoutRecovery": True}])
def test_windows_that_are_refused(sm, secret, arguments):
    assert code_of(sm.delete_secret, SecretId="db/main", **arguments) == "InvalidParameterException"
    assert value(sm) == "one"


# ---- Lists

def test_lists_and_filters(account, sm):
    sm.create_secret(Name="prod/a", Description="Main database", Tags=[{"Key": "team", "Value": "red"}])
    sm.create_secret(Name="prod/b", Tags=[{"Key": "team", "Value": "blue"}])
    sm.create_secret(Name="test/c")

    def found(key, *values, **more):
        answer = ask(account, "ListSecrets", Filters=[{"Key": key, "Values": list(values)}], SortBy="name", **more)
        return [s["Name"] for s in answer["SecretList"]]

    assert found("name", "prod/") == ["prod/a", "prod/b"]
    assert found("name", "!prod/") == ["test/c"]
    assert found("tag-key", "team") == ["prod/a", "prod/b"]
    assert found("tag-value", "red") == found("description", "DATA") == found("all", "main") == ["prod/a"]
    assert found("name", "prod/", SortOrder="desc") == ["prod/b", "prod/a"]
    pages = list(sm.get_paginator("list_secrets").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["SecretList"]) for page in pages] == [2, 1]
    assert {s["Name"] for page in pages for s in page["SecretList"]} == {"prod/a", "prod/b", "test/c"}
    assert code_of(sm.list_secrets, NextToken="x") == "InvalidNextTokenException"


def test_many_values_at_once(account, sm, secret):
    sm.create_secret(Name="other", SecretString="2")
    answer = ask(account, "BatchGetSecretValue", SecretIdList=["db/main", "none", "other"])
    assert [(s["Name"], s["SecretString"]) for s in answer["SecretValues"]] == [("db/main", "one"), ("other", "2")]
    assert [(e["SecretId"], e["ErrorCode"], e["Message"]) for e in answer["Errors"]] == [
        ("none", "ResourceNotFoundException", GONE)]
    answer = ask(account, "BatchGetSecretValue", Filters=[{"Key": "name", "Values": ["db/"]}])
    assert [s["SecretString"] for s in answer["SecretValues"]] == ["one"]
    assert ask(account, "BatchGetSecretValue")["__type"] == "InvalidParameterException"
    one = account.user("one", allow("secretsmanager:BatchGetSecretValue"),
                       allow("secretsmanager:GetSecretValue", resource=secret["ARN"]))
    answer = ask(one, "BatchGetSecretValue", SecretIdList=["db/main", "other"])
    assert [s["Name"] for s in answer["SecretValues"]] == ["db/main"]
    assert [(e["SecretId"], e["ErrorCode"]) for e in answer["Errors"]] == [("other", "AccessDeniedException")]


def test_tags(sm, secret):
    sm.tag_resource(SecretId="db/main", Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    sm.untag_resource(SecretId="db/main", TagKeys=["a"])
    assert sm.describe_secret(SecretId="db/main")["Tags"] == [{"Key": "b", "Value": "2"}]


# ---- Random passwords

def test_random_passwords(sm):
    def password(**more):
        return sm.get_random_password(**more)["RandomPassword"]

    assert len(password()) == 32
    assert password() != password()
    assert set(password(PasswordLength=500, ExcludePunctuation=True, ExcludeUppercase=True, ExcludeLowercase=True)) <= (
        set(string.digits))
    assert not set(password(PasswordLength=500, ExcludeCharacters="abc/@")) & set("abc/@")
    short = password(PasswordLength=4)
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation):
        assert set(short) & set(kind)
    assert code_of(password, PasswordLength=3) == "InvalidParameterException"
    assert len(password(PasswordLength=3, RequireEachIncludedType=False)) == 3


# ---- Who may

@pytest.mark.parametrize("operation, arguments", [
    ("get_secret_value", {}), ("describe_secret", {}), ("list_secret_version_ids", {}),
    ("put_secret_value", {"SecretString": "x"}), ("update_secret", {"Description": "x"}),
    ("update_secret_version_stage", {"VersionStage": "x", "MoveToVersionId": TOKEN % 1}),
    ("tag_resource", {"Tags": [{"Key": "a", "Value": "b"}]}), ("untag_resource", {"TagKeys": ["a"]}),
    ("get_resource_policy", {}), ("delete_resource_policy", {}), ("delete_secret", {}), ("restore_secret", {}),
    ("put_resource_policy", {"ResourcePolicy": json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:RotateSecret", "Resource": "*"}]})}),
])
def test_each_operation_needs_its_permission_on_the_secret(account, secret, operation, arguments):
    action = "secretsmanager:" + "".join(word.title() for word in operation.split("_"))
    denied = account.user("other", allow("secretsmanager:*", resource=secret["ARN"] + "x"))
    message = fails("AccessDeniedException", getattr(denied.client("secretsmanager"), operation),
                    SecretId="db/main", **arguments)
    assert "is not authorized to perform: %s on resource: %s" % (action, secret["ARN"]) in message
    allowed = account.user("dev", allow(action, resource=secret["ARN"][:-6] + "??????"))
    getattr(allowed.client("secretsmanager"), operation)(SecretId="db/main", **arguments)


def test_operations_on_no_secret_need_permission_too(account):
    user = account.user("nobody")
    nobody = user.client("secretsmanager")
    assert code_of(nobody.list_secrets) == code_of(nobody.get_random_password) == "AccessDeniedException"
    assert ask(user, "BatchGetSecretValue", SecretIdList=["a"])["__type"] == "AccessDeniedException"
    assert code_of(nobody.create_secret, Name="a") == "AccessDeniedException"


def test_a_tag_may_decide(account, sm):
    sm.create_secret(Name="a", SecretString="1", Tags=[{"Key": "team", "Value": "red"}])
    sm.create_secret(Name="b", SecretString="2", Tags=[{"Key": "team", "Value": "blue"}])
    reader = account.user("reader", allow("secretsmanager:GetSecretValue", Condition={
        "StringEquals": {"secretsmanager:ResourceTag/team": "red"}})).client("secretsmanager")
    assert value(reader, "a") == "1"
    assert code_of(value, reader, "b") == "AccessDeniedException"


def resource_policy(principal, effect="Allow", action="secretsmanager:GetSecretValue"):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": effect, "Principal": principal, "Action": action, "Resource": "*"}]})


def test_the_policy_of_a_secret_takes_part(account, sm, secret):
    reader = account.user("reader")
    who = {"AWS": "arn:aws:iam::%s:user/reader" % account.id}
    assert code_of(value, reader.client("secretsmanager")) == "AccessDeniedException"
    sm.put_resource_policy(SecretId="db/main", ResourcePolicy=resource_policy(who))
    assert value(reader.client("secretsmanager")) == "one"
    assert json.loads(sm.get_resource_policy(SecretId="db/main")["ResourcePolicy"])["Version"] == "2012-10-17"
    sm.put_resource_policy(SecretId="db/main", ResourcePolicy=resource_policy("*", "Deny"))
    assert "explicit deny" in fails("AccessDeniedException", value, sm)
    sm.delete_resource_policy(SecretId="db/main")
    assert "ResourcePolicy" not in sm.get_resource_policy(SecretId="db/main")
    assert value(sm) == "one"


def test_a_secret_across_accounts(account, new_account, sm):
    other = new_account()
    root = {"AWS": "arn:aws:iam::%s:root" % other.id}
    key = account.client("kms").create_key(Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root" % account.id}, "Action": "kms:*",
         "Resource": "*"},
        {"Effect": "Allow", "Principal": root, "Action": "kms:Decrypt", "Resource": "*"}]}))["KeyMetadata"]["Arn"]
    ours = sm.create_secret(Name="shared", SecretString="hush", KmsKeyId=key)["ARN"]
    plain = sm.create_secret(Name="plain", SecretString="hush")["ARN"]
    reader = other.user("reader", allow("secretsmanager:*", "kms:Decrypt")).client("secretsmanager")
    assert code_of(value, reader, ours) == "AccessDeniedException"
    for arn in (ours, plain):
        sm.put_resource_policy(SecretId=arn, ResourcePolicy=resource_policy(root))
    assert value(reader, ours) == "hush"
    assert error(value, reader, plain) == ("AccessDeniedException", "Access to KMS is not allowed")
    assert code_of(value, reader, "shared") == "ResourceNotFoundException"
    assert code_of(value, other.user("no").client("secretsmanager"), ours) == "AccessDeniedException"


def test_policies_that_are_refused(sm, secret):
    assert code_of(sm.put_resource_policy, SecretId="db/main", ResourcePolicy="{}") == (
        "MalformedPolicyDocumentException")
    assert code_of(sm.put_resource_policy, SecretId="db/main", ResourcePolicy=resource_policy({"AWS": "*"}),
                   BlockPublicPolicy=True) == "PublicPolicyException"
    assert "ResourcePolicy" not in sm.get_resource_policy(SecretId="db/main")


@pytest.mark.parametrize("policy, checks", [
    ("{}", ["SYNTAX"]), (resource_policy("*"), ["PUBLIC_POLICY"]),
    (resource_policy({"AWS": "arn:aws:iam::123456789012:root"}), []),
])
def test_policies_are_validated(sm, secret, policy, checks):
    for more in ({}, {"SecretId": "db/main"}):
        answer = sm.validate_resource_policy(ResourcePolicy=policy, **more)
        assert answer["PolicyValidationPassed"] == (not checks)
        assert [e["CheckName"] for e in answer["ValidationErrors"]] == checks


# ---- What is not there, and what is not told

def test_no_value_is_in_the_trail(account, sm):
    sm.create_secret(Name="a", SecretString="hush-hush")
    sm.put_secret_value(SecretId="a", SecretString="hush-hush-2")
    trail = account.client("cloudtrail")
    for name in ("CreateSecret", "PutSecretValue"):
        event, = trail.lookup_events(LookupAttributes=[
            {"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
        assert "hush" not in event["CloudTrailEvent"]
