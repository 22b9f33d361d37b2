import json
import ssl
import urllib.request
import uuid

import pytest

from errors import code_of, error_of, response_of
from s3_support import new_bucket


def test_a_bucket_is_created_listed_and_deleted(account):
    s3, name = new_bucket(account)
    assert [b["Name"] for b in s3.list_buckets()["Buckets"]] == [name]
    assert s3.head_bucket(Bucket=name)["ResponseMetadata"]["HTTPStatusCode"] == 200
    s3.delete_bucket(Bucket=name)
    assert s3.list_buckets()["Buckets"] == []
    assert code_of(s3.head_bucket, Bucket=name) == "404"


def test_a_name_is_taken_once(account, new_account):
    s3, name = new_bucket(account)
    assert code_of(s3.create_bucket, Bucket=name) == "BucketAlreadyOwnedByYou"
    other = new_account().client("s3")
    assert code_of(other.create_bucket, Bucket=name) == "BucketAlreadyExists"


@pytest.mark.parametrize("name", ["ab", "Upper", "a..b", "192.168.1.1", "-ab", "a_b", "x" * 64])
def test_bad_names_are_refused(account, name):
    s3 = account.client("s3", validate=False)
    assert code_of(s3.create_bucket, Bucket=name) == "InvalidBucketName"


def test_a_bucket_with_objects_stays(account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"1")
    assert code_of(s3.delete_bucket, Bucket=name) == "BucketNotEmpty"
    s3.delete_object(Bucket=name, Key="a")
    s3.delete_bucket(Bucket=name)


def test_a_missing_bucket_is_named(account):
    s3 = account.client("s3")
    assert code_of(s3.list_objects_v2, Bucket="b-" + uuid.uuid4().hex) == "NoSuchBucket"
    assert code_of(s3.delete_bucket, Bucket="b-" + uuid.uuid4().hex) == "NoSuchBucket"
    assert code_of(s3.put_object, Bucket="b-" + uuid.uuid4().hex, Key="a") == "NoSuchBucket"


def test_regions(account):
    west = account.client("s3", region="eu-west-1")
    name = "b-" + uuid.uuid4().hex[:20]
    assert code_of(west.create_bucket, Bucket=name) == "IllegalLocationConstraintException"
    assert code_of(west.create_bucket, Bucket=name, CreateBucketConfiguration={
        "LocationConstraint": "eu-north-1"}) == "IllegalLocationConstraintException"
    west.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert west.get_bucket_location(Bucket=name)["LocationConstraint"] == "eu-west-1"
    east = account.client("s3", region="us-east-1")
    assert east.get_bucket_location(Bucket=name)["LocationConstraint"] == "eu-west-1"


def test_the_wrong_region_is_told(account):
    west = account.client("s3", region="eu-west-1")
    name = "b-" + uuid.uuid4().hex[:20]
    west.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    # boto3 follows to the region that the error names
    east = account.client("s3", region="us-east-1")
    east.put_object(Bucket=name, Key="a", Body=b"1")
    assert west.get_object(Bucket=name, Key="a")["Body"].read() == b"1"


def test_listing_buckets_in_pages(account):
    s3 = account.client("s3")
    names = sorted("b-" + uuid.uuid4().hex[:20] for _ in range(5))
    for name in names:
        s3.create_bucket(Bucket=name)
    assert [b["Name"] for b in s3.list_buckets()["Buckets"]] == names


def test_tagging(account):
    s3, name = new_bucket(account)
    assert code_of(s3.get_bucket_tagging, Bucket=name) == "NoSuchTagSet"
    tags = [{"Key": "team", "Value": "a b"}, {"Key": "x", "Value": ""}]
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == tags
    assert code_of(s3.put_bucket_tagging, Bucket=name, Tagging={"TagSet": [
        {"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}) == "InvalidTag"
    s3.delete_bucket_tagging(Bucket=name)
    assert code_of(s3.get_bucket_tagging, Bucket=name) == "NoSuchTagSet"


def test_encryption_is_by_default_and_by_key(account):
    s3, name = new_bucket(account)
    rule = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    key = account.client("kms").create_key()["KeyMetadata"]
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms",
                                                "KMSMasterKeyID": key["KeyId"]}}]})
    answer = s3.put_object(Bucket=name, Key="a", Body=b"secret")
    assert answer["ServerSideEncryption"] == "aws:kms"
    assert answer["SSEKMSKeyId"] == key["Arn"]
    got = s3.get_object(Bucket=name, Key="a")
    assert got["Body"].read() == b"secret" and got["SSEKMSKeyId"] == key["Arn"]
    account.client("kms").disable_key(KeyId=key["KeyId"])
    assert code_of(s3.get_object, Bucket=name, Key="a") == "KMS.DisabledException"
    account.client("kms").schedule_key_deletion(KeyId=key["KeyId"])
    assert code_of(s3.get_object, Bucket=name, Key="a") == "KMS.KMSInvalidStateException"
    s3.delete_bucket_encryption(Bucket=name)
    assert s3.put_object(Bucket=name, Key="b")["ServerSideEncryption"] == "AES256"


def test_kms_keys_are_used_as_the_caller(account):
    s3, name = new_bucket(account)
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    user = account.user("u", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}).client("s3")
    s3.put_object(Bucket=name, Key="a", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    assert code_of(user.get_object, Bucket=name, Key="a") == "AccessDenied"
    assert code_of(user.put_object, Bucket=name, Key="b", ServerSideEncryption="aws:kms",
                   SSEKMSKeyId=key) == "AccessDenied"
    assert code_of(s3.put_object, Bucket=name, Key="b", ServerSideEncryption="aws:kms",
                   SSEKMSKeyId="alias/none") == "KMS.NotFoundException"


def test_a_key_may_be_limited_to_what_s3_asks_for(account):
    s3, name = new_bucket(account)
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    s3.put_object(Bucket=name, Key="a", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    every_object = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    for service, code in (("s3", None), ("ssm", "AccessDenied")):
        user = account.user(service, every_object, {
            "Effect": "Allow", "Action": "kms:*", "Resource": key, "Condition": {
                "StringEquals": {"kms:ViaService": "%s.%s.amazonaws.com" % (service, account.server.region)}}})
        put = {"Bucket": name, "Key": "b", "Body": b"2", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
        if code:
            assert code_of(user.client("s3").get_object, Bucket=name, Key="a") == code
            assert code_of(user.client("s3").put_object, **put) == code
        else:
            assert user.client("s3").get_object(Bucket=name, Key="a")["Body"].read() == b"1"
            user.client("s3").put_object(**put)
        assert code_of(user.client("kms").encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"


@pytest.mark.parametrize("spec, usage", [("RSA_2048", "ENCRYPT_DECRYPT"), ("ECC_NIST_P256", "SIGN_VERIFY"),
                                         ("HMAC_256", "GENERATE_VERIFY_MAC")])
def test_only_symmetric_keys_seal_objects(account, spec, usage):
    s3, name = new_bucket(account)
    key = account.client("kms").create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["Arn"]
    error = error_of(s3.put_object, Bucket=name, Key="a", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    assert (error["Code"], error["Message"]) == (
        "KMS.InvalidKeyUsageException", "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec %s." % spec)
    assert "Contents" not in s3.list_objects_v2(Bucket=name)


def policy(name, **statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*" % name,
         **statement}]})


def test_a_policy_is_kept_as_it_was_sent(account):
    s3, name = new_bucket(account)
    assert code_of(s3.get_bucket_policy, Bucket=name) == "NoSuchBucketPolicy"
    text = policy(name, Principal="*")
    s3.put_bucket_policy(Bucket=name, Policy=text)
    assert s3.get_bucket_policy(Bucket=name)["Policy"] == text
    s3.delete_bucket_policy(Bucket=name)
    assert code_of(s3.get_bucket_policy, Bucket=name) == "NoSuchBucketPolicy"


@pytest.mark.parametrize("text", ["{", "{}", '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}'])
def test_a_malformed_policy_is_refused(account, text):
    s3, name = new_bucket(account)
    assert code_of(s3.put_bucket_policy, Bucket=name, Policy=text) == "MalformedPolicy"


def test_another_account_needs_the_bucket_policy(account, new_account):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a", Body=b"1")
    other = new_account()
    assert code_of(other.client("s3").get_object, Bucket=name, Key="a") == "AccessDenied"
    s3.put_bucket_policy(Bucket=name, Policy=policy(
        name, Principal={"AWS": "arn:aws:iam::%s:root" % other.id}))
    assert other.client("s3").get_object(Bucket=name, Key="a")["Body"].read() == b"1"
    assert code_of(other.client("s3").put_object, Bucket=name, Key="b") == "AccessDenied"
    assert code_of(other.client("s3").get_object, Bucket=name, Key="a",
                   ExpectedBucketOwner=other.id) == "AccessDenied"


def test_who_may_not_list_does_not_learn_what_is_missing(account):
    s3, name = new_bucket(account)
    reader = account.user("r", {"Effect": "Allow", "Action": "s3:GetObject",
                                "Resource": "arn:aws:s3:::%s/*" % name}).client("s3")
    assert code_of(reader.get_object, Bucket=name, Key="none") == "AccessDenied"
    assert code_of(s3.get_object, Bucket=name, Key="none") == "NoSuchKey"
    answer = response_of(reader.list_objects_v2, Bucket=name)
    assert "s3:ListBucket" in answer["Error"]["Message"]


@pytest.mark.parametrize("host", ["{}.s3.amazonaws.com", "{}.localhost", None])
def test_a_public_bucket_by_path_and_by_host(account, host):
    s3, name = new_bucket(account)
    s3.put_object(Bucket=name, Key="a/b", Body=b"for all")
    s3.put_bucket_policy(Bucket=name, Policy=policy(name, Principal="*"))
    path, headers = ("/a/b", {"Host": host.format(name)}) if host else ("/%s/a/b" % name, {})
    request = urllib.request.Request(account.server.endpoint + path, headers=headers)
    context = ssl.create_default_context(cafile=account.server.ca_bundle)
    with urllib.request.urlopen(request, context=context) as answer:
        assert answer.read() == b"for all"
