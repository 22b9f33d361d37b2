"""What every benchmark needs: a temporary directory, a server, repetition, and rows of a table."""
import os
import pathlib
import shlex
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time

import boto3
from botocore.config import Config

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("SLIPWAY", str(ROOT / "build/slipway"))
BARE_HTTPD = os.environ.get("BARE_HTTPD", str(ROOT / "build/bench/bare_httpd"))
READY_SECONDS = 60
STOP_SECONDS = 30


class Row:
    """One line of the table. `wanted` is the bound of the ratio, or of the figure without a peer."""

    def __init__(self, name, figure, unit, peer=None, bound=None, at_least=False):
        self.name, self.figure, self.unit, self.peer = name, figure, unit, peer
        self.bound, self.at_least = bound, at_least

    @property
    def ratio(self):
        return self.figure / self.peer if self.peer else None

    @property
    def is_met(self):
        value = self.figure if self.peer is None else self.ratio
        if self.bound is None:
            return None
        return value >= self.bound if self.at_least else value <= self.bound

    def cells(self):
        ratio = f"{self.ratio:.2f}x" if self.peer else ""
        peer = f"{show(self.peer)} {self.unit}" if self.peer else ""
        wanted = ""
        if self.bound is not None:
            sign = ">=" if self.at_least else "<="
            unit = "x" if self.peer is not None else " " + self.unit
            wanted = f"{sign} {self.bound:g}{unit}"
        met = {None: "", True: "yes", False: "NO"}[self.is_met]
        return [self.name, f"{show(self.figure)} {self.unit}", peer, ratio, wanted, met]


def show(figure):
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


class Directory:
    """A temporary directory that goes away with the `with`."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="slipway-bench-"))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """`slipway serve` on a data directory below `directory`; started by `with`."""

    def __init__(self, directory, *arguments, binary=BINARY):
        self.binary = binary
        self.data = directory / "data"
        self.log = directory / "server.log"
        self.arguments = arguments

    def __enter__(self):
        command = [self.binary, "serve", "--data", self.data, "--listen", "127.0.0.1:0", *self.arguments]
        with open(self.log, "ab") as log:
            started = time.perf_counter()
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log,
                                            stdout=subprocess.PIPE, text=True)
        timer = threading.Timer(READY_SECONDS, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        self.ready_ms = (time.perf_counter() - started) * 1000
        timer.cancel()
        if "is ready" not in line:
            raise SystemExit("the server did not start:\n" + self.log.read_text())
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def read_env(self):
        text = subprocess.run([BINARY, "env", "--data", self.data], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        words = [shlex.split(line) for line in text.splitlines()]
        return dict(w[1].split("=", 1) for w in words if len(w) == 2 and w[0] == "export")

    def client(self, service):
        env = self.read_env()
        return boto3.client(
            service, region_name=env["AWS_DEFAULT_REGION"], endpoint_url=env["AWS_ENDPOINT_URL"],
            aws_access_key_id=env["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
            verify=env.get("AWS_CA_BUNDLE", False),
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}))


def seconds(function, *arguments):
    started = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - started


def side_by_side(rounds, ours, peers):
    """Medians of both, measured in turn so that a busy moment meets both."""
    pairs = [(ours(), peers()) for _ in range(rounds)]
    return [statistics.median(side) for side in zip(*pairs)]


def has_service(name):
    return (ROOT / "src/services" / name / "meson.build").exists()
