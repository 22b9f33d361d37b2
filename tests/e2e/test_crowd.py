"""Many clients at once, of whom nobody knows who they are: what they can take, and what they cannot."""
import contextlib
import datetime
import os
import re
import resource
import socket
import urllib.parse

import pytest

import raw
import servers
from waiting import wait_for

pytestmark = pytest.mark.once

CROWD = 10000
MIB = 1 << 20


@pytest.fixture
def server():
    """Without TLS, whose handshakes would be most of the time."""
    running = servers.Server(servers.binary(), arguments=["--workers", "0", "--tls", "off"])
    yield running
    running.stop(keep_log=False)


@pytest.fixture
def many_files():
    """So many descriptors for this process; a server raises its own limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CROWD + 1000
    if hard < wanted and (os.geteuid() != 0 or os.environ.get("CI")):
        pytest.fail("no more than %d open files are allowed" % hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), max(hard, wanted)))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, max(hard, wanted)))


class Crowd(contextlib.ExitStack):
    def __init__(self, server):
        super().__init__()
        url = urllib.parse.urlsplit(server.endpoint)
        self.at = (url.hostname, url.port)

    def come(self, hello=b""):
        connection = self.enter_context(socket.create_connection(self.at, timeout=60))
        try:
            connection.sendall(hello)
        except ConnectionError:
            pass  # closed already: what a server may do
        return connection


def metric(server, name):
    text = raw.send(server, "GET", "/metrics").body.decode()
    return int(re.search(r"^%s (\d+)$" % name, text, re.M).group(1))


def files_of(server):
    return len(os.listdir("/proc/%d/fd" % server.process.pid))


def memory_of(server):
    with open("/proc/%d/status" % server.process.pid) as status:
        return int(re.search(r"^RssAnon:\s+(\d+) kB", status.read(), re.M).group(1)) * 1024


def check_work(account, times=20):
    """Signed calls that read and write."""
    s3 = account.client("s3")
    bucket = "work-" + account.id
    s3.create_bucket(Bucket=bucket)
    for i in range(times):
        s3.put_object(Bucket=bucket, Key=str(i), Body=b"x" * 100000)
        assert account.client("sts").get_caller_identity()["Account"] == account.id
        assert s3.get_object(Bucket=bucket, Key=str(i))["Body"].read() == b"x" * 100000


def test_ten_thousand_idle_connections(server, many_files):
    account = server.new_account()
    check = metric(server, "slipway_connections")
    files = files_of(server)
    with Crowd(server) as crowd:
        for i in range(CROWD):
            crowd.come(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n" if i % 2 else b"")
        wait_for(lambda: metric(server, "slipway_connections") >= CROWD, "all to have come")
        assert files_of(server) >= CROWD
        check_work(account)
        assert metric(server, "slipway_connections") >= CROWD  # nobody was sent away for it
        assert memory_of(server) < CROWD * 48 * 1024
    wait_for(lambda: metric(server, "slipway_connections") <= check + 1, "all to have gone")
    wait_for(lambda: files_of(server) <= files + 20, "their descriptors")  # boto3 keeps some connections
    check_work(server.new_account(), times=1)


UNKNOWN = (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: %s\r\n"
           b"X-Amz-Date: %s\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/%s/us-east-1/%s/"
           b"aws4_request, SignedHeaders=host, Signature=" + b"0" * 64 + b"\r\n")
UNSIGNED = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: %s\r\n"
TARGET = b"CodeCommit_20150413.PutFile"


def unknown_key():
    now = datetime.datetime.now(datetime.timezone.utc)
    return UNKNOWN % (TARGET, now.strftime("%Y%m%dT%H%M%SZ").encode(), now.strftime("%Y%m%d").encode(), b"codecommit")


@pytest.mark.parametrize("head", [UNSIGNED % TARGET, unknown_key()], ids=["unsigned", "unknown key"])
@pytest.mark.parametrize("framing", [b"Content-Length: %d\r\n\r\n" % (15 * MIB),
                                     b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % (15 * MIB)], ids=["length", "chunked"])
def test_large_bodies_of_strangers_are_not_kept(server, head, framing):
    account = server.new_account()
    before = memory_of(server)
    with Crowd(server) as crowd:
        for _ in range(100):
            crowd.come(head + framing + b"x" * MIB)
        check_work(account)
        assert memory_of(server) - before < 64 * MIB


def test_strangers_that_never_end_leave_handlers_for_others(server):
    account = server.new_account()
    form = (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n10000\r\n" + b"x" * 0x10000 + b"\r\n")
    with Crowd(server) as crowd:
        for _ in range(200):
            crowd.come(form)
        check_work(account)
        answers = [crowd.come(form + b"0\r\n\r\n").recv(4096) for _ in range(3)]
    assert all(answer.startswith(b"HTTP/1.1 400 ") for answer in answers)


def test_small_bodies_that_never_end_are_small(server):
    account = server.new_account()
    before = memory_of(server)
    with Crowd(server) as crowd:
        for _ in range(500):
            crowd.come(UNSIGNED % TARGET + b"Content-Length: 60000\r\n\r\nx")
        check_work(account)
        assert memory_of(server) - before < 500 * 48 * 1024 + 16 * MIB
