"""Prints requests signed by botocore and the aws CLI, as JSON: the oracle of sigv4_test.c."""
import json
from hashlib import sha256
from urllib.parse import urlsplit

from awscli.customizations.codecommit import CodeCommitGetCommand
from botocore.auth import (S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth)
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode_sequence

PLAIN = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
SESSION = Credentials(PLAIN.access_key, PLAIN.secret_key, "token/with+odd=characters&more")
REGION = "eu-west-1"


def describe(name, request, service, body, is_s3):
    parts = urlsplit(request.url)
    headers = [[k, v if isinstance(v, str) else v.decode()] for k, v in request.headers.items()]
    if not request.headers.get("host"):
        headers.append(["Host", parts.netloc])
    return {
        "name": name, "service": service, "region": REGION, "secret": PLAIN.secret_key,
        "access_key": PLAIN.access_key, "method": request.method, "path": parts.path or "/",
        "query": parts.query, "headers": headers, "is_s3": is_s3,
        "payload_hash": "" if is_s3 else sha256(body).hexdigest(),
    }


def sign(name, signer, service, method, url, headers=(), body=b"", params=None, credentials=PLAIN,
         **options):
    if params:
        url += "?" + percent_encode_sequence(params)
    request = AWSRequest(method=method, url=url, data=body)
    for key, value in headers:
        request.headers.add_header(key, value)
    signer(credentials, service, REGION, **options).add_auth(request)
    is_s3 = signer in (S3SigV4Auth, S3SigV4QueryAuth)
    return describe(name, request, service, body, is_s3)


def vectors():
    api = "https://127.0.0.1:8443"
    yield sign("json call", SigV4Auth, "codebuild", "POST", api + "/",
               [("X-Amz-Target", "CodeBuild_20161006.ListBuilds"),
                ("Content-Type", "application/x-amz-json-1.1")], b"{}")
    yield sign("with a session token", SigV4Auth, "sts", "POST", api + "/",
               [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
               b"Action=GetCallerIdentity&Version=2011-06-15", credentials=SESSION)
    for path in ("", "/", "//", "/a//b", "/./a/./b/.", "/a/../b", "/../..", "/a/b/..", "/a/b/../",
                 "/a%20b/%E2%82%AC", "/a%2Fb", "/~-._", "/a:b@c+d=e", "/a/.../b", "/a//"):
        yield sign("path " + path, SigV4Auth, "codecommit", "GET", api + path)
    for query in ("a=1", "b=2&a=1", "a=2&a=1", "a=", "a", "a=b%3Dc", "A=1&a=2&B=3",
                  "x=%20%2B%2F", "a%20b=c", "a=~-._", "list-type=2&prefix=a%2Fb&delimiter=%2F",
                  "aa=1&a=1&a.b=1&a-b=1"):
        yield sign("query " + query, SigV4Auth, "codecommit", "GET", api + "/?" + query)
        yield sign("S3 query " + query, S3SigV4Auth, "s3", "GET", api + "/bucket?" + query)
    yield sign("folded header", SigV4Auth, "iam", "GET", api + "/",
               [("X-Test", "  a   b\t c  "), ("X-Quoted", '"a   b"'), ("X-Empty", "")])
    yield sign("repeated header", SigV4Auth, "iam", "GET", api + "/",
               [("X-Test", "z"), ("x-test", "a"), ("X-TEST", "m")])
    for path in ("/bucket/key", "/bucket//key", "/bucket/./a/../b", "/bucket/a%20b%2Bc",
                 "/bucket/%E2%82%AC%21%28%29%2A%27", "/bucket/100%25", "/bucket/a%252Fb",
                 "/bucket/~-._", "/bucket/a/"):
        yield sign("S3 path " + path, S3SigV4Auth, "s3", "PUT", api + path, body=b"content")
        yield sign("presigned S3 path " + path, S3SigV4QueryAuth, "s3", "GET", api + path,
                   expires=600)
    yield sign("presigned S3 with a token", S3SigV4QueryAuth, "s3", "GET", api + "/bucket/key",
               params={"versionId": "a/b+c", "response-content-type": "text/plain; q=1"},
               credentials=SESSION, expires=600)
    yield sign("presigned S3 with headers", S3SigV4QueryAuth, "s3", "PUT", api + "/bucket/key",
               [("x-amz-acl", "private"), ("Content-Type", "text/plain")], expires=604800)
    yield sign("presigned STS", SigV4QueryAuth, "sts", "GET", api + "/",
               params={"Action": "GetCallerIdentity", "Version": "2011-06-15"}, expires=60)


class Session:
    def get_credentials(self):
        return PLAIN


def git(host, path):
    command = CodeCommitGetCommand(Session())
    return {"host": host, "path": path, "region": REGION, "secret": PLAIN.secret_key,
            "password": command.sign_request(REGION, f"https://{host}{path}")}


print(json.dumps({
    "requests": list(vectors()),
    "git": [git("localhost:8443", "/v1/repos/hello-web"), git("127.0.0.1", "/v1/repos/a%20b"),
            git("git-codecommit.eu-west-1.amazonaws.com", "/v1/repos/x")],
}))
