"""Deliveries of a trail whose server dies at each of their commits and writes, and by two servers at
once: each record comes once, to the bucket and to the log group, and the digests still fit."""
import concurrent.futures
import contextlib
import datetime

import pytest

from conftest import MovableServer
from postgresql import Postgres
from servers import Account
from trail_logs import events, log_group
from trail_world import records, trail_bucket, validate_logs
from waiting import wait_for

MOST = 100  # passes; one that never outlives its fault is a failure
STEP = datetime.timedelta(minutes=6)


def begin(account):
    bucket, cloudtrail = trail_bucket(account), account.client("cloudtrail")
    cloudtrail.create_trail(Name="one", S3BucketName=bucket, EnableLogFileValidation=True, **log_group(account))
    cloudtrail.start_logging(Name="one")
    return bucket


def users(found):
    return sorted(record["requestParameters"]["userName"] for record in found if record["eventName"] == "CreateUser")


def check(account, bucket, names):
    """Both have each of them, and nothing twice."""
    for found in (records(account, bucket), [record for _, record in events(account)]):
        assert users(found) == sorted(names)
        assert len({record["eventID"] for record in found}) == len(found)


def outlives(server, account, bucket, name):
    """Lets a delivery become due at a server with a fault; whether it came to its end."""
    def is_over():
        if server.process.poll() is not None:
            return "died"
        with contextlib.suppress(Exception):  # it may die at any moment, also of this look
            return name in users(records(account, bucket)) and name in users(r for _, r in events(account)) and "lived"

    server.ahead += STEP
    with contextlib.suppress(OSError, AssertionError):
        server._move(STEP)
    return wait_for(is_over, "the delivery or the end of the server") == "lived"


@pytest.mark.parametrize("point", ["commit", "blob-write", "blob-sync", "blob-rename"])
def test_each_record_comes_once_wherever_the_server_dies(new_server, tmp_path, point):
    server = new_server("--workers", "0")
    account, names = server.new_account(), []
    bucket = begin(account)
    for nth in range(1, MOST):
        names.append("u%d" % nth)
        account.client("iam").create_user(UserName=names[-1])
        server.kill()
        is_over = server.start_again("%s:%d" % (point, nth)) and outlives(server, account, bucket, names[-1])
        if is_over:
            server.kill()
        else:
            assert server.process.wait() == -9
            server.process.stdout.close()
        assert server.start_again()
        server.advance(minutes=6)
        check(account, bucket, names)
        if is_over:
            break
    print("%s: killed at %d passes" % (point, nth - 1))
    assert 1 < nth < MOST - 1, "%d passes of %s" % (nth, point)
    server.advance(minutes=61)
    said, errors = validate_logs(server, account, tmp_path)
    assert "INVALID" not in said + errors
    assert "digest files valid" in said and "log files valid" in said


@pytest.fixture
def two(clients_time):
    """Two servers on one PostgreSQL and one blob store."""
    with contextlib.ExitStack() as stack:
        database = Postgres()
        stack.callback(database.remove)
        first = MovableServer(database.url)
        stack.callback(first.stop, True)
        second = MovableServer(database.url, ["--workers", "0", "--blobs", first.data + "/d/blobs"],
                               first.data + "/d/master.key")
        stack.callback(second.stop, True)
        clients_time(first)
        yield first, second


def test_two_servers_deliver_each_record_once(two, tmp_path):
    account = two[0].new_account()
    there = Account(two[1], account.id, account.access_key, account.secret)
    bucket, names = begin(account), []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for i in range(6):
            for side, where in zip("ab", (account, there)):
                names.append("%s%d" % (side, i))
                where.client("iam").create_user(UserName=names[-1])
            list(pool.map(lambda server: server.advance(minutes=6), two))
        list(pool.map(lambda server: server.advance(minutes=6), two))
        check(account, bucket, names)
        list(pool.map(lambda server: server.advance(minutes=61), two))
    said, errors = validate_logs(two[0], account, tmp_path)
    assert "INVALID" not in said + errors and "digest files valid" in said
