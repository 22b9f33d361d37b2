"""Pipelines that the benchmarks make, and how to wait for them."""
import json
import os
import subprocess
import time
from urllib.parse import quote

PATIENCE_SECONDS = 60
GIT_ENVIRONMENT = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null",
                       GIT_TERMINAL_PROMPT="0", GIT_AUTHOR_NAME="Bench", GIT_COMMITTER_NAME="Bench",
                       GIT_AUTHOR_EMAIL="bench@example.com",
                       GIT_COMMITTER_EMAIL="bench@example.com")
EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"}]})


def git(*arguments, **options):
    return subprocess.run(["git", *map(str, arguments)], check=True, text=True,
                          stdout=subprocess.PIPE, env=GIT_ENVIRONMENT, **options).stdout


def create_role(server, service):
    name = f"bench-{service}"
    iam = server.client("iam")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"Service": f"{service}.amazonaws.com"}}]}))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=EVERYTHING)
    return arn


def create_repository(server, name):
    """A repository; returns a URL with a service-specific credential in it."""
    server.client("codecommit").create_repository(repositoryName=name)
    iam = server.client("iam")
    user = f"git-{name}"
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="all", PolicyDocument=EVERYTHING)
    key = iam.create_service_specific_credential(
        UserName=user, ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]
    login = f"{quote(key['ServiceUserName'], '')}:{quote(key['ServicePassword'], '')}"
    endpoint = server.read_env()["AWS_ENDPOINT_URL"]
    return endpoint.replace("http://", f"http://{login}@") + f"/v1/repos/{name}"


def action(name, category, provider, configuration, inputs=(), outputs=()):
    return {"name": name,
            "actionTypeId": {"category": category, "owner": "AWS", "provider": provider,
                             "version": "1"},
            "configuration": configuration, "inputArtifacts": [{"name": n} for n in inputs],
            "outputArtifacts": [{"name": n} for n in outputs]}


def source(repository):
    return action("Source", "Source", "CodeCommit",
                  {"RepositoryName": repository, "BranchName": "main",
                   "PollForSourceChanges": "false"}, outputs=["source"])


def create_pipeline(server, name, role, *actions):
    """One stage for each action."""
    bucket = f"{name}-artifacts"
    server.client("s3").create_bucket(Bucket=bucket)
    server.client("codepipeline").create_pipeline(pipeline={
        "name": name, "roleArn": role, "artifactStore": {"type": "S3", "location": bucket},
        "stages": [{"name": f"Stage{i}", "actions": [each]} for i, each in enumerate(actions)]})
    return bucket


def create_four_stages(server, name, role, repository):
    """A source, and three deployments of it to a bucket: the least that four stages can do."""
    copies = [action(f"Copy{i}", "Deploy", "S3",
                     {"BucketName": f"{name}-artifacts", "Extract": "false",
                      "ObjectKey": f"copy{i}.zip"}, ["source"]) for i in range(3)]
    create_pipeline(server, name, role, source(repository), *copies)


class Checkout:
    def __init__(self, directory, url, files):
        self.directory, self.n = directory, 0
        git("init", "-q", "-b", "main", directory)
        git("-C", directory, "remote", "add", "origin", url)
        for path, text in files.items():
            (directory / path).write_text(text)

    def push(self):
        """Commits and pushes a change; returns the commit, and when its push began and ended."""
        self.n += 1
        (self.directory / "change.txt").write_text(f"{self.n}\n")
        git("-C", self.directory, "add", "-A")
        git("-C", self.directory, "commit", "-q", "-m", f"change {self.n}")
        commit = git("-C", self.directory, "rev-parse", "HEAD").strip()
        began = time.time()
        git("-C", self.directory, "push", "-q", "origin", "HEAD:main")
        return commit, began, time.time()


def execution_of(pipelines, name, commit):
    """The ended execution that a commit started."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for each in pipelines.list_pipeline_executions(
                pipelineName=name, maxResults=5)["pipelineExecutionSummaries"]:
            revisions = [r.get("revisionId") for r in each.get("sourceRevisions", [])]
            if commit in revisions and each["status"] in ("Succeeded", "Failed", "Stopped"):
                if each["status"] != "Succeeded":
                    state = pipelines.get_pipeline_state(name=name)["stageStates"]
                    raise SystemExit(f"pipeline {name}: {each['status']}: "
                                     f"{json.dumps(state, default=str)}")
                return each
        time.sleep(0.01)
    raise SystemExit(f"pipeline {name}: commit {commit} did not come to an end")
