"""A bucket that CloudTrail may write to, and the trails of an account."""
import gzip
import json
import os
import pathlib
import subprocess

from s3_support import new_bucket  # noqa: F401

AWS = pathlib.Path(__file__).resolve().parent / "aws_at.py"
PATIENCE = 300


def statements(account, bucket, prefix="", **condition):
    """What the CloudTrail User Guide puts into the bucket's policy."""
    service = {"Service": "cloudtrail.amazonaws.com"}
    acl = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", **condition}}
    return [{"Effect": "Allow", "Principal": service, "Action": "s3:GetBucketAcl",
             "Resource": "arn:aws:s3:::" + bucket, **({"Condition": {"StringEquals": condition}} if condition else {})},
            {"Effect": "Allow", "Principal": service, "Action": "s3:PutObject", "Condition": acl,
             "Resource": "arn:aws:s3:::%s/%sAWSLogs/%s/*" % (bucket, prefix, account.id)}]


def put_policy(owner, bucket, *all_statements):
    owner.client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps(
        {"Version": "2012-10-17", "Statement": list(all_statements)}))


def trail_bucket(account, owner=None, prefix="", **condition):
    """The name of a new bucket of `owner`, for trails of `account`."""
    _, name = new_bucket(owner or account)
    put_policy(owner or account, name, *statements(account, name, prefix, **condition))
    return name


def objects(account, bucket, prefix=""):
    pages = account.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [each["Key"] for page in pages for each in page.get("Contents", [])]


def read(account, bucket, key):
    answer = account.client("s3").get_object(Bucket=bucket, Key=key)
    return json.loads(gzip.decompress(answer["Body"].read())), answer


def records(account, bucket, prefix=""):
    """All that was delivered, oldest file first."""
    return [record for key in objects(account, bucket, prefix) if "/CloudTrail/" in key
            for record in read(account, bucket, key)[0]["Records"]]


def validate_logs(server, account, tmp_path, region=None, trail="one"):
    """What `aws cloudtrail validate-logs` says of all that was delivered: output, errors."""
    now = server.now()
    done = subprocess.run(
        ["/usr/bin/python3", AWS, str(server.ahead.total_seconds()), server.endpoint,
         "cloudtrail", "validate-logs", "--verbose", "--region", region or server.region, "--trail-arn",
         "arn:aws:cloudtrail:%s:%s:trail/%s" % (server.region, account.id, trail),
         "--start-time", "%04d-01-01T00:00:00Z" % (now.year - 1), "--end-time", now.strftime("%Y-%m-%dT%H:%M:%SZ"),
         "--endpoint-url", server.endpoint],
        env={**os.environ, **server.env, "AWS_ACCESS_KEY_ID": account.access_key,
             "AWS_SECRET_ACCESS_KEY": account.secret, "AWS_CONFIG_FILE": str(tmp_path / "none"),
             "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
    assert "Validating log files" in done.stdout, done.stderr
    return done.stdout, done.stderr
