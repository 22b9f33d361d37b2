"""Rotation of secrets through command hooks: its steps, its failures, what is refused."""
import datetime
import json
import pathlib

import pytest

from errors import code_of, error, fails
from rotation import Rotating, function
from waiting import wait_for

STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"]
TOKEN = "7f0e2a44-0000-4000-8000-00000000000%d"


@pytest.fixture
def world(account):
    return Rotating(account)


@pytest.fixture
def go(server):
    """Lets hooks that wait go on."""
    path = pathlib.Path(server.data) / "go"
    yield path.touch
    path.unlink(missing_ok=True)


def test_a_rotation(world, server):
    version = world.rotate(ClientRequestToken=TOKEN % 1)["VersionId"]
    assert version == TOKEN % 1
    world.wait_for("RotationStarted", "RotationSucceeded")
    assert world.steps(server.data) == [(step, version) for step in STEPS]
    assert world.value() == "v+"
    assert world.value(VersionStage="AWSPREVIOUS") == "v"
    assert world.stages() == {version: ["AWSCURRENT", "AWSPENDING"], world.first: ["AWSPREVIOUS"]}
    assert world.rotate(ClientRequestToken=TOKEN % 1)["VersionId"] == version
    assert len(world.steps(server.data)) == 4
    world.rotate()
    wait_for(lambda: world.value() == "v++", "the second rotation")


def test_what_describe_and_list_say_of_it(world, account):
    assert "RotationEnabled" not in world.described()
    world.rotate(rules={"ScheduleExpression": "rate(10 days)", "Duration": "3h"})
    world.wait_for("RotationStarted", "RotationSucceeded")
    listed, = world.sm.list_secrets()["SecretList"]
    for found in (world.described(), listed):
        assert found["RotationEnabled"] is True
        assert found["RotationLambdaARN"] == function(account, "rotates")
        assert found["RotationRules"] == {"ScheduleExpression": "rate(10 days)", "Duration": "3h"}
        begins = found["LastRotatedDate"].astimezone(datetime.timezone.utc).replace(
            hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=10)
        assert world.next() == begins + datetime.timedelta(hours=3, seconds=-1)


def test_a_hook_has_nothing_of_the_server_s(world, server):
    world.rotate()
    world.wait_for("RotationStarted", "RotationSucceeded")
    lines = (pathlib.Path(server.data) / "steps").read_text().splitlines()
    noted, = [each for each in map(json.loads, lines)
              if each["SecretId"] == world.arn and each["Step"] == "setSecret"]
    assert set(noted["environment"]) - {"PWD", "LC_CTYPE"} == {
        "PATH", "LANG", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE"}


def test_a_step_that_fails_is_tried_again(world, server):
    world.rotate("flaky")
    world.wait_for("RotationStarted", "RotationSucceeded")
    assert [step for step, _ in world.steps(server.data)] == [
        "createSecret", "setSecret", "setSecret", "testSecret", "finishSecret"]
    assert world.value() == "v+"


def test_only_one_rotation_is_under_way(world, go):
    world.rotate("waits", ClientRequestToken=TOKEN % 1)
    assert fails("InvalidRequestException", world.rotate, "waits") == (
        "A previous rotation isn't complete. That rotation will be reattempted.")
    assert world.rotate("waits", ClientRequestToken=TOKEN % 1)["VersionId"] == TOKEN % 1
    assert world.stages()[TOKEN % 1] == ["AWSPENDING"]
    assert fails("ResourceNotFoundException", world.value, VersionStage="AWSPENDING").endswith(
        "staging label: AWSPENDING")
    go()
    world.wait_for("RotationStarted", "RotationSucceeded")


def test_a_rotation_is_cancelled(world, go):
    version = world.rotate("waits")["VersionId"]
    assert world.sm.cancel_rotate_secret(SecretId="db")["VersionId"] == version
    go()
    found = world.described()
    assert (found["RotationEnabled"], found["RotationLambdaARN"].split(":")[-1]) == (False, "waits")
    assert world.next() is None
    assert world.stages()[version] == ["AWSPENDING"]
    assert world.rotate()["VersionId"] == version, "the version that was left is gone on with"
    wait_for(lambda: world.value() == "v+", "the rotation")


def test_the_configuration_is_tested_when_nothing_is_rotated_at_once(world, server):
    answer = world.rotate(RotateImmediately=False)
    assert "VersionId" not in answer
    world.wait_for("TestRotationStarted", "TestRotationSucceeded")
    assert [step for step, _ in world.steps(server.data)] == ["testSecret"]
    assert world.stages() == {world.first: ["AWSCURRENT"]}
    assert "LastRotatedDate" not in world.described()
    assert world.next()


def test_a_test_that_is_cancelled_leaves_nothing(world):
    world.rotate("slow", RotateImmediately=False)
    world.sm.cancel_rotate_secret(SecretId="db")
    assert world.stages() == {world.first: ["AWSCURRENT"]}
    assert world.rotate()["VersionId"]


def test_a_secret_under_a_customer_s_key_needs_the_role_to_have_it(world, account):
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    world.sm.update_secret(SecretId="db", KmsKeyId=key)
    account.client("iam").put_role_policy(RoleName="rotation", PolicyName="k", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": key}]}))
    world.rotate()
    world.wait_for("RotationStarted", "RotationSucceeded")
    assert world.value() == "v+"


@pytest.mark.parametrize("arguments, code", [
    ({"RotationLambdaARN": "FUNCTION:none"}, "ResourceNotFoundException"),
    ({"RotationLambdaARN": "FUNCTION:operators"}, "ResourceNotFoundException"),
    ({"RotationLambdaARN": "arn:aws:lambda:us-east-1:999999999999:function:rotates"}, "AccessDeniedException"),
    ({"RotationLambdaARN": "arn:aws:s3:::rotates"}, "InvalidParameterException"),
    ({"RotationLambdaARN": "/bin/sh"}, "InvalidParameterException"),
    ({}, "InvalidRequestException"),
    ({"RotationLambdaARN": "FUNCTION:rotates", "RotationRules": None}, "InvalidParameterException"),
    ({"RotationRules": {"AutomaticallyAfterDays": 3, "ScheduleExpression": "rate(3 days)"}},
     "InvalidParameterException"),
    ({"RotationRules": {"Duration": "3h"}}, "InvalidParameterException"),
    ({"RotationRules": {"ScheduleExpression": "rate(3 hours)"}}, "InvalidParameterException"),
    ({"RotationRules": {"ScheduleExpression": "cron(5 8 * * ? *)"}}, "InvalidParameterException"),
    ({"RotationRules": {"AutomaticallyAfterDays": 3, "Duration": "0h"}}, "InvalidParameterException"),
    ({"RotationRules": {"ScheduleExpression": "cron(0 20 * * ? *)", "Duration": "5h"}}, "InvalidParameterException"),
])
def test_rotations_that_are_refused(world, account, arguments, code):
    arguments = {"RotationRules": {"AutomaticallyAfterDays": 3}, **arguments}
    if "RotationRules" in arguments and arguments["RotationRules"] is None:
        del arguments["RotationRules"]
    if "RotationLambdaARN" not in arguments and code == "InvalidParameterException":
        arguments["RotationLambdaARN"] = "FUNCTION:rotates"
    if arguments.get("RotationLambdaARN", "").startswith("FUNCTION:"):
        arguments["RotationLambdaARN"] = function(account, arguments["RotationLambdaARN"][len("FUNCTION:"):])
    assert code_of(world.sm.rotate_secret, SecretId="db", **arguments) == code
    assert "RotationEnabled" not in world.described()
    assert world.stages() == {world.first: ["AWSCURRENT"]}


def test_the_caller_needs_to_be_allowed_to_use_the_hook(world, account):
    some = account.user("some", {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"})
    call = some.client("secretsmanager").rotate_secret
    assert "lambda:InvokeFunction on resource: " + function(account, "rotates") in fails(
        "AccessDeniedException", call, SecretId="db", RotationLambdaARN=function(account, "rotates"),
        RotationRules={"AutomaticallyAfterDays": 3})


def test_cancelling_what_was_never_turned_on(world):
    assert code_of(world.sm.cancel_rotate_secret, SecretId="db") == "InvalidRequestException"


def test_a_secret_to_be_deleted_does_not_rotate(world, go):
    world.rotate("waits")
    world.sm.delete_secret(SecretId="db")
    go()
    assert code_of(world.rotate) == "InvalidRequestException"
    world.sm.restore_secret(SecretId="db")
    assert world.next()
    assert world.value() == "v"


def test_replication_is_refused(world):
    assert error(world.sm.replicate_secret_to_regions, SecretId="db", AddReplicaRegions=[{"Region": "eu-west-3"}]) == (
        "InvalidParameterException", "Replication to other Regions is not supported by Slipway.")
    assert code_of(world.sm.remove_regions_from_replication, SecretId="db",
                   RemoveReplicaRegions=["eu-west-3"]) == "InvalidParameterException"
    assert code_of(world.sm.stop_replication_to_replica, SecretId="db") == "InvalidRequestException"
    assert code_of(world.sm.stop_replication_to_replica, SecretId="none") == "ResourceNotFoundException"
