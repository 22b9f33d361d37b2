"""One server for each test process, one new account for each test.

    def test_something(account):
        kms = account.client("kms")
        ...

`--db postgres` runs the server on a PostgreSQL of its own (tests/support/postgres). The server
is $SLIPWAY, or build/slipway. Its log is printed when tests failed.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading

import boto3
from botocore.config import Config
import pytest

from postgresql import Postgres
from rotation import write_hooks

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY_SECONDS = 60
STOP_SECONDS = 30
SANITIZER_REPORT = re.compile(
    r"ERROR: (Address|Leak)Sanitizer|WARNING: ThreadSanitizer|: runtime error: ")


def pytest_addoption(parser):
    parser.addoption("--db", choices=["sqlite", "postgres"], default="sqlite",
                     help="the database that the server runs on")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if outcome.get_result().failed:
        item.session.stash[_failed] = True


_failed = pytest.StashKey()


class Account:
    """An account and clients with one of its keys."""

    def __init__(self, server, account_id, access_key, secret, token=None):
        self.server = server
        self.id = account_id
        self.access_key = access_key
        self.secret = secret
        self.token = token

    def client(self, service, region=None, validate=True, config=None):
        """A boto3 client. validate=False sends what boto3 would refuse itself."""
        base = Config(parameter_validation=validate, retries={"total_max_attempts": 1},
                      s3={"addressing_style": "path"}, read_timeout=120)
        return self.server.session.client(
            service, region_name=region or self.server.region, endpoint_url=self.server.endpoint,
            aws_access_key_id=self.access_key, aws_secret_access_key=self.secret,
            aws_session_token=self.token, verify=self.server.ca_bundle or False,
            config=base.merge(config) if config else base)

    def with_key(self, access_key, secret, token=None):
        """The same account through another key."""
        return Account(self.server, self.id, access_key, secret, token)

    def user(self, name, *statements):
        """A new IAM user with these statements as its inline policy, and a key."""
        iam = self.client("iam")
        iam.create_user(UserName=name)
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="inline", PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": list(statements)}))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return self.with_key(key["AccessKeyId"], key["SecretAccessKey"])


class Server:
    def __init__(self, binary, database=None, arguments=(), master_key=None, **options):
        """options: of the process, as subprocess.Popen has them."""
        self.binary = str(binary)
        self.data = tempfile.mkdtemp(prefix="slipway-test-")
        if master_key:  # of another server on the same database
            os.mkdir(self.data + "/d", 0o700)
            shutil.copy(master_key, self.data + "/d/master.key")
        self.log_path = pathlib.Path(self.data) / "server.log"
        self.session = boto3.Session()
        self.command = [self.binary, "serve", "--data", self.data + "/d", "--listen", "127.0.0.1:0"]
        if database:
            self.command += ["--database", database]
        if "--rotation-hooks" not in arguments:
            self.command += ["--rotation-hooks", write_hooks(self.data)]
        self.command += arguments
        self.options = options
        self._start()

    def _start(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=log, text=True, **self.options)
        self.ready_line = self._wait_until_ready()
        self._read_env()

    def restart(self, meanwhile=None):
        """Ends the process, does something, and starts it again on the same data."""
        status = self._end()
        assert status == 0, "the server ended with %s" % status
        if meanwhile:
            meanwhile()
        self._start()

    def _wait_until_ready(self):
        timer = threading.Timer(READY_SECONDS, self.process.kill)
        timer.start()
        try:
            for line in self.process.stdout:
                if "is ready" in line:
                    return line
        finally:
            timer.cancel()
        raise AssertionError("the server did not start:\n" + self.log())

    def _read_env(self):
        text = subprocess.run([self.binary, "env", "--data", self.data + "/d"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        self.env = {}
        for line in text.splitlines():
            words = shlex.split(line)
            if len(words) == 2 and words[0] == "export":
                name, _, value = words[1].partition("=")
                self.env[name] = value
        self.endpoint = self.env["AWS_ENDPOINT_URL"]
        self.region = self.env["AWS_DEFAULT_REGION"]
        self.ca_bundle = self.env.get("AWS_CA_BUNDLE")

    def new_account(self):
        text = subprocess.run([self.binary, "admin", "account", "create", "--data", self.data + "/d"],
                              check=True, stdout=subprocess.PIPE, text=True).stdout
        values = dict(line.split("=", 1) for line in text.splitlines())
        return Account(self, values["AWS_ACCOUNT_ID"], values["AWS_ACCESS_KEY_ID"],
                       values["AWS_SECRET_ACCESS_KEY"])

    def log(self):
        return self.log_path.read_text(errors="replace")

    def _end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = "killed after %d seconds" % STOP_SECONDS
        self.process.stdout.close()
        return status

    def stop(self, keep_log):
        status = self._end()
        log = self.log()
        report = SANITIZER_REPORT.search(log)  # also of a child, whose end the server survives
        if report:
            print("\n---- report of a sanitizer ----\n" + log[max(report.start() - 200, 0):][:12000])
        if keep_log or status != 0:
            print("\n---- log of the server (last 200 lines) ----")
            print("\n".join(log.splitlines()[-200:]))
        shutil.rmtree(self.data, ignore_errors=True)
        assert status == 0, "the server ended with %s" % status
        assert not report, "a sanitizer reported: %s" % report.group()


def binary():
    return pathlib.Path(os.environ.get("SLIPWAY", ROOT / "build/slipway"))


@pytest.fixture(scope="session")
def database_url(request):
    """None: SQLite in the data directory."""
    if request.config.getoption("--db") == "sqlite":
        yield None
        return
    postgres = Postgres()
    yield postgres.url
    postgres.remove()


@pytest.fixture(scope="session")
def server(request, database_url):
    running = Server(binary(), database_url)
    yield running
    running.stop(keep_log=request.session.stash.get(_failed, False))


@pytest.fixture
def account(server):
    return server.new_account()


@pytest.fixture
def new_account(server):
    """Makes further accounts."""
    return server.new_account
