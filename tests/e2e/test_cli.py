"""The command line: what is refused and how, health, metrics, stopping, restarting."""
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import urllib.request

import pytest

import servers

SECONDS = 60


def slipway(*arguments):
    return subprocess.run([str(servers.binary()), *map(str, arguments)], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS)


def refused(*arguments):
    """The one line on standard error of a command that ends with 2."""
    done = slipway(*arguments)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.startswith("slipway: ") and done.stderr.count("\n") == 1, done.stderr
    return done.stderr[len("slipway: "):].rstrip("\n")


class Running:
    """`slipway serve` on a directory that stays when it stops."""

    def __init__(self, data, *arguments):
        self.data, self.log = pathlib.Path(data), pathlib.Path(str(data) + ".log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(servers.binary()), "serve", "--data", str(data), "--listen", "127.0.0.1:0", "--tls", "off",
                 "--workers", "0", *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        self.line = self.process.stdout.readline()
        assert " is ready at http://127.0.0.1:" in self.line, self.log.read_text()
        self.endpoint = self.line.split(" is ready at ")[1].split(" ")[0]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(SECONDS)
        self.process.stdout.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def aws(self, *arguments):
        return slipway("aws", "--data", self.data, *arguments, "--output", "text")

    def get(self, path):
        with urllib.request.urlopen(self.endpoint + path, timeout=SECONDS) as answer:
            return answer.status, answer.read().decode()


@pytest.fixture
def data(tmp_path):
    return tmp_path / "d"


# ---- Refused

def test_no_command():
    done = slipway()
    assert done.returncode == 2 and done.stderr.startswith("usage: slipway COMMAND")


@pytest.mark.parametrize("arguments, line", [
    (["nonsense"], 'unknown command "nonsense" (see "slipway help")'),
    (["serve"], 'serve: --data DIR is needed (see "slipway help")'),
    (["serve", "--data"], None),
    (["serve", "--nonsense", "--data", "D"], None),
    (["serve", "--data", "D", "word"], None),
    (["serve", "--data", "D", "--listen", "8443"], 'serve: --listen "8443" is not HOST:PORT (see "slipway help")'),
    (["serve", "--data", "D", "--listen", "h:99999"], 'serve: --listen "h:99999" is not HOST:PORT (see "slipway help")'),
    (["serve", "--data", "D", "--tls", "maybe"],
     'serve: --tls "maybe" is none of auto, off, CERT,KEY (see "slipway help")'),
    (["serve", "--data", "D", "--account-id", "12"], 'serve: --account-id "12" is not 12 digits (see "slipway help")'),
    (["serve", "--data", "D", "--region", "Mars!"],
     'serve: --region "Mars!" is not a region\'s name (see "slipway help")'),
    (["serve", "--data", "D", "--database", "mysql://h"],
     'serve: --database "mysql://h" is neither sqlite nor postgres://… (see "slipway help")'),
    (["serve", "--data", "D", "--workers", "many"],
     'serve: --workers "many" is not a number from 0 to 1024 (see "slipway help")'),
    (["serve", "--data", "D", "--ssh", "h:22"],
     'serve: --ssh "h:22": git over SSH is not supported yet; use HTTPS (see "slipway help")'),
    (["env"], 'env: --data DIR is needed (see "slipway help")'),
    (["aws", "sts"], None),
    (["admin"], 'admin: no such admin command: "" (see "slipway help")'),
    (["admin", "account"], 'admin: no such admin command: "account" (see "slipway help")'),
    (["admin", "fsck"], 'admin: --data DIR is needed (see "slipway help")'),
    (["admin", "fsck", "extra", "--data", "D"], None),
])
def test_bad_arguments(arguments, line, tmp_path):
    arguments = [str(tmp_path / "D") if word == "D" else word for word in arguments]
    said = refused(*arguments)
    assert line is None or said == line
    assert not (tmp_path / "D").exists(), "nothing is made before the arguments are read"


def test_plain_http_is_for_loopback_only(data):
    for host in ("0.0.0.0", "192.0.2.1", "example.org", ""):
        assert refused("serve", "--data", data, "--listen", host + ":0", "--tls", "off") == (
            'serve: --tls off is accepted on loopback only, not on "%s" (see "slipway help")' % (host or "0.0.0.0"))


def test_a_busy_port(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused("serve", "--data", data, "--listen", "127.0.0.1:%d" % port, "--tls", "off")
    assert str(port) in said and "in use" in said


def test_a_data_directory_that_is_a_file(tmp_path):
    (tmp_path / "f").write_text("")
    assert str(tmp_path / "f") in refused("serve", "--data", tmp_path / "f")
    assert str(tmp_path / "f") in refused("serve", "--data", tmp_path / "f" / "below")


def test_a_data_directory_that_cannot_be_read(data):
    data.mkdir(mode=0o000)
    command = ["serve", "--data", str(data)]
    if os.geteuid() == 0:  # nobody is to be refused
        os.chmod(data.parent, 0o755)
        for parent in data.parents:
            if not parent.stat().st_mode & 0o001:
                os.chmod(parent, parent.stat().st_mode | 0o011)
        done = subprocess.run([str(servers.binary()), *command], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, user=65534, group=65534, extra_groups=[], timeout=SECONDS)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done
        said = done.stderr
    else:
        said = refused(*command)
    assert str(data) in said and "not readable and writable" in said


def test_a_database_of_a_newer_schema(data):
    with Running(data) as server:
        assert server.stop() == 0
    connection = sqlite3.connect(str(data / "slipway.db"))
    column = [row[1] for row in connection.execute("pragma table_info(schema_version)")]
    connection.execute("update schema_version set %s = 999 where service = 'kms'" % column[1])
    connection.commit()
    connection.close()
    said = refused("serve", "--data", data)
    assert "kms" in said and "newer" in said


def test_a_second_server_on_the_same_directory(data):
    with Running(data) as server:
        assert refused("serve", "--data", data) == 'another server runs on data directory "%s"' % data
        assert server.get("/healthz")[0] == 200, "the first is untouched"
        assert server.aws("sts", "get-caller-identity").returncode == 0


def test_a_master_key_that_others_may_read(data):
    with Running(data) as server:
        assert server.stop() == 0
    os.chmod(data / "master.key", 0o644)
    assert "master.key" in refused("serve", "--data", data)


def test_commands_without_a_server(tmp_path):
    for command in (["env", "--data", tmp_path], ["aws", "--data", tmp_path, "sts", "get-caller-identity"]):
        assert refused(*command).startswith('no server has been started on "%s"' % tmp_path)


# ---- Running

def test_version_and_help():
    assert slipway("version").stdout.startswith("slipway ")
    done = slipway("help")
    assert done.returncode == 0 and "serve" in done.stdout and done.stderr == ""


def test_health_readiness_and_metrics(data):
    with Running(data) as server:
        assert server.get("/healthz")[0] == 200
        assert server.get("/readyz")[0] == 200
        assert server.aws("sts", "get-caller-identity").returncode == 0
        status, text = server.get("/metrics")
        assert status == 200
        assert 'slipway_requests_total{service="sts",operation="GetCallerIdentity",status="200"} 1' in text
        for line in text.splitlines():
            assert line.startswith("#") or len(line.rsplit(" ", 1)) == 2, line


def test_what_lies_in_the_data_directory(data):
    with Running(data) as server:
        for name in ("credentials", "master.key", "slipway.db", "server.json"):
            assert (data / name).stat().st_mode & 0o777 == 0o600, name
        assert data.stat().st_mode & 0o777 == 0o700
        text = (data / "credentials").read_text().splitlines()
        assert text[0] == "[default]"
        assert text[1].startswith("aws_access_key_id = AKIA") and text[2].startswith("aws_secret_access_key = ")
        assert server.stop() == 0
    assert not (data / "server.json").exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_gracefully(data, how):
    with Running(data) as server:
        assert server.aws("sts", "get-caller-identity").returncode == 0
        assert server.stop(how) == 0
    assert not (data / "slipway.db-wal").exists(), "the log was moved into the database"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_keeps_what_was_acknowledged(data, how):
    with Running(data) as server:
        before = (data / "credentials").read_text()
        assert server.aws("iam", "create-user", "--user-name", "kept").returncode == 0
        server.stop(how)
    with Running(data) as server:
        assert (data / "credentials").read_text() == before
        assert server.aws("iam", "get-user", "--user-name", "kept").returncode == 0
        assert server.stop() == 0


def test_a_new_root_key_when_the_credentials_are_gone(data):
    with Running(data) as server:
        before = (data / "credentials").read_text()
        identity = server.aws("sts", "get-caller-identity").stdout
        assert server.stop() == 0
    (data / "credentials").unlink()
    with Running(data) as server:
        assert (data / "credentials").read_text() != before
        assert (data / "credentials").stat().st_mode & 0o777 == 0o600
        assert server.aws("sts", "get-caller-identity").stdout == identity
        assert server.stop() == 0


def test_env_is_safe_for_a_shell(data):
    with Running(data, "--region", "eu-central-1", "--account-id", "111122223333") as server:
        script = 'eval "$(%s env --data %s)" && echo "$AWS_ENDPOINT_URL $AWS_DEFAULT_REGION"' % (
            servers.binary(), data)
        out = subprocess.run(["sh", "-c", script], stdout=subprocess.PIPE, text=True, check=True).stdout
        assert out == "%s eu-central-1\n" % server.endpoint
        assert "111122223333" in server.aws("sts", "get-caller-identity").stdout
