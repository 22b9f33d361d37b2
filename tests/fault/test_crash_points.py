"""The store killed at each commit, write, sync and rename: what is found afterwards is consistent.

A build with -Dfaults=true ($SLIPWAY_FAULTS, or build-fault/slipway) kills itself at the n-th pass of
a point. Each test goes through n = 1, 2, 3 … until the scenario outlives it.
"""
import contextlib
import json
import os
import pathlib
import shutil

import botocore.exceptions
import pytest

from house import ROOT, UNREACHABLE, Failed, House, status_of

FAULTY = pathlib.Path(os.environ.get("SLIPWAY_FAULTS", ROOT / "build-fault/slipway"))
MOST = 200  # passes; a matrix that does not end is a failure
OBJECT = os.urandom(1 << 20)
TRUST = {"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codebuild.amazonaws.com"}}}
GIT = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "codecommit:*", "Resource": "*"}}


def prepare(house):
    """A user with a password for git, and a project; kept as the data that each run begins with."""
    house.start_server()
    iam = house.client("iam")
    iam.create_role(RoleName="build", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_user(UserName="developer")
    iam.put_user_policy(UserName="developer", PolicyName="git", PolicyDocument=json.dumps(GIT))
    house.client("codebuild").create_project(
        name="app", serviceRole=iam.get_role(RoleName="build")["Role"]["Arn"],
        source={"type": "NO_SOURCE", "buildspec": "version: 0.2\nphases: {build: {commands: [true]}}\n"},
        artifacts={"type": "NO_ARTIFACTS"},
        environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
                     "computeType": "BUILD_GENERAL1_SMALL"})
    house.use_git(f"{house.endpoint}/v1/repos/app")
    house.use_password("developer")
    house.client("s3").create_bucket(Bucket="bucket")
    house.commit("file", os.urandom(1 << 19).hex())
    house.git("tag", "v1")
    house.stop()
    house.processes.clear()
    shutil.copytree(house.data / "server", house.data / "base")


@pytest.fixture
def house():
    with House.open(["--workers", "0", "--tls", "off"]) as made:
        prepare(made)
        yield made


@contextlib.contextmanager
def faulty(house, point, nth):
    """Starts are of the build that kills itself."""
    good = house.binary
    house.binary, house.env["SLIPWAY_FAULT"] = FAULTY, f"{point}:{nth}"
    try:
        yield
    finally:
        house.binary = good
        del house.env["SLIPWAY_FAULT"]


def start_faulty(house, point, nth):
    """Whether it lived until it was ready."""
    assert FAULTY.exists(), f"{FAULTY} is missing: `make test-fault` builds it"
    with faulty(house, point, nth):
        try:
            house.start_server()
        except Failed:
            assert house.server.returncode == -9, house.log_tail()
            return False
    return True


def scenario(house):
    """What was acknowledged before the server died: names of steps."""
    done = []
    try:
        house.client("codecommit").create_repository(repositoryName="app")
        done.append("create")
        house.git("push", "--quiet", "--atomic", "origin", "main", "v1")
        done.append("push")
        house.client("codebuild").start_build(projectName="app")
        done.append("build")
        house.client("s3").put_object(Bucket="bucket", Key="object", Body=OBJECT)
        done.append("object")
    except (Failed, *UNREACHABLE):
        pass
    except botocore.exceptions.ClientError as error:
        assert status_of(error) >= 500, error
    return done


def finish(house, done):
    """After the crash: what was acknowledged is there, nothing is by halves, and the rest can be done."""
    codecommit, codebuild = house.client("codecommit"), house.client("codebuild")
    names = [found["repositoryName"] for found in codecommit.list_repositories()["repositories"]]
    assert names in ([], ["app"])
    if names:
        refs = house.remote_refs()
        assert set(refs) in (set(), {"HEAD", "refs/heads/main", "refs/tags/v1"}), "a half of a push is visible"
        assert refs or "push" not in done, "the acknowledged push is missing"
    else:
        assert not done, "the acknowledged repository is missing"
        codecommit.create_repository(repositoryName="app")
    builds = codebuild.list_builds_for_project(projectName="app")["ids"]
    assert len(builds) <= 1 and (builds or "build" not in done)
    check_object(house, done)
    house.git("push", "--quiet", "--atomic", "origin", "main", "v1")
    assert house.check_clone() == [house.git("rev-parse", "HEAD").strip()]
    codebuild.start_build(projectName="app")


def check_object(house, done):
    s3 = house.client("s3")
    listed = s3.list_objects_v2(Bucket="bucket").get("Contents", [])
    assert listed or "object" not in done, "the acknowledged object is missing"
    if not listed:
        s3.put_object(Bucket="bucket", Key="object", Body=OBJECT)
    assert s3.get_object(Bucket="bucket", Key="object")["Body"].read() == OBJECT


def fsck(house):
    house.run(house.binary, "admin", "fsck", "--data", house.data / "server")


@pytest.mark.parametrize("point", ["commit", "blob-write", "blob-sync", "blob-rename", "blob-sync-dir"])
def test_a_store_killed_at_any_pass_of(point, house):
    for nth in range(1, MOST):
        shutil.rmtree(house.data / "server")
        shutil.copytree(house.data / "base", house.data / "server")
        done = scenario(house) if start_faulty(house, point, nth) else []
        is_over = len(done) == 4 and house.server.poll() is None
        assert is_over or house.server.wait() == -9, (nth, done)
        if is_over:
            house.kill_server()
        house.start_server()
        finish(house, done)
        house.kill_server()
        fsck(house)
        if is_over:
            print(f"{point}: killed at {nth - 1} passes")
            assert nth > 1, f"the scenario never passes {point}"
            return
    pytest.fail(f"{MOST} passes of {point} and no end")


def test_a_first_start_killed_at_any_commit():
    with House.open(["--workers", "0", "--tls", "off"]) as house:
        for nth in range(1, MOST):
            shutil.rmtree(house.data / "server", ignore_errors=True)
            is_over = start_faulty(house, "commit", nth)
            if is_over:
                house.kill_server()
            house.clients.clear()
            house.start_server()
            arn = house.client("sts").get_caller_identity()["Arn"]
            assert arn.endswith(":root")
            house.kill_server()
            if is_over:
                print(f"first start: killed at {nth - 1} commits")
                assert nth > 1
                return
        pytest.fail(f"{MOST} commits and no end")
