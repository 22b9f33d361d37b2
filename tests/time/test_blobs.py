"""The daily job that removes the bytes of blobs to which nothing refers."""
import os
import pathlib
import subprocess

import pytest

import raw
import servers
from waiting import wait_for

RUNS = 'slipway_jobs_total{kind="store.collect",result="done"}'
BODY = os.urandom(1 << 20)


@pytest.fixture
def fresh(new_server):
    """A server of which is known when its day began."""
    return new_server("--workers", "0")


def blobs(server):
    return {path for path in pathlib.Path(server.data, "d/blobs").rglob("*") if path.is_file()}


def wait_for_run(server, number):
    wait_for(lambda: raw.metric(server, RUNS) == number, "the collection's run %d" % number)


def put(s3, key):
    s3.put_object(Bucket="bucket", Key=key, Body=BODY)


def test_blobs_without_references_are_removed_after_a_day_and_others_stay(fresh):
    s3 = fresh.new_account().client("s3")
    s3.create_bucket(Bucket="bucket")
    put(s3, "kept")
    kept = blobs(fresh)
    put(s3, "deleted")
    put(s3, "replaced")
    assert len(blobs(fresh)) == len(kept) + 2
    fresh.advance(hours=1)
    s3.delete_object(Bucket="bucket", Key="deleted")
    put(s3, "replaced")
    before = blobs(fresh)
    assert len(before) == len(kept) + 3

    fresh.advance(hours=23)
    wait_for_run(fresh, 1)
    assert blobs(fresh) == before, "whoever knew of them an hour ago may still read them"
    fresh.advance(days=1)
    wait_for_run(fresh, 2)
    after = blobs(fresh)
    assert kept < after < before and len(after) == len(kept) + 1
    for key in ("kept", "replaced"):
        assert s3.get_object(Bucket="bucket", Key=key)["Body"].read() == BODY


def cached(server):
    return list(pathlib.Path(server.data, "d/cache/git").iterdir())


def fill_repository(account):
    codecommit = account.client("codecommit")
    codecommit.create_repository(repositoryName="app")
    codecommit.put_file(repositoryName="app", branchName="main", filePath="secret", fileContent=b"secret")
    return codecommit


def let_two_days_go_by(server):
    """Whatever was released is past its grace when the second run comes."""
    for number in (1, 2):
        server.advance(days=1)
        wait_for_run(server, number)


def test_nothing_of_a_deleted_repository_stays(fresh):
    account = fresh.new_account()
    before = blobs(fresh)
    codecommit = fill_repository(account)
    assert blobs(fresh) > before and len(cached(fresh)) == 1
    codecommit.delete_repository(repositoryName="app")
    assert cached(fresh) == []
    let_two_days_go_by(fresh)
    assert blobs(fresh) == before


def test_nothing_of_a_deleted_account_stays_and_all_of_others(fresh):
    other, account = fresh.new_account(), fresh.new_account()
    others = fill_repository(other)
    before, cache = blobs(fresh), cached(fresh)
    fill_repository(account)
    s3 = account.client("s3")
    s3.create_bucket(Bucket="bucket")
    put(s3, "object")
    upload = s3.create_multipart_upload(Bucket="bucket", Key="parts")["UploadId"]
    for number in (1, 2):
        s3.upload_part(Bucket="bucket", Key="parts", UploadId=upload, PartNumber=number, Body=BODY)
    assert len(blobs(fresh)) >= len(before) + 4 and len(cached(fresh)) == 2
    subprocess.run([servers.binary(), "admin", "account", "delete", "--data", fresh.data + "/d", "--id", account.id],
                   check=True)
    assert cached(fresh) == cache
    let_two_days_go_by(fresh)
    assert blobs(fresh) == before
    assert others.get_file(repositoryName="app", filePath="secret")["fileContent"] == b"secret"


def test_bytes_that_a_crash_left_are_removed_when_their_files_are_a_day_old(fresh):
    s3 = fresh.new_account().client("s3")
    s3.create_bucket(Bucket="bucket")
    put(s3, "kept")
    known = blobs(fresh)
    one = next(path for path in known if path.parent.parent.name == "objects")
    temp = one.parents[2] / "temp"
    old = {one.with_name("0" * len(one.name)), temp / ("1" * 32)}
    young = {one.with_name("2" * len(one.name)), temp / ("3" * 32)}  # of the machine's time, which does not move
    for path in old | young:
        path.write_bytes(b"left")
    for path in old:
        os.utime(path, (path.stat().st_mtime - 90000,) * 2)
    fresh.advance(days=1)
    wait_for_run(fresh, 1)
    assert blobs(fresh) == known | young
    assert s3.get_object(Bucket="bucket", Key="kept")["Body"].read() == BODY
