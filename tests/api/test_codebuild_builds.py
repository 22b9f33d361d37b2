"""CodeBuild builds, really run by the worker that the server starts."""
import io
import json
import zipfile

import pytest
from botocore.exceptions import ClientError

from builds import (allow, build_role, commands, create_project, get_build, log_lines,
                    wait_for_end)
from waiting import wait_for

PHASES = ["SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD",
          "POST_BUILD", "UPLOAD_ARTIFACTS", "FINALIZING", "COMPLETED"]


def start(account, **arguments):
    return account.client("codebuild").start_build(projectName="demo", **arguments)["build"]


def phase(build, name):
    return next(found for found in build["phases"] if found["phaseType"] == name)


def test_a_build_runs_through_its_phases_and_logs(account):
    create_project(account, commands("echo hello from $CODEBUILD_BUILD_ID"), build_role(account))
    started = start(account)
    assert started["buildStatus"] == "IN_PROGRESS"
    assert started["buildNumber"] == 1
    assert started["currentPhase"] == "QUEUED"
    build = wait_for_end(account, started["id"])
    assert build["buildStatus"] == "SUCCEEDED"
    assert [found["phaseType"] for found in build["phases"]] == PHASES
    assert all(found["phaseStatus"] == "SUCCEEDED" for found in build["phases"][:-1])
    assert build["logs"]["groupName"] == "/aws/codebuild/demo"
    assert build["logs"]["streamName"] == build["id"].split(":")[1]
    assert f"hello from {build['id']}" in log_lines(account, build)


def test_a_failing_command_fails_its_phase_and_says_why(account):
    create_project(account, commands("echo before", "exit 7", "echo never"), build_role(account))
    build = wait_for_end(account, start(account)["id"])
    assert build["buildStatus"] == "FAILED"
    context, = phase(build, "BUILD")["contexts"]
    assert context == {"statusCode": "COMMAND_EXECUTION_ERROR",
                       "message": "Error while executing command: exit 7. Reason: exit status 7"}
    assert "never" not in log_lines(account, build)


def test_a_broken_buildspec_names_line_and_column(account):
    create_project(account, {}, build_role(account),
                   source={"type": "NO_SOURCE", "buildspec": "version: 0.2\nphases:\n  build: [\n"})
    build = wait_for_end(account, start(account)["id"])
    assert build["buildStatus"] == "FAILED"
    contexts = [context for found in build["phases"] for context in found.get("contexts", [])]
    failure = next(context for context in contexts if context.get("statusCode") == "YAML_FILE_ERROR")
    assert "line 4" in failure["message"] and "column" in failure["message"]


def test_overrides_replace_what_the_project_says(account):
    create_project(account, commands("echo project"), build_role(account))
    build = wait_for_end(account, start(
        account, buildspecOverride=json.dumps(commands("echo override $COLOUR")),
        environmentVariablesOverride=[{"name": "COLOUR", "value": "blue"}],
        timeoutInMinutesOverride=6)["id"])
    assert build["buildStatus"] == "SUCCEEDED"
    assert build["timeoutInMinutes"] == 6
    assert "override blue" in log_lines(account, build)


def test_exported_variables_come_back(account):
    spec = commands("export COLOUR=green", env={"exported-variables": ["COLOUR"]})
    create_project(account, spec, build_role(account))
    build = wait_for_end(account, start(account)["id"])
    assert build["exportedEnvironmentVariables"] == [{"name": "COLOUR", "value": "green"}]


def test_a_source_and_artifacts_in_s3(account):
    s3 = account.client("s3")
    bucket = f"bucket-{account.id}"
    s3.create_bucket(Bucket=bucket)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as source:
        source.writestr("buildspec.yml", "version: 0.2\nphases:\n  build:\n    commands:\n"
                                         "      - tr a-z A-Z < in.txt > out.txt\n"
                                         "artifacts:\n  files: out.txt\n")
        source.writestr("in.txt", "shout\n")
    s3.put_object(Bucket=bucket, Key="source.zip", Body=packed.getvalue())
    role = build_role(account, allow("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject",
                                     resource=f"arn:aws:s3:::{bucket}/*"))
    create_project(account, {}, role, source={"type": "S3", "location": f"{bucket}/source.zip"},
                   artifacts={"type": "S3", "location": bucket, "path": "out", "name": "result.zip",
                              "packaging": "ZIP"})
    build = wait_for_end(account, start(account)["id"])
    assert build["buildStatus"] == "SUCCEEDED", build["phases"]
    assert build["artifacts"]["location"] == f"arn:aws:s3:::{bucket}/out/result.zip"
    body = s3.get_object(Bucket=bucket, Key="out/result.zip")["Body"].read()
    with zipfile.ZipFile(io.BytesIO(body)) as result:
        assert result.read("out.txt") == b"SHOUT\n"


@pytest.fixture
def encrypted(account):
    """A project with a key of the customer's: two artifacts under it, one not, and its log."""
    s3 = account.client("s3")
    bucket = f"bucket-{account.id}"
    s3.create_bucket(Bucket=bucket)
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    role = build_role(account, allow("s3:PutObject"))
    spec = commands("echo data > out.txt", artifacts={"files": "out.txt", "secondary-artifacts": {
        "plain": {"files": "out.txt"}, "zipped": {"files": "out.txt"}}})
    place = {"type": "S3", "location": bucket}
    create_project(account, spec, role, encryptionKey=key, artifacts={**place, "name": "files"},
                   secondaryArtifacts=[
                       {**place, "name": "plain", "artifactIdentifier": "plain", "encryptionDisabled": True},
                       {**place, "name": "a.zip", "artifactIdentifier": "zipped", "packaging": "ZIP"}],
                   logsConfig={"s3Logs": {"status": "ENABLED", "location": bucket + "/logs"}})
    return bucket, key


def test_what_a_build_stores_is_under_the_projects_key(account, encrypted):
    bucket, key = encrypted
    account.client("iam").put_role_policy(RoleName="build", PolicyName="key", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [allow("kms:GenerateDataKey", resource=key)]}))
    build = wait_for_end(account, start(account)["id"])
    assert build["buildStatus"] == "SUCCEEDED", build["phases"]
    s3 = account.client("s3")
    names = [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    keys = {name: s3.head_object(Bucket=bucket, Key=name).get("SSEKMSKeyId") for name in names}
    log, = [name for name in names if name.startswith("logs/")]
    assert keys == {"files/out.txt": key, "a.zip": key, "plain/out.txt": None, log: key}


def test_a_key_that_the_build_may_not_use_fails_it(account, encrypted):
    build = wait_for_end(account, start(account)["id"])
    assert build["buildStatus"] == "FAILED"
    assert "kms:GenerateDataKey" in json.dumps(phase(build, "UPLOAD_ARTIFACTS")["contexts"])
    contents = account.client("s3").list_objects_v2(Bucket=encrypted[0]).get("Contents", [])
    assert [o["Key"] for o in contents if not o["Key"].startswith("plain")] == []


def test_a_source_in_codecommit(account):
    codecommit = account.client("codecommit")
    codecommit.create_repository(repositoryName="app")
    commit = codecommit.put_file(
        repositoryName="app", branchName="main", filePath="buildspec.yml",
        fileContent=b"version: 0.2\nphases:\n  build:\n    commands:\n      - echo built from git\n")["commitId"]
    role = build_role(account, allow("codecommit:GitPull"))
    create_project(account, {}, role, source={
        "type": "CODECOMMIT", "location": "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/app"})
    build = wait_for_end(account, start(account, sourceVersion="main")["id"])
    assert build["buildStatus"] == "SUCCEEDED", build["phases"]
    assert build["resolvedSourceVersion"] == commit
    assert "built from git" in log_lines(account, build)


def test_a_role_without_permission_fails_the_source(account):
    account.client("codecommit").create_repository(repositoryName="app")
    create_project(account, {}, build_role(account), source={
        "type": "CODECOMMIT", "location": "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/app"})
    build = wait_for_end(account, start(account)["id"])
    assert build["buildStatus"] == "FAILED"
    assert phase(build, "DOWNLOAD_SOURCE")["phaseStatus"] in ("FAILED", "CLIENT_ERROR")
    assert "codecommit:GitPull" in json.dumps(phase(build, "DOWNLOAD_SOURCE")["contexts"])


def test_a_running_build_is_stopped(account):
    create_project(account, commands("echo begun", "sleep 600"), build_role(account))
    build_id = start(account)["id"]
    wait_for(lambda: get_build(account, build_id)["currentPhase"] == "BUILD", "the build phase")
    account.client("codebuild").stop_build(id=build_id)
    build = wait_for_end(account, build_id)
    assert build["buildStatus"] == "STOPPED"
    account.client("codebuild").stop_build(id=build_id)  # again: nothing changes
    assert get_build(account, build_id) == build


def test_a_build_is_retried_as_it_was(account):
    create_project(account, commands("echo try $COLOUR"), build_role(account))
    codebuild = account.client("codebuild")
    first = start(account, environmentVariablesOverride=[{"name": "COLOUR", "value": "red"}])
    wait_for_end(account, first["id"])
    second = codebuild.retry_build(id=first["id"])["build"]
    assert second["id"] != first["id"] and second["buildNumber"] == 2
    build = wait_for_end(account, second["id"])
    assert build["buildStatus"] == "SUCCEEDED"
    assert "try red" in log_lines(account, build)


def test_an_idempotency_token_starts_one_build(account):
    create_project(account, commands("true"), build_role(account))
    first = start(account, idempotencyToken="once")
    assert start(account, idempotencyToken="once")["id"] == first["id"]
    assert account.client("codebuild").list_builds_for_project(projectName="demo")["ids"] == [first["id"]]
    wait_for_end(account, first["id"])


def test_builds_are_listed_and_deleted(account):
    codebuild = account.client("codebuild")
    create_project(account, commands("true"), build_role(account))
    ids = [start(account)["id"] for _ in range(3)]
    for build_id in ids:
        wait_for_end(account, build_id)
    assert codebuild.list_builds_for_project(projectName="demo")["ids"] == ids[::-1]
    assert codebuild.list_builds(sortOrder="ASCENDING")["ids"] == ids
    deleted = codebuild.batch_delete_builds(ids=ids[:2])
    assert len(deleted["buildsDeleted"]) == 2
    assert codebuild.list_builds()["ids"] == ids[2:]
    found = codebuild.batch_get_builds(ids=ids)
    assert [build["id"] for build in found["builds"]] == ids[2:]
    assert found["buildsNotFound"] == ids[:2]


def test_a_build_in_progress_is_not_deleted(account):
    create_project(account, commands("sleep 600"), build_role(account))
    build_id = start(account)["id"]
    codebuild = account.client("codebuild")
    answer = codebuild.batch_delete_builds(ids=[build_id])
    assert answer["buildsNotDeleted"] == [{"id": build_id, "statusCode": "BUILD_IN_PROGRESS"}]
    codebuild.stop_build(id=build_id)
    wait_for_end(account, build_id)


def test_the_concurrent_build_limit_holds(account):
    create_project(account, commands("sleep 600"), build_role(account), concurrentBuildLimit=1)
    build_id = start(account)["id"]
    with pytest.raises(ClientError) as caught:
        start(account)
    assert caught.value.response["Error"]["Code"] == "AccountLimitExceededException"
    account.client("codebuild").stop_build(id=build_id)
    wait_for_end(account, build_id)


def test_unknown_projects_and_builds(account):
    codebuild = account.client("codebuild")
    for call, arguments in ((codebuild.start_build, {"projectName": "none"}),
                            (codebuild.stop_build, {"id": "none:1"}),
                            (codebuild.retry_build, {"id": "none:1"}),
                            (codebuild.list_builds_for_project, {"projectName": "none"})):
        with pytest.raises(ClientError) as caught:
            call(**arguments)
        assert caught.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_each_operation_needs_its_permission(account):
    create_project(account, commands("true"), build_role(account))
    build_id = start(account)["id"]
    wait_for_end(account, build_id)
    codebuild = account.user("nobody").client("codebuild")
    for name, arguments in (("start_build", {"projectName": "demo"}), ("stop_build", {"id": build_id}),
                            ("retry_build", {"id": build_id}), ("batch_get_builds", {"ids": [build_id]}),
                            ("batch_delete_builds", {"ids": [build_id]}), ("list_builds", {}),
                            ("list_builds_for_project", {"projectName": "demo"}), ("list_projects", {}),
                            ("batch_get_projects", {"names": ["demo"]}), ("delete_project", {"name": "demo"})):
        with pytest.raises(ClientError) as caught:
            getattr(codebuild, name)(**arguments)
        assert caught.value.response["Error"]["Code"] == "AccessDeniedException", name
    assert account.client("codebuild").list_builds()["ids"] == [build_id]


@pytest.mark.parametrize("overrides", [
    {"secondarySourcesOverride": [{"type": "S3", "location": "b/k", "sourceIdentifier": "../../etc"}]},
    {"secondarySourcesOverride": [{"type": "GITHUB", "location": "x", "sourceIdentifier": "a"}]},
    {"secondarySourcesOverride": [{"type": "NO_SOURCE", "sourceIdentifier": f"s{i}"} for i in range(13)]},
    {"secondaryArtifactsOverride": [{"type": "NO_ARTIFACTS", "artifactIdentifier": "a/b"}]},
    {"environmentVariablesOverride": [{"name": "A=B", "value": "c"}]},
])
def test_overrides_are_checked_as_projects_are(account, overrides):
    create_project(account, commands("true"), build_role(account))
    with pytest.raises(ClientError) as refusal:
        account.client("codebuild", validate=False).start_build(projectName="demo", **overrides)
    assert refusal.value.response["Error"]["Code"] == "InvalidInputException"
