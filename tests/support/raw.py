"""Requests that no SDK would send: http.client, signed (or not) by hand."""
import datetime
import hashlib
import http.client
import json
import re
import ssl
import urllib.parse

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def element(self, name):
        """The text of an XML element, or None."""
        found = re.search(rb"<%s>(.*?)</%s>" % (name.encode(), name.encode()), self.body, re.S)
        return found and found.group(1).decode()


def connect(server):
    url = urllib.parse.urlsplit(server.endpoint)
    if url.scheme == "http":
        return http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    context = ssl.create_default_context(cafile=server.ca_bundle)
    return http.client.HTTPSConnection(url.hostname, url.port, timeout=60, context=context)


def send(server, method="POST", path="/", body=b"", headers=None):
    connection = connect(server)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return Answer(response, response.read())
    finally:
        connection.close()


def signed_headers(account, service, method="POST", path="/", body=b"", headers=None, region=None,
                   at=None):
    """The headers with a signature, made at `at` (a datetime) or now."""
    if isinstance(body, str):
        body = body.encode()
    request = AWSRequest(method, account.server.endpoint + path, headers=dict(headers or {}), data=body)
    credentials = Credentials(account.access_key, account.secret, account.token)
    kind = S3SigV4Auth if service == "s3" else SigV4Auth
    signer = kind(credentials, service, region or account.server.region)
    if at is None:
        signer.add_auth(request)
    else:
        sign_at(signer, request, at)
    return dict(request.headers.items())


def sign_at(signer, request, at):
    import botocore.auth

    class Then(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return at

    module = botocore.auth.datetime
    original = module.datetime
    module.datetime = Then
    try:
        signer.add_auth(request)
    finally:
        module.datetime = original


def call(account, service, method="POST", path="/", body=b"", headers=None, **options):
    signed = signed_headers(account, service, method, path, body, headers, **options)
    return send(account.server, method, path, body, signed)


def json_call(account, service, target, body, content_type="application/x-amz-json-1.1", **options):
    """body: text, bytes, or what becomes JSON."""
    if not isinstance(body, (str, bytes)):
        body = json.dumps(body)
    return call(account, service, body=body if isinstance(body, bytes) else body.encode(),
                headers={"X-Amz-Target": target, "Content-Type": content_type}, **options)


def form_call(account, service, body, **options):
    return call(account, service, body=body.encode() if isinstance(body, str) else body,
                headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}, **options)


def metric(server, name):
    """The value of a metric, named with its labels as it stands in /metrics; 0 before it is there."""
    lines = send(server, "GET", "/metrics").body.decode().splitlines()
    return next((float(line[len(name) + 1:]) for line in lines if line.startswith(name + " ")), 0)


def sha256(body):
    return hashlib.sha256(body).hexdigest()
