"""Deadlines of deployments: hosts that are silent, events that hang, deployments without end."""
import threading

import pytest

from codedeploy_world import EVENTS, World


@pytest.fixture
def world(account):
    return World(account, hosts=1, deploymentConfigName="CodeDeployDefault.AllAtOnce")


def event_of(world, deployment, name, host=0):
    events = world.target(deployment, world.hosts[host])["lifecycleEvents"]
    return next(event for event in events if event["lifecycleEventName"] == name)


def check_failed(info):
    assert info["status"] == "Failed"
    assert info["errorInformation"]["code"] == "HEALTH_CONSTRAINTS"
    assert info["errorInformation"]["message"].startswith(
        "The overall deployment failed because too many individual instances failed deployment")


def check_failed_event(world, deployment, name, message):
    event = event_of(world, deployment, name)
    assert event["status"] == "Failed"
    assert event["diagnostics"]["errorCode"] == "UnknownError"
    assert event["diagnostics"]["message"] == message
    later = EVENTS[EVENTS.index(name) + 1:]
    assert {event_of(world, deployment, each)["status"] for each in later} == {"Skipped"}


def test_a_host_that_takes_no_command_in_5_minutes_has_failed(server, world):
    host, deployment = world.hosts[0], world.deploy()
    first = host.next()
    server.advance(minutes=4, seconds=50)
    assert host.acknowledge(first) == "InProgress", "it came in time"
    host.complete(first)
    host.next()  # and is not heard of again
    server.advance(minutes=5)
    check_failed(world.wait(deployment))
    check_failed_event(world, deployment, "DownloadBundle", (
        "CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your "
        "host and make sure the agent is running and can connect to the CodeDeploy server."))


def test_an_event_that_is_not_completed_in_70_minutes_has_failed(server, world):
    host, deployment = world.hosts[0], world.deploy()
    first = host.next()
    host.acknowledge(first)
    server.advance(minutes=69)
    host.complete(first)
    second = host.next()
    host.acknowledge(second)
    server.advance(minutes=70)
    check_failed(world.wait(deployment))
    check_failed_event(world, deployment, "DownloadBundle",
                       "The lifecycle event did not complete within the time that an event may take.")
    host.complete(second)  # too late: it is answered and changes nothing
    assert event_of(world, deployment, "DownloadBundle")["status"] == "Failed"


def test_a_deployment_may_take_8_hours(server, account):
    world = World(account, hosts=2, deploymentConfigName="CodeDeployDefault.OneAtATime")
    deployment = world.deploy()
    host = world.hosts[0]
    for name in EVENTS[:-1]:
        command = host.next()
        assert command["CommandName"] == name
        host.acknowledge(command)
        server.advance(minutes=69)
        host.complete(command)
    host.acknowledge(host.next())
    server.advance(minutes=67)
    info = world.wait(deployment)
    assert info["status"] == "Failed"
    assert info["errorInformation"] == {
        "code": "TIMEOUT", "message": "The deployment took longer than the 8 hours that it may take."}
    assert info["deploymentOverview"] == {
        "Pending": 0, "InProgress": 0, "Succeeded": 0, "Failed": 1, "Skipped": 1, "Ready": 0}


def test_a_command_that_was_not_acknowledged_is_delivered_again(server, world):
    host = world.hosts[0]
    world.deploy()
    first = host.next()
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(host.poll()))
    waiting.start()
    while waiting.is_alive():
        server.advance(seconds=5)
        waiting.join(0.05)
    assert answers[0]["HostCommandIdentifier"] == first["HostCommandIdentifier"]
