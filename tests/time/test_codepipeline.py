"""Approvals that nobody answers."""
import pytest

from codepipeline_world import World, approval, refused, source


@pytest.fixture
def world(account):
    return World(account)


def check_timed_out(world):
    execution = world.ended()
    assert execution["status"] == "Failed"
    action = world.latest(1, "Ask")
    assert action["status"] == "Failed"
    assert action["errorDetails"] == {"code": "TimedOut", "message": "The approval action has timed out"}
    stage = world.stage(1)
    assert stage["latestExecution"] == {
        "pipelineExecutionId": execution["pipelineExecutionId"], "status": "Failed"}


def test_an_approval_waits_for_7_days(server, world):
    world.create([source()], [approval()])
    token = world.token()
    server.advance(days=6, hours=23)
    world.answer(token)
    assert world.ended()["status"] == "Succeeded"


def test_an_approval_that_nobody_answers_in_7_days_fails(server, world):
    world.create([source()], [approval()])
    token = world.token()
    server.advance(days=7)
    check_timed_out(world)
    refused("ApprovalAlreadyCompletedException", world.answer, token)


def test_an_approval_has_the_time_that_its_action_says(server, world):
    created = world.call("CreatePipeline", pipeline=world.declaration(
        [source()], [approval(timeoutInMinutes=30)]))
    assert created["pipeline"]["stages"][1]["actions"][0]["timeoutInMinutes"] == 30
    world.token()
    server.advance(minutes=30)
    check_timed_out(world)


def test_an_approval_that_is_retried_has_its_time_again(server, world):
    world.create([source()], [approval()])
    world.token()
    server.advance(days=7)
    execution = world.ended()["pipelineExecutionId"]
    world.pipelines.retry_stage_execution(
        pipelineName="line", stageName="Stage1", pipelineExecutionId=execution, retryMode="FAILED_ACTIONS")
    token = world.token()
    server.advance(days=6)
    world.answer(token)
    assert world.ended()["status"] == "Succeeded"
