"""Bytes that two parsers could read in two ways, over TLS and in the clear: one answer that refuses, or none, and
no second request is ever taken out of the first one's body."""
import pytest

from forge import FORM, Request, exchange
from servers import Server, binary

WHO = b"Action=GetCallerIdentity&Version=2011-06-15"


@pytest.fixture(scope="module")
def plain():
    """A server without TLS."""
    running = Server(binary(), arguments=["--tls", "off"])
    yield running
    running.stop(keep_log=False)


@pytest.fixture(params=["tls", "plain"])
def account(request, server):
    chosen = server if request.param == "tls" else request.getfixturevalue("plain")
    pid = chosen.process.pid
    yield chosen.new_account()
    assert chosen.process.pid == pid and chosen.process.poll() is None


def signed(account, close=True, change=None):
    """The bytes of a call that is right."""
    request = Request(account, "sts", headers=[FORM], body=WHO).sign()
    if change:
        change(request)
    return request.wire(close)


def group(account, name):
    body = b"Action=CreateGroup&Version=2010-05-08&GroupName=" + name.encode()
    return Request(account, "iam", headers=[FORM], body=body).sign().wire()


def has_groups(account):
    return account.client("iam").list_groups()["Groups"] != []


def test_pipelined_requests_are_answered_in_their_order(account):
    answers = exchange(account.server, signed(account, close=False) + b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                       + signed(account))
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert answers[1].body == b"ok\n" and account.id.encode() in answers[0].body + answers[2].body


LENGTH = b"Content-Length: %d" % len(WHO)
FRAMES = {
    "two lengths": (LENGTH, LENGTH + b"\r\nContent-Length: 0"),
    "two equal lengths": (LENGTH, LENGTH + b"\r\n" + LENGTH),
    "a list of lengths": (LENGTH, LENGTH + b", %d" % len(WHO)),
    "a negative length": (LENGTH, b"Content-Length: -1"),
    "a length with a sign": (LENGTH, b"Content-Length: +%d" % len(WHO)),
    "a length in hex": (LENGTH, b"Content-Length: 0x2b"),
    "a length beyond all": (LENGTH, b"Content-Length: 99999999999999999999999"),
    "no number": (LENGTH, b"Content-Length: x"),
    "an empty length": (LENGTH, b"Content-Length:"),
    "length and chunked": (LENGTH, LENGTH + b"\r\nTransfer-Encoding: chunked"),
    "chunked and length": (LENGTH, b"Transfer-Encoding: chunked\r\n" + LENGTH),
    "identity": (LENGTH, LENGTH + b"\r\nTransfer-Encoding: identity"),
    "another coding": (LENGTH, b"Transfer-Encoding: xchunked"),
    "two codings": (LENGTH, b"Transfer-Encoding: gzip, chunked"),
    "chunked twice": (LENGTH, b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
    "chunked, chunked": (LENGTH, b"Transfer-Encoding: chunked, chunked"),
    "a tab before chunked": (LENGTH, LENGTH + b"\r\nTransfer-Encoding:\tchunked"),
    "a vertical tab": (LENGTH, LENGTH + b"\r\nTransfer-Encoding: \x0bchunked"),
    "a blank before the colon": (b"\r\nContent-Length:", b"\r\nContent-Length :"),
    "a folded first header": (b"HTTP/1.1\r\n", b"HTTP/1.1\r\n X-A: b\r\n"),
    "a header without colon": (LENGTH, LENGTH + b"\r\nnothing"),
    "a NUL in a name": (LENGTH, LENGTH + b"\r\nX\x00A: ab"),
    "two hosts": (b"\r\nHost:", b"\r\nHost: b\r\nHost:"),
    "a host of somebody": (b"\r\nHost: ", b"\r\nHost: user@"),
    "a host with a path": (b"\r\nHost: ", b"\r\nHost: a/"),
    "no host": (b"\r\nHost:", b"\r\nX-Host:"),
    "another host in the target": (b"POST / ", b"POST http://other/ "),
    "a target without path": (b"POST / ", b"POST sts "),
    "a target that is a name": (b"POST / ", b"POST example.com:443 "),
    "another protocol": (b"POST / HTTP/1.1", b"POST / HTTX/1.1"),
    "no version": (b"POST / HTTP/1.1", b"POST /"),
    "a version to come": (b"POST / HTTP/1.1", b"POST / HTTP/3.1"),
    "a long method": (b"POST / ", b"P" * 20000 + b" / "),
    "no method": (b"POST / ", b" / "),
    "many headers": (LENGTH, LENGTH + b"".join(b"\r\nX-%d: a" % i for i in range(250))),
    "long headers": (LENGTH, LENGTH + b"\r\nX-A: " + b"a" * 20000),
    "a long target": (b"POST / ", b"POST /?" + b"a" * 20000 + b" "),
    "a long name": (LENGTH, LENGTH + b"\r\n" + b"a" * 20000 + b": b"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_framing_that_is_not_clear(account, name):
    """Behind it stands a whole request, which must not be seen as one."""
    old, new = FRAMES[name]
    data = signed(account, close=False)
    assert old in data
    answers = exchange(account.server, data.replace(old, new, 1) + group(account, "smuggled"))
    assert len(answers) <= 1 and all(400 <= answer.status < 600 for answer in answers), answers
    assert not has_groups(account)


@pytest.mark.parametrize("more", [b"X-A: b\r\n c", b"X-A: a\x00b"], ids=["folded", "NUL"])
def test_what_the_http_server_takes_has_one_meaning(account, more):
    """A folded value is one line; a NUL ends a value. Both before anything is verified."""
    answers = exchange(account.server, signed(account).replace(LENGTH, LENGTH + b"\r\n" + more))
    assert [answer.status for answer in answers] == [200], answers


@pytest.mark.parametrize("name, body", [
    ("no size", b"\r\n"), ("a negative size", b"-1\r\n"), ("a size with 0x", b"0x2b\r\n%s\r\n0\r\n\r\n" % WHO),
    ("a size beyond all", b"fffffffffffffffff\r\n"), ("a blank in a size", b"2 b\r\n%s\r\n0\r\n\r\n" % WHO),
    ("a chunk that is longer", b"2a\r\n%s\r\n0\r\n\r\n" % WHO)])
def test_chunks_that_are_not_clear(account, name, body):
    data = signed(account, close=False).replace(LENGTH, b"Transfer-Encoding: chunked").replace(WHO, body)
    answers = exchange(account.server, data + group(account, "smuggled"))
    assert len(answers) <= 1 and all(400 <= answer.status < 600 for answer in answers), answers
    assert not has_groups(account)


def test_chunks_that_are_clear(account):
    body = b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (WHO[:5], len(WHO) - 5, WHO[5:])
    answers = exchange(account.server, signed(account).replace(LENGTH, b"Transfer-Encoding: chunked").replace(WHO, body))
    assert [answer.status for answer in answers] == [200], answers


def test_a_header_that_claims_to_be_the_end(account):
    """A line feed alone ends no header for one who signs it."""
    data = signed(account).replace(b"\r\nHost:", b"\r\nX-A: b\nX-Amz-Target: AmazonSSM.DeleteParameter\r\nHost:")
    answers = exchange(account.server, data)
    assert all(answer.status == 400 for answer in answers), answers


def test_what_is_beyond_every_limit(account):
    """Of each kind one that is far too large: all are refused."""
    many = b"".join(b"&Tags.member.%d.Key=a" % i for i in range(1, 30000))
    deep = b"&" + b".".join([b"a"] * 500) + b"=1"
    calls = [Request(account, "iam", headers=[FORM], body=b"Action=CreateUser&Version=2010-05-08&UserName=a" + more)
             for more in (many, deep, b"&Path=/" + b"a" * (1 << 20) + b"/")]
    json_type = ("Content-Type", "application/x-amz-json-1.1")
    for text in (b'{"KeyIds":' + b"[" * 100000, b'{"Names":[' + b'"a",' * 200000 + b'"a"]}',
                 b'{"Name":"' + b"a" * (1 << 20) + b'"}', b'{"' + b'a":{"' * 10000,
                 b'{"Name":1' + b"0" * 100000 + b"}"):
        calls.append(Request(account, "ssm", headers=[json_type, ("X-Amz-Target", "AmazonSSM.GetParameters")], body=text))
    calls.append(Request(account, "kms", headers=[json_type, ("X-Amz-Target", "TrentService.Decrypt")],
                         body=b'{"CiphertextBlob":"' + b"A" * (1 << 20) + b'"}'))
    for call in calls:
        answer = call.sign().send()
        assert answer is None or 400 <= answer.status < 500, answer


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">%s]><Tagging><TagSet><Tag><Key>&j;</Key>
<Value>a</Value></Tag></TagSet></Tagging>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><Tagging><TagSet><Tag>
<Key>&a;</Key><Value>a</Value></Tag></TagSet></Tagging>"""


@pytest.mark.parametrize("body", [LAUGHS, OUTSIDE, b"<a>" * 100000, b"<Tagging " + b'a="b" ' * 20000 + b"/>",
                                  b"<Tagging><TagSet>" + b"<Tag><Key>a</Key><Value/></Tag>" * 20000 + b"</TagSet></Tagging>",
                                  b"<Tagging><TagSet/></Tagging><Tagging/>", b"\x00", b"<Tagging\xff/>"],
                         ids=["laughs", "outside", "deep", "attributes", "many", "two roots", "NUL", "not UTF-8"])
def test_xml_that_grows(account, body):
    s3 = account.client("s3")
    s3.create_bucket(Bucket="xml-" + account.id)
    answer = Request(account, "s3", "PUT", "/xml-" + account.id, query=[("tagging", "")], body=body).sign().send()
    assert answer is None or (400 <= answer.status < 500 and b"root:" not in answer.body), answer
    assert not s3.list_objects_v2(Bucket="xml-" + account.id).get("Contents")
