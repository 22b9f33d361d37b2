"""Signed aws-chunked bodies, tampered with chunk by chunk: nothing is stored."""
import hashlib
import hmac

import pytest

import forge
from forge import Request
from s3_support import new_bucket

CHUNKS = (b"first chunk, ", b"second chunk, ", b"third chunk")
SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"


class Upload:
    """A PUT whose chunks are signed here."""

    def __init__(self, account, path, trailer=None, said=None):
        self.request = Request(account, "s3", "PUT", path)
        self.request.payload = SIGNED + ("-TRAILER" if trailer else "")
        length = sum(map(len, CHUNKS)) if said is None else said
        for name, value in (("Content-Encoding", "aws-chunked"), ("x-amz-decoded-content-length", str(length)),
                            ("x-amz-content-sha256", self.request.payload)):
            if value != "":
                self.request.add(name, value)
        if trailer:
            self.request.add("x-amz-trailer", trailer[0])
        self.trailer = trailer
        self.request.sign()
        self.previous = self.request.first
        self.chunks = [(data, self.sign("PAYLOAD", forge.EMPTY, forge.sha256(data))) for data in (*CHUNKS, b"")]
        if trailer:
            self.last = self.sign("TRAILER", forge.sha256(("%s:%s\n" % trailer).encode()))

    def sign(self, kind, *hashes):
        text = "\n".join(("AWS4-HMAC-SHA256-" + kind, forge.basic(self.request.at), self.request.scope, self.previous,
                          *hashes))
        self.previous = hmac.new(self.request.key(), text.encode(), hashlib.sha256).hexdigest()
        return self.previous

    def send(self):
        self.request.body = b"".join(b"%x;chunk-signature=%s\r\n%s\r\n" % (len(data), signature.encode(), data)
                                     for data, signature in self.chunks if data)
        if self.chunks[-1][0] == b"":
            self.request.body += b"0;chunk-signature=%s\r\n" % self.chunks[-1][1].encode()
            if self.trailer:
                self.request.body += ("%s:%s\r\nx-amz-trailer-signature:%s\r\n" % (*self.trailer, self.last)).encode()
            self.request.body += b"\r\n"
        self.request.body += getattr(self, "after", b"")
        return self.request.send()


@pytest.fixture
def bucket(account):
    return new_bucket(account)


def crc():
    import base64
    import zlib
    return base64.b64encode(zlib.crc32(b"".join(CHUNKS)).to_bytes(4, "big")).decode()


def test_chunks_that_are_right(account, bucket):
    s3, name = bucket
    for trailer in (None, ("x-amz-checksum-crc32", crc())):
        answer = Upload(account, "/%s/key" % name, trailer).send()
        assert answer.status == 200, answer
        assert s3.get_object(Bucket=name, Key="key")["Body"].read() == b"".join(CHUNKS)


def swap(upload):
    upload.chunks[0], upload.chunks[1] = upload.chunks[1], upload.chunks[0]


def change_signature(upload):
    data, signature = upload.chunks[1]
    upload.chunks[1] = (data, "0" * 64)


def change_data(upload):
    data, signature = upload.chunks[1]
    upload.chunks[1] = (data[:-1] + b"!", signature)


def repeat(upload):
    upload.chunks.insert(1, upload.chunks[0])


def append(upload):
    upload.after = b"more"


def append_chunk(upload):
    upload.after = b"4;chunk-signature=%s\r\nmore\r\n" % (b"0" * 64)


MISMATCH, INCOMPLETE, INVALID = (403, "SignatureDoesNotMatch"), (400, "IncompleteBody"), (400, "InvalidArgument")


@pytest.mark.parametrize("tamper, expected", [
    (change_signature, MISMATCH), (change_data, MISMATCH), (swap, MISMATCH), (repeat, MISMATCH),
    (lambda upload: upload.chunks.pop(0), MISMATCH), (lambda upload: upload.chunks.pop(2), MISMATCH),
    (lambda upload: upload.chunks.pop(), INCOMPLETE), (append, INVALID), (append_chunk, INVALID)],
    ids=["signature", "data", "order", "repeated", "first gone", "third gone", "no last", "more bytes", "more chunks"])
@pytest.mark.parametrize("has_trailer", [False, True])
def test_chunks_that_were_tampered_with(account, bucket, tamper, expected, has_trailer):
    s3, name = bucket
    upload = Upload(account, "/%s/key" % name, ("x-amz-checksum-crc32", crc()) if has_trailer else None)
    tamper(upload)
    answer = upload.send()
    assert (answer.status, answer.code) == expected, answer
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 0


def test_trailers_that_were_tampered_with(account, bucket):
    s3, name = bucket
    for change, expected in (({"last": "0" * 64}, MISMATCH), ({"trailer": ("x-amz-checksum-crc32", "AAAAAA==")}, MISMATCH),
                             ({"trailer": None}, INVALID)):
        upload = Upload(account, "/%s/key" % name, ("x-amz-checksum-crc32", crc()))
        vars(upload).update(change)
        answer = upload.send()
        assert (answer.status, answer.code) == expected, answer
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 0


@pytest.mark.parametrize("said, expected", [(1, INCOMPLETE), (100, INCOMPLETE), (-1, INVALID), ("x", INVALID),
                                            ("", (411, "MissingContentLength"))])
def test_another_length_than_the_chunks_have(account, bucket, said, expected):
    s3, name = bucket
    answer = Upload(account, "/%s/key" % name, said=said).send()
    assert (answer.status, answer.code) == expected, answer
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == 0


@pytest.mark.parametrize("payload", [SIGNED, SIGNED + "-TRAILER", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"])
def test_a_body_that_is_read_whole_is_not_framed(account, bucket, payload):
    """The signature would say nothing of it."""
    s3, name = bucket
    request = Request(account, "s3", "PUT", "/" + name, query=[("tagging", "")])
    request.payload = payload
    request.sign()
    request.body = b"<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"
    answer = request.send()
    assert (answer.status, answer.code) == (501, "NotImplemented"), answer
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchTagSet"):
        s3.get_bucket_tagging(Bucket=name)
