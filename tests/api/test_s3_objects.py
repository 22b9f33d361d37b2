import base64
import datetime
import hashlib
import json
import pathlib
import ssl
import urllib.error
import urllib.request
import zlib

from botocore.config import Config
import pytest

import raw
from errors import code_of
from s3_support import md5, new_bucket

V4 = Config(signature_version="s3v4") # boto3 still presigns with the old one by default
DATA = bytes(range(256)) * 1000


def test_bytes_and_headers_come_back(account):
    s3, name = new_bucket(account)
    put = s3.put_object(Bucket=name, Key="dir/ä +%?#key", Body=DATA, ContentType="text/plain",
                        CacheControl="no-store", ContentDisposition="inline", ContentLanguage="de",
                        ContentEncoding="gzip", Metadata={"who": "me", "empty": ""})
    assert put["ETag"] == '"%s"' % md5(DATA)
    assert put["ServerSideEncryption"] == "AES256"
    got = s3.get_object(Bucket=name, Key="dir/ä +%?#key")
    assert got["Body"].read() == DATA
    assert got["ContentLength"] == len(DATA)
    assert (got["ContentType"], got["CacheControl"], got["ContentDisposition"]) == (
        "text/plain", "no-store", "inline")
    assert (got["ContentLanguage"], got["ContentEncoding"]) == ("de", "gzip")
    assert got["Metadata"] == {"who": "me", "empty": ""}
    head = s3.head_object(Bucket=name, Key="dir/ä +%?#key")
    assert head["ContentLength"] == len(DATA) and head["ETag"] == put["ETag"]
    assert head["Metadata"] == got["Metadata"]


def test_an_empty_object(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a/", Body=b"")
    got = s3.get_object(Bucket=name, Key="a/")
    assert got["Body"].read() == b"" and got["ContentLength"] == 0
    assert got["ContentType"] == "binary/octet-stream"
    assert code_of(s3.get_object, Bucket=name, Key="a/", Range="bytes=0-") == "InvalidRange"


def test_writing_again_replaces(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"one")
    s3.put_object(Bucket=name, Key="a", Body=b"second")
    assert s3.get_object(Bucket=name, Key="a")["Body"].read() == b"second"
    assert len(s3.list_objects_v2(Bucket=name)["Contents"]) == 1


def test_deleting_twice_is_fine(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"one")
    for _ in range(2):
        assert s3.delete_object(Bucket=name, Key="a")["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert code_of(s3.get_object, Bucket=name, Key="a") == "NoSuchKey"
    assert code_of(s3.head_object, Bucket=name, Key="a") == "404"


@pytest.mark.parametrize("asked,begin,end", [
    ("bytes=0-0", 0, 1), ("bytes=5-9", 5, 10), ("bytes=65530-65540", 65530, 65541),
    ("bytes=-7", len(DATA) - 7, len(DATA)), ("bytes=255990-", 255990, 256000),
    ("bytes=10-99999999", 10, 256000), ("bytes=-99999999", 0, 256000)])
def test_ranges(account, asked, begin, end):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=DATA)
    got = s3.get_object(Bucket=name, Key="a", Range=asked)
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert got["ContentRange"] == "bytes %d-%d/256000" % (begin, end - 1)
    assert got["Body"].read() == DATA[begin:end]


def test_ranges_outside_and_malformed(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"0123")
    assert code_of(s3.get_object, Bucket=name, Key="a", Range="bytes=4-") == "InvalidRange"
    assert code_of(s3.get_object, Bucket=name, Key="a", Range="bytes=-0") == "InvalidRange"
    for asked in ("bytes=3-1", "bytes=a-", "lines=0-1", "bytes=0-1,2-3"):
        got = s3.get_object(Bucket=name, Key="a", Range=asked)
        assert got["ResponseMetadata"]["HTTPStatusCode"] == 200 and got["Body"].read() == b"0123"


def test_conditions(account):
    s3, name = new_bucket(account)
    etag = s3.put_object(Bucket=name, Key="a", Body=b"1")["ETag"]
    past = datetime.datetime(2001, 1, 1)
    future = datetime.datetime(2100, 1, 1)
    get = {"Bucket": name, "Key": "a"}
    assert s3.get_object(**get, IfMatch=etag)["Body"].read() == b"1"
    assert code_of(s3.get_object, **get, IfMatch='"no"') == "PreconditionFailed"
    assert code_of(s3.get_object, **get, IfNoneMatch=etag) == "304"
    assert s3.get_object(**get, IfNoneMatch='"no"')["Body"].read() == b"1"
    assert code_of(s3.get_object, **get, IfModifiedSince=future) == "304"
    assert code_of(s3.get_object, **get, IfUnmodifiedSince=past) == "PreconditionFailed"
    assert s3.get_object(**get, IfMatch=etag, IfUnmodifiedSince=past)["Body"].read() == b"1"
    assert code_of(s3.get_object, **get, IfNoneMatch=etag, IfModifiedSince=past) == "304"
    assert code_of(s3.head_object, **get, IfMatch='"no"') == "412"


def test_response_headers_can_be_asked_for(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"1", ContentType="text/plain")
    got = s3.get_object(Bucket=name, Key="a", ResponseContentType="image/png",
                        ResponseCacheControl="no-cache",
                        ResponseContentDisposition='attachment; filename="x"')
    assert (got["ContentType"], got["CacheControl"], got["ContentDisposition"]) == (
        "image/png", "no-cache", 'attachment; filename="x"')


def raw_put(account, name, key, body, signed={}, **headers):
    """A PUT by a presigned URL, with headers as given; `signed` are parameters of put_object."""
    url = account.client("s3", config=V4).generate_presigned_url(
        "put_object", Params={"Bucket": name, "Key": key, **signed})
    context = ssl.create_default_context(cafile=account.server.ca_bundle)
    request = urllib.request.Request(url, data=body, method="PUT", headers={
        key.replace("_", "-"): value for key, value in headers.items()})
    try:
        with urllib.request.urlopen(request, context=context) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_conditional_writes(account):
    s3, name = new_bucket(account)
    assert raw_put(account, name, "a", b"1", If_None_Match="*")[0] == 200
    status, _, body = raw_put(account, name, "a", b"2", If_None_Match="*")
    assert status == 412 and "PreconditionFailed" in body
    assert raw_put(account, name, "a", b"2", If_Match='"%s"' % md5(b"1"))[0] == 200
    assert raw_put(account, name, "a", b"3", If_Match='"%s"' % md5(b"1"))[0] == 412
    assert raw_put(account, name, "none", b"3", If_Match='"%s"' % md5(b"1"))[0] == 404
    assert s3.get_object(Bucket=name, Key="a")["Body"].read() == b"2"


def test_digests_are_checked(account):
    s3, name = new_bucket(account)
    good = base64.b64encode(hashlib.md5(b"1").digest()).decode()
    assert raw_put(account, name, "a", b"1", Content_MD5=good)[0] == 200
    status, _, body = raw_put(account, name, "a", b"2", Content_MD5=good)
    assert status == 400 and "BadDigest" in body
    status, _, body = raw_put(account, name, "a", b"2", Content_MD5="nonsense")
    assert status == 400 and "InvalidDigest" in body
    assert s3.get_object(Bucket=name, Key="a")["Body"].read() == b"1"


def test_checksums_are_checked_kept_and_told(account):
    s3, name = new_bucket(account)
    crc = base64.b64encode(zlib.crc32(b"123").to_bytes(4, "big")).decode()
    put = s3.put_object(Bucket=name, Key="a", Body=b"123", ChecksumAlgorithm="CRC32")
    assert put["ChecksumCRC32"] == crc
    assert "ChecksumCRC32" not in s3.head_object(Bucket=name, Key="a")
    head = s3.head_object(Bucket=name, Key="a", ChecksumMode="ENABLED")
    assert head["ChecksumCRC32"] == crc
    assert s3.get_object(Bucket=name, Key="a", ChecksumMode="ENABLED")["Body"].read() == b"123"
    status, _, body = raw_put(account, name, "a", b"124", {"ChecksumCRC32": crc},
                              x_amz_checksum_crc32=crc)
    assert status == 400 and "BadDigest" in body
    sha = s3.put_object(Bucket=name, Key="b", Body=b"123", ChecksumAlgorithm="SHA256")
    assert sha["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(b"123").digest()).decode()


def test_what_is_not_there_is_refused(account):
    s3, name = new_bucket(account)
    put = {"Bucket": name, "Key": "a", "Body": b"1"}
    assert code_of(s3.put_object, **put, ACL="public-read") == "AccessControlListNotSupported"
    s3.put_object(**put, ACL="private")
    assert code_of(s3.put_object, **put, StorageClass="GLACIER") == "InvalidStorageClass"
    assert code_of(s3.put_object, **put, ObjectLockLegalHoldStatus="ON") == "NotImplemented"
    assert code_of(s3.put_object, **put, WebsiteRedirectLocation="/b") == "NotImplemented"
    assert code_of(s3.put_object, **put, Metadata={"a": "x" * 2100}) == "MetadataTooLarge"
    assert code_of(s3.put_object, Bucket=name, Key="k" * 1025) == "KeyTooLongError"
    s3.put_object(Bucket=name, Key="k" * 1024)


def test_presigned_urls(account):
    s3, name = new_bucket(account)
    assert raw_put(account, name, "a", b"signed", Content_Type="text/x")[0] == 200
    url = account.client("s3", config=V4).generate_presigned_url("get_object", Params={
        "Bucket": name, "Key": "a", "ResponseContentType": "text/y"})
    context = ssl.create_default_context(cafile=account.server.ca_bundle)
    with urllib.request.urlopen(url, context=context) as answer:
        assert answer.read() == b"signed" and answer.headers["Content-Type"] == "text/y"


def test_copies_share_bytes_but_not_fate(account):
    s3, name = new_bucket(account)
    _, other = new_bucket(account)
    s3.put_object(Bucket=name, Key="a b", Body=DATA, Metadata={"x": "1"}, ContentType="text/x")
    answer = s3.copy_object(Bucket=other, Key="b", CopySource={"Bucket": name, "Key": "a b"})
    assert answer["CopyObjectResult"]["ETag"] == '"%s"' % md5(DATA)
    s3.delete_object(Bucket=name, Key="a b")
    got = s3.get_object(Bucket=other, Key="b")
    assert got["Body"].read() == DATA
    assert got["Metadata"] == {"x": "1"} and got["ContentType"] == "text/x"
    s3.copy_object(Bucket=other, Key="c", CopySource="%s/b" % other, MetadataDirective="REPLACE",
                   Metadata={"y": "2"}, ContentType="text/z")
    head = s3.head_object(Bucket=other, Key="c")
    assert head["Metadata"] == {"y": "2"} and head["ContentType"] == "text/z"
    assert code_of(s3.copy_object, Bucket=other, Key="c", CopySource="%s/c" % other) == "InvalidRequest"
    assert code_of(s3.copy_object, Bucket=other, Key="c", CopySource="%s/none" % other) == "NoSuchKey"
    assert code_of(s3.copy_object, Bucket=other, Key="d", CopySource="%s/c" % other,
                   CopySourceIfMatch='"no"') == "PreconditionFailed"
    s3.copy_object(Bucket=other, Key="c", CopySource="%s/c" % other, ServerSideEncryption="aws:kms")
    got = s3.get_object(Bucket=other, Key="c")
    assert got["ServerSideEncryption"] == "aws:kms" and got["Body"].read() == DATA


def test_deleting_many(account):
    s3, name = new_bucket(account)
    for key in "abc":
        s3.put_object(Bucket=name, Key=key, Body=b"1")
    answer = s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "a"}, {"Key": "none"}]})
    assert sorted(d["Key"] for d in answer["Deleted"]) == ["a", "none"]
    answer = s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "b"}], "Quiet": True})
    assert "Deleted" not in answer
    user = account.user("d", {"Effect": "Allow", "Action": "s3:DeleteObject",
                              "Resource": "arn:aws:s3:::%s/x*" % name}).client("s3")
    answer = user.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "c"}, {"Key": "x1"}]})
    assert [e["Code"] for e in answer["Errors"]] == ["AccessDenied"]
    assert [d["Key"] for d in answer["Deleted"]] == ["x1"]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=name)["Contents"]] == ["c"]


def test_object_tags(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"1", Tagging="x=1&y=a%20b")
    tags = s3.get_object_tagging(Bucket=name, Key="a")["TagSet"]
    assert tags == [{"Key": "x", "Value": "1"}, {"Key": "y", "Value": "a b"}]
    assert s3.get_object(Bucket=name, Key="a")["ResponseMetadata"]["HTTPHeaders"][
        "x-amz-tagging-count"] == "2"
    s3.put_object_tagging(Bucket=name, Key="a", Tagging={"TagSet": [{"Key": "z", "Value": "3"}]})
    assert s3.get_object_tagging(Bucket=name, Key="a")["TagSet"] == [{"Key": "z", "Value": "3"}]
    s3.delete_object_tagging(Bucket=name, Key="a")
    assert s3.get_object_tagging(Bucket=name, Key="a")["TagSet"] == []


def test_bytes_that_were_changed_on_disk_are_never_sent(account):
    s3, name = new_bucket(account)
    data = pathlib.Path(account.server.data)
    before = set(data.rglob("*"))
    s3.put_object(Bucket=name, Key="a", Body=b"x" * 1000)
    blobs = [p for p in set(data.rglob("*")) - before if p.is_file() and p.stat().st_size < 4096
             and p.stat().st_size >= 1000]
    assert len(blobs) == 1
    sealed = bytearray(blobs[0].read_bytes())
    sealed[500] ^= 1
    blobs[0].chmod(0o600)
    blobs[0].write_bytes(sealed)
    assert code_of(s3.get_object, Bucket=name, Key="a") == "InternalError"


def test_a_copy_tells_nobody_what_a_bucket_has_not(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="there", Body=b"")
    arn = "arn:aws:s3:::" + name
    reader = account.user("reader", {"Effect": "Allow", "Action": ["s3:GetObject*", "s3:PutObject"],
                                     "Resource": arn + "/*"}).client("s3")
    lister = account.user("lister", {"Effect": "Allow", "Action": "s3:*", "Resource": [arn, arn + "/*"]}).client("s3")
    for source, known in (({"Key": "no"}, "NoSuchKey"), ({"Key": "there", "VersionId": "x" * 32}, "NoSuchVersion")):
        call = dict(Bucket=name, Key="copy", CopySource={"Bucket": name, **source})
        assert code_of(reader.copy_object, **call) == "AccessDenied"
        assert code_of(lister.copy_object, **call) == known
    reader.copy_object(Bucket=name, Key="copy", CopySource={"Bucket": name, "Key": "there"})


def test_who_is_not_known_chooses_no_headers_of_an_answer(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="key", Body=b"data")
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*" % name}}))
    assert raw.send(account.server, "GET", "/%s/key" % name).body == b"data"
    for override in ("content-type=text/html", "content-disposition=a", "expires=Thu%2C%2001%20Dec%202026%2016:00:00%20GMT"):
        answer = raw.send(account.server, "GET", "/%s/key?response-%s" % (name, override))
        assert (answer.status, answer.element("Code")) == (400, "InvalidRequest")
    got = s3.get_object(Bucket=name, Key="key", ResponseContentType="text/html")
    assert got["ContentType"] == "text/html"
