"""Digest files of a trail, and what `aws cloudtrail validate-logs` makes of them."""
import base64
import gzip
import hashlib
import json
import re

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
import pytest

from errors import fails
from trail_world import objects, put_policy, read, statements, trail_bucket, validate_logs

NAME = (r"AWSLogs/{0}/CloudTrail-Digest/{1}/(\d{{4}})/(\d\d)/(\d\d)/{0}_CloudTrail-Digest_{1}_one_{1}_"
        r"\1\2\3T\d{{6}}Z\.json\.gz")
BEFORE = ["previousDigestS3Bucket", "previousDigestS3Object", "previousDigestHashValue",
          "previousDigestHashAlgorithm", "previousDigestSignature"]


@pytest.fixture
def bucket(account):
    return trail_bucket(account)


@pytest.fixture
def cloudtrail(account):
    return account.client("cloudtrail")


@pytest.fixture
def one(cloudtrail, bucket):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket, EnableLogFileValidation=True)
    cloudtrail.start_logging(Name="one")
    return cloudtrail


@pytest.fixture
def hour(server, account):
    """An hour in which something happens, and is delivered."""
    def go_by():
        account.client("kms").create_key()
        server.advance(minutes=5)
        server.advance(minutes=56)
    return go_by


def digests(account, bucket, region=None):
    return objects(account, bucket, "AWSLogs/%s/CloudTrail-Digest/%s/" % (account.id, region or account.server.region))


def logs(account, bucket):
    return objects(account, bucket, "AWSLogs/%s/CloudTrail/" % account.id)


@pytest.fixture
def validate(server, account, tmp_path):
    def run(region=None, trail="one"):
        return validate_logs(server, account, tmp_path, region, trail)
    return run


def rewrite(account, bucket, key, change):
    """Puts the object again, changed, with the metadata it had."""
    content, answer = read(account, bucket, key)
    change(content)
    account.client("s3").put_object(Bucket=bucket, Key=key, Metadata=answer["Metadata"], ContentEncoding="gzip",
                                    ContentType="application/json", Body=gzip.compress(json.dumps(content).encode()))


# ---- The files -----------------------------------------------------------------------------------


def test_a_digest_tells_of_the_files_of_an_hour(server, account, one, bucket, hour):
    hour()
    digest, = digests(account, bucket)
    assert re.fullmatch(NAME.format(account.id, server.region), digest), digest
    content, answer = read(account, bucket, digest)
    assert (answer["ContentType"], answer["ContentEncoding"]) == ("application/json", "gzip")
    assert answer["Metadata"]["signature-algorithm"] == "SHA256withRSA"
    assert content["awsAccountId"] == account.id
    assert (content["digestS3Bucket"], content["digestS3Object"]) == (bucket, digest)
    assert content["digestSignatureAlgorithm"] == "SHA256withRSA"
    assert [content[name] for name in BEFORE] == [None] * 5
    assert content["digestEndTime"].replace("-", "").replace(":", "") in digest
    assert content["digestStartTime"] < content["digestEndTime"]
    assert [each["s3Object"] for each in content["logFiles"]] == logs(account, bucket)
    for each in content["logFiles"]:
        assert (each["s3Bucket"], each["hashAlgorithm"]) == (bucket, "SHA-256")
        text = gzip.decompress(account.client("s3").get_object(Bucket=bucket, Key=each["s3Object"])["Body"].read())
        assert each["hashValue"] == hashlib.sha256(text).hexdigest()
        times = [record["eventTime"] for record in json.loads(text)["Records"]]
        assert (each["oldestEventTime"], each["newestEventTime"]) == (min(times), max(times))
    assert content["oldestEventTime"] == min(each["oldestEventTime"] for each in content["logFiles"])
    assert content["newestEventTime"] == max(each["newestEventTime"] for each in content["logFiles"])
    status = one.get_trail_status(Name="one")
    assert status["LatestDigestDeliveryTime"] > status["StartLoggingTime"]
    assert "LatestDigestDeliveryError" not in status


def test_each_digest_is_signed_over_the_one_before(server, account, one, bucket, hour):
    for _ in range(3):
        hour()
    before = None
    for name in digests(account, bucket):
        content, answer = read(account, bucket, name)
        text = gzip.decompress(account.client("s3").get_object(Bucket=bucket, Key=name)["Body"].read())
        if before:
            old, old_text, old_signature = before
            assert [content[each] for each in BEFORE] == [
                bucket, old["digestS3Object"], hashlib.sha256(old_text).hexdigest(), "SHA-256", old_signature]
            assert content["digestStartTime"] == old["digestEndTime"]
        signature = answer["Metadata"]["signature"]
        signed = "\n".join([content["digestEndTime"], bucket + "/" + name, hashlib.sha256(text).hexdigest(),
                            content["previousDigestSignature"] or "null"])
        keys = one.list_public_keys(StartTime=content["digestEndTime"], EndTime=content["digestEndTime"])["PublicKeyList"]
        key, = [each for each in keys if each["Fingerprint"] == content["digestPublicKeyFingerprint"]]
        load_der_public_key(key["Value"]).verify(bytes.fromhex(signature), signed.encode(), PKCS1v15(), SHA256())
        before = content, text, signature
    assert before[0]["previousDigestS3Object"] is not None


def test_an_hour_without_events_has_a_digest_too(server, account, one, bucket, hour):
    one.put_event_selectors(TrailName="one", EventSelectors=[
        {"ReadWriteType": "WriteOnly", "ExcludeManagementEventSources": ["kms.amazonaws.com"]}])
    hour()
    hour()
    content, _ = read(account, bucket, digests(account, bucket)[-1])
    assert (content["logFiles"], content["oldestEventTime"], content["newestEventTime"]) == ([], None, None)


def test_without_validation_there_is_no_digest(account, cloudtrail, bucket, hour):
    cloudtrail.create_trail(Name="one", S3BucketName=bucket)
    cloudtrail.start_logging(Name="one")
    hour()
    assert logs(account, bucket) and digests(account, bucket) == []
    assert cloudtrail.update_trail(Name="one", EnableLogFileValidation=True)["LogFileValidationEnabled"] is True
    assert cloudtrail.get_trail(Name="one")["Trail"]["LogFileValidationEnabled"] is True
    old = logs(account, bucket)
    hour()
    content, _ = read(account, bucket, digests(account, bucket)[0])
    assert content["logFiles"] and not {each["s3Object"] for each in content["logFiles"]} & set(old)


@pytest.mark.parametrize("stop, start", [
    (lambda t: t.stop_logging(Name="one"), lambda t: t.start_logging(Name="one")),
    (lambda t: t.update_trail(Name="one", EnableLogFileValidation=False),
     lambda t: t.update_trail(Name="one", EnableLogFileValidation=True))])
def test_a_trail_that_stops_ends_the_chain(server, account, one, bucket, hour, validate, stop, start):
    hour()
    stop(one)
    hour()
    first = digests(account, bucket)
    assert len(first) == 2
    hour()
    assert digests(account, bucket) == first
    start(one)
    hour()
    new = digests(account, bucket)[2:]
    assert len(new) == 1 and read(account, bucket, new[0])[0]["previousDigestSignature"] is None
    out, err = validate()
    assert "3/3 digest files valid" in out and "INVALID" not in out + err
    assert "No log files were delivered by CloudTrail between" in err


def test_a_digest_that_is_refused_is_said_and_made_up_for(server, account, one, bucket, hour, validate):
    look, write = statements(account, bucket)
    put_policy(account, bucket, look, {**write, "Resource": "arn:aws:s3:::%s/AWSLogs/%s/CloudTrail/*" % (bucket, account.id)})
    hour()
    assert one.get_trail_status(Name="one")["LatestDigestDeliveryError"] == "AccessDenied"
    assert logs(account, bucket) and digests(account, bucket) == []
    put_policy(account, bucket, look, write)
    server.advance(minutes=6)
    assert "LatestDigestDeliveryError" not in one.get_trail_status(Name="one")
    out, err = validate()
    assert "1/1 digest files valid" in out and "INVALID" not in out + err


def test_the_chain_goes_on_in_another_bucket(account, one, bucket, hour, validate):
    hour()
    other = trail_bucket(account)
    one.update_trail(Name="one", S3BucketName=other)
    hour()
    assert read(account, other, digests(account, other)[0])[0]["previousDigestS3Bucket"] == bucket
    out, err = validate()
    assert "2/2 digest files valid" in out and "INVALID" not in out + err


def test_other_regions_have_chains_of_their_own(server, account, one, bucket, hour, validate):
    away = "eu-west-3"
    one.update_trail(Name="one", IsMultiRegionTrail=True)
    account.client("kms", region=away).create_key()
    hour()
    account.client("kms", region=away).create_key()
    hour()
    found = digests(account, bucket, away)
    assert len(found) >= 1 and "_one_%s_" % server.region in found[0]
    out, err = validate(region=away)
    assert "%d/%d digest files valid" % (len(found), len(found)) in out and "INVALID" not in out + err
    assert "/CloudTrail/%s/" % away in out


def test_files_below_a_prefix(server, account, cloudtrail, hour, validate):
    bucket = trail_bucket(account, prefix="a/b/")
    cloudtrail.create_trail(Name="one", S3BucketName=bucket, S3KeyPrefix="a/b", EnableLogFileValidation=True)
    cloudtrail.start_logging(Name="one")
    hour()
    out, err = validate()
    assert "1/1 digest files valid" in out and "a/b/AWSLogs/" in out and "INVALID" not in out + err


# ---- The keys ------------------------------------------------------------------------------------


def test_keys_are_of_a_time(server, account, one, hour):
    hour()
    key, = one.list_public_keys()["PublicKeyList"]
    assert key["ValidityStartTime"] <= server.now() < key["ValidityEndTime"]
    assert hashlib.md5(key["Value"]).hexdigest() == key["Fingerprint"]
    assert one.list_public_keys(StartTime="2001-01-01", EndTime="2002-01-01")["PublicKeyList"] == []
    assert account.client("cloudtrail", region="eu-central-1").list_public_keys()["PublicKeyList"] == []
    fails("InvalidTimeRangeException", one.list_public_keys, StartTime="2002-01-01", EndTime="2001-01-01")
    fails("InvalidTokenException", one.list_public_keys, NextToken="x")


def test_a_new_key_signs_after_30_days(server, account, one, bucket, hour, validate):
    hour()
    server.advance(days=31)
    hour()
    names = {read(account, bucket, each)[0]["digestPublicKeyFingerprint"] for each in digests(account, bucket)}
    listed = one.list_public_keys(StartTime=server.now().replace(year=server.now().year - 1),
                                  EndTime=server.now())["PublicKeyList"]
    assert len(names) >= 2 and names <= {each["Fingerprint"] for each in listed}
    out, err = validate()
    assert "INVALID" not in out + err and "digest files valid" in out


# ---- What is tampered with -----------------------------------------------------------------------


@pytest.fixture
def three(account, one, bucket, hour):
    for _ in range(3):
        hour()
    return digests(account, bucket), logs(account, bucket)


def test_what_was_left_alone_is_valid(three, validate):
    out, err = validate()
    assert "3/3 digest files valid" in out and re.search(r"(\d+)/\1 log files valid", out) and err == ""


def test_a_changed_log_file(account, bucket, three, validate):
    _, files = three
    rewrite(account, bucket, files[0], lambda log: log["Records"].pop())
    out, err = validate()
    assert "Log file\ts3://%s/%s\tINVALID: hash value doesn't match" % (bucket, files[0]) in err
    assert "1/%d log files INVALID" % len(files) in out and "3/3 digest files valid" in out


def test_a_log_file_whose_events_are_of_another_day(account, bucket, three, validate):
    def back_date(log):
        for record in log["Records"]:
            record["eventTime"] = "2020" + record["eventTime"][4:]

    rewrite(account, bucket, three[1][0], back_date)
    assert "%s\tINVALID: hash value doesn't match" % three[1][0] in validate()[1]


def test_a_log_file_that_is_no_more_gzip(account, bucket, three, validate):
    account.client("s3").put_object(Bucket=bucket, Key=three[1][0], Body=b"{}")
    assert "%s\tINVALID: invalid format" % three[1][0] in validate()[1]


def test_a_deleted_log_file(account, bucket, three, validate):
    account.client("s3").delete_object(Bucket=bucket, Key=three[1][0])
    out, err = validate()
    assert "Log file\ts3://%s/%s\tINVALID: not found" % (bucket, three[1][0]) in err


def test_a_missing_digest(account, bucket, three, validate):
    names, _ = three
    account.client("s3").delete_object(Bucket=bucket, Key=names[1])
    out, err = validate()
    assert "Digest file\ts3://%s/%s\tINVALID: not found" % (bucket, names[1]) in err
    assert "2/3 digest files valid, 1/3 digest files INVALID" in out


@pytest.mark.parametrize("change", [
    lambda digest: digest["logFiles"].pop(),
    lambda digest: digest.update(digestEndTime="2020-01-01T00:00:00Z"),
    lambda digest: digest.update(previousDigestSignature="00"),
    lambda digest: digest["logFiles"][0].update(oldestEventTime="2020-01-01T00:00:00Z")])
def test_a_changed_digest(account, bucket, three, validate, change):
    names, _ = three
    rewrite(account, bucket, names[1], change)
    assert "Digest file\ts3://%s/%s\tINVALID: signature verification failed" % (bucket, names[1]) in validate()[1]


def test_a_digest_at_another_time_s_place(account, bucket, three, validate):
    names, _ = three
    s3 = account.client("s3")
    s3.copy_object(Bucket=bucket, Key=names[1], CopySource={"Bucket": bucket, "Key": names[0]})
    assert "%s\tINVALID: has been moved from its original location" % names[1] in validate()[1]


def test_a_digest_signed_by_a_stranger(account, bucket, three, validate):
    names, _ = three
    s3 = account.client("s3")
    body = s3.get_object(Bucket=bucket, Key=names[1])["Body"].read()
    s3.put_object(Bucket=bucket, Key=names[1], Body=body, Metadata={
        "signature": base64.b16encode(b"x" * 256).decode().lower(), "signature-algorithm": "SHA256withRSA"})
    assert "%s\tINVALID: signature verification failed" % names[1] in validate()[1]
