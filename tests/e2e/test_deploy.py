"""Real agents on two "hosts": each a bubblewrap sandbox with a /srv and a deployment root of its own."""
import io
import pathlib
import shutil
import socket
import subprocess
import tempfile
import urllib.request
import zipfile

import pytest

from codedeploy_world import EVENTS, World

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/hello-web"


def bundle(version, replace=None):
    """hello-web as its build packs it: the application with its version, the hooks, the appspec."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(EXAMPLE.rglob("*")):
            name = str(path.relative_to(EXAMPLE))
            if path.is_file() and "__pycache__" not in name and not name.startswith("tests/"):
                info = zipfile.ZipInfo(name)
                info.external_attr = (path.stat().st_mode & 0o777) << 16
                archive.writestr(info, (replace or {}).get(name, path.read_bytes()))
        archive.writestr("app/VERSION", version)
    return out.getvalue()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Agent:
    """`slipway agent` on a host that has only its /srv and its deployment root to write to."""

    def __init__(self, server, host):
        self.port = free_port()
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="slipway-host-"))
        self.log = open(self.directory / "log", "wb")
        for name in ("srv", "root"):
            (self.directory / name).mkdir()
        config = self.directory / "codedeploy.onpremises.yml"
        config.write_text("---\naws_access_key_id: %s\naws_secret_access_key: %s\niam_user_arn: %s\nregion: %s\n" % (
            host.account.access_key, host.account.secret, host.arn, server.region))
        binary = pathlib.Path(server.binary).resolve()
        ca = server.data + "/d/tls/ca.pem"
        self.process = subprocess.Popen(
            ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp",
             "--bind", self.directory / "srv", "/srv", "--dir", "/tmp/host",
             "--bind", self.directory / "root", "/tmp/host/root", "--ro-bind", config, "/tmp/host/config.yml",
             "--ro-bind", binary, "/tmp/host/slipway", "--ro-bind", ca, "/tmp/host/ca.pem",
             "--unshare-pid", "--die-with-parent", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin",
             "--setenv", "HELLO_PORT", str(self.port), "--setenv", "HELLO_INSTANCE", host.name,
             "/tmp/host/slipway", "agent", "--endpoint", server.endpoint, "--ca", "/tmp/host/ca.pem",
             "--config", "/tmp/host/config.yml", "--root", "/tmp/host/root"],
            stdout=self.log, stderr=self.log)

    def page(self):
        with urllib.request.urlopen("http://127.0.0.1:%d/" % self.port, timeout=10) as answer:
            return answer.read().decode()

    def stop(self):
        self.process.kill()  # the sandbox and all that runs in it
        self.process.wait()
        self.log.close()
        print((self.directory / "log").read_text(errors="replace"))
        shutil.rmtree(self.directory)


@pytest.fixture
def world(account):
    world = World(account, autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]})
    iam = account.client("iam")
    for host in world.hosts:
        iam.put_user_policy(UserName=host.name, PolicyName="bundles", PolicyDocument="""{"Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "s3:GetObject*", "Resource": "*"}}""")
    return world


@pytest.fixture
def agents(server, world):
    running = []
    try:
        for host in world.hosts:
            running.append(Agent(server, host))
        yield running
    finally:
        for agent in running:
            agent.stop()


def upload(world, key, body):
    world.account.client("s3").put_object(Bucket=world.bucket, Key=key, Body=body)


def test_deploy_fail_and_roll_back(world, agents):
    upload(world, "v1.zip", bundle("1.0"))
    first = world.deploy("v1.zip")
    info = world.wait(first)
    assert info["status"] == "Succeeded", [world.target(first, host) for host in world.hosts]
    for host, agent in zip(world.hosts, agents):
        page = agent.page()
        assert "1.0" in page and host.name in page
        events = world.target(first, host)["lifecycleEvents"]
        assert [event["lifecycleEventName"] for event in events] == EVENTS
    # one after the other
    ends = [world.target(first, host)["lifecycleEvents"] for host in world.hosts]
    assert ends[0][-1]["endTime"] <= ends[1][0]["startTime"]

    # the second version does not validate: the second host keeps the first, the first gets it back
    upload(world, "v2.zip", bundle("2.0", {"scripts/validate.sh": b"#!/bin/sh\necho it is no good >&2\nexit 7\n"}))
    second = world.deploy("v2.zip")
    info = world.wait(second)
    assert info["status"] == "Failed" and info["errorInformation"]["code"] == "HEALTH_CONSTRAINTS"
    diagnostics = world.target(second, world.hosts[0])["lifecycleEvents"][-1]["diagnostics"]
    assert diagnostics["errorCode"] == "ScriptFailed" and diagnostics["scriptName"] == "scripts/validate.sh"
    assert "it is no good" in diagnostics["logTail"]
    assert world.target(second, world.hosts[1])["status"] == "Skipped"
    assert "1.0" in agents[1].page()
    back = world.wait(info["rollbackInfo"]["rollbackDeploymentId"])
    assert (back["status"], back["creator"]) == ("Succeeded", "codeDeployRollback")
    for agent in agents:
        assert "1.0" in agent.page()
        assert (agent.directory / "srv/hello-web/VERSION").read_text() == "1.0"


def test_files_of_the_old_revision_go(world, agents):
    upload(world, "v1.zip", bundle("1.0", {"app/pages.py": (EXAMPLE / "app/pages.py").read_bytes()}))
    world.wait(world.deploy("v1.zip"))
    srv = agents[0].directory / "srv/hello-web"
    assert (srv / "pages.py").exists()
    spec = b"version: 0.0\nos: linux\nfiles:\n  - source: app/VERSION\n    destination: /srv/hello-web\n"
    upload(world, "bare.zip", bundle("2.0", {"appspec.yml": spec}))
    deployment = world.deploy("bare.zip")
    assert world.wait(deployment)["status"] == "Succeeded", world.target(deployment, world.hosts[0])
    assert not (srv / "pages.py").exists() and not (srv / "server.py").exists()
    assert (srv / "VERSION").read_text() == "2.0"


def test_a_file_in_the_way_fails_the_install(world, agents):
    (agents[0].directory / "srv/hello-web").mkdir()
    (agents[0].directory / "srv/hello-web/server.py").write_text("mine")
    upload(world, "v1.zip", bundle("1.0"))
    deployment = world.deploy("v1.zip")
    assert world.wait(deployment)["status"] == "Failed"
    event = world.target(deployment, world.hosts[0])["lifecycleEvents"][3]
    assert (event["lifecycleEventName"], event["status"]) == ("Install", "Failed")
    assert "server.py" in event["diagnostics"]["message"]
    assert (agents[0].directory / "srv/hello-web/server.py").read_text() == "mine"
    deployment = world.deploy("v1.zip", fileExistsBehavior="OVERWRITE")
    assert world.wait(deployment)["status"] == "Succeeded"
    assert "1.0" in agents[0].page()
