"""What the tests of S3 share."""
import hashlib
import uuid

import pytest
from botocore.exceptions import ClientError


def new_bucket(account, **arguments):
    """A new bucket's name, and a client."""
    s3 = account.client("s3")
    name = "b-" + uuid.uuid4().hex[:20]
    s3.create_bucket(Bucket=name, **arguments)
    return s3, name


def code_of(call, *arguments, **keywords):
    """The error code that a call ends with."""
    with pytest.raises(ClientError) as caught:
        call(*arguments, **keywords)
    return caught.value.response["Error"]["Code"]


def error_of(call, *arguments, **keywords):
    with pytest.raises(ClientError) as caught:
        call(*arguments, **keywords)
    return caught.value.response


def md5(data):
    return hashlib.md5(data).hexdigest()
