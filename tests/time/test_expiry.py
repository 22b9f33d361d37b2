"""What is good for a while only: sessions, presigned requests, signatures; what is kept for a while only."""
import concurrent.futures
import datetime
import ssl
import urllib.error
import urllib.request

from botocore.config import Config
import pytest

import raw
from builds import ask_poll, service_role
from errors import error_of
from suggestion import Ledger, run, statements_of
from waiting import wait_for


@pytest.fixture
def session(account):
    """A session of a role that may do all, for 15 minutes."""
    arn = service_role(account, "r", "codebuild.amazonaws.com", {
        "Effect": "Allow", "Action": "*", "Resource": "*"})
    account.client("iam").update_assume_role_policy(RoleName="r", PolicyDocument=(
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",'
        '"Principal":{"AWS":"%s"}}}' % account.id))
    keys = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arn}).client(
        "sts").assume_role(RoleArn=arn, RoleSessionName="s-1", DurationSeconds=900)["Credentials"]
    return account.with_key(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])


def test_a_session_ends_when_its_time_is_over(server, session):
    text = "The security token included in the request is expired"
    calls = [("kms", "list_keys", "ExpiredTokenException", text), ("iam", "list_users", "ExpiredToken", text),
             ("s3", "list_buckets", "ExpiredToken", "The provided token has expired.")]
    server.advance(minutes=14)
    for service, operation, _, _ in calls:
        getattr(session.client(service), operation)()
    server.advance(minutes=1)
    for service, operation, code, message in calls:
        error = error_of(getattr(session.client(service), operation))
        assert (error["Code"], error["Message"]) == (code, message)


def test_a_session_that_ends_while_a_call_waits_gets_no_answer(server, session):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        asked = pool.submit(ask_poll, session, waitSeconds=20)
        wait_for(lambda: raw.metric(server, "slipway_requests_parked") == 1, "the poll to be parked")
        server.advance(minutes=15)
        answer = asked.result()
    assert (answer.status, answer.json["__type"]) == (400, "ExpiredTokenException")


def fetch(url, server):
    """Status and body."""
    try:
        with urllib.request.urlopen(url, context=ssl.create_default_context(cafile=server.ca_bundle)) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def presigned(account, seconds):
    s3 = account.client("s3", config=Config(signature_version="s3v4"))
    bucket = "b-" + account.id
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"text")
    return s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=seconds)


def test_a_presigned_url_expires(server, account):
    url = presigned(account, 7 * 86400)
    server.advance(days=6, hours=23)
    assert fetch(url, server) == (200, b"text")
    server.advance(hours=1, seconds=1)
    status, body = fetch(url, server)
    assert status == 403
    for part in (b"<Code>AccessDenied</Code>", b"<Message>Request has expired</Message>",
                 b"<X-Amz-Expires>604800</X-Amz-Expires>"):
        assert part in body


def test_a_presigned_url_ends_with_the_session_that_signed_it(server, session):
    url = presigned(session, 3600)
    assert fetch(url, server) == (200, b"text")
    server.advance(minutes=15)
    status, body = fetch(url, server)
    assert status == 400 and b"<Code>ExpiredToken</Code>" in body


def test_a_signature_is_good_for_5_minutes_and_for_s3_15(server, account):
    signed = raw.signed_headers(account, "kms", body=b"{}", headers={
        "X-Amz-Target": "TrentService.ListKeys", "Content-Type": "application/x-amz-json-1.1"})
    bucket = raw.signed_headers(account, "s3", "GET")
    assert raw.send(server, body=b"{}", headers=signed).status == 200
    server.advance(minutes=5, seconds=1)
    answer = raw.send(server, body=b"{}", headers=signed)
    assert answer.status == 400 and answer.json["__type"].endswith("InvalidSignatureException")
    assert answer.json["message"].startswith("Signature expired: %s is now earlier than" % signed["X-Amz-Date"])
    assert raw.send(server, "GET", headers=bucket).status == 200
    server.advance(minutes=10)
    answer = raw.send(server, "GET", headers=bucket)
    assert (answer.status, answer.element("Code")) == (403, "RequestTimeTooSkewed")


def test_the_date_of_an_answer_is_the_server_s(server):
    date = datetime.datetime.strptime(raw.send(server, "GET", "/healthz").headers["Date"], "%a, %d %b %Y %H:%M:%S GMT")
    assert abs(date.replace(tzinfo=datetime.timezone.utc) - server.now()) < datetime.timedelta(minutes=1)


def test_a_key_is_deleted_when_its_waiting_period_is_over(server, account):
    kms = account.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/a", TargetKeyId=key)
    saved = kms.create_key()["KeyMetadata"]["KeyId"]
    for each in (key, saved):
        kms.schedule_key_deletion(KeyId=each, PendingWindowInDays=7)
    server.advance(days=6, hours=23)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    kms.cancel_key_deletion(KeyId=saved)
    server.advance(hours=1)
    wait_for(lambda: [each["KeyId"] for each in kms.list_keys()["Keys"]] == [saved], "the key to go")
    assert error_of(kms.describe_key, KeyId=key)["Code"] == "NotFoundException"
    assert error_of(kms.describe_key, KeyId="alias/a")["Code"] == "NotFoundException"


def test_log_events_go_when_their_retention_is_over(server, account):
    logs = account.client("logs")
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    logs.put_retention_policy(logGroupName="g", retentionInDays=3)

    def put(text):
        logs.put_log_events(logGroupName="g", logStreamName="s", logEvents=[
            {"timestamp": int(server.now().timestamp() * 1000), "message": text}])

    def texts():
        return [event["message"] for event in logs.get_log_events(
            logGroupName="g", logStreamName="s", startFromHead=True)["events"]]

    put("old")
    server.advance(days=2)
    put("new")
    assert texts() == ["old", "new"]
    server.advance(days=1, hours=1)
    wait_for(lambda: texts() == ["new"], "the old event to go")
    server.advance(days=2)
    wait_for(lambda: texts() == [], "the new event to go")


def test_the_trail_is_kept_for_90_days(server, account):
    trail = account.client("cloudtrail")

    def names():
        return {event["EventName"] for page in trail.get_paginator("lookup_events").paginate()
                for event in page["Events"]}

    account.client("iam").create_user(UserName="first")
    wait_for(lambda: "CreateUser" in names(), "the record")
    server.advance(days=89)
    assert "CreateUser" in names()
    server.advance(days=2)
    wait_for(lambda: "CreateUser" not in names(), "the old record to go")


def test_what_a_user_did_is_known_for_90_days(server, account):
    ledger = Ledger(server, account)
    account.user("u", {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}).client("iam").list_roles()
    ledger.written()
    server.advance(days=89)
    assert [a for a, r in statements_of(ledger.of("user", "u")[0])] == ["iam:ListRoles"]
    server.advance(days=2)
    wait_for(lambda: not run(server, "--user", ledger.arn("user", "u")).stdout, "it to be forgotten")


def test_a_secret_goes_when_its_recovery_window_is_over(server, account):
    secrets = account.client("secretsmanager")
    for name in ("gone", "kept"):
        secrets.create_secret(Name=name, SecretString="s")
        secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    secrets.restore_secret(SecretId="kept")
    server.advance(days=6)
    assert secrets.describe_secret(SecretId="gone")["Name"] == "gone"
    server.advance(days=1)
    wait_for(lambda: ask_code(secrets, "gone") == "ResourceNotFoundException", "the secret to go")
    assert secrets.get_secret_value(SecretId="kept")["SecretString"] == "s"


def ask_code(secrets, name):
    try:
        secrets.describe_secret(SecretId=name)
    except secrets.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return None


def test_a_key_rotates_when_its_period_is_over_and_only_while_it_is_enabled(server, account):
    kms = account.client("kms")
    key, asleep = [kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2)]
    sealed = kms.encrypt(KeyId=key, Plaintext=b"old")["CiphertextBlob"]

    def ask(operation, of, **arguments):
        answer = raw.json_call(account, "kms", "TrentService." + operation, {"KeyId": of, **arguments})
        assert answer.status == 200, answer.body
        return answer.json if answer.body else None

    def rotations(of):
        return [each["RotationType"] for each in ask("ListKeyRotations", of)["Rotations"]]

    for each in (key, asleep):
        ask("EnableKeyRotation", each, RotationPeriodInDays=90)
    kms.disable_key(KeyId=asleep)
    server.advance(days=89)
    assert rotations(key) == []
    server.advance(days=1)
    wait_for(lambda: rotations(key) == ["AUTOMATIC"], "the key to rotate")
    assert kms.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"old"
    ahead = ask("GetKeyRotationStatus", key)["NextRotationDate"] - server.now().timestamp()
    assert ahead > 89 * 86400
    assert rotations(asleep) == []
    kms.enable_key(KeyId=asleep)
    wait_for(lambda: rotations(asleep) == ["AUTOMATIC"], "the key to rotate once it is enabled")
