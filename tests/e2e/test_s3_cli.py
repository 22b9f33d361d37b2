"""`aws s3` against a server of its own: what people type, and files larger than memory should be."""
import os
import pathlib
import subprocess
import uuid

import pytest

from servers import Server, binary

ROOT = pathlib.Path(__file__).resolve().parents[2]
AWS = os.environ.get("AWS_CLI", "/usr/bin/aws")
PATIENCE = 900
BIG = 5 << 30
SERVER_MEMORY_KIB = 256 << 10  # a twentieth of the file, and room for sixteen parts on the way


@pytest.fixture(scope="module")
def s3_server():
    server = Server(binary())
    yield server
    server.stop(keep_log=False)


@pytest.fixture
def aws(s3_server, tmp_path):
    """aws("s3", "ls", …) -> what it printed; aws.bucket is a new one."""
    account = s3_server.new_account()
    env = {**os.environ, **s3_server.env, "AWS_ACCESS_KEY_ID": account.access_key,
           "AWS_SECRET_ACCESS_KEY": account.secret, "AWS_PAGER": "",
           "AWS_CONFIG_FILE": str(tmp_path / "config"),
           "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none")}

    def run(*arguments, fails=False, **more):
        endpoint = ["--endpoint-url", s3_server.endpoint]
        done = subprocess.run([AWS, *arguments, *endpoint], env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=PATIENCE, **more)
        assert (done.returncode != 0) == fails, done.stderr.decode()
        return (done.stderr if fails else done.stdout).decode(errors="replace")

    run.env = env
    run.server = s3_server
    run.bucket = "cli-" + uuid.uuid4().hex[:16]
    run("s3", "mb", "s3://" + run.bucket)
    return run


def test_copy_list_move_and_remove(aws, tmp_path):
    at = "s3://" + aws.bucket
    (tmp_path / "f").write_bytes(b"hello")
    aws("s3", "cp", str(tmp_path / "f"), at + "/dir/f.txt")
    assert "PRE dir/" in aws("s3", "ls", at)
    assert "5 f.txt" in aws("s3", "ls", at + "/dir/")
    aws("s3", "cp", at + "/dir/f.txt", at + "/g.txt")
    aws("s3", "mv", at + "/g.txt", at + "/h h.txt")
    assert aws("s3", "cp", at + "/h h.txt", "-") == "hello"
    assert "dir/f.txt" in aws("s3", "ls", at, "--recursive")
    assert "404" in aws("s3", "cp", at + "/g.txt", "-", fails=True)
    aws("s3", "rm", at, "--recursive")
    assert aws("s3", "ls", at) == ""
    aws("s3", "rb", at)
    assert "NoSuchBucket" in aws("s3", "ls", at, fails=True)


def test_sync_brings_and_removes_only_what_differs(aws, tmp_path):
    at = "s3://" + aws.bucket
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    for i in range(20):
        (source / "sub" / ("%d.txt" % i)).write_text(str(i))
    assert aws("s3", "sync", str(source), at).count("upload:") == 20
    assert aws("s3", "sync", str(source), at) == ""
    (source / "sub/3.txt").write_text("changed")
    (source / "sub/4.txt").unlink()
    out = aws("s3", "sync", str(source), at, "--delete")
    assert "upload" in out and "3.txt" in out and "delete" in out and "4.txt" in out
    aws("s3", "sync", at, str(tmp_path / "back"))
    for path in source.rglob("*.txt"):
        assert (tmp_path / "back" / path.relative_to(source)).read_bytes() == path.read_bytes()


def test_a_presigned_url_needs_no_key(aws, tmp_path):
    at = "s3://" + aws.bucket
    aws("s3", "cp", "-", at + "/f", input=b"public for an hour")
    url = aws("s3", "presign", at + "/f").strip()
    curl = ["curl", "-sS", "--fail", url]
    if aws.server.ca_bundle:
        curl += ["--cacert", aws.server.ca_bundle]
    assert subprocess.run(curl, check=True, stdout=subprocess.PIPE).stdout == b"public for an hour"


def test_copies_in_parts(aws, tmp_path):
    at = "s3://" + aws.bucket
    data = os.urandom(20 << 20)
    (tmp_path / "f").write_bytes(data)
    aws("s3", "cp", str(tmp_path / "f"), at + "/f")
    aws("s3", "cp", at + "/f", at + "/g")
    aws("s3", "cp", at + "/g", str(tmp_path / "g"))
    assert (tmp_path / "g").read_bytes() == data


@pytest.mark.once  # minutes: not again on the other database
def test_a_large_sparse_file_in_constant_memory(aws, tmp_path):
    path = tmp_path / "big"
    with open(path, "wb") as file:
        file.truncate(BIG)
        file.seek(BIG - 4)
        file.write(b"tail")
    at = "s3://" + aws.bucket + "/big"
    aws("s3", "cp", str(path), at)
    path.unlink()
    assert str(BIG) in aws("s3", "ls", at)
    command = [AWS, "s3", "cp", at, "-", "--endpoint-url", aws.server.endpoint]
    with subprocess.Popen(command, env=aws.env, stdout=subprocess.PIPE) as download:
        size, last = 0, b""
        while block := download.stdout.read(1 << 20):
            size += len(block)
            assert size == BIG or not block.strip(b"\0tail")
            last = (last + block)[-4:]
    assert download.returncode == 0 and size == BIG and last == b"tail"
    aws("s3", "rm", at)
    status = pathlib.Path("/proc/%d/status" % aws.server.process.pid).read_text()
    peak = int(status.split("VmHWM:")[1].split()[0])
    assert peak < SERVER_MEMORY_KIB
