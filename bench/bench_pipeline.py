"""From a push to what follows from it, on a server with an embedded worker.

Times are counted from the moment that `git push` is started, but for the four-stage pipeline:
there from the moment that it has returned. The end of an execution is what the server says
(`lastUpdateTime`, milliseconds). The first line of a build is the time of the first event in its
log; the first output is that of what its first command prints, in the sandbox.
"""
import json
import statistics
import time

from pipeline import (PATIENCE_SECONDS, Checkout, action, create_four_stages, create_pipeline,
                      create_repository, create_role, execution_of, source)
from world import Directory, Row, Server, has_service

ROUNDS = 5
FIRST_LINE_MS, FOUR_STAGES_MS = 100, 500
MARK = "the first line of the build"
BUILDSPEC = json.dumps({"version": 0.2, "phases": {"build": {"commands": [f"echo {MARK}"]}},
                        "artifacts": {"files": ["**/*"]}})


def four_stages(server, directory, role):
    checkout = Checkout(directory / "four", create_repository(server, "four"), {"a.txt": "a\n"})
    checkout.push()
    create_four_stages(server, "four", role, "four")
    pipelines = server.client("codepipeline")
    took = []
    for _ in range(ROUNDS):
        commit, _, pushed = checkout.push()
        ended = execution_of(pipelines, "four", commit)["lastUpdateTime"].timestamp()
        took.append((ended - pushed) * 1000)
    return statistics.median(took)


def create_build(server, role):
    server.client("codebuild").create_project(
        name="line", source={"type": "CODEPIPELINE", "buildspec": BUILDSPEC},
        artifacts={"type": "CODEPIPELINE"}, serviceRole=role,
        environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
                     "computeType": "BUILD_GENERAL1_SMALL"})


def lines_after(server, moment):
    """When a build's log began and its command spoke, after the moment; seconds."""
    logs = server.client("logs")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            events = logs.filter_log_events(logGroupName="/aws/codebuild/line",
                                            startTime=int(moment * 1000))["events"]
        except logs.exceptions.ResourceNotFoundException:
            events = []
        spoken = [e["timestamp"] for e in events if e["message"].strip() == MARK]
        if spoken:
            return min(e["timestamp"] for e in events) / 1000, min(spoken) / 1000
        time.sleep(0.01)
    raise SystemExit("no line came from the build")


def builds(server, directory, roles):
    """Medians: push to the first line, to the first output, to the end of source, build and deployment (to S3)."""
    checkout = Checkout(directory / "line", create_repository(server, "line"), {"a.txt": "a\n"})
    checkout.push()
    create_build(server, roles["codebuild"])
    create_pipeline(
        server, "line", roles["codepipeline"], source("line"),
        action("Build", "Build", "CodeBuild", {"ProjectName": "line"}, ["source"], ["built"]),
        action("Deploy", "Deploy", "S3",
               {"BucketName": "line-artifacts", "Extract": "true"}, ["built"]))
    pipelines = server.client("codepipeline")
    lines, outputs, ends = [], [], []
    for _ in range(ROUNDS):
        commit, began, _ = checkout.push()
        line, output = lines_after(server, began)
        lines.append((line - began) * 1000)
        outputs.append((output - began) * 1000)
        ended = execution_of(pipelines, "line", commit)["lastUpdateTime"].timestamp()
        ends.append((ended - began) * 1000)
    return [statistics.median(times) for times in (lines, outputs, ends)]


def rows():
    if not has_service("codepipeline"):
        return
    with Directory() as directory, Server(directory, "--tls", "off") as server:
        roles = {name: create_role(server, name) for name in ("codepipeline", "codebuild")}
        yield Row("four-stage no-op pipeline, from the push's end",
                  four_stages(server, directory, roles["codepipeline"]), "ms",
                  bound=FOUR_STAGES_MS)
        line, output, deployed = builds(server, directory, roles)
        yield Row("push to first build line", line, "ms", bound=FIRST_LINE_MS)
        yield Row("push to first output of a build command", output, "ms")
        yield Row("push to deployed (built, and put into a bucket)", deployed, "ms")
