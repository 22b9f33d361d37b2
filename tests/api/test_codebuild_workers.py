"""The workers' protocol, spoken by hand: which builds a worker gets, and whose."""
import concurrent.futures
import json

import pytest

import raw
import servers
from builds import (allow, ask_poll, build_role, commands, create_project, get_build, poll_build as poll, wait_for,
                    worker_call)


@pytest.fixture(scope="module")
def idle(database_url):
    """A server without a worker of its own: builds stay queued until a test takes them."""
    postgres = servers.Postgres() if database_url else None  # not the other server's: it has workers
    running = servers.Server(servers.binary(), postgres.url if postgres else None, ["--workers", "0"])
    yield running
    running.stop(keep_log=False)
    if postgres:
        postgres.remove()


def start(account, **more):
    return account.client("codebuild").start_build(projectName="demo", **more)["build"]["arn"]


@pytest.fixture
def owner(idle):
    account = idle.new_account()
    create_project(account, commands("true"), build_role(account))
    return account


def test_a_worker_gets_the_builds_of_its_own_account(idle, owner):
    arn = start(owner)
    stranger = idle.new_account()
    assert poll(stranger) is None
    job = poll(owner)
    assert job["buildArn"] == arn
    assert poll(owner)["leaseToken"] == job["leaseToken"]


def test_a_poll_is_repeated_within_its_account_only(idle, owner):
    start(owner)
    assert poll(owner, "w", "the same token")
    assert poll(idle.new_account(), "w", "the same token") is None


def test_reports_on_builds_of_other_accounts_are_refused(idle, owner):
    start(owner)
    job = poll(owner, token="mine")
    answer = worker_call(idle.new_account(), "HeartbeatBuild", buildArn=job["buildArn"],
                         leaseToken=job["leaseToken"])
    assert answer.status == 400 and b"LeaseLostException" in answer.body


def test_builds_that_a_worker_cannot_run_keep_others_waiting_no_longer(owner):
    for _ in range(20):
        start(owner, environmentTypeOverride="ARM_CONTAINER")
    arn = start(owner)
    assert poll(owner, token="linux", environmentTypes=["LINUX_GPU_CONTAINER"]) is None
    job = poll(owner, token="linux", environmentTypes=["LINUX_GPU_CONTAINER", "LINUX_CONTAINER"])
    assert job["buildArn"] == arn


def beat(account, job):
    return worker_call(account, "HeartbeatBuild", buildArn=job["buildArn"], leaseToken=job["leaseToken"])


def test_a_worker_that_starts_gets_what_an_earlier_one_with_its_secret_held(owner):
    arn = start(owner)
    dead = poll(owner, "one", "1", workerSecret="mine")
    heir = poll(owner, "two", "2", workerSecret="mine", isStarting=True)
    assert heir["buildArn"] == dead["buildArn"] == arn and heir["leaseToken"] != dead["leaseToken"]
    assert b"LeaseLostException" in beat(owner, dead).body
    again = poll(owner, "two", "2", workerSecret="mine", isStarting=True)  # its answer was lost
    assert again["leaseToken"] == heir["leaseToken"]
    assert beat(owner, heir).status == 200


def test_nobody_else_gets_it(idle, owner):
    start(owner)
    job = poll(owner, "w", "1", workerSecret="mine")
    assert poll(owner, "w", "2", workerSecret="another", isStarting=True) is None
    assert poll(owner, "w", "3", workerSecret="mine") is None, "it has not just started"
    assert poll(idle.new_account(), "w", "4", workerSecret="mine", isStarting=True) is None
    nameless = ask_poll(owner, "w", "5", isStarting=True)
    assert (nameless.status, nameless.json["__type"]) == (400, "InvalidInputException")
    assert beat(owner, job).status == 200


def test_a_build_that_is_given_up_while_it_is_stopped_has_stopped(owner):
    build_id = owner.client("codebuild").start_build(projectName="demo")["build"]["id"]
    poll(owner, "w", "1", workerSecret="mine")
    owner.client("codebuild").stop_build(id=build_id)
    assert poll(owner, "w", "2", workerSecret="mine", isStarting=True, waitSeconds=20) is None
    assert get_build(owner, build_id)["buildStatus"] == "STOPPED"


def test_a_build_that_is_given_up_thrice_is_a_fault(owner):
    build_id = owner.client("codebuild").start_build(projectName="demo")["build"]["id"]
    for token in "123":
        assert poll(owner, "w", token, workerSecret="mine", isStarting=True)["buildId"] == build_id
    assert poll(owner, "w", "4", workerSecret="mine", isStarting=True) is None
    assert get_build(owner, build_id)["buildStatus"] == "FAULT"


def parked(server):
    return raw.metric(server, "slipway_requests_parked")


def test_a_poll_of_a_worker_that_has_died_takes_no_build(idle, owner):
    body = json.dumps({"workerId": "w", "pollToken": "t", "waitSeconds": 20}).encode()
    signed = raw.signed_headers(owner, "slipway-worker", body=body, headers={
        "X-Amz-Target": "SlipwayWorker_20261101.PollBuild", "Content-Type": "application/x-amz-json-1.1"})
    connection = raw.connect(idle)
    connection.request("POST", "/", body=body, headers=signed)
    wait_for(lambda: parked(idle) == 1, "the poll to be parked")
    connection.close()
    arn = start(owner)
    wait_for(lambda: parked(idle) == 0, "the poll to end")
    assert poll(owner, token="another")["buildArn"] == arn


def deactivate_key(account, worker):
    account.client("iam").update_access_key(UserName="worker", AccessKeyId=worker.access_key, Status="Inactive")


def delete_key(account, worker):
    account.client("iam").delete_access_key(UserName="worker", AccessKeyId=worker.access_key)


def forbid(account, worker):
    account.client("iam").delete_user_policy(UserName="worker", PolicyName="inline")


def deny(account, worker):
    document = {"Version": "2012-10-17", "Statement": [{**allow("slipway-worker:PollBuild"), "Effect": "Deny"}]}
    iam = account.client("iam")
    arn = iam.create_policy(PolicyName="no-polls", PolicyDocument=json.dumps(document))["Policy"]["Arn"]
    iam.attach_user_policy(UserName="worker", PolicyArn=arn)


@pytest.mark.parametrize("take_away, code", [
    (deactivate_key, "UnrecognizedClientException"), (delete_key, "UnrecognizedClientException"),
    (forbid, "AccessDeniedException"), (deny, "AccessDeniedException")],
    ids=["inactive", "deleted", "policy gone", "denied"])
def test_a_poll_that_waits_is_judged_again_when_it_wakes(idle, owner, take_away, code):
    worker = owner.user("worker", allow("slipway-worker:*"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        asked = pool.submit(ask_poll, worker, waitSeconds=20)
        wait_for(lambda: parked(idle) == 1, "the poll to be parked")
        take_away(owner, worker)
        arn = start(owner)
        answer = asked.result()
    assert (answer.status, answer.json["__type"]) == (400, code)
    assert poll(owner, token="another")["buildArn"] == arn


def test_a_poll_that_waits_gets_its_build_whatever_else_has_changed(idle, owner):
    worker = owner.user("worker", allow("slipway-worker:*"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        asked = pool.submit(ask_poll, worker, waitSeconds=20)
        wait_for(lambda: parked(idle) == 1, "the poll to be parked")
        owner.user("another", allow("*"))
        arn = start(owner)
        answer = asked.result()
    assert answer.json["job"]["buildArn"] == arn
