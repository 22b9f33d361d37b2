"""Rotation with the operator's own hooks: the program of docs/operating.md, an HTTPS service, and a server that dies."""
import datetime
import hashlib
import hmac
import http.server
import ipaddress
import json
import pathlib
import re
import ssl
import subprocess
import threading

import boto3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
import pytest

from postgresql import new_database
from rotation import Rotating, write_hooks
from servers import ROOT, Server, binary
from waiting import wait_for

KEY = "k" * 40


def program():
    """The example of docs/operating.md, as typed."""
    text = (ROOT / "docs/operating.md").read_text()
    return re.search(r"```\n(#!/bin/sh -e\n.*?)```", text, re.S).group(1)


@pytest.fixture
def start(tmp_path, database_url):
    """start(hooks): an account of a server with these hooks, with a secret."""
    running = []

    def begin(hooks):
        path = tmp_path / "hooks.json"
        path.write_text(json.dumps(hooks))
        path.chmod(0o600)
        running.append(Server(binary(), database_url and new_database(database_url),
                              ["--workers", "0", "--rotation-hooks", str(path)]))
        return Rotating(running[0].new_account())

    yield begin
    for server in running:
        server.stop(keep_log=False)


def test_the_program_of_the_manual_rotates_a_secret(start, tmp_path):
    path = tmp_path / "rotate-db"
    path.write_text(program())
    path.chmod(0o755)
    world = start({"db": {"command": [str(path)], "role": "rotation", "accounts": ["*"]}})
    version = world.rotate("db")["VersionId"]
    world.wait_for("RotationStarted", "RotationSucceeded")
    assert len(world.value()) == 32 and world.value(VersionStage="AWSPREVIOUS") == "v"
    assert "AWSCURRENT" in world.stages()[version]


class Gateway(http.server.BaseHTTPRequestHandler):
    """A hook: changes the secret with the credentials that it is given."""

    def log_message(self, *args):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = hmac.new(KEY.encode(), self.headers["Slipway-Timestamp"].encode() + b"." + body, hashlib.sha256)
        good = hmac.compare_digest(signed.hexdigest(), self.headers["Slipway-Signature"])
        event = json.loads(body)
        self.server.steps.append((event["Step"], good))
        if good:
            self.rotate(event)
        self.send_response(200 if good else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def rotate(self, event):
        keys = event["Credentials"]
        sm = boto3.client("secretsmanager", endpoint_url=event["Endpoint"], region_name=event["Region"],
                          aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
                          aws_session_token=keys["SessionToken"], verify=self.server.trusts)
        secret, token = event["SecretId"], event["ClientRequestToken"]
        if event["Step"] == "createSecret":
            sm.put_secret_value(SecretId=secret, ClientRequestToken=token, SecretString="by the gateway",
                                VersionStages=["AWSPENDING"])
        if event["Step"] == "finishSecret":
            sm.update_secret_version_stage(
                SecretId=secret, VersionStage="AWSCURRENT", MoveToVersionId=token,
                RemoveFromVersionId=sm.get_secret_value(SecretId=secret)["VersionId"])


@pytest.fixture
def gateway(tmp_path):
    """An HTTPS server on this machine, with a certificate of its own in `ca`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    now = datetime.datetime.utcnow()
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
                   .not_valid_after(now + datetime.timedelta(days=1))
                   .add_extension(x509.SubjectAlternativeName([
                       x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
                   .add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256()))
    pem = tmp_path / "gateway.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.steps, server.ca = [], str(pem)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_https_service_rotates_a_secret(start, gateway, tmp_path):
    (tmp_path / "key").write_text(KEY + "\n")
    world = start({"gateway": {"url": "https://127.0.0.1:%d/rotate" % gateway.server_port, "role": "rotation",
                               "keyFile": str(tmp_path / "key"), "caFile": gateway.ca, "accounts": ["*"]}})
    gateway.trusts = world.account.server.ca_bundle
    world.rotate("gateway")
    world.wait_for("RotationStarted", "RotationSucceeded")
    assert gateway.steps == [(step, True) for step in ("createSecret", "setSecret", "testSecret", "finishSecret")]
    assert world.value() == "by the gateway"


def test_a_server_that_dies_in_the_middle_ends_the_rotation_once(start, tmp_path):
    world = start(json.loads(pathlib.Path(write_hooks(tmp_path)).read_text()))
    server = world.account.server
    world.rotate("waits")
    wait_for(lambda: world.steps(tmp_path), "the first step")
    server.process.kill()
    server.process.wait()
    server.process.stdout.close()
    server.command += ["--listen", server.endpoint.split("//")[1]]
    server._start()
    (tmp_path / "go").touch()
    world.wait_for("RotationStarted", "RotationSucceeded")
    assert [step for step, _ in world.steps(tmp_path)] == [
        "createSecret", "createSecret", "setSecret", "testSecret", "finishSecret"]
    assert world.value() == "v+"


@pytest.mark.parametrize("hook, why", [
    ({"command": ["rotate"], "role": "r"}, "absolute path"),
    ({"command": ["/bin/true"]}, "role"),
    ({"role": "r"}, "either command or url"),
    ({"url": "http://127.0.0.1/", "role": "r"}, "https://"),
    ({"url": "https://127.0.0.1/", "role": "r"}, "keyFile"),
    ({"command": ["/bin/true"], "role": "r", "timeoutSeconds": 900}, "timeoutSeconds"),
    ({"command": ["/bin/true"], "role": "r", "shell": True}, "shell"),
    ("MODE", "writable by nobody else"),
])
@pytest.mark.once
def test_a_server_does_not_start_with_hooks_that_are_wrong(tmp_path, hook, why):
    path = tmp_path / "hooks.json"
    path.write_text(json.dumps({} if hook == "MODE" else {"h": hook}))
    path.chmod(0o666 if hook == "MODE" else 0o600)
    ended = subprocess.run([str(binary()), "serve", "--data", str(tmp_path / "d"), "--listen", "127.0.0.1:0",
                            "--workers", "0", "--rotation-hooks", str(path)], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, timeout=60)
    assert ended.returncode != 0
    assert why in ended.stdout
