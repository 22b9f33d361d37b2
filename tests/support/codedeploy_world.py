"""A deployment group with hosts, and a host's agent as a few lines of Python."""
import json
import subprocess
import tempfile
import time

import raw

TARGET = "CodeDeployCommandService_v20141006."
EVENTS = ["ApplicationStop", "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart",
          "ValidateService"]
TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "codedeploy.amazonaws.com"}, "Action": "sts:AssumeRole"}})
DEADLINE = 60  # seconds that anything may take before a test gives up


class Host:
    """What `host` answers is what its agent reports: {event: diagnostics} for failures."""

    def __init__(self, account, name):
        self.name = name
        self.account = account.user(name)
        self.arn = "arn:aws:iam::%s:user/%s" % (account.id, name)

    def ask(self, operation, **body):
        return raw.json_call(self.account, "codedeploy-commands", TARGET + operation, body)

    def poll(self):
        """The next command; None when there is none before the long poll ends."""
        return self.ask("PollHostCommand", HostIdentifier=self.arn).json.get("HostCommand")

    def next(self):
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            command = self.poll()
            if command:
                return command
        raise AssertionError("no command for " + self.name)

    def specification(self, command):
        answer = self.ask("GetDeploymentSpecification", HostIdentifier=self.arn,
                          DeploymentExecutionId=command["DeploymentExecutionId"]).json
        assert answer["DeploymentSystem"] == "CodeDeploy"
        return answer["DeploymentSpecification"]["GenericEnvelope"]

    def acknowledge(self, command):
        return self.ask("PutHostCommandAcknowledgement", HostCommandIdentifier=command["HostCommandIdentifier"],
                        Diagnostics={"Format": "JSON", "Payload": '{"IsCommandNoop":false}'}).json["CommandStatus"]

    def complete(self, command, failure=None):
        payload = {"error_code": 0, "script_name": "", "message": "Succeeded", "log": ""}
        payload.update(failure or {})
        answer = self.ask("PutHostCommandComplete", HostCommandIdentifier=command["HostCommandIdentifier"],
                          CommandStatus="Failed" if failure else "Succeeded",
                          Diagnostics={"Format": "JSON", "Payload": json.dumps(payload)})
        assert (answer.status, answer.json) == (200, {}), answer.body

    def run(self, failures=None, events=EVENTS):
        """Carries out one deployment, or its part up to a failure; the names of its events."""
        done = []
        for _ in events:
            command = self.next()
            assert self.acknowledge(command) == "InProgress"
            failure = (failures or {}).get(command["CommandName"])
            self.complete(command, failure)
            done.append(command["CommandName"])
            if failure:
                break
        return done


class World:
    def __init__(self, account, hosts=2, **group):
        self.account = account
        self.api = account.client("codedeploy")
        role = account.client("iam").create_role(RoleName="deploy", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        self.hosts = [Host(account, "host%d" % i) for i in range(1, hosts + 1)]
        for host in self.hosts:
            self.api.register_on_premises_instance(instanceName=host.name, iamUserArn=host.arn)
        if hosts:
            self.api.add_tags_to_on_premises_instances(
                instanceNames=[host.name for host in self.hosts], tags=[{"Key": "app", "Value": "web"}])
        s3 = account.client("s3")
        self.bucket = "bundles-" + account.id
        s3.create_bucket(Bucket=self.bucket)
        for key in ("one.zip", "two.zip"):
            s3.put_object(Bucket=self.bucket, Key=key, Body=b"not looked into")
        self.api.create_application(applicationName="web")
        filters = [{"Key": "app", "Value": "web", "Type": "KEY_AND_VALUE"}]
        self.group_id = self.api.create_deployment_group(**{**dict(
            applicationName="web", deploymentGroupName="all", serviceRoleArn=role,
            onPremisesInstanceTagFilters=filters), **group})["deploymentGroupId"]

    def revision(self, key="one.zip"):
        return {"revisionType": "S3", "s3Location": {"bucket": self.bucket, "key": key, "bundleType": "zip"}}

    def deploy(self, key="one.zip", **options):
        return self.api.create_deployment(applicationName="web", deploymentGroupName="all",
                                          revision=self.revision(key), **options)["deploymentId"]

    def info(self, deployment):
        return self.api.get_deployment(deploymentId=deployment)["deploymentInfo"]

    def wait(self, deployment, *statuses):
        """Until the deployment has one of these statuses; what it then is."""
        end = time.monotonic() + DEADLINE
        while True:
            info = self.info(deployment)
            if info["status"] in (statuses or ("Succeeded", "Failed", "Stopped")):
                return info
            assert time.monotonic() < end, info
            time.sleep(0.02)

    def target(self, deployment, host):
        return self.api.get_deployment_target(deploymentId=deployment, targetId=host.name)[
            "deploymentTarget"]["instanceTarget"]


def verified(envelope, ca_file):
    """The content of a specification, its signature and signer checked by openssl."""
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(envelope["Payload"])
        file.flush()
        done = subprocess.run(["openssl", "smime", "-verify", "-in", file.name, "-inform", "PEM", "-CAfile", ca_file,
                               "-purpose", "any", "-binary"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
