"""The demo's world: a server, a git checkout, two instances, all below one directory."""
import json
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import threading
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY_SECONDS = 30
STOP_SECONDS = 20


class Failed(Exception):
    """Something did not go as it should; the text says what."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class World:
    def __init__(self, data):
        self.binary = ROOT / "build" / "slipway"
        self.data = data
        self.processes = []
        self.ports = {}
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(mode=0o755)
        self.checkout = data / "hello-web"
        # Nothing of the user's own set-up is read or changed.
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.env.update(
            PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            AWS_CONFIG_FILE=str(data / "aws-config"),
            AWS_SHARED_CREDENTIALS_FILE=str(data / "aws-credentials"),
            GIT_CONFIG_GLOBAL=str(data / "gitconfig"),
            GIT_CONFIG_NOSYSTEM="1",
            GIT_TERMINAL_PROMPT="0",
        )
        self.clients = {}

    # ---- The server ------------------------------------------------------------------

    def start_server(self):
        log = open(self.data / "server.log", "wb")
        server = subprocess.Popen(
            [self.binary, "serve", "--data", self.data / "server", "--listen", "localhost:0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, env=self.env)
        self.processes.append(server)
        timer = threading.Timer(READY_SECONDS, server.kill)
        timer.start()
        line = server.stdout.readline().strip()
        timer.cancel()
        if "is ready" not in line:
            raise Failed("the server did not start")
        self.read_env()
        return line

    def read_env(self):
        text = self.run(self.binary, "env", "--data", self.data / "server")
        for words in map(shlex.split, text.splitlines()):
            if len(words) == 2 and words[0] == "export":
                name, _, value = words[1].partition("=")
                if not name.startswith("GIT_CONFIG"):  # the developer has a helper with a key of their own
                    self.env[name] = value
        self.endpoint = self.env["AWS_ENDPOINT_URL"]
        self.region = self.env["AWS_DEFAULT_REGION"]

    def log_tail(self):
        path = self.data / "server.log"
        lines = path.read_text(errors="replace").splitlines()[-20:] if path.exists() else []
        return "\n".join(lines)

    # ---- Commands --------------------------------------------------------------------

    def run(self, *command, cwd=None, env=None):
        done = subprocess.run([str(word) for word in command], cwd=cwd, env=env or self.env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            shown = " ".join(str(word) for word in command[:6])
            raise Failed(f"{shown} … failed:\n{done.stderr.strip()}")
        return done.stdout

    def aws(self, *arguments):
        """Runs the aws CLI; returns its JSON answer, if it gives one."""
        words = [argument if isinstance(argument, str) else json.dumps(argument)
                 for argument in arguments]
        text = self.run("aws", "--endpoint-url", self.endpoint, "--output", "json", *words)
        return json.loads(text) if text.strip() else None

    def git(self, *arguments):
        return self.run("git", *arguments, cwd=self.checkout)

    def client(self, service):
        """A boto3 client, for looking often."""
        if service not in self.clients:
            import boto3
            self.clients[service] = boto3.client(
                service, region_name=self.region, endpoint_url=self.endpoint,
                aws_access_key_id=self.env["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=self.env["AWS_SECRET_ACCESS_KEY"],
                verify=self.env["AWS_CA_BUNDLE"])
        return self.clients[service]

    # ---- Instances ---------------------------------------------------------------------

    def start_instance(self, name, config):
        """An instance is a view of this host with a /srv and processes of its own."""
        home = self.data / name
        (home / "srv").mkdir(parents=True)
        (home / "agent").mkdir()
        (home / "onpremises.yml").write_text(config)
        (home / "onpremises.yml").chmod(0o600)
        self.ports[name] = free_port()
        env = dict(self.env, HELLO_PORT=str(self.ports[name]), HELLO_INSTANCE=name)
        for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            env.pop(variable)
        log = open(home / "agent.log", "wb")
        self.processes.append(subprocess.Popen(
            self.instance_command(name, home), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env))

    def instance_command(self, name, home):
        return ["bwrap", "--dev-bind", "/", "/", "--bind", home / "srv", "/srv", "--unshare-pid",
                "--proc", "/proc", "--die-with-parent", self.binary, "agent", "--endpoint", self.endpoint,
                "--ca", self.data / "server/tls/ca.pem", "--config", home / "onpremises.yml",
                "--root", home / "agent"]

    def url(self, name):
        return f"http://127.0.0.1:{self.ports[name]}/"

    def fetch(self, name):
        try:
            with urllib.request.urlopen(self.url(name), timeout=10) as answer:
                return answer.read().decode()
        except OSError as error:
            raise Failed(f"{self.url(name)} of {name} does not answer: {error}") from error

    # ---- The end -----------------------------------------------------------------------

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.data, ignore_errors=True)
