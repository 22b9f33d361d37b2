"""Presigned URLs: how long they hold, and what is wrong with those that do not."""
import datetime
import urllib.parse

from botocore.auth import S3SigV4QueryAuth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
import pytest

import raw
from s3_support import new_bucket

WEEK = 7 * 24 * 3600
TOO_LONG = ("X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be "
            "less than 604800 seconds")


class Signer:
    """Presigns GETs: `expires` as it is written, the time shifted by `ahead` seconds."""

    def __init__(self, account, service):
        self.account, self.service = account, service

    def get(self, path, expires, ahead=0, **changes):
        kind = S3SigV4QueryAuth if self.service == "s3" else SigV4QueryAuth
        signer = kind(Credentials(self.account.access_key, self.account.secret), self.service,
                      self.account.server.region, expires=expires)
        request = AWSRequest("GET", self.account.server.endpoint + path)
        at = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) + datetime.timedelta(seconds=ahead)
        raw.sign_at(signer, request, at)
        url = urllib.parse.urlsplit(request.url)
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        for name, value in changes.items():
            query["X-Amz-" + name] = value
        query = urllib.parse.urlencode({name: value for name, value in query.items() if value is not None})
        return raw.send(self.account.server, "GET", url.path + "?" + query)


@pytest.fixture
def object_of(account):
    s3, bucket = new_bucket(account)
    s3.put_object(Bucket=bucket, Key="key", Body=b"data")
    signer = Signer(account, "s3")
    return lambda expires, ahead=0, **changes: signer.get("/%s/key" % bucket, expires, ahead, **changes)


@pytest.mark.parametrize("expires, ahead", [(1, 60), (60, 0), (60, -30), (WEEK, 0), (WEEK, 60 - WEEK)])
def test_a_url_holds_as_long_as_it_says(object_of, expires, ahead):
    answer = object_of(expires, ahead)
    assert (answer.status, answer.body) == (200, b"data")


@pytest.mark.parametrize("expires, ahead", [(0, 0), (0, 60), (1, -2), (WEEK, -WEEK - 2)])
def test_a_url_that_is_over_says_since_when(object_of, expires, ahead):
    answer = object_of(expires, ahead)
    assert (answer.status, answer.element("Code")) == (403, "AccessDenied")
    assert answer.element("Message") == "Request has expired"
    assert answer.element("X-Amz-Expires") == str(expires)
    assert answer.element("Expires") and answer.element("ServerTime")


def test_a_url_of_tomorrow_does_not_hold_yet(object_of):
    answer = object_of(WEEK, 24 * 3600)
    assert (answer.status, answer.element("Code")) == (403, "AccessDenied")
    assert answer.element("Message") == "Request is not yet valid"


@pytest.mark.parametrize("expires, message", [
    (WEEK + 1, TOO_LONG), (2**62, TOO_LONG), (-1, "X-Amz-Expires must be non-negative"),
    ("soon", "X-Amz-Expires should be a number"), (2**64, "X-Amz-Expires should be a number"),
    ("", "X-Amz-Expires should be a number"), (" 60", "X-Amz-Expires should be a number")])
def test_times_that_are_none(object_of, expires, message):
    answer = object_of(expires)
    assert (answer.status, answer.element("Code")) == (400, "AuthorizationQueryParametersError")
    assert answer.element("Message") == message


@pytest.mark.parametrize("changes, message", [
    ({"Expires": None}, "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                        "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."),
    ({"Algorithm": "AWS4-HMAC-MD5"}, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"'),
    ({"Date": "today"}, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
    ({"Credential": "me"}, "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
                           '"&lt;YOUR-AKID&gt;/YYYYMMDD/REGION/SERVICE/aws4_request".')])
def test_parameters_that_are_wrong(object_of, changes, message):
    answer = object_of(60, **changes)
    assert (answer.status, answer.element("Code")) == (400, "AuthorizationQueryParametersError")
    assert answer.element("Message").replace("&quot;", '"').replace("&apos;", "'") == message


def test_a_longer_time_than_was_signed(object_of):
    answer = object_of(60, Expires="6000")
    assert (answer.status, answer.element("Code")) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize("expires, ahead, status, code", [
    (60, 0, 200, None), (WEEK, 60 - WEEK, 200, None), (0, 0, 400, "RequestExpired"), (1, -2, 400, "RequestExpired"),
    (WEEK + 1, 0, 400, "IncompleteSignature"), (-1, 0, 400, "IncompleteSignature"),
    ("soon", 0, 400, "IncompleteSignature"), ("", 0, 400, "IncompleteSignature")])
def test_urls_of_other_services(account, expires, ahead, status, code):
    answer = Signer(account, "sts").get("/?Action=GetCallerIdentity&Version=2011-06-15", expires, ahead)
    assert (answer.status, answer.element("Code")) == (status, code)
    assert status != 200 or answer.element("Account") == account.id
