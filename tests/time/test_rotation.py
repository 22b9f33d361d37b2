"""Rotation of secrets as days go by: schedules, windows, retries that come later, the end of trying."""
import datetime

import pytest

from rotation import Rotating
from waiting import wait_for

UTC = datetime.timezone.utc


@pytest.fixture
def world(account):
    return Rotating(account)


def until(server, moment):
    server.advance(seconds=(moment - server.now()).total_seconds())


def let_fail(server, world):
    """Lets the retries come, each of which is later than the one before."""
    for _ in range(10):
        if len(world.events()) == 2:
            break
        server.advance(seconds=64)
    world.wait_for("RotationStarted", "RotationFailed")


def test_a_secret_rotates_by_its_schedule(server, world):
    world.rotate(rules={"ScheduleExpression": "rate(10 days)"}, RotateImmediately=False)
    world.wait_for("TestRotationStarted", "TestRotationSucceeded")
    end = world.next()
    assert (end.hour, end.minute, end.second) == (23, 59, 59)
    until(server, end - datetime.timedelta(days=1))
    assert world.value() == "v"
    server.advance(minutes=1)
    wait_for(lambda: world.value() == "v+", "the first rotation")
    world.wait_for("TestRotationStarted", "TestRotationSucceeded", "RotationStarted", "RotationSucceeded")
    assert world.next() == end + datetime.timedelta(days=10)
    server.advance(days=10)
    wait_for(lambda: world.value() == "v++", "the second rotation")


def test_a_missed_window_is_waited_for_again(server, world):
    """With a Duration: without one a rotation that is late is better than none."""
    world.rotate(rules={"ScheduleExpression": "cron(0 4 * * ? *)", "Duration": "2h"},
                 RotateImmediately=False)
    world.wait_for("TestRotationStarted", "TestRotationSucceeded")
    end = world.next()
    assert (end.hour, end.minute, end.second) == (5, 59, 59)
    until(server, end + datetime.timedelta(minutes=30))
    assert world.value() == "v"
    assert world.next() == end + datetime.timedelta(days=1)
    until(server, end + datetime.timedelta(hours=23))
    wait_for(lambda: world.value() == "v+", "the rotation")


def test_a_rotation_that_always_fails_is_given_up_and_comes_again(server, world):
    version = world.rotate("fails", rules={"AutomaticallyAfterDays": 2})["VersionId"]
    let_fail(server, world)
    failed = world.events()[1]
    assert failed[1] == "setSecret: exit status 1: the database is away"
    assert len(world.steps(server.data)) == 1 + 5
    assert (world.value(), world.value(VersionStage="AWSPENDING")) == ("v", "v+")
    assert world.stages() == {world.first: ["AWSCURRENT"], version: ["AWSPENDING"]}
    found = world.described()
    assert found["RotationEnabled"] and "LastRotatedDate" not in found
    world.rotate("rotates", RotateImmediately=False)
    assert world.value(VersionStage="AWSPENDING") == "v+", "what was left is not tested with, and stays"
    world.sm.rotate_secret(SecretId="db")
    wait_for(lambda: world.value() == "v+", "the rotation with what was left")
    assert world.stages()[version] == ["AWSCURRENT", "AWSPENDING"]


def test_what_ends_without_moving_the_stage_has_failed(server, world):
    world.rotate("forgets")
    let_fail(server, world)
    assert world.events()[1][1] == "finishSecret: it did not move AWSCURRENT to the new version"


def test_a_hook_that_takes_too_long_has_failed(server, world):
    world.rotate("slow")
    let_fail(server, world)
    assert world.events()[1][1].startswith("createSecret: ")


def test_a_role_that_does_not_trust_hooks_is_named(server, world, account):
    account.client("iam").delete_role_policy(RoleName="rotation", PolicyName="work")
    account.client("iam").delete_role(RoleName="rotation")
    world.rotate()
    let_fail(server, world)
    assert "role/rotation of the rotation hook does not exist" in world.events()[1][1]
