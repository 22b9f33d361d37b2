"""A real git push starts a pipeline: source, build, approval, deployment of the built files."""
import json

import pytest

from git_client import Git
from waiting import wait_for

BUILDSPEC = """version: 0.2
env:
  exported-variables: [BUILT_FROM]
phases:
  build:
    commands:
      - export BUILT_FROM=$(cat word.txt)
      - grep -v broken word.txt
      - mkdir out && cp word.txt out/index.html
artifacts:
  base-directory: out
  files: ['**/*']
"""


def make_role(account, service):
    iam = account.client("iam")
    arn = iam.create_role(RoleName=service, AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": service + ".amazonaws.com"}}]}))["Role"]["Arn"]
    iam.put_role_policy(RoleName=service, PolicyName="all", PolicyDocument=json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}))
    return arn


def action(name, category, provider, configuration, inputs=(), outputs=(), **more):
    return {"name": name, "configuration": configuration,
            "actionTypeId": {"category": category, "owner": "AWS", "provider": provider, "version": "1"},
            "inputArtifacts": [{"name": n} for n in inputs],
            "outputArtifacts": [{"name": n} for n in outputs], **more}


class Line:
    def __init__(self, account, home):
        self.account = account
        self.client = account.client("codepipeline")
        self.s3 = account.client("s3")
        self.site, artifacts = "site-" + account.id, "artifacts-" + account.id
        for name in (self.site, artifacts):
            self.s3.create_bucket(Bucket=name)
        account.client("codecommit").create_repository(repositoryName="demo")
        account.client("codebuild").create_project(
            name="make", source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"},
            environment={"type": "LINUX_CONTAINER", "image": "slipway/host",
                         "computeType": "BUILD_GENERAL1_SMALL"},
            serviceRole=make_role(account, "codebuild"))
        self.git = Git(account, home).clone("work")
        self.git.commit("buildspec.yml", BUILDSPEC)
        self.push("first")
        self.create(artifacts)

    def push(self, word):
        commit = self.git.commit("word.txt", word)
        self.git("push", "-q", "origin", "HEAD:refs/heads/main")
        return commit

    def create(self, artifacts):
        stages = [
            ("Source", action("Fetch", "Source", "CodeCommit", {
                "RepositoryName": "demo", "BranchName": "main"}, outputs=["App"], namespace="Src")),
            ("Build", action("Make", "Build", "CodeBuild", {
                "ProjectName": "make", "EnvironmentVariables": json.dumps(
                    [{"name": "COMMIT", "value": "#{Src.CommitId}", "type": "PLAINTEXT"}])},
                inputs=["App"], outputs=["Built"], namespace="Made")),
            ("Ask", action("Ask", "Approval", "Manual", {})),
            ("Deploy", action("Put", "Deploy", "S3", {
                "BucketName": self.site, "Extract": "true", "ObjectKey": "#{Made.BUILT_FROM}"},
                inputs=["Built"]))]
        self.client.create_pipeline(pipeline={
            "name": "line", "roleArn": make_role(self.account, "codepipeline"),
            "artifactStore": {"type": "S3", "location": artifacts},
            "stages": [{"name": name, "actions": [each]} for name, each in stages]})

    def until(self, look):
        return wait_for(look, lambda: "something else: " + json.dumps(
            self.client.get_pipeline_state(name="line")["stageStates"], default=str, indent=1))

    def action_of(self, commit, name):
        """The newest try of an action in the execution of a commit."""
        for x in self.client.list_pipeline_executions(pipelineName="line")["pipelineExecutionSummaries"]:
            if [r["revisionId"] for r in x.get("sourceRevisions", ())] == [commit]:
                found = self.client.list_action_executions(pipelineName="line", filter={
                    "pipelineExecutionId": x["pipelineExecutionId"]})["actionExecutionDetails"]
                return next((a for a in found if a["actionName"] == name), None)
        return None

    def approve(self, commit):
        self.until(lambda: (self.action_of(commit, "Ask") or {}).get("status") == "InProgress")
        token = self.client.get_pipeline_state(
            name="line")["stageStates"][2]["actionStates"][0]["latestExecution"]["token"]
        self.client.put_approval_result(
            pipelineName="line", stageName="Ask", actionName="Ask", token=token,
            result={"summary": "fine", "status": "Approved"})

    def ended(self, commit, name):
        return self.until(lambda: (lambda a: a if a and a["status"] != "InProgress" else None)(
            self.action_of(commit, name)))


@pytest.fixture
def line(account, tmp_path):
    return Line(account, tmp_path / "home")


def test_a_push_is_built_approved_and_deployed(line):
    line.approve(line.git("rev-parse", "HEAD"))
    commit = line.push("second")
    line.approve(commit)
    assert line.ended(commit, "Put")["status"] == "Succeeded"
    body = line.s3.get_object(Bucket=line.site, Key="second/index.html")["Body"].read()
    assert body == b"second"
    made = line.action_of(commit, "Make")
    assert made["output"]["outputVariables"] == {"BUILT_FROM": "second"}
    assert commit in made["input"]["resolvedConfiguration"]["EnvironmentVariables"]
    build_id = made["output"]["executionResult"]["externalExecutionId"]
    (build,) = line.account.client("codebuild").batch_get_builds(ids=[build_id])["builds"]
    assert build["initiator"] == "codepipeline/line"


def test_a_commit_that_does_not_build_goes_no_further(line):
    commit = line.push("broken")
    made = line.ended(commit, "Make")
    assert made["status"] == "Failed"
    state = line.client.get_pipeline_state(name="line")["stageStates"][1]["actionStates"][0]
    error = state["latestExecution"]["errorDetails"]
    assert error["code"] == "JobFailed"
    assert error["message"].startswith("Build terminated with state: FAILED")
    assert line.action_of(commit, "Ask") is None
