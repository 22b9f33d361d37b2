import base64
import hashlib
import os
import zlib

from errors import code_of
from s3_support import md5, new_bucket

MIB = 1 << 20
ONE = os.urandom(5 * MIB)
TWO = os.urandom(300000)


def upload(s3, name, key, parts, **arguments):
    id = s3.create_multipart_upload(Bucket=name, Key=key, **arguments)["UploadId"]
    done = []
    for i, part in enumerate(parts, 1):
        answer = s3.upload_part(Bucket=name, Key=key, UploadId=id, PartNumber=i, Body=part)
        assert answer["ETag"] == '"%s"' % md5(part)
        done.append({"PartNumber": i, "ETag": answer["ETag"]})
    return id, done


def etag_of(parts):
    return '"%s-%d"' % (md5(b"".join(hashlib.md5(p).digest() for p in parts)), len(parts))


def test_parts_become_one_object(account):
    s3, name = new_bucket(account)
    id, done = upload(s3, name, "a", [ONE, TWO], ContentType="text/x", Metadata={"m": "1"})
    assert [u["UploadId"] for u in s3.list_multipart_uploads(Bucket=name)["Uploads"]] == [id]
    answer = s3.complete_multipart_upload(Bucket=name, Key="a", UploadId=id,
                                          MultipartUpload={"Parts": done})
    assert answer["ETag"] == etag_of([ONE, TWO])
    got = s3.get_object(Bucket=name, Key="a")
    assert got["Body"].read() == ONE + TWO
    assert got["ContentType"] == "text/x" and got["Metadata"] == {"m": "1"}
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=name)
    border = len(ONE)
    got = s3.get_object(Bucket=name, Key="a", Range="bytes=%d-%d" % (border - 3, border + 3))
    assert got["Body"].read() == (ONE + TWO)[border - 3:border + 4]
    part = s3.get_object(Bucket=name, Key="a", PartNumber=2)
    assert part["Body"].read() == TWO and part["PartsCount"] == 2
    assert code_of(s3.get_object, Bucket=name, Key="a", PartNumber=3) == "InvalidPartNumber"
    s3.copy_object(Bucket=name, Key="b", CopySource="%s/a" % name)
    s3.delete_object(Bucket=name, Key="a")
    assert s3.get_object(Bucket=name, Key="b")["Body"].read() == ONE + TWO


def test_what_completing_refuses(account):
    s3, name = new_bucket(account)
    id, done = upload(s3, name, "a", [b"small", b"last"])
    complete = lambda parts, upload_id=id: code_of(
        s3.complete_multipart_upload, Bucket=name, Key="a", UploadId=upload_id,
        MultipartUpload={"Parts": parts})
    assert complete(done) == "EntityTooSmall"
    assert complete([done[1], done[0]]) == "InvalidPartOrder"
    assert complete([{"PartNumber": 1, "ETag": done[1]["ETag"]}]) == "InvalidPart"
    assert complete([{"PartNumber": 7, "ETag": done[1]["ETag"]}]) == "InvalidPart"
    assert complete(done, "none") == "NoSuchUpload"
    assert complete([]) == "MalformedXML"
    s3.complete_multipart_upload(Bucket=name, Key="a", UploadId=id,
                                 MultipartUpload={"Parts": done[:1]})
    assert s3.get_object(Bucket=name, Key="a")["Body"].read() == b"small"
    assert complete(done) == "NoSuchUpload"


def test_aborting(account):
    s3, name = new_bucket(account)
    id, _ = upload(s3, name, "a", [b"x"])
    assert code_of(s3.delete_bucket, Bucket=name) == "BucketNotEmpty"
    s3.abort_multipart_upload(Bucket=name, Key="a", UploadId=id)
    assert code_of(s3.abort_multipart_upload, Bucket=name, Key="a", UploadId=id) == "NoSuchUpload"
    assert code_of(s3.upload_part, Bucket=name, Key="a", UploadId=id, PartNumber=1,
                   Body=b"") == "NoSuchUpload"
    s3.delete_bucket(Bucket=name)


def test_listing_parts(account):
    s3, name = new_bucket(account)
    id, done = upload(s3, name, "a", [b"1", b"22", b"333"])
    s3.upload_part(Bucket=name, Key="a", UploadId=id, PartNumber=2, Body=b"replaced")
    page = s3.list_parts(Bucket=name, Key="a", UploadId=id, MaxParts=2)
    assert [(p["PartNumber"], p["Size"]) for p in page["Parts"]] == [(1, 1), (2, 8)]
    assert page["IsTruncated"] and page["NextPartNumberMarker"] == 2
    page = s3.list_parts(Bucket=name, Key="a", UploadId=id, PartNumberMarker=2)
    assert [p["PartNumber"] for p in page["Parts"]] == [3] and not page["IsTruncated"]
    for number in (0, 10001):
        assert code_of(s3.upload_part, Bucket=name, Key="a", UploadId=id, PartNumber=number,
                       Body=b"") == "InvalidArgument"


def test_parts_can_be_copied(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="source", Body=ONE + TWO)
    id = s3.create_multipart_upload(Bucket=name, Key="a")["UploadId"]
    copy = lambda number, **more: s3.upload_part_copy(
        Bucket=name, Key="a", UploadId=id, PartNumber=number,
        CopySource={"Bucket": name, "Key": "source"}, **more)["CopyPartResult"]["ETag"]
    first = copy(1)
    second = copy(2, CopySourceRange="bytes=10-19")
    assert second == '"%s"' % md5((ONE + TWO)[10:20])
    assert code_of(copy, 3, CopySourceRange="bytes=5-99999999") == "InvalidArgument"
    s3.complete_multipart_upload(Bucket=name, Key="a", UploadId=id, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": first}, {"PartNumber": 2, "ETag": second}]})
    assert s3.get_object(Bucket=name, Key="a")["Body"].read() == ONE + TWO + (ONE + TWO)[10:20]


def test_checksums_over_parts(account):
    s3, name = new_bucket(account)
    id = s3.create_multipart_upload(Bucket=name, Key="a", ChecksumAlgorithm="CRC32")["UploadId"]
    done = []
    for number, part in ((1, ONE), (2, TWO)):
        answer = s3.upload_part(Bucket=name, Key="a", UploadId=id, PartNumber=number, Body=part,
                                ChecksumAlgorithm="CRC32")
        done.append({"PartNumber": number, "ETag": answer["ETag"],
                     "ChecksumCRC32": answer["ChecksumCRC32"]})
    assert code_of(s3.upload_part, Bucket=name, Key="a", UploadId=id, PartNumber=3, Body=b"x",
                   ChecksumAlgorithm="SHA1") == "InvalidRequest"
    answer = s3.complete_multipart_upload(Bucket=name, Key="a", UploadId=id,
                                          MultipartUpload={"Parts": done})
    sums = b"".join(zlib.crc32(p).to_bytes(4, "big") for p in (ONE, TWO))
    whole = base64.b64encode(zlib.crc32(sums).to_bytes(4, "big")).decode()
    assert answer["ChecksumCRC32"] == whole + "-2"


def test_uploads_are_listed_in_pages(account):
    s3, name = new_bucket(account)
    ids = {(key, s3.create_multipart_upload(Bucket=name, Key=key)["UploadId"])
           for key in ("a", "a", "b/1", "b/2", "c")}
    found = set()
    for page in s3.get_paginator("list_multipart_uploads").paginate(
            Bucket=name, PaginationConfig={"PageSize": 2}):
        found |= {(u["Key"], u["UploadId"]) for u in page.get("Uploads", [])}
    assert found == ids
    page = s3.list_multipart_uploads(Bucket=name, Delimiter="/")
    assert [p["Prefix"] for p in page["CommonPrefixes"]] == ["b/"]
