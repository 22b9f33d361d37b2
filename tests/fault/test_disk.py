"""A full disk gives errors, loses nothing that was acknowledged, and is forgotten once there is space.

The server's data lies in a file system of DISK_MIB in a mount namespace that a process of ours
holds open; it is gone with that process. Without root it is a user namespace too.
"""
import contextlib
import os
import pathlib
import re
import subprocess

import botocore.exceptions
import pytest

from house import Failed, House, status_of

DISK_MIB = 48
WRITES = 400  # enough to use up whatever an engine keeps in reserve
OBJECT = os.urandom(1 << 20)


class FullDisk:
    def __init__(self, house):
        self.house = house
        mount = house.data / "server"
        mount.mkdir()
        identity = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
        self.holder = subprocess.Popen(
            ["unshare", "--mount", *identity, "sh", "-c",
             f"mount -t tmpfs -o size={DISK_MIB}m,mode=0700 none \"$1\" && echo held && exec sleep infinity",
             "sh", mount], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=house.env)
        assert self.holder.stdout.readline() == "held\n"
        enter = ["--user", "--preserve-credentials"] if identity else []
        house.prefix = ["nsenter", "--target", str(self.holder.pid), "--mount", *enter]
        self.filler = pathlib.Path(f"/proc/{self.holder.pid}/root{mount}/filler")

    def fill(self, leave=0):
        """Takes all space but `leave` bytes."""
        with open(self.filler, "ab", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(size))
        os.truncate(self.filler, max(0, self.filler.stat().st_size - leave))

    def free(self):
        self.filler.unlink(missing_ok=True)

    def close(self):
        self.holder.kill()
        self.holder.wait()
        self.holder.stdout.close()


@pytest.fixture
def house():
    with contextlib.ExitStack() as stack:
        made = stack.enter_context(House.open(["--workers", "0", "--tls", "off"]))
        made.disk = FullDisk(made)
        stack.callback(made.disk.close)
        stack.callback(made.stop)
        made.start_server()
        made.client("s3").create_bucket(Bucket="bucket")
        made.client("s3").put_object(Bucket="bucket", Key="before", Body=OBJECT)
        url = made.client("codecommit").create_repository(
            repositoryName="app")["repositoryMetadata"]["cloneUrlHttp"]
        made.use_git(url)
        made.first = made.commit("file", "first")
        made.git("push", "--quiet", "origin", "main")
        made.check_clone()
        yield made


def until_it_fails(write):
    """How often `write` was acknowledged before it failed as it should."""
    for count in range(WRITES):
        try:
            write(count)
        except botocore.exceptions.ClientError as error:
            assert status_of(error) >= 500, error
            assert re.fullmatch(r"[A-Za-z]+", error.response["Error"]["Code"]), error.response
            assert error.response["Error"]["Message"]
            return count
    pytest.fail(f"{WRITES} writes to a full disk were acknowledged")


def check_reads(house):
    assert house.client("s3").get_object(Bucket="bucket", Key="before")["Body"].read() == OBJECT
    assert house.remote_refs()["refs/heads/main"] == house.git("rev-parse", "origin/main").strip()
    assert house.check_clone()
    repository = house.client("codecommit").get_repository(repositoryName="app")
    assert repository["repositoryMetadata"]["repositoryName"] == "app"
    assert house.http("/healthz")[0] == 200


def check_writes(house):
    house.client("iam").create_user(UserName="after")
    house.client("s3").put_object(Bucket="bucket", Key="after", Body=OBJECT)
    assert house.client("s3").get_object(Bucket="bucket", Key="after")["Body"].read() == OBJECT
    house.git("push", "--quiet", "origin", "main")
    assert house.remote_refs()["refs/heads/main"] == house.git("rev-parse", "HEAD").strip()


def names_of_users(house):
    return {user["UserName"] for page in house.client("iam").get_paginator("list_users").paginate()
            for user in page["Users"]}


def test_a_full_disk_gives_errors_and_is_forgotten_when_there_is_space(house):
    s3, iam = house.client("s3"), house.client("iam")
    pid = house.server.pid
    house.disk.fill()
    objects = until_it_fails(lambda n: s3.put_object(Bucket="bucket", Key=f"object-{n}", Body=OBJECT))
    house.commit("big", os.urandom(1 << 19).hex())
    with pytest.raises(Failed, match="(?s)git push.*(remote|error)"):
        house.git("push", "--quiet", "origin", "main")
    users = until_it_fails(lambda n: iam.create_user(UserName=f"user-{n}"))
    check_reads(house)

    house.disk.free()
    check_writes(house)
    assert house.server.pid == pid and house.server.poll() is None
    keys = {item["Key"] for item in s3.list_objects_v2(Bucket="bucket").get("Contents", [])}
    assert keys == {"before", "after"} | {f"object-{n}" for n in range(objects)}
    assert names_of_users(house) == {"after"} | {f"user-{n}" for n in range(users)}
    check_reads(house)


def test_failed_writes_give_their_space_back(house):
    """Half of an object, or of a push, is not kept for ever."""
    house.commit("big", os.urandom(1 << 21).hex())
    house.disk.fill(leave=1 << 20)
    for number in range(4):
        with pytest.raises(botocore.exceptions.ClientError):
            house.client("s3").put_object(Bucket="bucket", Key=f"too-big-{number}", Body=OBJECT * 3)
        with pytest.raises(Failed):
            house.git("push", "--quiet", "origin", "main")
    house.client("s3").put_object(Bucket="bucket", Key="small", Body=OBJECT[:1 << 16])
    house.disk.free()
    check_writes(house)


def test_a_server_killed_on_a_full_disk_comes_back(house):
    iam = house.client("iam")
    house.disk.fill()
    users = until_it_fails(lambda n: iam.create_user(UserName=f"user-{n}"))
    house.kill_server()
    try:
        house.start_server()
        check_reads(house)
        house.kill_server()
    except Failed:
        # It may refuse, if it says why.
        assert house.server.returncode == 2, house.log_tail()
        assert re.search("slipway.*(space|full)", house.log_tail().splitlines()[-1]), house.log_tail()
    house.disk.free()
    house.start_server()
    assert names_of_users(house) == {f"user-{n}" for n in range(users)}
    check_reads(house)
    house.commit("file", "second")
    check_writes(house)
