"""A PostgreSQL that goes away gives errors and is missed by /readyz; when it is back all goes on."""
import contextlib
import os
import re
import signal
import subprocess

import botocore.exceptions
import pytest

from house import UNREACHABLE, House, processes, status_of, wait
from postgresql import Postgres


class Fragile(Postgres):
    def kill(self):
        """kill -9 of every one of its processes at once."""
        first = int((self.directory / "data/postmaster.pid").read_text().split()[0])
        group = [first] + [pid for pid, (parent, _) in processes().items() if parent == first]
        for pid in group:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait("PostgreSQL to be gone", lambda: not set(group) & set(processes()))

    def psql(self, statement):
        done = subprocess.run(["psql", "-qAt", "-d", self.url, "-c", statement], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def cut(self):
        """Ends every connection but the one that asks for it; how many."""
        return int(self.psql("select count(pg_terminate_backend(pid)) from pg_stat_activity "
                             "where pid <> pg_backend_pid() and backend_type = 'client backend'"))


@pytest.fixture(scope="module")
def postgres():
    database = Fragile()
    yield database
    database.remove()


@pytest.fixture(scope="module")
def house(postgres):
    with House.open(["--database", postgres.url, "--workers", "1"]) as made:
        made.start_server()
        iam, codebuild = made.client("iam"), made.client("codebuild")
        iam.create_role(RoleName="build", AssumeRolePolicyDocument=setup_trust())
        iam.put_role_policy(RoleName="build", PolicyName="logs", PolicyDocument=(
            '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}'))
        role = iam.get_role(RoleName="build")["Role"]["Arn"]
        codebuild.create_project(
            name="slow", serviceRole=role, artifacts={"type": "NO_ARTIFACTS"},
            source={"type": "NO_SOURCE", "buildspec": "version: 0.2\nphases:\n  build:\n    commands:\n"
                                                      "      - sleep 2\n      - echo done\n"},
            environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
                         "computeType": "BUILD_GENERAL1_SMALL"})
        url = made.client("codecommit").create_repository(
            repositoryName="app")["repositoryMetadata"]["cloneUrlHttp"]
        made.use_git(url)
        made.commit("file", "first")
        made.git("push", "--quiet", "origin", "main")
        yield made


def setup_trust():
    return ('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",'
            '"Principal":{"Service":"codebuild.amazonaws.com"}}}')


def failure_of(call):
    """The error that the server answered with, which has AWS's shape."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call()
    error = caught.value
    assert status_of(error) >= 500, error
    assert re.fullmatch(r"[A-Za-z]+", error.response["Error"]["Code"]), error.response
    assert error.response["Error"]["Message"]
    assert "postgres" not in str(error).lower(), "the message tells about the inside"
    return error


def wait_until_ready(house):
    wait("/readyz", lambda: house.http("/readyz")[0] == 200)


def status_of_build(house, build):
    answer = house.client("codebuild").batch_get_builds(ids=[build])
    return answer["builds"][0]["buildStatus"]


def check_works(house):
    """Reads, writes and pushes do."""
    name = f"user-{os.urandom(4).hex()}"
    house.client("iam").create_user(UserName=name)
    assert house.client("iam").get_user(UserName=name)["User"]["UserName"] == name
    commit = house.commit("file", name)
    house.git("push", "--quiet", "origin", "main")
    assert house.remote_refs()["refs/heads/main"] == commit


def check_outage(house):
    assert house.http("/readyz") == (503, "the database does not answer\n")
    assert house.http("/healthz")[0] == 200
    for service, call in (("iam", lambda c: c.list_users()), ("iam", lambda c: c.create_user(UserName="lost")),
                          ("s3", lambda c: c.list_buckets()), ("codecommit", lambda c: c.list_repositories()),
                          ("codebuild", lambda c: c.start_build(projectName="slow")),
                          ("sts", lambda c: c.get_caller_identity())):
        failure_of(lambda: call(house.client(service)))
    before = house.git("rev-parse", "HEAD").strip()
    house.commit("file", os.urandom(8).hex())
    with pytest.raises(Exception, match="(?s)git push"):
        house.git("push", "--quiet", "origin", "main")
    house.git("reset", "--quiet", "--hard", before)


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_a_database_that_goes_away_gives_errors_until_it_is_back(house, postgres, way):
    pid = house.server.pid
    build = house.client("codebuild").start_build(projectName="slow")["build"]["id"]
    getattr(postgres, way)()
    try:
        check_outage(house)
    finally:
        postgres.start()
    wait_until_ready(house)
    check_works(house)
    assert house.server.poll() is None and house.server.pid == pid
    # What was under way goes on: on this worker, or on another lease of it.
    wait("the build", lambda: status_of_build(house, build) == "SUCCEEDED")
    users = [user["UserName"] for user in house.client("iam").list_users()["Users"]]
    assert "lost" not in users


def test_cut_connections_are_made_again(house, postgres, dice):
    build = house.client("codebuild").start_build(projectName="slow")["build"]["id"]
    made, refused = [], 0
    for number in range(60):
        if dice.random() < 0.3:
            postgres.cut()
        name = f"cut-{number}-{os.urandom(2).hex()}"
        try:
            house.client("iam").create_user(UserName=name)
            made.append(name)
        except botocore.exceptions.ClientError as error:
            assert status_of(error) >= 500, error
            refused += 1
        except UNREACHABLE as error:
            pytest.fail(f"the server itself was not there: {error}")
    postgres.cut()
    wait_until_ready(house)
    users = {user["UserName"] for page in house.client("iam").get_paginator("list_users").paginate()
             for user in page["Users"]}
    assert set(made) <= users
    assert len(made) > refused, "a lost connection should seldom be noticed"
    check_works(house)
    wait("the build", lambda: status_of_build(house, build) == "SUCCEEDED")
