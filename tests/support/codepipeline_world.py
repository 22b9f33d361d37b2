"""An account with buckets, a role and pipelines."""
import copy
import io
import json
import zipfile

from botocore.exceptions import ClientError
import pytest

import raw
from waiting import wait_for

ENDED = ("Succeeded", "Failed", "Stopped", "Superseded")


def action(name, category, provider, configuration=None, inputs=(), outputs=(), **more):
    return {"name": name,
            "actionTypeId": {"category": category, "owner": "AWS", "provider": provider, "version": "1"},
            "configuration": configuration or {},
            "inputArtifacts": [{"name": n} for n in inputs],
            "outputArtifacts": [{"name": n} for n in outputs], **more}


def source(**more):
    return action("Fetch", "Source", "S3", {"S3Bucket": "src", "S3ObjectKey": "app.zip"},
                  outputs=["App"], **more)


def approval(name="Ask", **more):
    return action(name, "Approval", "Manual", {"CustomData": "look at it"}, **more)


def deploy(name="Put", extract="true", **more):
    configuration = {"BucketName": "site", "Extract": extract}
    if extract == "false":
        configuration["ObjectKey"] = "copy.zip"
    return action(name, "Deploy", "S3", configuration, inputs=["App"], **more)


class World:
    """Buckets, a role and pipelines of one account. Names of buckets carry the account's id."""

    def __init__(self, account):
        self.account = account
        self.iam = account.client("iam")
        self.s3 = account.client("s3")
        self.pipelines = account.client("codepipeline")
        for name in ("src", "site", "artifacts"):
            self.s3.create_bucket(Bucket=self.bucket(name))
        self.role = self.make_role("pipeline", [{"Effect": "Allow", "Action": "*", "Resource": "*"}])
        self.put({"index.html": "hello"})

    def bucket(self, name):
        return "%s-%s" % (name, self.account.id)

    def make_role(self, name, statements):
        trust = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": "codepipeline.amazonaws.com"}}]}
        arn = self.iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        self.allow(name, statements)
        return arn

    def allow(self, role, statements):
        self.iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": statements}))

    def put(self, files):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        self.s3.put_object(Bucket=self.bucket("src"), Key="app.zip", Body=data.getvalue())

    def declaration(self, *stages, **more):
        stages = copy.deepcopy(stages)
        for stage in stages:
            for each in stage:
                for key in ("S3Bucket", "BucketName"):
                    if key in each["configuration"]:
                        each["configuration"][key] = self.bucket(each["configuration"][key])
        return {"name": "line", "roleArn": self.role,
                "artifactStore": {"type": "S3", "location": self.bucket("artifacts")},
                "stages": [{"name": "Stage%d" % i, "actions": actions}
                           for i, actions in enumerate(stages)], **more}

    def call(self, operation, **members):
        """A call with members that the SDK at hand is too old for: the answer's JSON."""
        return raw.json_call(
            self.account, "codepipeline", "CodePipeline_20150709." + operation, members).json

    def create(self, *stages, **more):
        return self.pipelines.create_pipeline(pipeline=self.declaration(*stages, **more))["pipeline"]

    def executions(self):
        return self.pipelines.list_pipeline_executions(
            pipelineName="line")["pipelineExecutionSummaries"]

    def until(self, look):
        return wait_for(look, lambda: "something else: %s" % self.state())

    def ended(self, execution=None):
        def look():
            for x in self.executions():
                if execution in (None, x["pipelineExecutionId"]) and x["status"] in ENDED:
                    return x
            return None
        return self.until(look)

    def start(self, **more):
        return self.pipelines.start_pipeline_execution(name="line", **more)["pipelineExecutionId"]

    def state(self):
        return self.pipelines.get_pipeline_state(name="line")["stageStates"]

    def stage(self, i):
        return self.state()[i]

    def latest(self, stage, name):
        for each in self.stage(stage)["actionStates"]:
            if each["actionName"] == name:
                return each.get("latestExecution")
        return None

    def token(self, stage=1, name="Ask"):
        return self.until(lambda: (self.latest(stage, name) or {}).get("token"))

    def answer(self, token, status="Approved", stage="Stage1", name="Ask", client=None):
        return (client or self.pipelines).put_approval_result(
            pipelineName="line", stageName=stage, actionName=name, token=token,
            result={"summary": "because", "status": status})


def refused(code, call, *args, **kwargs):
    """The message of the error with this code that the call ends with."""
    with pytest.raises(ClientError) as caught:
        call(*args, **kwargs)
    assert caught.value.response["Error"]["Code"] == code
    return caught.value.response["Error"]["Message"]
