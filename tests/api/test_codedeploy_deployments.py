"""Deployments: the order of hosts and events, failures, stops, rollbacks."""
import datetime

import botocore
import pytest

from codedeploy_world import EVENTS, World

BROKEN = {"ValidateService": {"error_code": 4, "script_name": "scripts/check.sh", "message": "exit 1",
                              "log": "[stderr]no answer"}}


def fails(code):
    return pytest.raises(botocore.exceptions.ClientError, match=code)


def test_one_at_a_time(account):
    world = World(account)
    one, two = world.hosts
    deployment = world.deploy(description="first")
    assert one.run() == EVENTS
    command = two.next()  # only now
    info = world.info(deployment)
    assert info["status"] == "InProgress"
    assert info["deploymentOverview"]["Succeeded"] == 1 and info["deploymentOverview"]["InProgress"] == 1
    two.acknowledge(command)
    two.complete(command)
    assert two.run(events=EVENTS[1:]) == EVENTS[1:]
    info = world.wait(deployment)
    assert info["status"] == "Succeeded"
    assert (info["creator"], info["description"], info["deploymentConfigName"]) == (
        "user", "first", "CodeDeployDefault.OneAtATime")
    assert info["createTime"] <= info["startTime"] <= info["completeTime"]
    assert info["deploymentOverview"]["Succeeded"] == 2
    assert "errorInformation" not in info and info["revision"] == world.revision()
    targets = world.api.list_deployment_targets(deploymentId=deployment)["targetIds"]
    assert targets == ["host1", "host2"]
    assert world.api.list_deployment_instances(deploymentId=deployment)["instancesList"] == targets
    found = world.api.batch_get_deployment_targets(deploymentId=deployment, targetIds=targets)["deploymentTargets"]
    for target in found:
        instance = target["instanceTarget"]
        assert instance["status"] == "Succeeded"
        assert [e["lifecycleEventName"] for e in instance["lifecycleEvents"]] == EVENTS
        assert all(e["status"] == "Succeeded" and e["diagnostics"]["errorCode"] == "Success"
                   for e in instance["lifecycleEvents"])
    group = world.api.get_deployment_group(applicationName="web", deploymentGroupName="all")["deploymentGroupInfo"]
    assert group["lastSuccessfulDeployment"]["deploymentId"] == deployment


def test_all_at_once_needs_one_success(account):
    world = World(account, deploymentConfigName="CodeDeployDefault.AllAtOnce")
    one, two = world.hosts
    deployment = world.deploy()
    commands = [one.next(), two.next()]
    for host, command in zip(world.hosts, commands):
        host.acknowledge(command)
    one.complete(commands[0], {"error_code": 3})
    two.complete(commands[1])
    two.run(events=EVENTS[1:])
    info = world.wait(deployment)
    assert info["status"] == "Succeeded"
    assert info["deploymentOverview"]["Failed"] == 1
    assert world.target(deployment, one)["lifecycleEvents"][0]["diagnostics"]["errorCode"] == "ScriptTimedOut"


def test_a_failure_spares_the_other_host_and_rolls_back(account):
    world = World(account, autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]})
    one, two = world.hosts
    good = world.deploy()
    one.run(), two.run()
    world.wait(good)
    bad = world.deploy("two.zip")
    assert one.run(BROKEN) == EVENTS
    info = world.wait(bad)
    assert info["status"] == "Failed"
    assert info["errorInformation"]["code"] == "HEALTH_CONSTRAINTS"
    assert info["previousRevision"] == world.revision()
    assert world.target(bad, two)["status"] == "Skipped"
    assert {e["status"] for e in world.target(bad, two)["lifecycleEvents"]} == {"Skipped"}
    event = world.target(bad, one)["lifecycleEvents"][-1]
    assert event["diagnostics"] == {"errorCode": "ScriptFailed", "scriptName": "scripts/check.sh",
                                    "message": "exit 1", "logTail": "[stderr]no answer"}
    # the rollback: a new deployment of the good revision, the unhealthy host first
    rollback = info["rollbackInfo"]["rollbackDeploymentId"]
    back = world.info(rollback)
    assert (back["creator"], back["revision"]) == ("codeDeployRollback", world.revision())
    assert back["rollbackInfo"]["rollbackTriggeringDeploymentId"] == bad
    assert one.run() == EVENTS and two.run() == EVENTS
    assert world.wait(rollback)["status"] == "Succeeded"


def test_a_failed_rollback_is_not_rolled_back(account):
    world = World(account, hosts=1, autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]})
    (one,) = world.hosts
    good = world.deploy()
    one.run()
    world.wait(good)
    bad = world.deploy("two.zip")
    one.run(BROKEN)
    rollback = world.wait(bad)["rollbackInfo"]["rollbackDeploymentId"]
    one.run(BROKEN)
    info = world.wait(rollback)
    assert info["status"] == "Failed" and "rollbackDeploymentId" not in info["rollbackInfo"]
    assert world.api.list_deployments(applicationName="web", deploymentGroupName="all")["deployments"] == [
        rollback, bad, good]


def test_the_first_deployment_has_nothing_to_roll_back_to(account):
    world = World(account, hosts=1, autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]})
    deployment = world.deploy()
    world.hosts[0].run(BROKEN)
    info = world.wait(deployment)
    assert "rollbackDeploymentId" not in info["rollbackInfo"]
    assert "no successful deployment" in info["rollbackInfo"]["rollbackMessage"]


def test_a_failed_event_skips_the_later_ones(account):
    world = World(account, hosts=1)
    deployment = world.deploy()
    assert world.hosts[0].run({"Install": {"error_code": 5, "message": "disk full"}}) == EVENTS[:4]
    assert world.wait(deployment)["status"] == "Failed"
    statuses = [e["status"] for e in world.target(deployment, world.hosts[0])["lifecycleEvents"]]
    assert statuses == ["Succeeded"] * 3 + ["Failed"] + ["Skipped"] * 3


def test_application_stop_may_fail_if_asked(account):
    world = World(account, hosts=1)
    failing = {"ApplicationStop": {"error_code": 1}}
    deployment = world.deploy()
    world.hosts[0].run(failing)
    assert world.wait(deployment)["status"] == "Failed"
    deployment = world.deploy(ignoreApplicationStopFailures=True)
    command = world.hosts[0].next()
    world.hosts[0].complete(command, failing["ApplicationStop"])  # without an acknowledgement, as old agents
    world.hosts[0].run(events=EVENTS[1:])
    assert world.wait(deployment)["status"] == "Succeeded"
    assert world.target(deployment, world.hosts[0])["lifecycleEvents"][0]["status"] == "Failed"


def test_a_group_has_one_deployment_at_a_time(account):
    world = World(account, hosts=1)
    deployment = world.deploy()
    with fails("The Deployment Group 'all' already has an active Deployment '%s'" % deployment):
        world.deploy()


def test_stop(account):
    world = World(account)
    one, two = world.hosts
    deployment = world.deploy()
    command = one.next()
    one.acknowledge(command)
    answer = world.api.stop_deployment(deploymentId=deployment)
    assert answer["status"] == "Pending" and "No more commands" in answer["statusMessage"]
    assert world.info(deployment)["status"] == "InProgress"  # the host is still busy
    one.complete(command)
    info = world.wait(deployment)
    assert info["status"] == "Stopped"
    assert info["errorInformation"]["code"] == "MANUAL_STOP"
    assert world.target(deployment, one)["status"] == "Failed"
    assert world.target(deployment, two)["status"] == "Skipped"
    assert "rollbackInfo" not in info
    with fails("DeploymentAlreadyCompletedException"):
        world.api.stop_deployment(deploymentId=deployment)


def test_stop_before_any_host_took_part_and_roll_back(account):
    world = World(account, hosts=1)
    good = world.deploy()
    world.hosts[0].run()
    world.wait(good)
    deployment = world.deploy("two.zip")
    world.api.stop_deployment(deploymentId=deployment, autoRollbackEnabled=True)
    info = world.wait(deployment)
    assert info["status"] == "Stopped"
    rollback = info["rollbackInfo"]["rollbackDeploymentId"]
    assert world.info(rollback)["revision"] == world.revision()
    world.hosts[0].run()
    assert world.wait(rollback)["status"] == "Succeeded"


def test_no_instances(account):
    world = World(account, hosts=0)
    info = world.wait(world.deploy())
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "NO_INSTANCES")
    assert "deploymentOverview" not in info


def test_a_minimum_that_cannot_be_kept(account):
    account.client("codedeploy").create_deployment_config(
        deploymentConfigName="strict", minimumHealthyHosts={"type": "HOST_COUNT", "value": 2})
    world = World(account, deploymentConfigName="strict")
    info = world.wait(world.deploy())
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "HEALTH_CONSTRAINTS_INVALID")


def test_unhealthy_hosts_come_first(account):
    world = World(account, deploymentConfigName="CodeDeployDefault.AllAtOnce")
    one, two = world.hosts
    deployment = world.deploy()
    one.run()
    two.run(BROKEN)
    world.wait(deployment)
    deployment = world.deploy("two.zip", deploymentConfigName="CodeDeployDefault.OneAtATime")
    assert two.run() == EVENTS
    assert one.run() == EVENTS
    assert world.wait(deployment)["status"] == "Succeeded"


def test_deployments_of_a_deleted_group_fail(account):
    world = World(account, hosts=1)
    deployment = world.deploy()
    world.hosts[0].next()
    world.api.delete_deployment_group(applicationName="web", deploymentGroupName="all")
    world.api.stop_deployment(deploymentId=deployment)
    info = world.wait(deployment)
    assert info["errorInformation"]["code"] == "DEPLOYMENT_GROUP_MISSING"


@pytest.mark.parametrize("options, code", [
    (dict(revision={"revisionType": "GitHub", "gitHubLocation": {"repository": "a/b", "commitId": "c"}}),
     "InvalidRevisionException.*GitHub"),
    (dict(revision={"revisionType": "S3"}), "InvalidRevisionException"),
    (dict(), "RevisionRequiredException"),
    (dict(deploymentGroupName="none"), "DeploymentGroupDoesNotExistException.*No Deployment Group found for name: none"),
    (dict(applicationName="none"), "ApplicationDoesNotExistException.*No application found for name: none"),
    (dict(deploymentConfigName="none"), "DeploymentConfigDoesNotExistException"),
    (dict(updateOutdatedInstancesOnly=True), "InvalidUpdateOutdatedInstancesOnlyValueException"),
    (dict(description="x" * 257), "DescriptionTooLongException"),
])
def test_what_create_deployment_refuses(account, options, code):
    world = World(account, hosts=0)
    if options and "revision" not in options:
        options = {"revision": world.revision(), **options}
    with fails(code):
        world.api.create_deployment(**{"applicationName": "web", "deploymentGroupName": "all", **options})


def test_a_revision_must_be_there(account):
    world = World(account, hosts=0)
    with fails("RevisionDoesNotExistException.*none.zip"):
        world.deploy("none.zip")


def test_lists_and_their_filters(account):
    world = World(account, hosts=0)
    made = []
    for _ in range(3):
        made.insert(0, world.deploy())
        world.wait(made[0])
    assert world.api.list_deployments()["deployments"] == made
    assert world.api.list_deployments(includeOnlyStatuses=["Failed", "Stopped"])["deployments"] == made
    assert world.api.list_deployments(includeOnlyStatuses=["Succeeded"])["deployments"] == []
    first = world.info(made[-1])["createTime"]
    second = datetime.timedelta(seconds=1)  # boto3 sends whole seconds
    assert made[-1] in world.api.list_deployments(createTimeRange={"end": first + second})["deployments"]
    assert world.api.list_deployments(createTimeRange={"end": first - second})["deployments"] == []
    assert len(world.api.batch_get_deployments(deploymentIds=made)["deploymentsInfo"]) == 3
    with fails("BatchLimitExceededException"):
        world.api.batch_get_deployments(deploymentIds=made * 9)
    with fails("InvalidDeploymentIdException"):
        world.api.get_deployment(deploymentId="x")
    with fails("DeploymentDoesNotExistException.*The deployment d-ABCDEFGHI could not be found"):
        world.api.get_deployment(deploymentId="d-ABCDEFGHI")
    with fails("DeploymentGroupNameRequiredException"):
        world.api.list_deployments(applicationName="web")


def test_another_account_sees_nothing(account, new_account):
    world = World(account, hosts=0)
    deployment = world.deploy()
    with fails("DeploymentDoesNotExistException"):
        new_account().client("codedeploy").get_deployment(deploymentId=deployment)


def test_authorization(account):
    world = World(account, hosts=0)
    allowed = account.user("allowed", {"Effect": "Allow", "Action": "codedeploy:CreateDeployment", "Resource":
                           "arn:aws:codedeploy:*:*:deploymentgroup:web/all"}).client("codedeploy")
    arguments = dict(applicationName="web", revision=world.revision())
    deployment = allowed.create_deployment(deploymentGroupName="all", **arguments)["deploymentId"]
    with fails("AccessDenied.*codedeploy:CreateDeployment.*deploymentgroup:web/other"):
        allowed.create_deployment(deploymentGroupName="other", **arguments)
    with fails("AccessDenied.*codedeploy:GetDeployment"):
        allowed.get_deployment(deploymentId=deployment)
