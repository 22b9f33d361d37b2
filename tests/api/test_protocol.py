"""The front door: how requests find their operation, and what malformed ones are told."""
import re

import botocore.exceptions
import pytest

import raw

UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
STS = "Version=2011-06-15"


def test_root_answers_a_probe_without_credentials(server):
    answer = raw.send(server, "GET")
    assert answer.status == 200
    assert b"Slipway" in answer.body


@pytest.mark.parametrize("path, text", [("/healthz", b"ok"), ("/readyz", b"ready"),
                                        ("/metrics", b"# TYPE")])
def test_health_routes_answer(server, path, text):
    answer = raw.send(server, "GET", path)
    assert answer.status == 200
    assert text in answer.body


def test_metrics_count_calls_by_operation(account):
    account.client("sts").get_caller_identity()
    text = raw.send(account.server, "GET", "/metrics").body
    assert re.search(rb'slipway_requests_total\{service="sts",operation="GetCallerIdentity",status="200"\} \d+', text)


def test_query_answer_has_a_request_id(account):
    answer = raw.form_call(account, "sts", "Action=GetCallerIdentity&" + STS)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/xml"
    assert UUID.match(answer.headers["x-amzn-RequestId"])
    assert answer.element("RequestId") == answer.headers["x-amzn-RequestId"]
    assert answer.element("Account") == account.id


def test_json_answer_has_a_request_id(account):
    answer = raw.json_call(account, "kms", "TrentService.ListKeys", {})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert UUID.match(answer.headers["x-amzn-RequestId"])
    assert answer.json["Keys"] == []


def test_query_call_may_be_a_get(account):
    path = "/?Action=GetCallerIdentity&" + STS
    answer = raw.call(account, "sts", "GET", path)
    assert answer.status == 200
    assert answer.element("Account") == account.id


def test_unknown_json_operation(account):
    answer = raw.json_call(account, "kms", "TrentService.Nothing", {})
    assert (answer.status, answer.json["__type"]) == (400, "UnknownOperationException")
    assert answer.headers["x-amzn-ErrorType"] == "UnknownOperationException"


def test_unknown_query_action(account):
    answer = raw.form_call(account, "sts", "Action=Nothing&" + STS)
    assert (answer.status, answer.element("Code")) == (400, "InvalidAction")
    assert answer.element("Type") == "Sender"


def test_planned_operation_says_that_it_is_not_supported(account):
    answer = raw.form_call(account, "sts", "Action=AssumeRoleWithSAML&RoleArn=abc&" + STS)
    if answer.status == 200:
        pytest.fail("AssumeRoleWithSAML is supported now: choose another planned operation")
    assert (answer.status, answer.element("Code")) == (501, "NotImplemented")
    assert answer.element("Message") == ("The operation AssumeRoleWithSAML of service sts is known but not "
                                         "supported by this version of Slipway.")


@pytest.mark.parametrize("body", [
    b"{", b"[]", b"5", b'"a"', b"nul", b'{"KeyId":"a","KeyId":"b"}', b'{"KeyId":"\xff"}',
    b'{"KeyId":5}', b'{"KeyId":["a"]}', b'{"KeyId":{"a":1}}', b'{"KeyId":true}', b"\x00",
    b'{"a":' * 5000, b"[" * 200000,
], ids=lambda body: repr(body[:20]))
def test_malformed_json_is_a_serialization_exception(account, body):
    answer = raw.json_call(account, "kms", "TrentService.DescribeKey", body)
    assert (answer.status, answer.json["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize("limit", ["2147483648", "-2147483649", "1.5", "1e400", '"5"', "99999999999999999999"])
def test_numbers_out_of_range_are_refused(account, limit):
    answer = raw.json_call(account, "kms", "TrentService.ListKeys", '{"Limit":%s}' % limit)
    assert (answer.status, answer.json["__type"]) == (400, "SerializationException")


def test_unknown_members_and_nulls_are_passed_over(account):
    answer = raw.json_call(account, "kms", "TrentService.ListKeys", '{"New":{"a":[1]},"Limit":null}')
    assert answer.status == 200


def test_empty_json_body_is_an_empty_input(account):
    assert raw.json_call(account, "kms", "TrentService.ListKeys", "").status == 200


def test_body_over_the_limit_is_refused(account):
    answer = raw.form_call(account, "sts", "Action=GetCallerIdentity&%s&X=%s" % (STS, "a" * (9 << 20)))
    assert answer.status == 413


@pytest.mark.parametrize("body", ["PolicyArns.member.x.arn=a", "PolicyArns.member.0.arn=a", "DurationSeconds=x",
                                  "DurationSeconds=99999999999", "RoleArn=a&RoleArn=b", "RoleArn.x=a",
                                  "PolicyArns=a"])
def test_malformed_query_parameters_are_refused(account, body):
    answer = raw.form_call(account, "sts", "Action=AssumeRole&%s&%s" % (STS, body))
    assert (answer.status, answer.element("Code")) == (400, "MalformedInput")


def test_query_form_must_be_utf8(account):
    answer = raw.form_call(account, "sts", "Action=GetCallerIdentity&%s&X=%%ff" % STS)
    assert answer.status == 400


def test_missing_member_is_told_in_awss_words(account):
    kms = account.client("kms", validate=False)
    with pytest.raises(botocore.exceptions.ClientError) as info:
        kms.describe_key()
    assert info.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: "
                   "Member must not be null"}


def test_broken_constraints_are_told_together(account):
    iam = account.client("iam", validate=False)
    with pytest.raises(botocore.exceptions.ClientError) as info:
        iam.create_user(UserName="a b", Path="x")
    error = info.value.response["Error"]
    assert error["Code"] == "ValidationError"
    assert error["Message"].startswith("2 validation errors detected: ")
    assert "Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression " \
           "pattern: " in error["Message"]


def test_enum_and_range_are_told_in_awss_words(account):
    kms = account.client("kms", validate=False)
    with pytest.raises(botocore.exceptions.ClientError) as info:
        kms.list_keys(Limit=1001)
    assert info.value.response["Error"]["Message"] == (
        "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 1000")
    with pytest.raises(botocore.exceptions.ClientError) as info:
        kms.create_key(KeyUsage="NOTHING")
    assert "Value 'NOTHING' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [" \
        in info.value.response["Error"]["Message"]


def test_many_requests_on_one_connection(account):
    connection = raw.connect(account.server)
    body = b"Action=GetCallerIdentity&" + STS.encode()
    for _ in range(20):
        headers = raw.signed_headers(account, "sts", body=body, headers={
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})
        connection.request("POST", "/", body=body, headers=headers)
        response = connection.getresponse()
        assert response.status == 200
        assert account.id.encode() in response.read()
    connection.close()
