"""slipway policy suggest: what it prints is enough for the same again, and no line of it is too much."""
import copy
import datetime
import json
import threading

import pytest

import codedeploy_world
from errors import code_of
from suggestion import Ledger, statements_of, suggest
from test_git import Git, git_password
from test_pipeline import BUILDSPEC, action, make_role
from waiting import wait_for

ROLES = ("codebuild", "codepipeline")
ENDED = ("Succeeded", "Failed", "Stopped")


def allow(*actions, resource="*"):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


# ---- A delivery, and the same again ------------------------------------------------------------

class Delivery:
    """A developer's push is built, approved, put into a bucket and deployed to a host."""

    def __init__(self, account, home):
        self.account, self.iam = account, account.client("iam")
        self.client = account.client("codepipeline")
        self.site, self.artifacts = "site-" + account.id, "artifacts-" + account.id
        for name in (self.site, self.artifacts):
            account.client("s3").create_bucket(Bucket=name)
        account.client("codecommit").create_repository(repositoryName="demo")
        roles = {name: make_role(account, name) for name in ROLES}
        account.client("codebuild").create_project(
            name="make", source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"},
            environment={"type": "LINUX_CONTAINER", "image": "slipway/host", "computeType": "BUILD_GENERAL1_SMALL"},
            serviceRole=roles["codebuild"])
        self.hosts = codedeploy_world.World(account, hosts=1)
        self.git = Git(account, home, credentials=git_password(account, "developer", allow("codecommit:*")))
        self.git.clone("work")
        self.git.commit("buildspec.yml", BUILDSPEC)
        self.git.commit("word.txt", "first")
        self.git("push", "-q", "origin", "HEAD:refs/heads/main")
        self.create(roles["codepipeline"])

    def create(self, role):
        stages = [
            ("Source", [action("Fetch", "Source", "CodeCommit", {
                "RepositoryName": "demo", "BranchName": "main"}, outputs=["App"])]),
            ("Build", [action("Make", "Build", "CodeBuild", {"ProjectName": "make"},
                              inputs=["App"], outputs=["Built"])]),
            ("Ask", [action("Ask", "Approval", "Manual", {})]),
            ("Deploy", [action("Put", "Deploy", "S3", {
                            "BucketName": self.site, "Extract": "true", "ObjectKey": "web"}, inputs=["Built"]),
                        action("Roll", "Deploy", "CodeDeploy", {
                            "ApplicationName": "web", "DeploymentGroupName": "all"}, inputs=["Built"])])]
        self.client.create_pipeline(pipeline={
            "name": "line", "roleArn": role, "artifactStore": {"type": "S3", "location": self.artifacts},
            "stages": [{"name": name, "actions": actions} for name, actions in stages]})

    def serve_host(self, is_over):
        host = self.hosts.hosts[0]
        while not is_over.is_set():
            command = host.poll()
            if command:
                host.acknowledge(command)
                host.complete(command)

    def execution(self, id):
        return self.client.get_pipeline_execution(
            pipelineName="line", pipelineExecutionId=id)["pipelineExecution"]["status"]

    def approve(self, id):
        """False: the execution ended before it asked."""
        def look():
            stage = self.client.get_pipeline_state(name="line")["stageStates"][2]
            if stage.get("latestExecution", {}).get("pipelineExecutionId") == id:
                return stage["actionStates"][0].get("latestExecution", {}).get("token")
            return self.execution(id) in ENDED
        token = wait_for(look, "the approval, or an end")
        if token is not True:
            self.client.put_approval_result(pipelineName="line", stageName="Ask", actionName="Ask", token=token,
                                            result={"summary": "fine", "status": "Approved"})

    def finish(self, id):
        self.approve(id)
        return wait_for(lambda: (lambda s: s if s in ENDED else None)(self.execution(id)), "the end")

    def newest(self):
        found = self.client.list_pipeline_executions(pipelineName="line")["pipelineExecutionSummaries"]
        return found[0]["pipelineExecutionId"] if found else None

    def push(self):
        """The developer fetches and pushes: the execution that it starts, or None: it was refused."""
        before = self.newest()
        self.git("commit", "-q", "--allow-empty", "-m", "again")
        for command in (["fetch"], ["push", "-q", "origin", "HEAD:refs/heads/main"]):
            if self.git.run(*command).returncode != 0:
                return None
        return wait_for(lambda: (lambda e: e if e != before else None)(self.newest()), "the execution of the push")

    def start(self):
        """As for the first time: what a build makes once is made again."""
        logs = self.account.client("logs")
        for group in logs.describe_log_groups()["logGroups"]:
            logs.delete_log_group(logGroupName=group["logGroupName"])
        return self.client.start_pipeline_execution(name="line")["pipelineExecutionId"]

    def permit(self, who, policy):
        if who == "developer":
            self.iam.put_user_policy(UserName=who, PolicyName="inline", PolicyDocument=json.dumps(policy))
        else:
            self.iam.put_role_policy(RoleName=who, PolicyName="all", PolicyDocument=json.dumps(policy))


@pytest.fixture
def delivery(account, tmp_path):
    made, is_over = Delivery(account, tmp_path / "home"), threading.Event()
    host = threading.Thread(target=made.serve_host, args=[is_over])
    host.start()
    try:
        yield made
    finally:
        is_over.set()
        made.hosts.deploy()  # ends its long poll
        host.join()


def without_each_line(policy):
    """The policy less one action or resource of a statement, each in turn."""
    for i, statement in enumerate(policy["Statement"]):
        for member in ("Action", "Resource"):
            for line in statement[member]:
                less = copy.deepcopy(policy)
                less["Statement"][i][member].remove(line)
                if not less["Statement"][i][member]:
                    del less["Statement"][i]
                yield line, less


@pytest.mark.once
def test_the_delivery_needs_each_line_and_nothing_more(server, account, delivery):
    ledger = Ledger(server, account)
    assert delivery.finish(delivery.newest()) == "Succeeded"
    ledger.written()
    policies = {name: ledger.of("role", name)[0] for name in ROLES}
    policies["developer"] = ledger.of("user", "developer")[0]
    for name, policy in policies.items():
        assert not [a for a, r in statements_of(policy) if "*" in a or r == "*"]
        delivery.permit(name, policy)

    again = delivery.push()
    assert again and delivery.finish(again) == "Succeeded"
    ledger.written()
    for name in ROLES:
        policy, remarks = ledger.of("role", name)
        assert (policy, remarks) == (policies[name], ""), name

    for line, less in without_each_line(policies["developer"]):
        delivery.permit("developer", less) if less["Statement"] else delivery.iam.delete_user_policy(
            UserName="developer", PolicyName="inline")
        assert delivery.push() is None, line
    for name in ROLES:
        for line, less in without_each_line(policies[name]):
            delivery.permit(name, less)
            assert delivery.finish(delivery.start()) == "Failed", "%s does not need %s" % (name, line)
        delivery.permit(name, policies[name])
    assert delivery.finish(delivery.start()) == "Succeeded"


# ---- What counts -------------------------------------------------------------------------------

@pytest.fixture
def ledger(server, account):
    return Ledger(server, account)


def trusted(account, name, *statements):
    """A role of the account that everyone there may assume whom a policy lets."""
    iam = account.client("iam")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document({
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": account.id}}))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=document(*statements))
    return arn


def session_of(account, user, role, **options):
    made = user.client("sts").assume_role(RoleArn=role, RoleSessionName="s-1", **options)["Credentials"]
    return account.with_key(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])


def test_sessions_count_for_their_role_and_further_permissions_are_seen(account, ledger):
    role = trusted(account, "worker", allow("*"))
    passed = make_role(account, "codebuild")
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    bucket = "data-" + account.id
    user = account.user("alice", allow("sts:AssumeRole", resource=role))
    session = session_of(account, user, role)
    s3 = session.client("s3")
    s3.create_bucket(Bucket=bucket)
    for name in ("in/a", "in/b", "top*"):
        s3.put_object(Bucket=bucket, Key=name, Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    s3.get_object(Bucket=bucket, Key="in/a")
    session.client("codebuild").create_project(
        name="make", source={"type": "NO_SOURCE", "buildspec": "version: 0.2"}, artifacts={"type": "NO_ARTIFACTS"},
        environment={"type": "LINUX_CONTAINER", "image": "slipway/host", "computeType": "BUILD_GENERAL1_SMALL"},
        serviceRole=passed)
    ledger.written()
    found = statements_of(ledger.of("role", "worker")[0])
    objects = "arn:aws:s3:::%s/" % bucket
    assert ("iam:PassRole", passed) in found
    assert ("kms:GenerateDataKey", key) in found and ("kms:Decrypt", key) in found
    assert [r for a, r in found if a == "s3:PutObject"] == [objects + "in/*", objects + "top${*}"]
    assert ("s3:GetObject", objects + "in/*") in found
    assert statements_of(ledger.of("user", "alice")[0]) == [("sts:AssumeRole", role)]


def test_what_was_refused_is_a_remark_and_what_needs_no_policy_is_nothing(server, account, ledger):
    s3, user = account.client("s3"), account.user("alice", allow("iam:ListRoles"))
    bucket, arn = "open-" + account.id, ledger.arn("user", "alice")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.put_bucket_policy(Bucket=bucket, Policy=document(
        {**allow("s3:GetObject", resource="arn:aws:s3:::%s/*" % bucket), "Principal": {"AWS": arn}}))
    user.client("s3").get_object(Bucket=bucket, Key="k")
    user.client("iam").list_roles()
    user.client("sts").get_caller_identity()
    assert code_of(user.client("s3").put_object, Bucket=bucket, Key="k", Body=b"") == "AccessDenied"
    ledger.written()
    policy, remarks = ledger.of("user", "alice")
    assert [a for a, r in statements_of(policy)] == ["iam:ListRoles"]
    assert remarks.startswith("refused, and not in the policy: s3:PutObject on arn:aws:s3:::%s/k, last at " % bucket)
    assert len(remarks.splitlines()) == 1


def test_a_time_leaves_out_what_was_last_done_before(server, account, ledger):
    user = account.user("alice", allow("iam:*", "kms:*"))
    user.client("iam").list_roles()
    user.client("iam").list_groups()
    ledger.written()
    since = datetime.datetime.now(datetime.timezone.utc).isoformat()
    user.client("iam").list_groups()
    ledger.written()
    assert [a for a, r in statements_of(ledger.of("user", "alice", "--since", since)[0])] == ["iam:ListGroups"]
    assert len(statements_of(ledger.of("user", "alice", "--since", "2026-01-01")[0])) == 2
    late = suggest(server, "--user", ledger.arn("user", "alice"), "--since", "2999-01-01", status=1)
    assert "has used no permission since then" in late.stderr and not late.stdout


def test_more_resources_than_it_keeps_are_widened(account, ledger):
    user = account.user("alice", allow("ssm:*"))
    ssm = user.client("ssm")
    for i in range(102):
        ssm.put_parameter(Name="p%d" % i, Value="v", Type="String")
    ledger.written()
    policy = ledger.of("user", "alice")[0]
    assert statements_of(policy) == [
        ("ssm:PutParameter", "arn:aws:ssm:%s:%s:*" % (account.server.region, account.id))]


def test_what_it_cannot_suggest(server, account):
    def refused(*arguments):
        return suggest(server, *arguments, status=2).stderr
    role = "arn:aws:iam::%s:role/r" % account.id
    assert "has used no permission" in suggest(server, "--role", role, status=1).stderr
    assert "is no ARN like arn:aws:iam::123456789012:role/NAME" in refused("--role", "r")
    assert "is no ARN like arn:aws:iam::123456789012:user/NAME" in refused("--user", role)
    assert "is no time like 2026-11-24T06:00:00Z" in refused("--role", role, "--since", "yesterday")
    assert "it is: policy suggest --data DIR" in refused()
    assert "it is: policy suggest --data DIR" in refused("--role", role, "--user", role)
