"""A worker that is killed leaves nothing that its successor does not clear away."""
import contextlib
import pathlib
import sqlite3

from house import House, wait

BUILDSPEC = """
version: 0.2
phases:
  build:
    commands:
      - mkdir -p closed/inside
      - chmod 0 closed
      - echo waiting
      - test -n "$QUICK" || sleep 600
"""


def set_up(house):
    house.start_server()
    iam = house.client("iam")
    iam.create_role(RoleName="build", AssumeRolePolicyDocument=(
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",'
        '"Principal":{"Service":"codebuild.amazonaws.com"}}}'))
    iam.put_role_policy(RoleName="build", PolicyName="logs", PolicyDocument=(
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}'))
    house.client("codebuild").create_project(
        name="app", serviceRole=iam.get_role(RoleName="build")["Role"]["Arn"],
        source={"type": "NO_SOURCE", "buildspec": BUILDSPEC}, artifacts={"type": "NO_ARTIFACTS"},
        environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
                     "computeType": "BUILD_GENERAL1_SMALL"})


def workspaces(house):
    return set((house.directory / "tmp").glob("slipway-worker-*/build-*"))


def start_build(house, **variables):
    return house.client("codebuild").start_build(projectName="app", environmentVariablesOverride=[
        {"name": name, "value": value} for name, value in variables.items()])["build"]["id"]


@contextlib.contextmanager
def busy_house():
    """A house, a build that sleeps in it, and the build's workspace."""
    with House.open(["--workers", "1"]) as house:
        set_up(house)
        build = start_build(house)
        wait("the build's command", lambda: any(list((found / "output").glob("**/closed"))
                                                for found in workspaces(house)))
        yield house, build, workspaces(house)


def test_the_directories_of_a_killed_worker_are_cleared_by_the_next():
    with busy_house() as (house, _, old):
        house.kill_server()
        assert workspaces(house) == old, "nobody was left to clear them"
        house.start_server()
        wait("the new worker to clear them", lambda: not workspaces(house) & old)
        record = pathlib.Path(house.data / "server/work")
        assert record.read_text().strip() == str(next((house.directory / "tmp").glob("slipway-worker-*")))


def row_of(house, build, *columns):
    with contextlib.closing(sqlite3.connect(house.data / "server/slipway.db", timeout=60)) as rows:
        return rows.execute(f"select {', '.join(columns)} from codebuild_build where id = ?", [build]).fetchone()


def lengthen_lease(house, build):
    """So that it is not the end of its lease that gives the build back."""
    with contextlib.closing(sqlite3.connect(house.data / "server/slipway.db")) as rows:
        rows.execute("update codebuild_build set lease_until = lease_until + 86400000 where id = ?", [build])
        rows.commit()


def test_a_build_that_was_running_starts_again_with_the_server():
    with busy_house() as (house, build, old):
        house.kill_server()
        lengthen_lease(house, build)
        house.start_server()
        wait("the build to be leased again", lambda: row_of(house, build, "attempts") == (2,))
        wait("its command", lambda: any(list((found / "output").glob("**/closed"))
                                        for found in workspaces(house) - old))


def test_a_worker_killed_alone_is_started_again_clears_up_and_goes_on():
    with busy_house() as (house, asleep, old):
        killed = house.worker()
        house.kill_worker()
        wait("a new worker", lambda: house.worker() not in (None, killed))
        wait("the new worker to clear up", lambda: not workspaces(house) & old)
        wait("the build to be leased again", lambda: row_of(house, asleep, "attempts") == (2,))
        house.client("codebuild").stop_build(id=asleep)
        build = start_build(house, QUICK="yes")
        codebuild = house.client("codebuild")
        wait("a build", lambda: codebuild.batch_get_builds(ids=[build])["builds"][0]["buildStatus"]
             == "SUCCEEDED")


def test_a_directory_that_others_can_write_is_not_used():
    with House.open(["--workers", "1"]) as house:
        set_up(house)
        trap = house.directory / "tmp/trap"
        (trap / "build-precious").mkdir(parents=True)
        trap.chmod(0o777)
        house.kill_server()
        (house.data / "server/work").write_text(str(trap))
        house.start_server()
        wait("a build", lambda: finished(house, start_build(house, QUICK="yes")))
        assert (trap / "build-precious").is_dir()
        (trap / "build-precious").rmdir()
        trap.rmdir()
        # The one of the first start is not named by anything any more.
        for found in (house.directory / "tmp").glob("slipway-worker-*"):
            if str(found) != (house.data / "server/work").read_text().strip():
                found.rmdir()


def finished(house, build):
    codebuild = house.client("codebuild")
    return wait("the build", lambda: codebuild.batch_get_builds(ids=[build])["builds"][0]["buildStatus"]
                == "SUCCEEDED")
