"""A bucket that CloudTrail may write to, and the trails of an account."""
import gzip
import json

from s3_support import new_bucket  # noqa: F401


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
