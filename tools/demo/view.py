"""What the demo shows: stages live, build lines as they come, timings."""
import sys
import time

import setup
from world import Failed

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 180
MARKS = {"InProgress": "…", "Succeeded": "✔", "Failed": "✘", None: " "}


class View:
    def __init__(self, world):
        self.world = world
        self.is_terminal = sys.stdout.isatty()
        self.shown = {}
        self.status_line = ""
        self.log_token = {}
        self.execution = None
        self.lines = []

    # ---- Printing ----------------------------------------------------------------------

    def say(self, text):
        self.clear()
        print("   " + text if text else "", flush=True)
        self.draw()

    def title(self, text):
        self.status_line = ""
        self.clear()
        bold = ("\033[1m", "\033[0m") if self.is_terminal else ("", "")
        print(f"\n{bold[0]}== {text}{bold[1]}", flush=True)

    def clear(self):
        if self.is_terminal:
            print("\r\033[K", end="")

    def draw(self):
        if self.is_terminal and self.status_line:
            print("   " + self.status_line, end="", flush=True)

    # ---- Looking -----------------------------------------------------------------------

    def wait(self, what, look):
        """Calls `look` until it returns something; shows the pipeline meanwhile."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self.update()
            found = look()
            if found:
                return found
            time.sleep(LOOK_SECONDS)
        raise Failed(f"waited {PATIENCE_SECONDS} seconds for {what}")

    def state(self):
        return self.world.client("codepipeline").get_pipeline_state(name=setup.PIPELINE)["stageStates"]

    def update(self):
        """Shows the stages and the new lines of the newest build."""
        parts = []
        for stage in self.state():
            latest = stage.get("latestExecution", {})
            status = latest.get("status")
            key = (latest.get("pipelineExecutionId"), stage["stageName"])
            parts.append(f"{stage['stageName']} {MARKS.get(status, '?')}")
            if status and key[0] == self.execution and self.shown.get(key) != status:
                self.shown[key] = status
                self.say(f"{stage['stageName']:<8} {status}")
        self.status_line = "   ".join(parts)
        self.clear()
        self.draw()
        self.show_build_lines()

    def show_build_lines(self):
        builds = self.world.client("codebuild").list_builds_for_project(projectName=setup.PROJECT)["ids"]
        if not builds:
            return
        logs = self.world.client("logs")
        where = {"logGroupName": f"/aws/codebuild/{setup.PROJECT}",
                 "logStreamName": builds[0].split(":")[1], "startFromHead": True}
        token = self.log_token.get(builds[0])
        if token:
            where["nextToken"] = token
        try:
            page = logs.get_log_events(**where)
        except logs.exceptions.ResourceNotFoundException:
            return  # the build has not said anything yet
        self.log_token[builds[0]] = page["nextForwardToken"]
        if not token:
            self.lines = []
        for event in page["events"]:
            self.lines.append(event)
            self.say("  | " + event["message"].rstrip("\n"))

    # ---- Waiting -----------------------------------------------------------------------

    def executions(self):
        pipeline = self.world.client("codepipeline")
        return pipeline.list_pipeline_executions(pipelineName=setup.PIPELINE)["pipelineExecutionSummaries"]

    def wait_for_execution(self, commit):
        def look():
            for execution in self.executions():
                if any(revision.get("revisionId") == commit for revision in execution.get("sourceRevisions", [])):
                    return execution["pipelineExecutionId"]
            return None

        self.execution = self.wait("the push to start the pipeline", look)
        return self.execution

    def wait_for_approval(self, execution):
        def look():
            for stage in self.state():
                latest = stage.get("latestExecution", {})
                if latest.get("pipelineExecutionId") != execution:
                    continue
                if latest.get("status") == "Failed":
                    raise Failed(f"stage {stage['stageName']} failed before the approval")
                for action in stage.get("actionStates", []):
                    if stage["stageName"] == "Approve" and action.get("latestExecution", {}).get("token"):
                        return action["latestExecution"]["token"]
            return None

        return self.wait("the approval", look)

    def wait_for_end(self, execution, wanted):
        def look():
            status = next(e["status"] for e in self.executions() if e["pipelineExecutionId"] == execution)
            return status if status not in ("InProgress", "Stopping") else None

        status = self.wait("the pipeline", look)
        self.update()
        self.status_line = ""
        if status != wanted:
            raise Failed(f"the pipeline ended as {status}, not {wanted}: {self.errors()}")
        self.say(f"the pipeline execution has ended: {status}")

    def errors(self):
        return "; ".join(action["latestExecution"]["errorDetails"].get("message", "")
                         for stage in self.state() for action in stage.get("actionStates", [])
                         if "errorDetails" in action.get("latestExecution", {}))

    def show_failed_line(self, words):
        found = [event["message"].rstrip() for event in self.lines
                 if any(word in event["message"] for word in words)]
        if not found:
            raise Failed("the build's log does not show what failed")
        self.say("what failed: " + found[-1])

    # ---- Deployments ---------------------------------------------------------------------

    def deployment_of(self, execution):
        pipeline = self.world.client("codepipeline")
        details = pipeline.list_action_executions(
            pipelineName=setup.PIPELINE, filter={"pipelineExecutionId": execution})["actionExecutionDetails"]
        for detail in details:
            if detail["stageName"] == "Deploy":
                return detail["output"]["executionResult"]["externalExecutionId"]
        raise Failed("the pipeline has no deployment")

    def targets(self, deployment):
        deploy = self.world.client("codedeploy")
        ids = deploy.list_deployment_targets(deploymentId=deployment)["targetIds"]
        found = deploy.batch_get_deployment_targets(deploymentId=deployment, targetIds=ids)
        return [target["instanceTarget"] for target in found["deploymentTargets"]]

    def target_states(self, deployment):
        return {target["targetId"]: target["status"] for target in self.targets(deployment)}

    def show_targets(self, deployment):
        for target in self.targets(deployment):
            self.say(f"{target['targetId'].rsplit('/', 1)[-1]}: {target['status']}")
            for event in target["lifecycleEvents"]:
                if event["status"] == "Failed":
                    diagnostics = event.get("diagnostics", {})
                    self.say(f"  {event['lifecycleEventName']}: {diagnostics.get('message')}")
                    for line in diagnostics.get("logTail", "").splitlines()[-3:]:
                        self.say("  | " + line)

    def wait_for_rollback(self, deployment):
        deploy = self.world.client("codedeploy")

        def rolled_back():
            info = deploy.get_deployment(deploymentId=deployment)["deploymentInfo"]
            return info.get("rollbackInfo", {}).get("rollbackDeploymentId")

        rollback = self.wait("the rollback to start", rolled_back)

        def ended():
            status = deploy.get_deployment(deploymentId=rollback)["deploymentInfo"]["status"]
            return status if status in ("Succeeded", "Failed", "Stopped") else None

        status = self.wait("the rollback", ended)
        if status != "Succeeded":
            raise Failed(f"the rollback ended as {status}")
        return rollback

    # ---- Timings ---------------------------------------------------------------------------

    def timings(self, execution):
        started = next(e["startTime"] for e in self.executions() if e["pipelineExecutionId"] == execution)
        begin = started.timestamp()
        pipeline = self.world.client("codepipeline")
        details = pipeline.list_action_executions(
            pipelineName=setup.PIPELINE, filter={"pipelineExecutionId": execution})["actionExecutionDetails"]
        by_stage = {detail["stageName"]: detail for detail in details}
        build = by_stage["Build"]["output"]["executionResult"]["externalExecutionId"]
        first = self.world.client("logs").get_log_events(
            logGroupName=f"/aws/codebuild/{setup.PROJECT}", logStreamName=build.split(":")[1],
            startFromHead=True, limit=1)["events"][0]
        approval = by_stage["Approve"]
        waited = approval["lastUpdateTime"].timestamp() - approval["startTime"].timestamp()
        deployed = by_stage["Deploy"]["lastUpdateTime"].timestamp() - begin
        return [f"push to first build line:  {first['timestamp'] / 1000 - begin:8.3f} s",
                f"push to deployed:          {deployed:8.3f} s (of these {waited:.3f} s waiting for approval)"]
