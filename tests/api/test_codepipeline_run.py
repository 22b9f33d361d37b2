"""Pipelines that run: S3 to S3, approvals, stops, retries, transitions, missing permissions."""
import copy
import json

import pytest

from codepipeline_world import World, action, approval, deploy, refused, source


@pytest.fixture
def world(account):
    return World(account)


def test_s3_to_s3_extracts_the_artifact(world):
    world.create([source(namespace="Src")], [deploy()])
    assert world.ended()["status"] == "Succeeded"
    body = world.s3.get_object(Bucket=world.bucket("site"), Key="index.html")["Body"].read()
    assert body == b"hello"
    details = world.pipelines.list_action_executions(pipelineName="line")["actionExecutionDetails"]
    assert [d["actionName"] for d in details] == ["Put", "Fetch"]
    assert details[1]["output"]["outputArtifacts"] == details[0]["input"]["inputArtifacts"]
    place = details[0]["input"]["inputArtifacts"][0]["s3location"]
    assert place["key"].startswith("line/App/") and place["bucket"] == world.bucket("artifacts")
    assert details[1]["output"]["outputVariables"]["ObjectKey"] == "app.zip"
    execution = world.pipelines.get_pipeline_execution(
        pipelineName="line", pipelineExecutionId=details[0]["pipelineExecutionId"])
    assert execution["pipelineExecution"]["artifactRevisions"][0]["name"] == "App"
    assert execution["pipelineExecution"]["status"] == "Succeeded"
    assert world.executions()[0]["trigger"]["triggerType"] == "CreatePipeline"


def test_s3_to_s3_copies_the_artifact(world):
    world.create([source()], [deploy(extract="false")])
    assert world.ended()["status"] == "Succeeded"
    head = world.s3.head_object(Bucket=world.bucket("site"), Key="copy.zip")
    assert head["ETag"] == world.s3.head_object(Bucket=world.bucket("src"), Key="app.zip")["ETag"]


def test_an_artifact_that_is_no_zip_fails_the_action(world):
    world.s3.put_object(Bucket=world.bucket("src"), Key="app.zip", Body=b"no zip")
    world.create([source()], [deploy()])
    assert world.ended()["status"] == "Failed"
    error = world.latest(1, "Put")["errorDetails"]
    assert error["code"] == "ConfigurationError" and "App could not be extracted" in error["message"]


def test_approval_lets_the_execution_on(world):
    world.create([source()], [approval()], [deploy()])
    token = world.token()
    assert world.stage(1)["latestExecution"]["status"] == "InProgress"
    refused("InvalidApprovalTokenException", world.answer, "00000000-0000-0000-0000-000000000000")
    assert world.answer(token)["approvedAt"]
    assert world.ended()["status"] == "Succeeded"
    latest = world.latest(1, "Ask")
    assert latest["summary"] == "because" and latest["lastUpdatedBy"].endswith(":root")
    assert "token" not in latest
    refused("ApprovalAlreadyCompletedException", world.answer, token)


def test_rejection_fails_the_execution_and_a_retry_asks_again(world):
    world.create([source()], [approval()], [deploy()])
    world.answer(world.token(), "Rejected")
    x = world.ended()
    assert x["status"] == "Failed" and world.latest(2, "Put") is None
    world.pipelines.retry_stage_execution(
        pipelineName="line", stageName="Stage1", pipelineExecutionId=x["pipelineExecutionId"],
        retryMode="FAILED_ACTIONS")
    state = world.call("GetPipelineState", name="line")["stageStates"][1]
    assert state["retryStageMetadata"]["manualStageRetryAttempt"] == 1
    world.answer(world.token())
    assert world.ended(x["pipelineExecutionId"])["status"] == "Succeeded"
    found = world.call("ListActionExecutions", pipelineName="line", filter={
        "latestInPipelineExecution": {"pipelineExecutionId": x["pipelineExecutionId"],
                                      "startTimeRange": "Latest"}})["actionExecutionDetails"]
    assert [d["status"] for d in found] == ["Succeeded"] * 3
    found = world.pipelines.list_action_executions(pipelineName="line")["actionExecutionDetails"]
    assert len(found) == 4


def test_retry_of_all_actions(world):
    world.create([source()], [approval("First"), approval("Then", runOrder=2)])
    world.answer(world.token(1, "First"), name="First")
    world.answer(world.token(1, "Then"), "Rejected", name="Then")
    x = world.ended()
    world.pipelines.retry_stage_execution(
        pipelineName="line", stageName="Stage1", pipelineExecutionId=x["pipelineExecutionId"],
        retryMode="ALL_ACTIONS")
    assert world.latest(1, "First")["status"] == "InProgress"
    refused("StageNotRetryableException", world.pipelines.retry_stage_execution,
            pipelineName="line", stageName="Stage1", pipelineExecutionId=x["pipelineExecutionId"],
            retryMode="ALL_ACTIONS")


def test_run_order_and_parallel_actions(world):
    world.create([source()], [approval("A"), approval("B"), approval("C", runOrder=2)])
    a, b = world.token(1, "A"), world.token(1, "B")
    world.answer(a, name="A")
    assert world.latest(1, "C") is None
    world.answer(b, name="B")
    world.answer(world.token(1, "C"), name="C")
    assert world.ended()["status"] == "Succeeded"


def test_a_failed_action_waits_for_its_group(world):
    world.create([source()], [approval("A"), approval("B"), approval("C", runOrder=2)])
    a, b = world.token(1, "A"), world.token(1, "B")
    world.answer(a, "Rejected", name="A")
    assert world.executions()[0]["status"] == "InProgress"
    world.answer(b, name="B")
    assert world.ended()["status"] == "Failed" and world.latest(1, "C") is None


def test_newer_executions_supersede_those_that_wait(world):
    world.create([source()], [approval()])
    token = world.token()
    second, third = world.start(), None
    world.until(lambda: world.stage(1).get("inboundExecution", {}).get("pipelineExecutionId") == second)
    third = world.start()
    assert world.ended(second)["status"] == "Superseded"
    world.until(lambda: world.stage(1).get("inboundExecution", {}).get("pipelineExecutionId") == third)
    world.answer(token)
    assert world.until(lambda: world.stage(1)["latestExecution"]["pipelineExecutionId"] == third)


def test_a_disabled_transition_holds_executions(world):
    world.create([source()], [approval()], [deploy()])
    token = world.token()
    world.pipelines.disable_stage_transition(
        pipelineName="line", stageName="Stage2", transitionType="Inbound", reason="holiday")
    world.answer(token)
    state = world.stage(2)
    assert state["inboundTransitionState"]["enabled"] is False
    assert state["inboundTransitionState"]["disabledReason"] == "holiday"
    assert state["inboundExecution"]["status"] == "InProgress"
    world.pipelines.enable_stage_transition(
        pipelineName="line", stageName="Stage1", transitionType="Outbound")
    assert world.ended()["status"] == "Succeeded"
    refused("StageNotFoundException", world.pipelines.enable_stage_transition,
            pipelineName="line", stageName="Nowhere", transitionType="Inbound")


def test_stop_and_abandon(world):
    world.create([source()], [approval()])
    world.token()
    x = world.executions()[0]["pipelineExecutionId"]
    world.pipelines.stop_pipeline_execution(
        pipelineName="line", pipelineExecutionId=x, abandon=True, reason="enough")
    stopped = world.ended(x)
    assert stopped["status"] == "Stopped" and stopped["stopTrigger"]["reason"] == "enough"
    assert world.latest(1, "Ask")["status"] == "Abandoned"
    assert world.stage(1)["latestExecution"]["status"] == "Stopped"
    refused("PipelineExecutionNotStoppableException", world.pipelines.stop_pipeline_execution,
            pipelineName="line", pipelineExecutionId=x)


def test_stop_and_wait(world):
    world.create([source()], [approval()], [deploy()])
    token = world.token()
    x = world.executions()[0]["pipelineExecutionId"]
    world.pipelines.stop_pipeline_execution(pipelineName="line", pipelineExecutionId=x)
    assert world.executions()[0]["status"] == "Stopping"
    refused("DuplicatedStopRequestException", world.pipelines.stop_pipeline_execution,
            pipelineName="line", pipelineExecutionId=x)
    world.answer(token)
    assert world.ended(x)["status"] == "Stopped" and world.latest(2, "Put") is None


def test_missing_permission_fails_the_action_that_needs_it(world):
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    world.allow("pipeline", [everything, {
        "Effect": "Deny", "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::%s/*" % world.bucket("site")}])
    world.create([source()], [deploy()])
    x = world.ended()
    assert x["status"] == "Failed"
    error = world.latest(1, "Put")["errorDetails"]
    assert error["code"] == "PermissionError"
    assert "s3:PutObject" in error["message"] and world.bucket("site") in error["message"]
    world.allow("pipeline", [everything])
    world.pipelines.retry_stage_execution(
        pipelineName="line", stageName="Stage1", pipelineExecutionId=x["pipelineExecutionId"],
        retryMode="FAILED_ACTIONS")
    assert world.until(lambda: world.executions()[0]["status"] == "Succeeded")


def test_an_action_runs_as_its_own_role(world):
    role = world.make_role("weak", [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}])
    world.create([source(roleArn=role)], [deploy()])
    assert world.ended()["status"] == "Failed"
    error = world.latest(0, "Fetch")["errorDetails"]
    assert error["code"] == "PermissionError" and "s3:PutObject" in error["message"]


def test_a_role_that_does_not_trust_codepipeline(world):
    world.create([source()], [approval()])
    world.token()
    world.iam.update_assume_role_policy(RoleName="pipeline", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": "codebuild.amazonaws.com"}}]}))
    x = world.start()
    assert world.ended(x)["status"] == "Failed"
    assert "AssumeRole on role " + world.role in world.latest(0, "Fetch")["errorDetails"]["message"]


def test_a_missing_source_object(world):
    world.s3.delete_object(Bucket=world.bucket("src"), Key="app.zip")
    world.create([source()], [deploy()])
    assert world.ended()["status"] == "Failed"
    assert "NoSuchKey" in world.latest(0, "Fetch")["errorDetails"]["message"]


def test_variables_are_resolved(world):
    both = [source(namespace="Src")], [action("Put", "Deploy", "S3", {
        "BucketName": "site", "Extract": "false",
        "ObjectKey": "#{variables.Stage}/#{codepipeline.PipelineExecutionId}/#{Src.ObjectKey}"},
        inputs=["App"])]
    made = world.call("CreatePipeline", pipeline=world.declaration(
        *both, pipelineType="V2", variables=[{"name": "Stage", "defaultValue": "beta"}]))
    assert made["pipeline"]["pipelineType"] == "V2"
    first = world.ended()["pipelineExecutionId"]
    world.s3.head_object(Bucket=world.bucket("site"), Key="beta/%s/app.zip" % first)
    second = world.call("StartPipelineExecution", name="line", variables=[
        {"name": "Stage", "value": "live"}])["pipelineExecutionId"]
    assert world.ended(second)["status"] == "Succeeded"
    world.s3.head_object(Bucket=world.bucket("site"), Key="live/%s/app.zip" % second)
    answer = world.call("StartPipelineExecution", name="line", variables=[
        {"name": "Other", "value": "x"}])
    assert answer["__type"].endswith("ValidationException")


def test_an_unknown_variable_fails_the_action(world):
    world.create([source()], [action("Put", "Deploy", "S3", {
        "BucketName": "site", "Extract": "false", "ObjectKey": "#{Src.Nothing}"}, inputs=["App"])])
    assert world.ended()["status"] == "Failed"
    assert "#{Src.Nothing}" in world.latest(1, "Put")["errorDetails"]["message"]


def test_start_is_idempotent_by_its_token(world):
    world.create([source()], [approval()])
    assert world.start(clientRequestToken="once") == world.start(clientRequestToken="once")
    refused("PipelineNotFoundException", world.pipelines.start_pipeline_execution, name="none")


def test_approvals_need_a_permission_on_the_action(world):
    world.create([source()], [approval()])
    token = world.token()
    arn = "arn:aws:codepipeline:%s:%s:line/Stage1/" % (world.account.server.region, world.account.id)
    other = world.account.user("other", {
        "Effect": "Allow", "Action": "codepipeline:PutApprovalResult", "Resource": arn + "Other"})
    message = refused("AccessDeniedException", world.answer, token, client=other.client("codepipeline"))
    assert "codepipeline:PutApprovalResult" in message and arn + "Ask" in message
    alice = world.account.user("alice", {
        "Effect": "Allow", "Action": "codepipeline:PutApprovalResult", "Resource": arn + "Ask"})
    world.answer(token, client=alice.client("codepipeline"))
    assert world.latest(1, "Ask")["lastUpdatedBy"].endswith("user/alice")


def test_lists_are_paged(world):
    world.create([source()], [approval()])
    ids = {world.start() for _ in range(4)} | {world.executions()[-1]["pipelineExecutionId"]}
    pages = world.pipelines.get_paginator("list_pipeline_executions").paginate(
        pipelineName="line", PaginationConfig={"PageSize": 2})
    found = [x["pipelineExecutionId"] for page in pages for x in page["pipelineExecutionSummaries"]]
    assert set(found) == ids and len(found) == 5
    refused("InvalidNextTokenException", world.pipelines.list_pipeline_executions,
            pipelineName="line", nextToken="nonsense")


def test_artifacts_are_sealed_with_the_stores_key(world):
    key = world.account.client("kms").create_key()["KeyMetadata"]["Arn"]
    declaration = world.declaration([source()], [deploy()])
    declaration["artifactStore"]["encryptionKey"] = {"id": key, "type": "KMS"}
    world.pipelines.create_pipeline(pipeline=declaration)
    assert world.ended()["status"] == "Succeeded"
    (item,) = world.s3.list_objects_v2(Bucket=world.bucket("artifacts"))["Contents"]
    assert world.s3.head_object(Bucket=world.bucket("artifacts"), Key=item["Key"])["SSEKMSKeyId"] == key


def test_a_key_that_the_role_may_not_use_fails_the_action(world):
    key = world.account.client("kms").create_key()["KeyMetadata"]["Arn"]
    world.allow("pipeline", [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}])
    declaration = world.declaration([source()], [deploy()])
    declaration["artifactStore"]["encryptionKey"] = {"id": key, "type": "KMS"}
    world.pipelines.create_pipeline(pipeline=declaration)
    assert world.ended()["status"] == "Failed"
    assert "kms:GenerateDataKey" in world.latest(0, "Fetch")["errorDetails"]["message"]


def test_a_new_object_starts_an_execution(world):
    world.create([source()], [deploy()])
    world.ended()
    world.put({"index.html": "newer"})
    second = world.until(lambda: world.executions()[:-1])[0]
    assert second["trigger"]["triggerType"] == "CloudWatchEvent"
    assert world.ended(second["pipelineExecutionId"])["status"] == "Succeeded"
    body = world.s3.get_object(Bucket=world.bucket("site"), Key="index.html")["Body"].read()
    assert body == b"newer"
