"""What the tests of S3 share."""
import hashlib
import uuid


def new_bucket(account, **arguments):
    """A new bucket's name, and a client."""
    s3 = account.client("s3")
    name = "b-" + uuid.uuid4().hex[:20]
    s3.create_bucket(Bucket=name, **arguments)
    return s3, name


def md5(data):
    return hashlib.md5(data).hexdigest()
