"""slipway admin: backup while writing, restore, fsck, accounts."""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import threading

import pytest

import servers


def admin(*arguments, status=0):
    done = subprocess.run([str(servers.binary()), "admin", *map(str, arguments)], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture
def own_server():
    """A server that this test may stop or break."""
    running = servers.Server(servers.binary(), arguments=["--workers", "0"])
    yield running
    if running.process.poll() is None:
        running.stop(keep_log=False)


def data_of(server):
    return pathlib.Path(server.data) / "d"


def fill(account, count=3):
    """Objects of several sizes, a KMS key and what it sealed."""
    s3, kms = account.client("s3"), account.client("kms")
    s3.create_bucket(Bucket="b-" + account.id)
    bodies = {}
    for i in range(count):
        bodies["k%d" % i] = os.urandom(70000 * i + 1)
        s3.put_object(Bucket="b-" + account.id, Key="k%d" % i, Body=bodies["k%d" % i])
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret")["CiphertextBlob"]
    return bodies, sealed


def check(account, bodies, sealed):
    s3 = account.client("s3")
    for name, body in bodies.items():
        assert s3.get_object(Bucket="b-" + account.id, Key=name)["Body"].read() == body
    assert account.client("kms").decrypt(CiphertextBlob=sealed)["Plaintext"] == b"secret"


def serve_copy(directory):
    """A server on a data directory that is there already."""
    class Copy(servers.Server):
        def __init__(self):
            self.binary, self.session = str(servers.binary()), servers.boto3.Session()
            self.data = str(directory.parent)
            self.log_path = directory.parent / "copy.log"
            with open(self.log_path, "wb") as log:
                self.process = subprocess.Popen(
                    [self.binary, "serve", "--data", str(directory), "--listen", "127.0.0.1:0", "--workers", "0"],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
            self.ready_line = self._wait_until_ready()
            self._read_env()
    return Copy()


def test_a_backup_while_writing_is_restored_and_served(own_server, tmp_path):
    account = own_server.new_account()
    bodies, sealed = fill(account)
    writing, written = threading.Event(), []

    def write():
        s3, i = account.client("s3"), 0
        while not writing.is_set():
            body = os.urandom(1000)
            s3.put_object(Bucket="b-" + account.id, Key="w%d" % i, Body=body)
            written.append(body)
            i += 1
    thread = threading.Thread(target=write)
    thread.start()
    try:
        first = admin("backup", "--data", data_of(own_server), "--to", tmp_path / "backup").stdout
        before = len(written)
        second = admin("backup", "--data", data_of(own_server), "--to", tmp_path / "backup").stdout
    finally:
        writing.set()
        thread.join()
    assert "backed up the database and" in first and "new" in second
    restored = tmp_path / "restored" / "d"
    restored.parent.mkdir()
    admin("restore", "--from", tmp_path / "backup", "--data", restored)
    assert " 0 problems" in admin("fsck", "--data", restored).stdout
    own_server.stop(keep_log=False)
    copy = serve_copy(restored)
    try:
        there = servers.Account(copy, account.id, account.access_key, account.secret)
        check(there, bodies, sealed)
        pages = there.client("s3").get_paginator("list_objects_v2").paginate(Bucket="b-" + account.id, Prefix="w")
        names = [o["Key"] for page in pages for o in page.get("Contents", [])]
        assert len(names) >= before, "what was acknowledged before the backup began is in it"
        for name in names:
            body = there.client("s3").get_object(Bucket="b-" + account.id, Key=name)["Body"].read()
            assert body == written[int(name[1:])]
    finally:
        copy.stop(keep_log=False)


def test_the_files_of_a_backup_are_private(own_server, tmp_path):
    own_server.new_account()
    admin("backup", "--data", data_of(own_server), "--to", tmp_path / "b")
    for path in (tmp_path / "b").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_directories_that_are_refused(own_server, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("mine")
    error = admin("backup", "--data", data_of(own_server), "--to", full, status=1).stderr
    assert error == 'slipway: "%s" is not empty, and no earlier backup\n' % full
    admin("backup", "--data", data_of(own_server), "--to", tmp_path / "b")
    error = admin("restore", "--from", tmp_path / "b", "--data", full, status=1).stderr
    assert error == 'slipway: "%s" is not empty\n' % full
    assert [p.name for p in full.iterdir()] == ["x"]
    error = admin("restore", "--from", full, "--data", tmp_path / "r", status=1).stderr
    assert error == 'slipway: "%s" is no backup\n' % full
    assert "backup needs --to DEST" in admin("backup", "--data", data_of(own_server), status=2).stderr
    assert "restore needs --from SRC" in admin("restore", "--data", tmp_path / "r", status=2).stderr
    error = admin("fsck", "--data", tmp_path / "none", status=1).stderr
    assert error == 'slipway: "%s" is no data directory of a server\n' % (tmp_path / "none")


def blobs_of(server):
    return sorted((data_of(server) / "blobs/objects").glob("??/*"), key=lambda path: path.stat().st_size)


def id_of(path):
    return path.parent.name + path.name


def test_fsck_finds_nothing_in_what_is_whole(own_server):
    fill(own_server.new_account())
    out = admin("fsck", "--data", data_of(own_server)).stdout
    assert out.splitlines()[-1].startswith("3 blobs (") and out.endswith(" 0 problems\n")


@pytest.mark.parametrize("where", [0, 8, 40000, -33, -20, -1])
def test_fsck_finds_a_flipped_blob(own_server, where):
    fill(own_server.new_account())
    blob = blobs_of(own_server)[-1]
    content = bytearray(blob.read_bytes())
    content[where] ^= 1
    blob.write_bytes(content)
    done = admin("fsck", "--data", data_of(own_server), status=1)
    assert "blob %s: a stored blob was changed" % id_of(blob) in done.stdout
    assert done.stdout.endswith(" 1 problems\n")
    assert done.stderr == 'slipway: "%s" is damaged\n' % data_of(own_server)


@pytest.mark.parametrize("change", ["cut", "empty", "longer", "missing"])
def test_fsck_finds_a_blob_of_another_length(own_server, change):
    fill(own_server.new_account())
    blob = blobs_of(own_server)[-1]
    if change == "missing":
        blob.unlink()
    else:
        content = blob.read_bytes()
        blob.write_bytes({"cut": content[:-1], "empty": b"", "longer": content + b"x"}[change])
    out = admin("fsck", "--data", data_of(own_server), status=1).stdout
    assert ("blob %s: is missing" if change == "missing" else "blob %s: a stored blob was changed") % id_of(blob) in out


def test_fsck_lists_what_nothing_refers_to(own_server):
    fill(own_server.new_account())
    blob = blobs_of(own_server)[0]
    orphan = blob.with_name("0" * 30)
    shutil.copy(blob, orphan)
    out = admin("fsck", "--data", data_of(own_server)).stdout
    assert "blob %s: nothing refers to it" % id_of(orphan) in out
    assert "1 unreferenced blobs, 0 problems" in out


def test_fsck_finds_another_master_key(own_server):
    fill(own_server.new_account())
    key = data_of(own_server) / "master.key"
    key.write_text("0" * 64 + "\n")
    out = admin("fsck", "--data", data_of(own_server), status=1).stdout
    assert "kms.key " in out and "iam.access-key " in out
    assert "does not open with this master key" in out


# ---- Accounts

def rows_with(database, account):
    """How many rows of each table name the account in any column."""
    connection = sqlite3.connect(str(database))
    found = {}
    for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
        columns = [row[1] for row in connection.execute('pragma table_info("%s")' % table)]
        where = " or ".join("cast(\"%s\" as text) like '%%%s%%'" % (column, account) for column in columns)
        count = connection.execute('select count(*) from "%s" where %s' % (table, where)).fetchone()[0]
        if count:
            found[table] = count
    connection.close()
    return found


def test_a_deleted_account_leaves_no_rows(own_server):
    account, other = own_server.new_account(), own_server.new_account()
    fill(account)
    others = fill(other)
    account.user("u", {"Effect": "Allow", "Action": "*", "Resource": "*"})
    logs = account.client("logs")
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    logs.put_log_events(logGroupName="g", logStreamName="s",
                        logEvents=[{"timestamp": 1, "message": "x"}])
    account.client("codecommit").create_repository(repositoryName="r")
    s3 = account.client("s3")
    upload = s3.create_multipart_upload(Bucket="b-" + account.id, Key="m")["UploadId"]
    s3.upload_part(Bucket="b-" + account.id, Key="m", UploadId=upload, PartNumber=1, Body=b"x")
    database = data_of(own_server) / "slipway.db"
    assert "s3_bucket" in rows_with(database, account.id)
    admin("account", "delete", "--data", data_of(own_server), "--id", account.id)
    left = rows_with(database, account.id)
    left.pop("blob", None)  # the released ones keep their owner's name for a day
    left.pop("audit_chunk", None), left.pop("audit_chunk_value", None)  # reads of the last second
    assert left == {}
    connection = sqlite3.connect(str(database))
    referenced = connection.execute("select count(*) from blob where refs > 0").fetchone()[0]
    connection.close()
    assert referenced == 3, "only those of the other account"
    check(other, *others)
    assert account.id not in admin("account", "list", "--data", data_of(own_server)).stdout
    with pytest.raises(servers.boto3.exceptions.botocore.exceptions.ClientError) as info:
        account.client("sts").get_caller_identity()
    assert info.value.response["Error"]["Code"] == "InvalidClientTokenId"
    error = admin("account", "delete", "--data", data_of(own_server), "--id", account.id, status=1).stderr
    assert error == "slipway: there is no account %s\n" % account.id


def test_a_start_removes_what_the_cache_has_of_repositories_that_are_gone(own_server):
    """A crash after the commit, or a deletion at another server, leaves it there."""
    codecommit = own_server.new_account().client("codecommit")
    codecommit.create_repository(repositoryName="kept")
    codecommit.put_file(repositoryName="kept", branchName="main", filePath="a", fileContent=b"a")
    cache = data_of(own_server) / "cache/git"
    kept, = cache.iterdir()
    own_server.process.kill()
    own_server.process.wait()
    shutil.copytree(kept, cache / "00000000-1111-2222-3333-444444444444")
    again = serve_copy(data_of(own_server))
    left = list(cache.iterdir())
    again.stop(keep_log=False)
    assert left == [kept]


def test_account_arguments(own_server):
    data = data_of(own_server)
    assert "--id N" in admin("account", "delete", "--data", data, status=2).stderr
    admin("account", "create", "--data", data, "--id", "111122223333")
    assert admin("account", "create", "--data", data, "--id", "111122223333", status=1).stderr == (
        "slipway: account 111122223333 exists already\n")
    assert "12 digits" in admin("account", "create", "--data", data, "--id", "12", status=2).stderr
    assert "111122223333" in admin("account", "list", "--data", data).stdout.split()
