"""The protocol of agents, spoken as the public one does."""
import concurrent.futures
import json

from codedeploy_world import EVENTS, Host, World, verified


def authority(server):
    return server.data + "/d/tls/ca.pem"


def test_specification(account, server):
    world = World(account, hosts=1)
    deployment = world.deploy(fileExistsBehavior="OVERWRITE")
    command = world.hosts[0].next()
    assert command["CommandName"] == "ApplicationStop"
    assert command["HostIdentifier"] == world.hosts[0].arn
    assert len(command["DeploymentExecutionId"].split("/")) == 4
    envelope = world.hosts[0].specification(command)
    assert envelope["Format"] == "PKCS7/JSON"
    assert envelope["Payload"].startswith("-----BEGIN PKCS7-----")
    spec = verified(envelope, authority(server))
    assert spec["DeploymentId"] == deployment
    assert (spec["DeploymentGroupId"], spec["DeploymentGroupName"], spec["ApplicationName"]) == (
        world.group_id, "all", "web")
    assert spec["DeploymentCreator"] == "user"
    assert spec["AgentActionOverrides"]["AgentOverrides"]["FileExistsBehavior"] == "OVERWRITE"
    assert spec["Revision"] == {"RevisionType": "S3", "S3Revision": {
        "Bucket": world.bucket, "Key": "one.zip", "BundleType": "zip"}}
    assert "AllPossibleLifecycleEvents" not in spec


def test_the_first_completion_counts(account):
    world = World(account, hosts=1)
    host = world.hosts[0]
    deployment = world.deploy()
    command = host.next()
    host.acknowledge(command)
    host.complete(command, {"error_code": 4, "message": "the true one"})
    host.complete(command, {"error_code": 5, "message": "the vague one"})
    host.complete(command)
    assert host.acknowledge(command) == "Failed"
    world.wait(deployment)
    event = world.target(deployment, host)["lifecycleEvents"][0]
    assert (event["status"], event["diagnostics"]["message"]) == ("Failed", "the true one")


def test_statuses_as_the_command_goes(account):
    world = World(account, hosts=1)
    host = world.hosts[0]
    deployment = world.deploy()
    world.wait(deployment, "InProgress")
    assert world.target(deployment, host)["status"] == "Pending"
    command = host.next()
    assert world.target(deployment, host)["status"] == "InProgress"
    assert world.target(deployment, host)["lifecycleEvents"][0]["status"] == "Pending"
    host.acknowledge(command)
    assert world.target(deployment, host)["lifecycleEvents"][0]["status"] == "InProgress"
    update = host.ask("PostHostCommandUpdate", HostCommandIdentifier=command["HostCommandIdentifier"]).json
    assert update == {"CommandStatus": "InProgress"}


def test_a_command_without_acknowledgement_comes_again(account):
    world = World(account, hosts=1)
    world.deploy()
    first = world.hosts[0].next()
    assert world.hosts[0].next() == first


def test_a_poll_without_commands_ends_empty(account):
    world = World(account, hosts=1)
    answer = world.hosts[0].ask("PollHostCommand", HostIdentifier=world.hosts[0].arn)
    assert (answer.status, answer.json) == (200, {})


def test_a_waiting_poll_is_answered_when_a_deployment_starts(account):
    world = World(account, hosts=1)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(world.hosts[0].poll)
        world.deploy()
        assert waiting.result()["CommandName"] == "ApplicationStop"


def test_hosts_see_only_their_own(account):
    world = World(account)
    one, two = world.hosts
    world.deploy()
    command = one.next()
    for answer in (two.ask("PollHostCommand", HostIdentifier=one.arn),
                   two.ask("PutHostCommandComplete", HostCommandIdentifier=command["HostCommandIdentifier"],
                           CommandStatus="Succeeded"),
                   two.ask("GetDeploymentSpecification", HostIdentifier=one.arn,
                           DeploymentExecutionId=command["DeploymentExecutionId"]),
                   one.ask("PutHostCommandAcknowledgement", HostCommandIdentifier="guessed")):
        assert answer.status == 400 and answer.json["__type"].endswith("ClientException"), answer.body


def test_a_stranger_is_no_host(account):
    host = Host(account, "stranger")
    answer = host.ask("PollHostCommand", HostIdentifier=host.arn)
    assert answer.status == 400 and "No on-premises instance is registered" in answer.json["message"]


def test_a_deregistered_instance_is_no_host(account):
    world = World(account, hosts=1)
    world.api.deregister_on_premises_instance(instanceName="host1")
    assert world.hosts[0].ask("PollHostCommand", HostIdentifier=world.hosts[0].arn).status == 400


def test_a_session_may_be_a_host(account):
    world = World(account, hosts=0)
    iam = account.client("iam")
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                                                    "Principal": {"AWS": "arn:aws:iam::%s:root" % account.id}}}
    role = iam.create_role(RoleName="hosts", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    admin = account.user("admin", {"Effect": "Allow", "Action": "*", "Resource": "*"})
    session = admin.client("sts").assume_role(RoleArn=role, RoleSessionName="web1")
    key = session["Credentials"]
    host = Host.__new__(Host)
    host.name, host.arn = "web1", session["AssumedRoleUser"]["Arn"]
    host.account = account.with_key(key["AccessKeyId"], key["SecretAccessKey"], key["SessionToken"])
    world.api.register_on_premises_instance(instanceName="web1", iamSessionArn=host.arn)
    world.api.add_tags_to_on_premises_instances(instanceNames=["web1"], tags=[{"Key": "app", "Value": "web"}])
    deployment = world.deploy()
    assert host.run() == EVENTS
    assert world.wait(deployment)["status"] == "Succeeded"


def test_diagnostics_that_are_no_json(account):
    world = World(account, hosts=1)
    host = world.hosts[0]
    deployment = world.deploy()
    command = host.next()
    host.ask("PutHostCommandComplete", HostCommandIdentifier=command["HostCommandIdentifier"], CommandStatus="Failed",
             Diagnostics={"Format": "JSON", "Payload": "broken"})
    world.wait(deployment)
    event = world.target(deployment, host)["lifecycleEvents"][0]
    assert (event["diagnostics"]["errorCode"], event["diagnostics"]["message"]) == ("UnknownError", "broken")
