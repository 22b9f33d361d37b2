"""`slipway worker` against a server's side of api/worker.smithy that can misbehave on purpose.

The real server is in tests/api and tests/e2e of CodeBuild; here leases get lost, answers are
late and connections break, at a moment that the test chooses.
"""

import http.server
import io
import json
import os
import signal
import subprocess
import threading
import time
import zipfile

import pytest

SLIPWAY = os.environ.get("SLIPWAY", os.path.join(os.path.dirname(__file__), "../../build/slipway"))
PATIENCE = 60
pytestmark = pytest.mark.once  # has no server, so no database


class Server:
    """Hands out `jobs`; keeps what it is told in `calls`, `events` and `objects`."""

    def __init__(self):
        self.changed = threading.Condition()
        self.jobs, self.calls, self.events, self.objects = [], [], [], {}
        self.stop_requested = self.lease_lost = self.finished = False
        self.broken_finishes = 0
        self.given = {}
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def answer(self, status, body=b"", **headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def read(self):
                if self.headers.get("Transfer-Encoding") == "chunked":
                    body = b""
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    return body
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))

            def do_GET(self):
                body = server.objects.get(self.path.split("?")[0])
                self.answer(404 if body is None else 200, body or b"", ETag='"e"')

            def do_PUT(self):
                server.objects[self.path.split("?")[0]] = self.read()
                self.answer(200, ETag='"e"')

            def do_POST(self):
                body = json.loads(self.read())
                service, operation = self.headers["X-Amz-Target"].split(".")
                status, answer = server.handle(operation, body)
                if status is None:  # the answer is lost on the way
                    self.close_connection = True
                    return
                self.answer(status, json.dumps(answer).encode(), **{"Content-Type": "application/x-amz-json-1.1"})

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def handle(self, operation, body):
        with self.changed:
            self.calls.append((operation, body))
            self.changed.notify_all()
            if operation == "PollBuild":
                if body["pollToken"] in self.given:
                    return 200, {"job": self.given[body["pollToken"]]}
                self.changed.wait_for(lambda: self.jobs, body["waitSeconds"])
                if not self.jobs:
                    return 200, {}
                self.given[body["pollToken"]] = self.jobs.pop(0)
                return 200, {"job": self.given[body["pollToken"]]}
            if operation == "PutLogEvents":
                self.events += [e["message"] for e in body["logEvents"]]
                return 200, {}
            if self.lease_lost:
                return 400, {"__type": "LeaseLostException", "message": "gone"}
            if operation == "HeartbeatBuild":
                self.changed.wait_for(lambda: self.stop_requested or self.lease_lost or self.finished,
                                      body["waitSeconds"])
                return 200, {"stopRequested": self.stop_requested, "leaseSeconds": 30}
            if operation == "UpdateBuild":
                return 200, {"stopRequested": self.stop_requested, "leaseSeconds": 30}
            if operation == "FinishBuild":
                if self.broken_finishes > 0:
                    self.broken_finishes -= 1
                    return None, None
                self.finished = True
                return 200, {}
            return 200, {}

    def wait(self, condition):
        with self.changed:
            assert self.changed.wait_for(condition, PATIENCE), self.calls

    def set(self, **values):
        with self.changed:
            self.__dict__.update(values)
            self.changed.notify_all()

    def add(self, **job):
        with self.changed:
            self.jobs.append({
                "buildArn": "arn:aws:codebuild:us-east-1:1:build/p:u", "buildId": "p:u", "leaseToken": "t",
                "leaseSeconds": 30, "projectName": "p", "accountId": "1", "region": "us-east-1",
                "buildNumber": 3, "startTime": 1.5, "initiator": "me", "environmentType": "LINUX_CONTAINER",
                "image": "aws/codebuild/standard:7.0", "sources": [{"type": "NO_SOURCE"}],
                "timeoutSeconds": 600, "logs": {"cloudWatchGroupName": "g", "cloudWatchStreamName": "s"},
                "credentials": {"accessKeyId": "AK", "secretAccessKey": "SK", "sessionToken": "ST"}, **job})
            self.changed.notify_all()

    def finish(self):
        self.wait(lambda: self.finished)
        return next(body for operation, body in reversed(self.calls) if operation == "FinishBuild")


@pytest.fixture
def server():
    server = Server()
    yield server
    server.http.shutdown()


@pytest.fixture
def worker(server, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    for path in (work, tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid():
            path.chmod(path.stat().st_mode | 0o011)
    process = subprocess.Popen(
        [SLIPWAY, "worker", "--endpoint", server.url, "--work", str(work), "--capacity", "2"],
        env={"PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": "W", "AWS_SECRET_ACCESS_KEY": "W"})
    process.work = work
    yield process
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert list(work.iterdir()) == []


def spec(*lines, **more):
    return json.dumps({"version": "0.2", "phases": {"build": {"commands": list(lines)}}, **more})


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("_", "."), text)
    return out.getvalue()


def test_a_build_is_reported_phase_by_phase(server, worker):
    server.add(buildspec=spec("echo hello $GREETING $CODEBUILD_BUILD_NUMBER", "export OUT=42",
                              env={"exported-variables": ["OUT"]}),
               environmentVariables=[{"name": "GREETING", "value": "world"}])
    end = server.finish()
    assert end["buildStatus"] == "SUCCEEDED"
    assert [p["phaseType"] for p in end["phases"]] == [
        "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD",
        "UPLOAD_ARTIFACTS", "FINALIZING", "COMPLETED"]
    assert all(p["phaseStatus"] == "SUCCEEDED" for p in end["phases"][:-1])
    assert end["exportedEnvironmentVariables"] == [{"name": "OUT", "value": "42"}]
    assert "hello world 3\n" in server.events
    updates = [b["currentPhase"] for o, b in server.calls if o == "UpdateBuild"]
    assert updates[0] == "PROVISIONING" and "BUILD" in updates


def test_a_source_object_is_built_into_an_artifact_object(server, worker):
    server.objects["/in/src.zip"] = archive(buildspec_yml=spec(
        "mkdir out; tr a-z A-Z < data.txt > out/data", artifacts={"base-directory": "out", "files": ["**/*"]}),
        data_txt="payload")
    server.add(sources=[{"type": "S3", "bucket": "in", "key": "src.zip"}],
               artifacts=[{"type": "S3", "bucket": "art", "path": "/a/", "namespaceType": "BUILD_ID",
                           "name": "x.zip", "packaging": "ZIP"}])
    end = server.finish()
    assert end["buildStatus"] == "SUCCEEDED", server.events
    assert end["artifacts"][0]["location"] == "arn:aws:s3:::art/a/u/x.zip"
    with zipfile.ZipFile(io.BytesIO(server.objects["/art/a/u/x.zip"])) as packed:
        assert packed.namelist() == ["data"] and packed.read("data") == b"PAYLOAD"


def test_an_archive_that_leads_out_is_refused(server, worker):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("../../evil", "x")
    server.objects["/in/src.zip"] = out.getvalue()
    server.add(sources=[{"type": "S3", "bucket": "in", "key": "src.zip"}], buildspec=spec("true"))
    end = server.finish()
    context = next(p for p in end["phases"] if p["phaseType"] == "DOWNLOAD_SOURCE")["contexts"][0]
    assert context == {"statusCode": "CLIENT_ERROR", "message": "source has an entry that leads out of it"}


def test_an_image_that_is_not_the_host_is_refused(server, worker):
    server.add(image="python:3.11", buildspec=spec("true"))
    end = server.finish()
    assert end["buildStatus"] == "FAILED"
    assert 'Unable to use image "python:3.11"' in end["phases"][0]["contexts"][0]["message"]


def test_a_stop_ends_the_build_at_once(server, worker):
    server.add(buildspec=spec("echo up; sleep 1000"))
    server.wait(lambda: "up\n" in server.events)
    server.set(stop_requested=True)
    end = server.finish()
    assert end["buildStatus"] == "STOPPED"
    assert [p["phaseStatus"] for p in end["phases"] if p["phaseType"] == "BUILD"] == ["STOPPED"]


def test_a_build_out_of_time_ends_as_timed_out(server, worker):
    server.add(buildspec=spec("echo up; sleep 1000"), timeoutSeconds=1)
    end = server.finish()
    assert end["buildStatus"] == "TIMED_OUT"
    assert end["phases"][-3]["contexts"][0]["statusCode"] == "BUILD_TIMED_OUT"


def test_a_lost_lease_kills_the_build_and_reports_nothing(server, worker):
    server.add(buildspec=spec("echo up; sleep 1000"))
    server.wait(lambda: "up\n" in server.events)
    server.set(lease_lost=True)
    deadline = time.monotonic() + PATIENCE
    while list(worker.work.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(worker.work.iterdir()) == []
    assert "FinishBuild" not in [operation for operation, body in server.calls]


def test_an_end_whose_answer_is_lost_is_told_again(server, worker):
    server.set(broken_finishes=3)
    server.add(buildspec=spec("true"))
    assert server.finish()["buildStatus"] == "SUCCEEDED"
    ends = [body for operation, body in server.calls if operation == "FinishBuild"]
    assert len(ends) >= 4 and all(end == ends[0] for end in ends)


def test_builds_run_at_the_same_time_up_to_the_capacity(server, worker):
    server.add(buildspec=spec("echo first up; sleep 1000"))
    server.wait(lambda: "first up\n" in server.events)
    server.add(buildspec=spec("echo second up; sleep 1000"), buildId="p:v", leaseToken="u")
    server.wait(lambda: "second up\n" in server.events)


def test_a_drained_worker_finishes_what_runs(server, worker):
    server.add(buildspec=spec("echo up; sleep 1; echo done"))
    server.wait(lambda: "up\n" in server.events)
    worker.send_signal(signal.SIGQUIT)
    assert server.finish()["buildStatus"] == "SUCCEEDED"


def test_bad_arguments_are_one_line_and_2():
    for args in (["--endpoint", "http://127.0.0.1:1"], [], ["--capacity", "0"]):
        result = subprocess.run([SLIPWAY, "worker", *args], capture_output=True, text=True, timeout=PATIENCE,
                                env={"PATH": os.environ["PATH"]})
        assert result.returncode == 2
        assert result.stderr.startswith("slipway worker: ") and result.stderr.count("\n") == 1
