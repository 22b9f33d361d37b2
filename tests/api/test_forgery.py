"""Forged requests: each case says what is tampered with, and is sent to every protocol. All are refused with
AWS's code, nothing has changed after them, and the server is still the same process."""
import datetime
import itertools
import json

import pytest

import forge
import raw
from forge import FORM, Request, basic, utcnow
from s3_support import new_bucket

numbers = itertools.count(1)


# ---- What is attacked: one change in each protocol ------------------------------------------------

class Query:
    family, service = "query", "iam"

    def __init__(self, account):
        self.iam = account.client("iam")

    def request(self, account, name):
        body = "Action=CreateGroup&Version=2010-05-08&GroupName=%s" % name
        return Request(account, "iam", headers=[FORM], body=body.encode())

    def exists(self, name):
        return name in [group["GroupName"] for group in self.iam.list_groups(MaxItems=1000)["Groups"]]


class Json:
    family, service = "json", "ssm"
    content_type = "application/x-amz-json-1.1"

    def __init__(self, account):
        self.ssm = account.client("ssm")

    def request(self, account, name):
        return Request(account, "ssm", body=json.dumps({"Name": name, "Value": "v", "Type": "String"}).encode(),
                       headers=[("Content-Type", self.content_type), ("X-Amz-Target", "AmazonSSM.PutParameter")])

    def exists(self, name):
        return not self.ssm.get_parameters(Names=[name])["InvalidParameters"]


class Json10(Json):
    content_type = "application/x-amz-json-1.0"


class Rest:
    family, service = "s3", "s3"

    def __init__(self, account):
        self.s3, self.bucket = new_bucket(account)

    def request(self, account, name):
        return Request(account, "s3", "PUT", "/%s/%s" % (self.bucket, name), body=b"data of the object")

    def exists(self, name):
        return any(item["Key"] == name for item in
                   self.s3.list_objects_v2(Bucket=self.bucket, Prefix=name).get("Contents", []))


class World:
    """Accounts and targets that all cases share; every case has a name of its own."""

    def __init__(self, server):
        self.server = server
        self.account, self.other = server.new_account(), server.new_account()
        self.targets = [kind(self.account) for kind in (Query, Json, Json10, Rest)]
        self.user = self.account.user("forger", {"Effect": "Allow", "Action": "*", "Resource": "*"})
        role = self.make_role()
        keys = [self.user.client("sts").assume_role(RoleArn=role, RoleSessionName=name)["Credentials"]
                for name in ("one", "two")]
        self.sessions = [self.account.with_key(key["AccessKeyId"], key["SecretAccessKey"], key["SessionToken"])
                         for key in keys]


    def make_role(self):
        iam = self.account.client("iam")
        role = iam.create_role(RoleName="forger", AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": {
                "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": self.account.id}}}))
        iam.put_role_policy(RoleName="forger", PolicyName="all", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}))
        return role["Role"]["Arn"]


@pytest.fixture(scope="module")
def world(server):
    return World(server)


@pytest.fixture(autouse=True)
def same_server(server):
    pid = server.process.pid
    yield
    assert server.process.pid == pid and server.process.poll() is None


def by(query, json_code, s3):
    return {"query": query, "json": json_code, "s3": s3}


MISMATCH = by((403, "SignatureDoesNotMatch"), (400, "InvalidSignatureException"), (403, "SignatureDoesNotMatch"))
INCOMPLETE = by((400, "IncompleteSignature"), (400, "IncompleteSignatureException"),
                (400, "AuthorizationHeaderMalformed"))
UNKNOWN_KEY = by((403, "InvalidClientTokenId"), (400, "UnrecognizedClientException"), (403, "InvalidAccessKeyId"))
NO_TOKEN = by((403, "MissingAuthenticationToken"), (400, "MissingAuthenticationTokenException"),
              (403, "AccessDenied"))
BAD_TOKEN = by((403, "InvalidClientTokenId"), (400, "UnrecognizedClientException"), (400, "InvalidToken"))
EXPIRED = by((403, "SignatureDoesNotMatch"), (400, "InvalidSignatureException"), (403, "RequestTimeTooSkewed"))
PLAIN_400 = by((400, None), (400, None), (400, None))


def forged(world, target, before=None, after=None, account=None):
    """The request, and its name."""
    name = "n%d" % next(numbers)
    request = target.request(account or world.account, name)
    if before:
        before(request)
    request.sign()
    if after:
        after(request)
    return request, name


def expect(world, codes, before=None, after=None, account=None, targets=None):
    for target in targets or world.targets:
        request, name = forged(world, target, before, after, account)
        answer = request.send()
        got = answer and (answer.status, answer.code)
        assert got == codes[target.family], "%s: %r" % (type(target).__name__, answer)
        assert not target.exists(name)


def test_what_is_forged_below_is_right_before_it_is_tampered_with(world):
    for account in (world.account, world.user, *world.sessions):
        for target in world.targets:
            request, name = forged(world, target, account=account)
            answer = request.send()
            assert answer.status == 200, answer
            assert target.exists(name)


# ---- The signature --------------------------------------------------------------------------------

def with_signature(change):
    def after(request):
        field = request.header("Authorization")
        at = field.index("Signature=") + len("Signature=")
        request.set("Authorization", field[:at] + change(field[at:]))
    return after


def flip(at):
    return lambda text: text[:at] + "%x" % (int(text[at], 16) ^ 1) + text[at + 1:]


@pytest.mark.parametrize("at", range(64))
def test_each_digit_of_a_signature_counts(world, at):
    expect(world, MISMATCH, after=with_signature(flip(at)), targets=[world.targets[at % 4]])


@pytest.mark.parametrize("change, codes", [
    (lambda text: text[:-1], INCOMPLETE), (lambda text: text[:32], INCOMPLETE), (lambda text: "", INCOMPLETE),
    (lambda text: text + "0", INCOMPLETE), (lambda text: text + text, INCOMPLETE),
    (lambda text: text.upper(), MISMATCH), (lambda text: "0" * 64, MISMATCH), (lambda text: text[::-1], MISMATCH),
    (lambda text: "g" * 64, INCOMPLETE), (lambda text: text[:-1] + "\xe9", INCOMPLETE),
    (lambda text: text + ", Signature=" + "0" * 64, INCOMPLETE)],
    ids=["cut", "half", "empty", "longer", "twice", "upper case", "zeros", "reversed", "no hex", "latin-1",
         "second field"])
def test_other_signatures(world, change, codes):
    expect(world, codes, after=with_signature(change))


def test_a_signature_of_another_request(world):
    for target in world.targets:
        first, _ = forged(world, target)
        expect(world, MISMATCH, after=lambda request: request.set("Authorization", first.header("Authorization")),
               targets=[target])


# ---- What is signed ----------------------------------------------------------------------------------

def remove_signed(name):
    def before(request):
        request.set("X-Amz-Date", basic(request.at))
        if request.is_s3:
            request.set("x-amz-content-sha256", forge.sha256(request.body))
        request.names = sorted(key.lower() for key, _ in request.headers if key.lower() != name)
    return before


UNSIGNED = by((400, "IncompleteSignature"), (400, "IncompleteSignatureException"), (403, "AccessDenied"))


def test_the_host_must_be_signed(world):
    expect(world, INCOMPLETE, before=remove_signed("host"))


def test_the_date_must_be_signed(world):
    expect(world, UNSIGNED, before=remove_signed("x-amz-date"))


def test_the_target_must_be_signed(world):
    expect(world, UNSIGNED, before=remove_signed("x-amz-target"), targets=world.targets[1:3])


@pytest.mark.parametrize("name", ["X-Amz-Acl", "X-Amz-Meta-A", "X-Amz-Security-Token", "X-Amz-Other"])
def test_a_header_that_nobody_signed(world, name):
    expect(world, UNSIGNED, after=lambda request: request.add(name, "private"))


def test_a_target_that_is_added_makes_no_other_operation_of_a_form(world):
    expect(world, by((400, "InvalidSignatureException"), None, None), targets=world.targets[:1],
           after=lambda request: request.add("X-Amz-Target", "AmazonSSM.DescribeParameters"))


def test_another_target(world):
    expect(world, MISMATCH, targets=world.targets[1:3],
           after=lambda request: request.set("X-Amz-Target", "AmazonSSM.DeleteParameter"))


def test_another_content_type(world):
    expect(world, MISMATCH, targets=world.targets[:3],
           after=lambda request: request.set("Content-Type", request.header("Content-Type") + " "  "; x"))


@pytest.mark.parametrize("change", [
    lambda names: names + names[-1:], lambda names: names[::-1], lambda names: [name.upper() for name in names],
    lambda names: names + [""], lambda names: [""] + names],
    ids=["twice", "unsorted", "upper case", "empty at the end", "empty first"])
def test_signed_headers_are_written_in_one_way(world, change):
    def before(request):
        request.set("X-Amz-Date", basic(request.at))
        if request.is_s3:
            request.set("x-amz-content-sha256", forge.sha256(request.body))
        request.names = change(sorted(name.lower() for name, _ in request.headers))
    expect(world, INCOMPLETE, before=before)


def test_a_header_that_was_signed_and_is_gone(world):
    expect(world, MISMATCH, before=lambda request: request.add("X-Amz-Meta-A", "1"),
           after=lambda request: request.set("X-Amz-Meta-A", None))


@pytest.mark.parametrize("name, value", [("Authorization", "AWS4-HMAC-SHA256 x"), ("X-Amz-Date", "20200101T000000Z"),
                                         ("Host", "other"), ("X-Amz-Security-Token", "t"), ("Content-Type", "a/b"),
                                         ("X-Amz-Meta-A", "2")])
def test_a_header_twice(world, name, value):
    """Also where both were signed: what is canonical is one text, what is served is one of two."""
    def before(request):
        if not request.header(name):
            request.add(name, "1")
    for when in ("before", "after"):
        more = {"before": before} if when == "after" else {}
        if when == "before":
            more["before"] = lambda request: (before(request), request.add(name, value))
        else:
            more["after"] = lambda request: request.add(name, value)
        if name == "Authorization" and when == "before":
            continue  # it is made by signing
        expect(world, PLAIN_400, **more)


# ---- The body ------------------------------------------------------------------------------------

CONTENT = by((403, "SignatureDoesNotMatch"), (400, "InvalidSignatureException"), (400, "XAmzContentSHA256Mismatch"))


@pytest.mark.parametrize("change", [lambda body: body + b" ", lambda body: body[:-1], lambda body: b"",
                                    lambda body: body[:-2] + b"X" + body[-1:]], ids=["longer", "cut", "none", "changed"])
def test_another_body(world, change):
    def after(request):
        request.body = change(request.body)
    expect(world, CONTENT, after=after, targets=world.targets if change(b"123456789") else world.targets[1:])


@pytest.mark.parametrize("payload", ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", forge.EMPTY, "x"])
def test_only_s3_has_bodies_that_are_not_signed(world, payload):
    def before(request):
        request.payload = payload
        request.add("x-amz-content-sha256", payload)
    expect(world, MISMATCH, before=before, targets=world.targets[:3])


def test_hash_header_of_another_body(world):
    def after(request):
        request.set("x-amz-content-sha256", forge.sha256(b"other"))
        request.body = b"other"
    expect(world, MISMATCH, after=after, targets=world.targets[3:])


# ---- Who, when, where -------------------------------------------------------------------------------

def credential(**changes):
    def after(request):
        field = request.header("Authorization")
        parts = {"key": request.account.access_key, "date": basic(request.at)[:8], "region": request.region,
                 "service": request.service, "terminator": "aws4_request", **changes}
        start = field.index("Credential=") + len("Credential=")
        end = field.index(",", start)
        request.set("Authorization", field[:start] + "/".join(parts.values()) + field[end:])
    return after


SERVICE = by((403, "SignatureDoesNotMatch"), (400, "InvalidSignatureException"), (400, "AuthorizationHeaderMalformed"))
DATE = INCOMPLETE


@pytest.mark.parametrize("changes, codes", [
    ({"key": "AKIAIOSFODNN7EXAMPLE"}, UNKNOWN_KEY), ({"key": ""}, INCOMPLETE), ({"date": "20200101"}, DATE),
    ({"date": "2020"}, INCOMPLETE), ({"date": ""}, INCOMPLETE), ({"region": "eu-north-1"}, MISMATCH),
    ({"region": ""}, None), ({"region": "us-east-1:1:a"}, None), ({"region": "*"}, None), ({"region": "r" * 200}, None),
    ({"service": "kms"}, SERVICE), ({"service": ""}, SERVICE), ({"terminator": "aws5_request"}, INCOMPLETE),
    ({"terminator": ""}, INCOMPLETE), ({"terminator": "aws4_request/x"}, INCOMPLETE)],
    ids=lambda value: next(iter(value.items()), ("",)) and "%s=%.12s" % next(iter(value.items()))
    if isinstance(value, dict) and len(value) == 1 else "")
def test_another_scope(world, changes, codes):
    region = by((403, "SignatureDoesNotMatch"), (400, "InvalidSignatureException"),
                (400, "AuthorizationHeaderMalformed"))
    expect(world, codes or region, after=credential(**changes))


@pytest.mark.parametrize("region", ["us-east-1:123456789012:name", "*", "us east", "US-EAST-1", "a/b", "\xe9", "x" * 65])
def test_a_region_is_a_name_also_where_it_is_signed(world, region):
    """It goes into ARNs: one that says more than a region would name other resources."""
    def before(request):
        request.region = region
    codes = by((403, "SignatureDoesNotMatch"), (400, "InvalidSignatureException"),
               (400, "AuthorizationHeaderMalformed"))
    if "/" in region:
        codes = INCOMPLETE
    expect(world, codes, before=before)


def test_key_of_another_account(world):
    def after(request):
        credential(key=world.other.access_key)(request)
    expect(world, MISMATCH, after=after)


@pytest.mark.parametrize("minutes", [-16, 16, -60 * 24, 60 * 24])
def test_a_replay_outside_of_the_window(world, minutes):
    def before(request):
        request.at = utcnow() + datetime.timedelta(minutes=minutes)
    expect(world, EXPIRED, before=before)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_five_minutes_are_the_window_but_in_s3(world, minutes):
    def before(request):
        request.at = utcnow() + datetime.timedelta(minutes=minutes)
    expect(world, EXPIRED, before=before, targets=world.targets[:3])
    request, name = forged(world, world.targets[3], before)
    assert request.send().status == 200 and world.targets[3].exists(name)


@pytest.mark.parametrize("date", ["", "now", "20261123", "2026-11-23T00:00:00Z", "20261399T000000Z", "99999999T999999Z",
                                  "00000000T000000Z", "20261123T000000", "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_dates_that_are_none(world, date):
    codes = by(*(INCOMPLETE[family] for family in ("query", "json", "s3")))
    expect(world, codes, after=lambda request: request.set("X-Amz-Date", date))


def test_the_amz_date_counts_and_not_the_other(world):
    old = "Mon, 02 Jan 2006 15:04:05 GMT"
    for target in world.targets:
        request, name = forged(world, target, before=lambda request: request.add("Date", old))
        assert request.send().status == 200 and target.exists(name)
    fresh = utcnow().strftime("%a, %d %b %Y %H:%M:%S GMT")

    def before(request):
        request.at = datetime.datetime(2020, 1, 1)
        request.add("Date", fresh)
    expect(world, EXPIRED, before=before)


# ---- Tokens -----------------------------------------------------------------------------------------

def test_a_token_of_another_session(world):
    one, two = world.sessions
    expect(world, BAD_TOKEN, account=one.with_key(one.access_key, one.secret, two.token))


def test_a_session_without_its_token(world):
    one = world.sessions[0]
    expect(world, UNKNOWN_KEY, account=one.with_key(one.access_key, one.secret))


def test_a_token_with_a_key_that_needs_none(world):
    expect(world, BAD_TOKEN, account=world.user.with_key(
        world.user.access_key, world.user.secret, world.sessions[0].token))


@pytest.mark.parametrize("change", [lambda text: text[:-1], lambda text: text + "A", lambda text: ("B" if text[0] != "B" else "C") + text[1:],
                                    lambda text: "x", lambda text: text * 3,
                                    lambda text: text[:40] + ("A" if text[40] != "A" else "B") + text[41:]],
                         ids=["cut", "longer", "first", "short", "thrice", "middle"])
def test_tokens_that_were_changed(world, change):
    one = world.sessions[0]
    expect(world, BAD_TOKEN, account=one.with_key(one.access_key, one.secret, change(one.token)))


# ---- Algorithms ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("text", [
    "AWS4-ECDSA-P256-SHA256 Credential=a/20261123/SERVICE/aws4_request, SignedHeaders=host, Signature=00",
    "AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=", "AWS4-HMAC-SHA1 Credential=a", "AWS4-HMAC-SHA256-X Credential=a",
    "AWS4-HMAC-SHA256\tCredential=a", "AWS3-HTTPS AWSAccessKeyId=a,Algorithm=HmacSHA256,Signature=b"])
def test_other_algorithms(world, text):
    expect(world, INCOMPLETE, after=lambda request: request.set(
        "Authorization", text.replace("SERVICE", request.service)))


@pytest.mark.parametrize("text", ["Basic QUtJQTpzZWNyZXQ=", "Bearer abc", "aws4-hmac-sha256 Credential=a", "", "x"])
def test_no_signature_at_all(world, text):
    expect(world, NO_TOKEN, after=lambda request: request.set("Authorization", text))


# ---- Presigned URLs -------------------------------------------------------------------------------------

WHO = (("Action", "GetCallerIdentity"), ("Version", "2011-06-15"))


class Url:
    """A URL of S3, or of a service that speaks query; GET."""

    def __init__(self, world, service):
        self.world, self.service = world, service
        if service == "s3":
            target = world.targets[3]
            target.s3.put_object(Bucket=target.bucket, Key="shown", Body=b"data")
            self.path, self.query = "/%s/shown" % target.bucket, ()
        else:
            self.path, self.query = "/", WHO

    def request(self, account=None, **options):
        return Request(account or self.world.account, self.service, "GET", self.path, query=self.query, **options)


@pytest.fixture(params=["s3", "sts"])
def url(request, world):
    return Url(world, request.param)


PARAMETERS = {"s3": (400, "AuthorizationQueryParametersError"), "sts": (400, "IncompleteSignature")}
URL_MISMATCH = {"s3": (403, "SignatureDoesNotMatch"), "sts": (403, "SignatureDoesNotMatch")}


def refused(url, request, codes):
    answer = request.send()
    assert (answer.status, answer.code) == codes[url.service], answer


def test_a_url_is_right_before_it_is_tampered_with(url):
    for account in (url.world.account, url.world.user, *url.world.sessions):
        answer = url.request(account).presign().send()
        assert answer.status == 200, answer


@pytest.mark.parametrize("name", ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"])
def test_a_parameter_of_a_url_twice(url, name):
    request = url.request().presign()
    request.query.append(("X-Amz-" + name, dict(request.query)["X-Amz-" + name]))
    refused(url, request, PARAMETERS)


@pytest.mark.parametrize("name", ["Expires", "Date", "Credential"])
def test_a_parameter_of_a_url_twice_and_signed(url, name):
    """Who has the key may sign that too; what it means is not clear."""
    request = url.request()
    request.query = [*request.query, ("X-Amz-" + name, "1")]
    refused(url, request.presign(), PARAMETERS)


@pytest.mark.parametrize("old, new", [("X-Amz-Expires", "X-Amz-%45xpires"), ("X-Amz-Signature", "X%2DAmz-Signature"),
                                      ("X-Amz-Date", "%58-Amz-Date")])
def test_a_parameter_of_a_url_has_no_other_name(url, old, new):
    request = url.request().presign()
    request.raw_query = request.query_text().replace(old, new)
    refused(url, request, PARAMETERS)


def test_names_of_parameters_have_case(url):
    request = url.request().presign()
    request.raw_query = request.query_text().replace("X-Amz-Expires", "x-amz-expires")
    refused(url, request, {"s3": PARAMETERS["s3"], "sts": URL_MISMATCH["sts"]})


def test_a_signature_in_the_url_and_in_a_header(url):
    request = url.request().presign()
    request.set("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=f")
    answer = request.send()
    assert answer.status == 400 and b"Only one auth mechanism allowed" in answer.body
    both = url.request().presign()
    both.sign()
    assert both.send().status == 400


def test_more_in_the_query_than_was_signed(url):
    for more in (("versionId", "null"), ("response-content-type", "text/html"), ("Action", "GetSessionToken"), ("a", "")):
        request = url.request().presign()
        request.query.append(more)
        refused(url, request, URL_MISMATCH)


def test_another_method_or_path(url):
    for method in ("PUT", "DELETE", "POST", "HEAD"):
        if url.service != "s3":
            continue
        request = url.request().presign()
        request.method = method
        assert request.send().status == 403
    if url.service == "s3":
        request = url.request().presign()
        request.path += "2"
        refused(url, request, URL_MISMATCH)


def test_a_url_with_other_hosts(url):
    request = url.request().presign()
    request.set("Host", "localhost:1")
    refused(url, request, URL_MISMATCH)


def test_parameters_in_the_body_sign_nothing(world):
    request = Request(world.account, "sts", "POST", "/", query=WHO, headers=[FORM])
    request.presign()
    request.body = request.query_text().encode()
    request.query = []
    answer = request.send()
    assert (answer.status, answer.code) == (403, "MissingAuthenticationToken")


def test_a_url_without_body_carries_none(world):
    """The hash of no body is what was signed."""
    request = Request(world.account, "sts", "GET", "/", query=WHO).presign()
    request.method, request.body = "POST", b"Action=GetSessionToken&Version=2011-06-15"
    request.add("Content-Type", "application/x-www-form-urlencoded")
    assert request.send().code == "SignatureDoesNotMatch"


def test_a_token_is_part_of_a_url(url):
    one, two = url.world.sessions
    request = url.request(one).presign()
    request.query = [pair for pair in request.query if pair[0] != "X-Amz-Security-Token"]
    refused(url, request, {"s3": (403, "InvalidAccessKeyId"), "sts": (403, "InvalidClientTokenId")})
    request = url.request(one).presign()
    request.query = [(name, two.token if name == "X-Amz-Security-Token" else value) for name, value in request.query]
    refused(url, request, {"s3": (400, "InvalidToken"), "sts": (403, "InvalidClientTokenId")})


# ---- One text, one meaning ----------------------------------------------------------------------------

def test_a_plus_is_a_blank_and_not_the_plus_that_was_signed(world):
    target = world.targets[3]
    for key in ("a+b", "a b"):
        target.s3.put_object(Bucket=target.bucket, Key=key, Body=b"")

    def listed(prefix, text):
        request = Request(world.account, "s3", "GET", "/" + target.bucket, query=[("list-type", "2"), ("prefix", prefix)])
        request.sign()
        request.raw_query = "list-type=2&prefix=" + text
        return request.send()
    assert b"<Key>a+b</Key>" in listed("a+b", "a%2Bb").body
    assert b"<Key>a b</Key>" in listed("a b", "a%20b").body
    assert b"<Key>a b</Key>" in listed("a b", "a+b").body
    assert listed("a+b", "a+b").code == "SignatureDoesNotMatch"


PATHS = ["//{b}/shown", "/{b}//shown", "/{b}/./shown", "/{b}/x/../shown", "/x/../{b}/shown", "/{b}/%2e%2e/{b}/shown",
         "/{b}/..%2fshown", "/{b}%2fshown", "/{b}%2Fshown", "/{b}/shown/", "/{b}/shown%00", "/{b}/shown%00.txt",
         "/{b}/%c0%af", "/{b}/%c0%ae%c0%ae/shown", "/{b}/shown;a=b", "/{b};a=b/shown", "/{b}/shown%20", "/{b}/shown+",
         "/{b}/%ff", "/{b}/%", "/{b}/%zz", "/{b}\\shown", "/{b}/Shown", "/{B}/shown", "/{b}./shown", "/{b}/shown#x",
         "/{b}/%252e%252e/shown", "/./{b}/shown", "/{b}/shown%0d%0aX-A: b"]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_only_resembles_the_permitted_one(world, path):
    """The policy names one object, there is another one beside it; whatever the path says, nothing else is served."""
    target = world.targets[3]
    Url(world, "s3")
    target.s3.put_object(Bucket=target.bucket, Key="secret/../shown", Body=b"secret")
    reader = reader_of(world, "arn:aws:s3:::%s/shown" % target.bucket)
    raw_path = path.replace("{b}", target.bucket).replace("{B}", target.bucket.upper())
    request = Request(reader, "s3", "GET", "/")
    request.path = forge.urllib.parse.unquote_to_bytes(raw_path).decode("latin-1")
    request.raw_path = raw_path
    request.canonical_path = "/".join(
        forge.urllib.parse.quote(forge.urllib.parse.unquote_to_bytes(part), safe="-._~") for part in raw_path.split("/"))
    answer = request.sign().send()
    assert answer is None or 400 <= answer.status < 500, answer
    assert answer is None or b"secret" not in answer.body or answer.code == "AccessDenied"


def reader_of(world, arn):
    if not hasattr(world, "reader"):
        world.reader = world.account.user("reader", {"Effect": "Allow", "Action": "s3:GetObject", "Resource": arn})
    return world.reader


@pytest.mark.parametrize("path", ["/{b}/%73hown", "/{b}/show%6E", "/{b}/show%6e"])
def test_escapes_that_need_not_be_are_the_same_path(world, path):
    target = world.targets[3]
    Url(world, "s3")
    reader = reader_of(world, "arn:aws:s3:::%s/shown" % target.bucket)
    request = Request(reader, "s3", "GET", "/%s/shown" % target.bucket)
    request.raw_path = path.replace("{b}", target.bucket)
    assert request.sign().send().body == b"data"


@pytest.mark.parametrize("host", ["{b}.localhost", "{b}.s3.us-east-1.amazonaws.com", "{b}.s3.amazonaws.com"])
def test_a_bucket_in_the_host_is_authorized_as_it_is_served(world, host):
    target = world.targets[3]
    Url(world, "s3")
    _, other = new_bucket(world.account)
    reader = reader_of(world, "arn:aws:s3:::%s/shown" % target.bucket)

    def get(bucket, path, change=None):
        request = Request(reader, "s3", "GET", path)
        request.set("Host", host.replace("{b}", bucket))
        request.sign()
        if change:
            request.set("Host", host.replace("{b}", change))
        return request.send()
    assert get(target.bucket, "/shown").body == b"data"
    assert get(other, "/%s/shown" % target.bucket).status == 403
    assert get(target.bucket, "/shown", other).code == "SignatureDoesNotMatch"
    assert get(other, "/shown", target.bucket).code == "SignatureDoesNotMatch"


@pytest.mark.parametrize("path", ["/healthz/x", "/metrics-of-mine/x", "/readyzz", "/v1/repos"])
def test_buckets_may_begin_like_a_route_of_the_server(world, path):
    answer = Request(world.account, "s3", "GET", path).sign().send()
    assert answer.status in (403, 404) and answer.code in ("NoSuchBucket", "InvalidBucketName", "AccessDenied"), answer


# ---- Characters ---------------------------------------------------------------------------------------

def test_a_nul_is_refused_wherever_it_comes_in(world):
    kms = raw.json_call(world.account, "ssm", "AmazonSSM.PutParameter",
                        '{"Name":"nul","Value":"a\\u0000b","Type":"String","Description":"a\\u0000b"}')
    answers = [
        kms, raw.json_call(world.account, "ssm", "AmazonSSM.GetParameter", '{"Name":"a\\u0000b"}'),
        raw.json_call(world.account, "kms", "TrentService.DescribeKey", '{"KeyId":"alias/a\\u0000b"}'),
        raw.json_call(world.account, "codecommit", "CodeCommit_20150413.GetBranch",
                      '{"repositoryName":"r","branchName":"a\\u0000b"}'),
        raw.json_call(world.account, "secretsmanager", "secretsmanager.GetSecretValue", '{"SecretId":"a\\u0000b"}'),
        raw.form_call(world.account, "iam", "Action=GetUser&Version=2010-05-08&UserName=a%00b"),
        raw.form_call(world.account, "iam", "Action=CreateRole&Version=2010-05-08&RoleName=a&Description=%00"
                                            "&AssumeRolePolicyDocument=%7B%7D"),
        Request(world.account, "s3", "GET", "/" + world.targets[3].bucket, query=[("prefix", "a\0b")]).sign().send()]
    assert [answer.status for answer in answers] == [400] * len(answers), [
        (answer.status, answer.body) for answer in answers]


@pytest.mark.parametrize("text", ["a\x01b", "a\x7fb", "\xff\xfe", "<x>&\"'", "%n%s%d"])
def test_what_is_signed_wrongly_is_told_in_well_formed_text(world, text):
    """The canonical request stands in the message, with whatever the sender wrote into it."""
    import xml.etree.ElementTree
    for target in world.targets:
        request, name = forged(world, target, before=lambda request: request.add("X-Amz-Meta-A", text),
                               after=with_signature(flip(0)))
        answer = request.send()
        assert answer.status in (400, 403), answer
        if answer.code is None:
            continue  # cut off by the HTTP server
        if target.family == "json":
            json.loads(answer.body)
        else:
            xml.etree.ElementTree.fromstring(answer.body)


@pytest.mark.parametrize("value", ["text/html\r\nX-Injected: 1", "a\nX-Injected: 1", "a\rX-Injected: 1", "a\r\n\r\n<b>"])
def test_no_header_of_an_answer_can_be_written_by_a_url(world, value):
    for name in ("response-content-type", "response-content-disposition", "response-cache-control"):
        request = Url(world, "s3").request()
        request.query = [(name, value)]
        answer = request.presign().send()
        assert "x-injected" not in answer.headers
        assert answer.body == b"data" or answer.status == 400
