"""Headers of S3 that ask for what is not there: refused, never taken and forgotten."""
import base64
import json
import zlib

import pytest

import raw
from errors import code_of
from s3_support import new_bucket

CUSTOMER = {"x-amz-server-side-encryption-customer-algorithm": "AES256",
            "x-amz-server-side-encryption-customer-key": base64.b64encode(bytes(32)).decode(),
            "x-amz-server-side-encryption-customer-key-MD5": base64.b64encode(bytes(16)).decode()}
SOURCE_CUSTOMER = {"x-amz-copy-source-" + name[len("x-amz-"):]: value for name, value in CUSTOMER.items()}
OTHER_CHECKSUMS = ["x-amz-checksum-sha512", "x-amz-checksum-md5", "x-amz-checksum-xxhash64", "x-amz-checksum-xxhash3",
                   "x-amz-checksum-xxhash128"]
COMPLETE = ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag>%s</Part>"
            "</CompleteMultipartUpload>")


def b64(data):
    return base64.b64encode(data).decode()


def crc32(data):
    return zlib.crc32(data).to_bytes(4, "big")


class World:
    """A bucket with an object "key", and an upload of "new" with one part."""

    def __init__(self, account):
        self.account = account
        self.s3, self.bucket = new_bucket(account)
        self.s3.put_object(Bucket=self.bucket, Key="key", Body=b"data")
        self.upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key="new", ChecksumAlgorithm="CRC32")["UploadId"]
        self.part = self.s3.upload_part(Bucket=self.bucket, Key="new", UploadId=self.upload, PartNumber=1, Body=b"part",
                                        ChecksumAlgorithm="CRC32")

    def ask(self, method, what, headers=(), body=b""):
        path = "/%s%s" % (self.bucket, what.format(upload=self.upload))
        return raw.call(self.account, "s3", method, path, body, dict(headers))

    def complete(self, headers=(), in_part=""):
        return self.ask("POST", "/new?uploadId={upload}", headers, (COMPLETE % (self.part["ETag"], in_part)).encode())


@pytest.fixture
def world(account):
    return World(account)


def refused(answer):
    return (answer.status, answer.element("Code")) == (501, "NotImplemented")


@pytest.mark.parametrize("method, what", [
    ("PUT", "/key"), ("GET", "/key"), ("POST", "/key?uploads"), ("PUT", "/new?partNumber=2&uploadId={upload}"),
    ("GET", "/new?uploadId={upload}"), ("POST", "/new?uploadId={upload}")])
def test_keys_of_the_customer(world, method, what):
    body = (COMPLETE % (world.part["ETag"], "")).encode() if method == "POST" and "uploadId" in what else b""
    for name, value in CUSTOMER.items():
        assert refused(world.ask(method, what, {name: value}, body)), name
    assert world.s3.get_object(Bucket=world.bucket, Key="key")["Body"].read() == b"data"
    assert world.complete().status == 200


def test_keys_of_the_customer_are_not_asked_for_in_a_head(world):
    for name, value in CUSTOMER.items():
        assert world.ask("HEAD", "/key", {name: value}).status == 501


@pytest.mark.parametrize("what", ["/copy", "/new?partNumber=2&uploadId={upload}"])
def test_keys_of_the_customer_in_copies(world, what):
    for name, value in {**CUSTOMER, **SOURCE_CUSTOMER}.items():
        headers = {"x-amz-copy-source": world.bucket + "/key", name: value}
        assert refused(world.ask("PUT", what, headers)), name


@pytest.mark.parametrize("name", OTHER_CHECKSUMS)
def test_checksums_that_nobody_checks(world, name):
    assert refused(world.ask("PUT", "/key", {name: b64(bytes(16))}, b"other"))
    assert refused(world.ask("PUT", "/new?partNumber=1&uploadId={upload}", {name: b64(bytes(16))}, b"other"))
    assert refused(world.ask("PUT", "?tagging", {name: b64(bytes(16))}, b"<Tagging><TagSet/></Tagging>"))
    assert refused(world.complete({name: b64(bytes(16))}))
    member = "Checksum" + name[len("x-amz-checksum-"):].upper()
    assert refused(world.complete(in_part="<%s>%s</%s>" % (member, b64(bytes(16)), member)))
    assert world.s3.get_object(Bucket=world.bucket, Key="key")["Body"].read() == b"data"


def test_a_checksum_that_is_named_is_sent(world):
    for what, body in [("/key", b"data"), ("?tagging", b"<Tagging><TagSet/></Tagging>")]:
        headers = {"x-amz-sdk-checksum-algorithm": "CRC32"}
        answer = world.ask("PUT", what, headers, body)
        assert (answer.status, answer.element("Code")) == (400, "InvalidRequest")
        assert answer.element("Message") == ("x-amz-sdk-checksum-algorithm specified, but no corresponding "
                                             "x-amz-checksum-* or x-amz-trailer headers were found.")
        assert world.ask("PUT", what, {**headers, "x-amz-checksum-crc32c": "AAAAAA=="}, body).status == 400
        assert world.ask("PUT", what, {**headers, "x-amz-checksum-crc32": b64(crc32(body))}, body).status in (200, 204)
        answer = world.ask("PUT", what, {**headers, "x-amz-checksum-crc32": "AAAAAA=="}, body)
        assert (answer.status, answer.element("Code")) == (400, "BadDigest")


def test_a_checksum_of_the_whole_is_no_checksum_of_the_list(world):
    whole = b64(crc32(crc32(b"part"))) + "-1"
    answer = world.complete({"x-amz-checksum-crc32": b64(crc32(b"other")) + "-1"})
    assert (answer.status, answer.element("Code")) == (400, "BadDigest")
    answer = world.complete({"x-amz-checksum-type": "FULL_OBJECT"})
    assert (answer.status, answer.element("Code")) == (400, "InvalidRequest")
    assert "created using the COMPOSITE checksum mode" in answer.element("Message")
    answer = world.complete({"x-amz-checksum-crc32": whole, "x-amz-checksum-type": "COMPOSITE"})
    assert (answer.status, answer.element("ChecksumCRC32")) == (200, whole)


def test_a_checksum_of_a_whole_that_was_made_without(world):
    upload = world.s3.create_multipart_upload(Bucket=world.bucket, Key="plain")["UploadId"]
    part = world.s3.upload_part(Bucket=world.bucket, Key="plain", UploadId=upload, PartNumber=1, Body=b"part")
    done = {"Bucket": world.bucket, "Key": "plain", "UploadId": upload,
            "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}}
    assert code_of(world.s3.complete_multipart_upload, **done, ChecksumCRC32="AAAAAA==-1") == "InvalidRequest"
    world.s3.complete_multipart_upload(**done)


def test_locks_that_no_object_has(world):
    message = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets."
    for ask in (lambda: world.ask("DELETE", "/key", {"x-amz-bypass-governance-retention": "true"}),
                lambda: world.ask("POST", "?delete", {"x-amz-bypass-governance-retention": "true"},
                                  b"<Delete><Object><Key>key</Key></Object></Delete>")):
        answer = ask()
        assert (answer.status, answer.element("Code")) == (400, "InvalidArgument")
        assert answer.element("Message") == message
    assert world.ask("DELETE", "/key", {"x-amz-bypass-governance-retention": "false"}).status == 204


def test_who_locks_everybody_out_can_be_helped_by_root(account):
    s3, name = new_bucket(account)
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    user = account.user("admin", everything).client("s3")
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                                                     "Resource": ["arn:aws:s3:::" + name, "arn:aws:s3:::%s/*" % name]}}
    user.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    for call in (user.get_bucket_policy, user.delete_bucket_policy, s3.list_objects_v2, s3.delete_bucket):
        assert code_of(call, Bucket=name) == "AccessDenied"
    assert json.loads(s3.get_bucket_policy(Bucket=name)["Policy"]) == policy
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    s3.delete_bucket_policy(Bucket=name)
    assert user.list_objects_v2(Bucket=name)["KeyCount"] == 0
