"""Signed API reads per second, beside libmicrohttpd with a handler that does nothing.

`wrk` sends one signed request over and over on 32 connections kept alive, plain HTTP on loopback;
the server checks the signature each time (a repeated request is valid for five minutes). The bare
handler gets the very same request and answers as many bytes.
"""
import json
import os
import re
import subprocess

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from pipeline import create_four_stages, create_role
from world import BARE_HTTPD, Directory, Row, Server, has_service, side_by_side

CONNECTIONS, SECONDS, ROUNDS = 32, 3, 3
AT_LEAST = 0.25
BUCKET = "bench-bucket"


class Request:
    def __init__(self, name, service, method="POST", path="/", headers=None, body=b""):
        self.name, self.service, self.method = name, service, method
        self.path, self.headers, self.body = path, headers or {}, body


def json_request(name, service, target, version, body):
    return Request(name, service, body=json.dumps(body).encode(), headers={
        "Content-Type": f"application/x-amz-json-{version}", "X-Amz-Target": target})


def script(path, method, headers, body):
    """A wrk script that sends the request as it is."""
    def quote(text):
        return '"' + "".join(c if c.isalnum() else f"\\{ord(c):03d}" for c in text) + '"'
    lines = [f"wrk.method = {quote(method)}", f"wrk.body = {quote(body.decode())}"]
    lines += [f"wrk.headers[{quote(n)}] = {quote(v)}" for n, v in headers.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


def sign(env, endpoint, request):
    key = Credentials(env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"])
    signer = S3SigV4Auth if request.service == "s3" else SigV4Auth
    aws = AWSRequest(request.method, endpoint + request.path, headers=dict(request.headers),
                     data=request.body)
    signer(key, request.service, env["AWS_DEFAULT_REGION"]).add_auth(aws)
    return dict(aws.headers.items())


def rate(url, path):
    text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", path, url],
                          check=True, text=True, stdout=subprocess.PIPE).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit("wrk got errors:\n" + text)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", text).group(1))


def answer_of(directory, url, request, headers):
    """One answer's size and type, so that the bare handler sends as much."""
    body = directory / "body"
    body.write_bytes(request.body)
    command = ["curl", "-sS", "-D", "-", "-o", directory / "answer", "-X", request.method]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if request.body:
        command += ["--data-binary", f"@{body}"]
    head = subprocess.run(command + [url], check=True, text=True, stdout=subprocess.PIPE).stdout
    if " 200 " not in head.splitlines()[0]:
        raise SystemExit(f"{request.name}: {head}{(directory / 'answer').read_text()}")
    kind = re.search(r"(?im)^content-type: *(\S+)", head)
    return os.stat(directory / "answer").st_size, kind.group(1) if kind else "text/plain"


def measure(directory, env, request):
    endpoint = env["AWS_ENDPOINT_URL"]
    headers = sign(env, endpoint, request)
    url = endpoint + request.path
    size, kind = answer_of(directory, url, request, headers)
    path = script(directory / "request.lua", request.method, headers, request.body)
    bare = subprocess.Popen([BARE_HTTPD, str(size), kind], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)
    peer = f"http://127.0.0.1:{bare.stdout.readline().strip()}{request.path}"
    try:
        ours, peers = side_by_side(ROUNDS, lambda: rate(url, path), lambda: rate(peer, path))
    finally:
        bare.communicate()
    return Row(f"signed {request.name}", ours, "/s", peers, AT_LEAST, at_least=True)


def prepare(server):
    """The requests of the services that there are, and what they read."""
    yield Request("GetCallerIdentity", "sts", body=b"Action=GetCallerIdentity&Version=2011-06-15",
                  headers={"Content-Type": "application/x-www-form-urlencoded"})
    if has_service("codecommit"):
        server.client("codecommit").create_repository(repositoryName="bench")
        yield json_request("GetRepository", "codecommit", "CodeCommit_20150413.GetRepository", "1.1",
                           {"repositoryName": "bench"})
    if has_service("s3"):
        s3 = server.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        s3.put_object(Bucket=BUCKET, Key="kib", Body=b"x" * 1024)
        yield Request("S3 1 KiB get", "s3", method="GET", path=f"/{BUCKET}/kib")
    if has_service("codepipeline"):
        create_four_stages(server, "bench-api", create_role(server, "codepipeline"), "bench")
        yield json_request("GetPipelineState", "codepipeline",
                           "CodePipeline_20150709.GetPipelineState", "1.1", {"name": "bench-api"})


def rows():
    with Directory() as directory, Server(directory, "--tls", "off", "--workers", "0") as server:
        env = server.read_env()
        for request in prepare(server):
            yield measure(directory, env, request)
