"""The whole way of a change, again and again, with clients that bear with a server that dies.

A round commits, pushes `main` and a tag in one atomic push, approves, and waits until the
pipeline's execution has ended, however it ends. What was acknowledged is kept, to be asked for
later; so is what the hosts' hooks wrote about their turns.
"""
import itertools
import threading
import time

import botocore.exceptions

import setup
from house import UNREACHABLE, Failed, pages, patiently, status_of, wait

ENDED = ("Succeeded", "Failed", "Stopped", "Superseded", "Cancelled")
PUSH_SECONDS = 120
EXECUTION_SECONDS = 300
# The first thing that each hook does, and the last: hosts write to one file, in one order.
TURN = ('set -eu\n'
        'turn() { echo "$DEPLOYMENT_ID $HELLO_INSTANCE $LIFECYCLE_EVENT $1" >> "$HELLO_TURNS"; }\n'
        'turn begin\n'
        "trap 'turn end' EXIT\n")


class Quiet:
    """setup.py tells a view what it made."""

    def say(self, text):
        pass


class Flow:
    def __init__(self, house):
        self.house = house
        self.turns = house.data / "turns"
        self.turns.touch()
        house.env["HELLO_TURNS"] = str(self.turns)
        self.acknowledged = {}  # tag -> commit
        self.ended = {}         # execution -> status
        self.story = []
        self.started = time.monotonic()
        self.is_over = threading.Event()

    def tell(self, text):
        self.story.append(f"{time.monotonic() - self.started:8.2f}  {text}")

    def set_up(self):
        setup.create(self.house, Quiet())
        self.house.use_password("developer")
        for script in (self.house.checkout / "scripts").glob("*.sh"):
            text = script.read_text()
            assert text.count("set -eu\n") == 1, script
            script.write_text(text.replace("set -eu\n", TURN).replace("exec python3", "python3"))

    # ---- A round -----------------------------------------------------------------------

    def deliver(self, number):
        """One change, all the way; the status that its execution ended with."""
        tag = f"v{number}"
        commit = self.house.commit("app/ROUND", f"{number}\n")
        self.house.git("tag", tag)
        self.push(tag, commit)
        execution = wait(f"the execution of {tag}", lambda: self.execution_of(commit))
        self.tell(f"{tag}: execution {execution}")
        status = wait(f"execution {execution} to end", lambda: self.move(execution), EXECUTION_SECONDS)
        self.ended[execution] = status
        self.tell(f"{tag}: {status}")
        return status

    def push(self, tag, commit):
        deadline = time.monotonic() + PUSH_SECONDS
        while True:
            try:
                self.house.git("push", "--quiet", "--atomic", "origin", "main", tag)
                break
            except Failed as failure:
                self.tell(f"{tag}: push: {str(failure).splitlines()[-1]}")
                assert time.monotonic() < deadline, failure
        self.acknowledged[tag] = commit
        self.tell(f"{tag}: pushed {commit[:8]}")

    def executions(self):
        return pages(self.house.client("codepipeline"), "list_pipeline_executions",
                     "pipelineExecutionSummaries", pipelineName=setup.PIPELINE)

    def execution_of(self, commit):
        for execution in self.executions():
            if any(revision["revisionId"] == commit for revision in execution.get("sourceRevisions", [])):
                return execution["pipelineExecutionId"]
        return None

    def move(self, execution):
        """Approves if that is asked for; the status once the execution has ended."""
        client = self.house.client("codepipeline")
        status = patiently(lambda: client.get_pipeline_execution(
            pipelineName=setup.PIPELINE, pipelineExecutionId=execution))["pipelineExecution"]["status"]
        if status in ENDED:
            return status
        state = patiently(lambda: client.get_pipeline_state(name=setup.PIPELINE))
        stage = next(stage for stage in state["stageStates"] if stage["stageName"] == "Approve")
        latest = stage["actionStates"][0].get("latestExecution", {})
        if latest.get("status") == "InProgress" and latest.get("token"):
            self.approve(latest["token"])
        return None

    def approve(self, token):
        client, is_repeated = self.house.client("codepipeline"), False
        for _ in itertools.repeat(None):
            try:
                client.put_approval_result(pipelineName=setup.PIPELINE, stageName="Approve",
                                           actionName="Approve", token=token,
                                           result={"summary": "fit", "status": "Approved"})
                self.tell("approved")
                return
            except UNREACHABLE:
                is_repeated = True
                time.sleep(0.05)
            except botocore.exceptions.ClientError as error:
                # It may have counted although its answer was lost.
                if is_repeated and error.response["Error"]["Code"] in (
                        "ApprovalAlreadyCompletedException", "InvalidApprovalTokenException"):
                    return
                if status_of(error) < 500:
                    raise
                is_repeated = True

    # ---- What must hold ------------------------------------------------------------------

    def check_refs(self, acknowledged):
        """Of each push all refs are there or none, and all that was acknowledged before."""
        refs = self.house.remote_refs()
        tags = {name[len("refs/tags/"):]: commit for name, commit in refs.items()
                if name.startswith("refs/tags/")}
        for tag, commit in acknowledged.items():
            assert tags.get(tag) == commit, f"{tag} is {tags.get(tag)}, acknowledged was {commit}"
        if tags:
            newest = max(tags, key=lambda tag: int(tag[1:]))
            assert refs["refs/heads/main"] == tags[newest], f"a half of the push of {newest} is visible"
        else:
            assert "refs/heads/main" not in refs, "a half of the first push is visible"

    def check_history(self):
        history = self.house.check_clone()
        for tag, commit in self.acknowledged.items():
            assert commit in history, f"{tag} is missing"

    def check_executions(self):
        """Each push has one execution, and all have ended."""
        found = self.executions()
        for execution in found:
            assert execution["status"] in ENDED, execution
        for tag, commit in self.acknowledged.items():
            of_commit = [execution for execution in found
                         if any(revision["revisionId"] == commit
                                for revision in execution.get("sourceRevisions", []))]
            assert len(of_commit) == 1, f"{tag} has {len(of_commit)} executions: {of_commit}"
        for execution in found:
            wanted = self.ended.get(execution["pipelineExecutionId"], execution["status"])
            assert execution["status"] == wanted, f"an end has changed: {execution}, was {wanted}"

    def check_actions(self):
        """No action ran to success twice, and nothing ran that no action knows."""
        actions = pages(self.house.client("codepipeline"), "list_action_executions",
                        "actionExecutionDetails", pipelineName=setup.PIPELINE)
        succeeded, known = {}, set()
        for action in actions:
            assert action["status"] != "InProgress", action
            key = (action["pipelineExecutionId"], action["stageName"], action["actionName"])
            succeeded[key] = succeeded.get(key, 0) + (action["status"] == "Succeeded")
            known.add(action.get("output", {}).get("executionResult", {}).get("externalExecutionId"))
        assert actions
        assert {key: count for key, count in succeeded.items() if count > 1} == {}
        self.check_builds(known)
        self.check_deployments(known)

    def check_builds(self, known):
        client = self.house.client("codebuild")
        ids = pages(client, "list_builds_for_project", "ids", projectName=setup.PROJECT)
        for build in ids:
            assert build in known, f"build {build} was started twice: no action knows it"
            found = patiently(lambda: client.batch_get_builds(ids=[build]))["builds"][0]
            assert found["buildStatus"] != "IN_PROGRESS", found

    def deployments(self):
        client = self.house.client("codedeploy")
        ids = pages(client, "list_deployments", "deployments", applicationName=setup.APPLICATION,
                    deploymentGroupName=setup.GROUP)
        return [patiently(lambda: client.get_deployment(deploymentId=one))["deploymentInfo"] for one in ids]

    def wait_for_deployments(self):
        """Rollbacks go on after their execution has ended."""
        wait("deployments to end", lambda: all(
            found["status"] in ("Succeeded", "Failed", "Stopped") for found in self.deployments()),
            EXECUTION_SECONDS)

    def check_deployments(self, known):
        for found in self.deployments():
            if found["creator"] != "codeDeployRollback":
                assert found["deploymentId"] in known, f"{found} was started twice: no action knows it"

    def check_turns(self):
        """Deployments follow each other, and in one of them a host follows the other."""
        turns = [line.split() for line in self.turns.read_text().splitlines()]
        blocks = [key for key, _ in itertools.groupby((turn[0], turn[1]) for turn in turns)]
        assert len(blocks) == len(set(blocks)), f"hosts were touched outside of their turns: {blocks}"
        deployments = [key for key, _ in itertools.groupby(turn[0] for turn in turns)]
        assert len(deployments) == len(set(deployments)), f"deployments overlap: {deployments}"
        client = self.house.client("codedeploy")
        for deployment in deployments:
            targets = client.list_deployment_targets(deploymentId=deployment)["targetIds"]
            found = client.batch_get_deployment_targets(deploymentId=deployment, targetIds=targets)
            for target in found["deploymentTargets"]:
                target = target["instanceTarget"]
                name = target["targetArn"].split("/")[-1]
                if target["status"] in ("Skipped", "Pending"):
                    assert (deployment, name) not in blocks, f"{name} was touched by {deployment}: {target}"

    def check(self):
        self.wait_for_deployments()
        self.check_refs(self.acknowledged)
        self.check_history()
        self.check_executions()
        self.check_actions()
        self.check_turns()
