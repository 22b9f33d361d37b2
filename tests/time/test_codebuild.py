"""Builds that nobody takes, workers that fall silent, and credentials of long builds."""
import botocore.exceptions
import pytest

from builds import (build_role, commands, create_project, get_build, log_lines, poll_build, wait_for,
                    wait_for_end, worker_call)

LEASE_SECONDS = 60


@pytest.fixture
def project(account):
    create_project(account, commands("true"), build_role(account), timeoutInMinutes=30,
                   queuedTimeoutInMinutes=10)
    return account


def start(account, **more):
    return account.client("codebuild").start_build(projectName="demo", **more)["build"]["id"]


def report(account, operation, job, **more):
    return worker_call(account, operation, buildArn=job["buildArn"], leaseToken=job["leaseToken"], **more)


def check_lease_lost(answer):
    assert (answer.status, answer.json["__type"].split("#")[-1]) == (400, "LeaseLostException")


def wait_until_queued(account, build):
    wait_for(lambda: get_build(account, build)["currentPhase"] == "QUEUED", "the build to wait again")


def check_timed_out(build):
    assert build["buildStatus"] == "TIMED_OUT"
    queued = build["phases"][1]
    assert (queued["phaseType"], queued["phaseStatus"]) == ("QUEUED", "TIMED_OUT")
    assert queued["contexts"] == [{"statusCode": "QUEUED_TIMEOUT", "message":
                                   "The build was not taken by a worker within its queued timeout"}]


def test_a_build_that_no_worker_takes_times_out(server, project):
    build = start(project)
    server.advance(minutes=10)
    ended = wait_for_end(project, build)
    check_timed_out(ended)
    assert ended["phases"][1]["durationInSeconds"] >= 600
    assert poll_build(project) is None


def test_a_build_may_be_queued_as_long_as_its_start_says(server, project):
    build = start(project, queuedTimeoutInMinutesOverride=480)
    short = start(project)
    server.advance(hours=7, minutes=59)
    check_timed_out(wait_for_end(project, short))
    assert poll_build(project)["buildId"] == build
    server.advance(seconds=LEASE_SECONDS - 1)
    assert get_build(project, build)["currentPhase"] == "PROVISIONING"


def test_a_build_whose_worker_is_silent_is_given_to_another(server, project):
    build = start(project)
    dead = poll_build(project, "dead")
    assert dead["timeoutSeconds"] == 30 * 60
    server.advance(seconds=LEASE_SECONDS - 1)
    assert report(project, "HeartbeatBuild", dead, waitSeconds=0).status == 200, "the lease was renewed"
    server.advance(seconds=LEASE_SECONDS)
    wait_until_queued(project, build)
    heir = poll_build(project, "heir", "another")
    assert heir["buildId"] == build and heir["leaseToken"] != dead["leaseToken"]
    assert 0 < heir["timeoutSeconds"] <= 30 * 60 - 2 * LEASE_SECONDS + 1, "the build's time goes on"
    check_lease_lost(report(project, "HeartbeatBuild", dead))
    check_lease_lost(report(project, "FinishBuild", dead, buildStatus="FAILED", phases=[]))
    assert report(project, "FinishBuild", heir, buildStatus="SUCCEEDED", phases=[]).status == 200
    assert get_build(project, build)["buildStatus"] == "SUCCEEDED"


def test_a_build_that_waits_again_waits_no_longer_than_at_first(server, project):
    build = start(project)
    poll_build(project)
    server.advance(seconds=LEASE_SECONDS)
    wait_until_queued(project, build)
    server.advance(minutes=10)
    check_timed_out(wait_for_end(project, build))


def test_a_build_whose_workers_fall_silent_three_times_is_a_fault(server, project):
    build = start(project)
    for number in range(3):
        wait_until_queued(project, build)
        poll_build(project, token="poll%d" % number)
        server.advance(seconds=LEASE_SECONDS)
    ended = wait_for_end(project, build)
    assert ended["buildStatus"] == "FAULT"
    contexts = [context for phase in ended["phases"] for context in phase.get("contexts", [])]
    assert contexts == [{"statusCode": "WORKER_LOST", "message": "The build's workers fell silent too often"}]


def test_a_build_that_is_stopped_while_its_worker_is_silent_ends(server, project):
    build = start(project)
    poll_build(project)
    project.client("codebuild").stop_build(id=build)
    server.advance(seconds=LEASE_SECONDS)
    assert wait_for_end(project, build)["buildStatus"] == "STOPPED"


def test_a_long_build_gets_new_credentials_before_the_old_ones_expire(server, project):
    start(project)
    job = poll_build(project)

    def caller(credentials):
        session = project.with_key(credentials["accessKeyId"], credentials["secretAccessKey"],
                                   credentials["sessionToken"])
        return session.client("sts").get_caller_identity()["Arn"]

    last = job["credentials"]
    name = caller(last)
    for _ in range(62):
        server.advance(seconds=LEASE_SECONDS - 1)
        last = report(project, "HeartbeatBuild", job, waitSeconds=0).json["credentials"]
    assert caller(last) == name
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        caller(job["credentials"])
    assert caught.value.response["Error"]["Code"] == "ExpiredToken"


def test_a_worker_goes_on_when_the_clock_of_the_server_is_set(new_server):
    """It keeps its own clock, and is told the other by the server's answers, again and again."""
    server = new_server("--workers", "1")
    account = server.new_account()
    create_project(account, commands("echo built"), build_role(account))
    for step in ({"hours": 2}, {"days": 10}, {"minutes": 6}):
        server.advance(**step)
        ended = wait_for_end(account, start(account))
        assert ended["buildStatus"] == "SUCCEEDED", ended
        assert "built" in log_lines(account, ended)
