"""A server, its worker and its agents that can be killed and started again, on one port.

    with House.open() as house:
        house.start_server()
        house.kill_server()
        house.start_server()        # the same endpoint, the same data

Everything lies below one directory, temporary files too. At the end the house checks that
nothing is left: no process that belonged to it, no mount, no file outside of its data.
"""
import contextlib
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
import ssl

import boto3
import botocore.exceptions
import botocore.parsers
from botocore.config import Config

from waiting import PATIENCE_SECONDS, POLL_SECONDS, wait_for
from world import World, Failed

ROOT = pathlib.Path(__file__).resolve().parents[2]

READY_SECONDS = 60
# Below the range that the kernel takes the ports of clients from: nobody takes it meanwhile.
PORTS = range(12000, 30000)
UNREACHABLE = (botocore.exceptions.ConnectionError, botocore.exceptions.HTTPClientError,
               botocore.parsers.ResponseParserError)


def unused_port():
    for port in random.SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Failed("there is no free port")


def wait(what, look, seconds=PATIENCE_SECONDS):
    return wait_for(look, what, seconds)


def status_of(error):
    return error.response["ResponseMetadata"]["HTTPStatusCode"]


def is_cut(answer):
    """botocore takes an answer whose body never came for an empty one."""
    size = answer["ResponseMetadata"]["HTTPHeaders"].get("content-length", "0")
    return len(answer) == 1 and int(size) > len("{}")


def patiently(call, seconds=PATIENCE_SECONDS):
    """The answer of `call`, which is repeated while the server is away or in trouble."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer = call()
            if not is_cut(answer):
                return answer
            failure = "a cut answer"
        except UNREACHABLE as error:
            failure = error
        except botocore.exceptions.ClientError as error:
            if status_of(error) < 500:
                raise
            failure = error
        assert time.monotonic() < deadline, f"no answer for {seconds} seconds: {failure}"
        time.sleep(POLL_SECONDS)


def pages(client, operation, key, **arguments):
    """All items of a paginated operation, each page asked for patiently."""
    items, token = [], {}
    while True:
        answer = patiently(lambda: getattr(client, operation)(**arguments, **token))
        items += answer[key]
        if not answer.get("nextToken"):
            return items
        token = {"nextToken": answer["nextToken"]}


def processes():
    """pid -> (parent's pid, environment and arguments) of every process that we may look at."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            stat = (entry / "stat").read_text()
            state, parent = stat[stat.rindex(")") + 2:].split()[:2]
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if state != "Z":
                found[int(entry.name)] = (int(parent), [word.decode(errors="replace") for word in words])
    return found


def environment(pid):
    with contextlib.suppress(OSError):
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes()
    return b""


class House(World):
    """The demo's world, whose parts may die."""

    def __init__(self, directory, arguments=()):
        super().__init__(directory / "world")
        self.binary = pathlib.Path(os.environ.get("SLIPWAY", ROOT / "build/slipway"))
        self.directory = directory
        self.arguments = list(arguments)
        self.port = unused_port()
        self.server = None
        self.prefix = []  # what every command on the data directory starts with
        self.lock = threading.Lock()
        tmp = directory / "tmp"
        tmp.mkdir()
        tmp.chmod(0o1777)
        self.env.update(TMPDIR=str(tmp), SLIPWAY_HOUSE=str(directory))

    @classmethod
    @contextlib.contextmanager
    def open(cls, *arguments, **options):
        directory = pathlib.Path(tempfile.mkdtemp(prefix="slipway-fault-"))
        directory.chmod(0o755)
        house = cls(directory, *arguments, **options)
        is_good = False
        try:
            yield house
            is_good = True
        finally:
            if not is_good:
                print("\n---- the end of the server's log ----\n" + house.log_tail())
            try:
                house.stop()
                house.check_nothing_left()
            finally:
                shutil.rmtree(directory, ignore_errors=True)

    # ---- The server ------------------------------------------------------------------

    def start_server(self):
        """Starts it and waits until it is ready; its line, or the Failed that it did not."""
        with self.lock:
            log = open(self.data / "server.log", "ab")
            self.server = subprocess.Popen(
                self.prefix + [self.binary, "serve", "--data", self.data / "server", "--listen",
                               f"localhost:{self.port}"] + self.arguments,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, env=self.env)
            log.close()
            timer = threading.Timer(READY_SECONDS, self.server.kill)
            timer.start()
            line = self.server.stdout.readline().strip()
            timer.cancel()
            if "is ready" not in line:
                self.server.wait()
                raise Failed(f"the server did not start: exit code {self.server.returncode}\n{self.log_tail()}")
            self.read_env()
            return line

    def run(self, *command, cwd=None, env=None):
        prefix = self.prefix if str(command[0]) == str(self.binary) else []
        return super().run(*prefix, *command, cwd=cwd, env=env)

    def kill_server(self):
        """kill -9; returns when it and the worker that it had started are gone."""
        worker = self.worker()
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()
        if worker:
            wait("the worker to die with its server", lambda: worker not in processes())

    def worker(self):
        """The process of the server's own worker, or None."""
        return next((pid for pid, (parent, words) in processes().items()
                     if parent == self.server.pid and "worker" in words[1:2]), None)

    def kill_worker(self):
        """kill -9 of the worker alone, if there is one: the server starts another."""
        worker = self.worker()
        if worker:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        return worker

    def http(self, path):
        """Status and body of a plain GET; (0, "") if the server is not there."""
        context = None
        if self.endpoint.startswith("https"):
            context = ssl.create_default_context(cafile=self.env["AWS_CA_BUNDLE"])
        try:
            with urllib.request.urlopen(self.endpoint + path, timeout=60, context=context) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def client(self, service):
        """A boto3 client that does not repeat what failed."""
        if service not in self.clients:
            self.clients[service] = boto3.Session().client(
                service, region_name=self.region, endpoint_url=self.endpoint,
                aws_access_key_id=self.env["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=self.env["AWS_SECRET_ACCESS_KEY"],
                verify=self.env.get("AWS_CA_BUNDLE", False),
                config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"},
                              connect_timeout=10, read_timeout=60))
        return self.clients[service]

    def log_tail(self):
        path = self.data / "server.log"
        lines = path.read_text(errors="replace").splitlines()[-60:] if path.exists() else []
        return "\n".join(lines)

    # ---- Instances -------------------------------------------------------------------

    def instance_command(self, name, home):
        """The demo's instance, whose agent is started again when it ends, as systemd would."""
        command = super().instance_command(name, home)
        agent = command.index(self.binary)
        return command[:agent] + ["sh", "-c", 'while :; do "$@"; sleep 0.1; done', "keeper"] + command[agent:]

    def kill_agent(self, name):
        """kill -9 of an instance's agent alone: what it has started goes on."""
        config = str(self.data / name / "onpremises.yml")
        agent = next((pid for pid, (_, words) in processes().items()
                      if words[1:2] == ["agent"] and config in words), None)
        if agent:
            with contextlib.suppress(ProcessLookupError):
                os.kill(agent, signal.SIGKILL)
        return agent

    # ---- Git -------------------------------------------------------------------------

    def use_git(self, url):
        """A checkout of the repository at `url`, with the server's first user as its user."""
        (self.data / "gitconfig").write_text(
            "[user]\n\tname = Developer\n\temail = developer@example.com\n"
            "[credential]\n\tUseHttpPath = true\n"
            "\thelper = \"!aws codecommit credential-helper --ignore-host-check $@\"\n")
        self.url_of_repository = url
        self.checkout.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("remote", "add", "origin", url)

    def use_password(self, user):
        """Git asks no program for its password, which is quicker than the pushes themselves."""
        made = self.client("iam").create_service_specific_credential(
            UserName=user, ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]
        (self.data / "gitconfig").write_text(
            "[user]\n\tname = Developer\n\temail = developer@example.com\n[credential]\n\thelper = \"!f() { "
            f"echo username={made['ServiceUserName']}; echo password={made['ServicePassword']}; }}; f\"\n")

    def commit(self, name, text):
        """A commit that gives the file this text; its id."""
        (self.checkout / name).write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"{name}: {text[:40]}")
        return self.git("rev-parse", "HEAD").strip()

    def remote_refs(self):
        lines = self.git("ls-remote", "origin").splitlines()
        return {name: commit for commit, name in (line.split("\t") for line in lines)}

    def check_clone(self):
        """A fresh clone of everything is whole; returns its path's `git log` of main, newest first."""
        clone = self.data / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        try:
            self.run("git", "clone", "--quiet", self.git("remote", "get-url", "origin").strip(), clone)
            self.run("git", "-C", clone, "fsck", "--full", "--strict")
            return self.run("git", "-C", clone, "log", "--format=%H", "origin/main").split()
        finally:
            shutil.rmtree(clone, ignore_errors=True)

    # ---- The end -----------------------------------------------------------------------

    def stop(self):
        if self.server:
            self.processes.insert(0, self.server)
            self.server = None
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise AssertionError(f"{process.args} did not stop") from None
            finally:
                if process.stdout:
                    process.stdout.close()

    def own_processes(self):
        mark = f"SLIPWAY_HOUSE={self.directory}".encode()
        return {pid: words for pid, (_, words) in processes().items() if mark in environment(pid)}

    def check_nothing_left(self):
        """No process, no mount, no temporary file outlives the house."""
        with contextlib.suppress(AssertionError):
            wait("processes to end", lambda: not self.own_processes(), 10)
        left = self.own_processes()
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        assert not left, f"processes are left: {left}"
        mounts = [line for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines()
                  if str(self.directory) in line]
        assert not mounts, f"mounts are left: {mounts}"
        files = sorted(path.name for path in (self.directory / "tmp").iterdir())
        assert not files, f"temporary files are left: {files}"
