"""Bodies in aws-chunked framing, signed and not: what is stored is what was meant."""
import base64
import json
import zlib

from botocore import UNSIGNED
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
import pytest

import raw
from s3_support import new_bucket

DATA = b"hello, " * 10000
CRC = base64.b64encode(zlib.crc32(DATA).to_bytes(4, "big")).decode()
UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"


@pytest.fixture
def public(account):
    """A bucket that everybody may write into."""
    s3, name = new_bucket(account)
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%s/*" % name}}))
    return name


def framed(data, *trailers, size=8192):
    parts = [data[at:at + size] for at in range(0, len(data), size)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return chunks + b"0\r\n" + b"".join(line.encode() + b"\r\n" for line in trailers) + b"\r\n"


def framing(**more):
    headers = {"Content-Encoding": "aws-chunked", "x-amz-decoded-content-length": str(len(DATA)),
               "x-amz-content-sha256": UNSIGNED_TRAILER, "x-amz-trailer": "x-amz-checksum-crc32"}
    headers.update({name.replace("_", "-"): value for name, value in more.items()})
    return {name: value for name, value in headers.items() if value is not None}


def put(account, bucket, body, headers):
    return raw.send(account.server, "PUT", "/%s/key" % bucket, body, headers)


def get(account, bucket):
    return account.client("s3").get_object(Bucket=bucket, Key="key")


def has_nothing(account, bucket):
    return account.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_an_anonymous_body_is_taken_out_of_its_frame(account, public):
    answer = put(account, public, framed(DATA, "x-amz-checksum-crc32:" + CRC), framing())
    assert answer.status == 200, answer.body
    got = get(account, public)
    assert got["Body"].read() == DATA and got["ContentLength"] == len(DATA)
    assert "ContentEncoding" not in got
    assert account.client("s3").head_object(Bucket=public, Key="key", ChecksumMode="ENABLED")["ChecksumCRC32"] == CRC


def test_an_unsigned_client_of_boto3_may_frame_its_bodies(account, public):
    nobody = account.client("s3", config=Config(signature_version=UNSIGNED))
    nobody.put_object(Bucket=public, Key="key", Body=DATA, ChecksumAlgorithm="CRC32")
    assert get(account, public)["Body"].read() == DATA
    nobody.put_object(Bucket=public, Key="key", Body=b"plain")
    assert get(account, public)["Body"].read() == b"plain"


WRONG = "x-amz-checksum-crc32:AAAAAA=="
SHA1 = "x-amz-checksum-sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.mark.parametrize("body, headers, code", [
    (framed(DATA, WRONG), {}, "BadDigest"),
    (framed(DATA), {}, "MalformedTrailerError"),
    (framed(DATA, "x-amz-checksum-crc32:" + CRC, SHA1), {}, "MalformedTrailerError"),
    (framed(DATA, WRONG), {"x_amz_trailer": None}, "MalformedTrailerError"),
    (framed(DATA, WRONG), {"x_amz_trailer": "x-amz-checksum-crc32,x-amz-checksum-sha1"}, "InvalidRequest"),
    (framed(DATA, "x-amz-meta-a:b"), {"x_amz_trailer": "x-amz-meta-a"}, "InvalidRequest"),
    (DATA, {}, "InvalidArgument"),
    (framed(DATA)[:-10], {}, "IncompleteBody"),
    (framed(DATA + b"!", "x-amz-checksum-crc32:" + CRC), {}, "IncompleteBody"),
    (framed(DATA), {"x_amz_content_sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}, "InvalidArgument"),
    (framed(DATA), {"x_amz_content_sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"}, "InvalidArgument"),
    (DATA, {"x_amz_content_sha256": "0" * 64, "x_amz_trailer": None}, "XAmzContentSHA256Mismatch"),
    (DATA, {"x_amz_content_sha256": "nonsense"}, "InvalidArgument"),
    (DATA, {"x_amz_content_sha256": "UNSIGNED-PAYLOAD"}, "MalformedTrailerError"),
], ids=["wrong checksum", "no trailer", "second trailer", "trailer not announced", "two announced",
        "unknown announced", "no frame", "cut off", "longer than said", "signed chunks", "signed chunks, trailer",
        "wrong hash", "nonsense", "trailer of a plain body"])
def test_a_frame_that_is_not_as_it_says_stores_nothing(account, public, body, headers, code):
    answer = put(account, public, body, framing(**headers))
    assert (answer.status, answer.element("Code")) == (400, code), answer.body
    assert has_nothing(account, public)


class FramedAuth(S3SigV4Auth):
    def payload(self, request):
        return UNSIGNED_TRAILER


def signed(account, path, headers):
    request = AWSRequest("PUT", account.server.endpoint + path, headers=headers)
    FramedAuth(Credentials(account.access_key, account.secret), "s3", account.server.region).add_auth(request)
    return dict(request.headers.items())


def test_the_trailers_of_a_signed_body_are_those_that_were_announced(account):
    _, bucket = new_bucket(account)
    for trailers, more, code in [
            ((WRONG,), {"x_amz_trailer": None}, "MalformedTrailerError"),
            ((WRONG,), {}, "BadDigest"), ((), {}, "MalformedTrailerError")]:
        answer = put(account, bucket, framed(DATA, *trailers), signed(account, "/%s/key" % bucket, framing(**more)))
        assert (answer.status, answer.element("Code")) == (400, code), answer.body
    assert has_nothing(account, bucket)
