"""CloudWatch Logs: groups, streams, events, and the real `aws logs tail`."""
import json
import os
import subprocess
import time

import pytest

import raw
from errors import code_of, error_of

WAIT_SECONDS = 60
HOUR = 3600 * 1000
DAY = 24 * HOUR


def now():
    return int(time.time() * 1000)


@pytest.fixture
def logs(account):
    return account.client("logs")


@pytest.fixture
def stream(logs):
    """Where things are put: the group "g" with its stream "s"."""
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    return {"logGroupName": "g", "logStreamName": "s"}


def put(logs, stream, *messages, at=None, step=1):
    at = now() - 10000 if at is None else at
    return logs.put_log_events(**stream, logEvents=[
        {"timestamp": at + i * step, "message": message} for i, message in enumerate(messages)])


def messages(answer):
    return [event["message"] for event in answer["events"]]


# ---- Groups

def test_a_group(logs, account):
    logs.create_log_group(logGroupName="/a/b-c_d.e#f")
    group, = logs.describe_log_groups()["logGroups"]
    assert group["logGroupName"] == "/a/b-c_d.e#f"
    assert group["arn"] == "arn:aws:logs:%s:%s:log-group:/a/b-c_d.e#f:*" % (account.server.region, account.id)
    assert (group["storedBytes"], group["metricFilterCount"]) == (0, 0)
    assert "retentionInDays" not in group
    assert abs(group["creationTime"] - now()) < HOUR
    error = error_of(logs.create_log_group, logGroupName="/a/b-c_d.e#f")
    assert error == {"Code": "ResourceAlreadyExistsException", "Message": "The specified log group already exists"}
    logs.delete_log_group(logGroupName="/a/b-c_d.e#f")
    assert logs.describe_log_groups()["logGroups"] == []
    error = error_of(logs.delete_log_group, logGroupName="/a/b-c_d.e#f")
    assert error == {"Code": "ResourceNotFoundException", "Message": "The specified log group does not exist."}


@pytest.mark.parametrize("arguments", [{"kmsKeyId": "k"}, {"tags": {"a": "b"}}])
def test_groups_that_are_not_supported_say_so(logs, arguments):
    error = error_of(logs.create_log_group, logGroupName="g", **arguments)
    assert error["Code"] == "InvalidParameterException" and "not supported" in error["Message"]


@pytest.mark.parametrize("name", ["a b", "", "x" * 513, "a\n"])
def test_bad_group_names(account, name):
    logs = account.client("logs", validate=False)
    assert code_of(logs.create_log_group, logGroupName=name) == "InvalidParameterException"


def test_groups_by_prefix_and_pattern_and_pages(logs):
    for name in ["a/1", "a/2", "a/3", "b/1", "B_1", "Bx1"]:
        logs.create_log_group(logGroupName=name)

    def names(**arguments):
        return [g["logGroupName"] for g in logs.describe_log_groups(**arguments)["logGroups"]]
    assert names() == ["B_1", "Bx1", "a/1", "a/2", "a/3", "b/1"]
    assert names(logGroupNamePrefix="a/") == ["a/1", "a/2", "a/3"]
    assert names(logGroupNamePrefix="none") == []
    assert names(logGroupNamePattern="/1") == ["a/1", "b/1"]
    assert names(logGroupNamePattern="B") == ["B_1", "Bx1"]
    assert names(logGroupNamePattern="B_") == ["B_1"]
    pages = logs.get_paginator("describe_log_groups").paginate(
        logGroupNamePrefix="a", PaginationConfig={"PageSize": 2})
    assert [len(page["logGroups"]) for page in pages] == [2, 1]
    assert code_of(logs.describe_log_groups, nextToken="nonsense") == "InvalidParameterException"
    assert code_of(logs.describe_log_groups, logGroupNamePattern="a",
                   logGroupNamePrefix="b") == "InvalidParameterException"


def test_retention(logs):
    logs.create_log_group(logGroupName="g")
    logs.put_retention_policy(logGroupName="g", retentionInDays=7)
    assert logs.describe_log_groups()["logGroups"][0]["retentionInDays"] == 7
    assert code_of(logs.put_retention_policy, logGroupName="g", retentionInDays=8) == "InvalidParameterException"
    logs.delete_retention_policy(logGroupName="g")
    assert "retentionInDays" not in logs.describe_log_groups()["logGroups"][0]
    for call in (logs.put_retention_policy, logs.delete_retention_policy):
        more = {"retentionInDays": 1} if call == logs.put_retention_policy else {}
        assert code_of(call, logGroupName="none", **more) == "ResourceNotFoundException"


def test_retention_removes_old_events(logs, stream):
    old, new = now() - 5 * DAY, now() - 1000
    put(logs, stream, "old", at=old)
    put(logs, stream, "new", at=new)
    logs.put_retention_policy(logGroupName="g", retentionInDays=3)
    end = time.monotonic() + WAIT_SECONDS
    while messages(logs.get_log_events(**stream)) != ["new"]:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert messages(logs.filter_log_events(logGroupName="g")) == ["new"]
    logs.delete_log_group(logGroupName="g")


# ---- Streams

def test_streams(logs, stream, account):
    listed, = logs.describe_log_streams(logGroupName="g")["logStreams"]
    assert listed["logStreamName"] == "s"
    assert listed["arn"] == "arn:aws:logs:%s:%s:log-group:g:log-stream:s" % (account.server.region, account.id)
    assert "lastEventTimestamp" not in listed and "firstEventTimestamp" not in listed
    error = error_of(logs.create_log_stream, **stream)
    assert error == {"Code": "ResourceAlreadyExistsException", "Message": "The specified log stream already exists"}
    assert code_of(logs.create_log_stream, logGroupName="none", logStreamName="s") == "ResourceNotFoundException"
    at = now() - 5000
    put(logs, stream, "a", "b", at=at)
    put(logs, stream, "earlier", at=at - 1000)
    listed, = logs.describe_log_streams(logGroupName="g")["logStreams"]
    assert (listed["firstEventTimestamp"], listed["lastEventTimestamp"]) == (at - 1000, at + 1)
    assert abs(listed["lastIngestionTime"] - now()) < HOUR
    assert logs.describe_log_groups()["logGroups"][0]["storedBytes"] > 0
    logs.delete_log_stream(**stream)
    assert logs.describe_log_streams(logGroupName="g")["logStreams"] == []
    assert logs.describe_log_groups()["logGroups"][0]["storedBytes"] == 0
    error = error_of(logs.delete_log_stream, **stream)
    assert error == {"Code": "ResourceNotFoundException", "Message": "The specified log stream does not exist."}


@pytest.fixture
def streams(logs):
    """Six streams of "g"; the later in the alphabet the older their events, "e" and "f" are empty."""
    logs.create_log_group(logGroupName="g")
    for i, name in enumerate("abcdef"):
        logs.create_log_stream(logGroupName="g", logStreamName=name)
        if name < "e":
            put(logs, {"logGroupName": "g", "logStreamName": name}, name, at=now() - 60000 * (i + 1))
    return logs


@pytest.mark.parametrize("arguments, expected", [
    ({}, "abcdef"), ({"descending": True}, "fedcba"), ({"logStreamNamePrefix": "b"}, "b"),
    ({"orderBy": "LastEventTime"}, "efdcba"), ({"orderBy": "LastEventTime", "descending": True}, "abcdfe")])
@pytest.mark.parametrize("size", [1, 2, 50])
def test_streams_in_order(streams, arguments, expected, size):
    pages = streams.get_paginator("describe_log_streams").paginate(
        logGroupName="g", PaginationConfig={"PageSize": size}, **arguments)
    assert "".join(s["logStreamName"] for page in pages for s in page["logStreams"]) == expected


def test_streams_in_an_order_that_is_refused(streams):
    assert code_of(streams.describe_log_streams, logGroupName="g", orderBy="LastEventTime",
                   logStreamNamePrefix="a") == "InvalidParameterException"
    assert code_of(streams.describe_log_streams, logGroupName="g", nextToken="x") == "InvalidParameterException"


# ---- Putting

def test_rejected_events(logs, stream):
    at = now()
    answer = logs.put_log_events(**stream, logEvents=[{"timestamp": at - 15 * DAY, "message": "old"}])
    assert answer["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 1}
    answer = logs.put_log_events(**stream, logEvents=[
        {"timestamp": at, "message": "now"}, {"timestamp": at + 3 * HOUR, "message": "new"}])
    assert answer["rejectedLogEventsInfo"] == {"tooNewLogEventStartIndex": 1}
    assert messages(logs.get_log_events(**stream)) == ["now"]
    logs.put_retention_policy(logGroupName="g", retentionInDays=1)
    answer = logs.put_log_events(**stream, logEvents=[
        {"timestamp": at - DAY - HOUR, "message": "expired"}, {"timestamp": at - HOUR, "message": "kept"}])
    assert answer["rejectedLogEventsInfo"] == {"expiredLogEventEndIndex": 1}
    assert messages(logs.get_log_events(**stream)) == ["now", "kept"]


@pytest.mark.parametrize("events, message", [
    ([(1, "b"), (0, "a")], "Log events in a single PutLogEvents request must be in chronological order."),
    ([(-25 * HOUR, "a"), (0, "b")], "The batch of log events in a single PutLogEvents request cannot span more "
                                    "than 24 hours."),
    ([(0, "x" * 600000), (1, "x" * 600000)], "Upload too large: 1200052 bytes exceeds limit of 1048576"),
])
def test_batches_that_are_refused(logs, stream, events, message):
    at = now()
    error = error_of(logs.put_log_events, **stream, logEvents=[
        {"timestamp": at + ms, "message": text} for ms, text in events])
    assert error == {"Code": "InvalidParameterException", "Message": message}
    assert messages(logs.get_log_events(**stream)) == []


def test_putting_where_nothing_is(logs, stream):
    event = [{"timestamp": now(), "message": "x"}]
    for group, name, what in [("none", "s", "group"), ("g", "none", "stream")]:
        assert error_of(logs.put_log_events, logGroupName=group, logStreamName=name, logEvents=event) == {
            "Code": "ResourceNotFoundException", "Message": "The specified log %s does not exist." % what}


def test_no_events_and_empty_messages(account, stream):
    logs = account.client("logs", validate=False)
    assert code_of(logs.put_log_events, **stream, logEvents=[]) == "InvalidParameterException"
    assert code_of(logs.put_log_events, **stream,
                   logEvents=[{"timestamp": now(), "message": ""}]) == "InvalidParameterException"


def test_an_entity_is_rejected_and_the_events_are_not(account, logs, stream):
    answer = raw.json_call(account, "logs", "Logs_20140328.PutLogEvents", {
        **stream, "logEvents": [{"timestamp": now(), "message": "kept"}],
        "entity": {"keyAttributes": {"Type": "Service", "Name": "shop"}, "attributes": {"Team": "a"}}})
    assert answer.status == 200
    assert answer.json["rejectedEntityInfo"] == {"errorType": "UnsupportedLogGroupType"}
    assert messages(logs.get_log_events(**stream)) == ["kept"]


def test_who_wants_unmasked_events_must_be_allowed_to(account, logs, stream):
    put(logs, stream, "plain")
    reader = account.user("reader", {"Effect": "Allow", "Resource": "*",
                                     "Action": ["logs:GetLogEvents", "logs:FilterLogEvents"]}).client("logs")
    assert messages(reader.get_log_events(**stream, unmask=False)) == ["plain"]
    for call, where in [(reader.get_log_events, stream), (reader.filter_log_events, {"logGroupName": "g"})]:
        error = error_of(call, **where, unmask=True)
        assert error["Code"] == "AccessDeniedException" and "logs:Unmask" in error["Message"]
    assert messages(logs.filter_log_events(logGroupName="g", unmask=True)) == ["plain"]


def test_a_sequence_token_is_not_needed(logs, stream):
    token = put(logs, stream, "a")["nextSequenceToken"]
    logs.put_log_events(**stream, sequenceToken="anything", logEvents=[{"timestamp": now(), "message": "b"}])
    assert token and messages(logs.get_log_events(**stream)) == ["a", "b"]


@pytest.mark.parametrize("text", ["snow ☃ \U0001f600", "tab\tand\x1b[31mred", "x" * 262118, "\"quoted\\\""],
                         ids=["unicode", "control", "long", "quotes"])
def test_messages_come_back_as_they_were(logs, stream, text):
    put(logs, stream, text)
    assert messages(logs.get_log_events(**stream)) == [text]
    assert messages(logs.filter_log_events(logGroupName="g")) == [text]


# ---- Getting

@pytest.fixture
def ten(logs, stream):
    """Ten events in batches of three, one millisecond apart from `at` on."""
    stream["at"] = at = now() - 60000
    for i in range(0, 10, 3):
        put(logs, {k: stream[k] for k in ("logGroupName", "logStreamName")},
            *(str(n) for n in range(i, min(i + 3, 10))), at=at + i)
    return stream


def get(logs, stream, **arguments):
    return logs.get_log_events(logGroupName=stream["logGroupName"], logStreamName=stream["logStreamName"],
                               **arguments)


def test_without_limits_all_come_in_order(logs, ten):
    for head in (True, False):
        answer = get(logs, ten, startFromHead=head)
        assert messages(answer) == list("0123456789")
        assert [e["timestamp"] for e in answer["events"]] == [ten["at"] + i for i in range(10)]
        assert all(abs(e["ingestionTime"] - now()) < HOUR for e in answer["events"])


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10])
def test_forward_to_the_end_and_the_token_stays(logs, ten, limit):
    seen, token = [], None
    while True:
        answer = get(logs, ten, startFromHead=True, limit=limit, **({"nextToken": token} if token else {}))
        assert answer["nextForwardToken"].startswith("f/") and answer["nextBackwardToken"].startswith("b/")
        if answer["nextForwardToken"] == token:
            break
        seen += messages(answer)
        token = answer["nextForwardToken"]
    assert messages(answer) == []
    assert seen == list("0123456789")
    put(logs, {k: ten[k] for k in ("logGroupName", "logStreamName")}, "later")
    assert messages(get(logs, ten, nextToken=token)) == ["later"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10])
def test_backward_to_the_beginning_and_the_token_stays(logs, ten, limit):
    seen, token = [], None
    while True:
        answer = get(logs, ten, limit=limit, **({"nextToken": token} if token else {}))
        if answer["nextBackwardToken"] == token:
            break
        seen = messages(answer) + seen
        token = answer["nextBackwardToken"]
    assert messages(answer) == []
    assert seen == list("0123456789")


def test_there_and_back(logs, ten):
    first = get(logs, ten, startFromHead=True, limit=4)
    second = get(logs, ten, nextToken=first["nextForwardToken"], limit=4)
    assert messages(second) == list("4567")
    assert messages(get(logs, ten, nextToken=second["nextBackwardToken"], limit=4)) == list("0123")


def test_a_range_of_time_begins_with_its_start_and_ends_before_its_end(logs, ten):
    at = ten["at"]
    assert messages(get(logs, ten, startTime=at + 2, endTime=at + 5)) == list("234")
    assert messages(get(logs, ten, startTime=at + 2, endTime=at + 8, limit=2, startFromHead=True)) == list("23")
    assert messages(get(logs, ten, startTime=at + 2, endTime=at + 8, limit=2)) == list("67")
    assert messages(get(logs, ten, startTime=at + 100)) == []


def test_tokens_that_are_none(logs, ten):
    for token in ("x", "f/1", "f/" + "x" * 56, "c/" + "0" * 56):
        assert code_of(logs.get_log_events, logGroupName="g", logStreamName="s",
                       nextToken=token) == "InvalidParameterException"


def test_an_empty_stream(logs, stream):
    answer = logs.get_log_events(**stream)
    assert messages(answer) == []
    again = logs.get_log_events(**stream, nextToken=answer["nextForwardToken"])
    assert again["nextForwardToken"] == answer["nextForwardToken"]
    put(logs, stream, "first")
    assert messages(logs.get_log_events(**stream, nextToken=answer["nextForwardToken"])) == ["first"]


def test_a_page_has_a_mebibyte_at_the_most(logs, stream):
    for i in range(5):
        put(logs, stream, "%d" % i + "x" * 250000, at=now() - 1000 + i)
    answer = logs.get_log_events(**stream, startFromHead=True)
    assert [m[0] for m in messages(answer)] == list("0123")
    assert [m[0] for m in messages(logs.get_log_events(**stream, nextToken=answer["nextForwardToken"]))] == ["4"]


# ---- Filtering

@pytest.fixture
def lines(logs):
    logs.create_log_group(logGroupName="g")
    at = now() - 60000
    texts = ["ERROR disk full", "INFO ready", "ERROR retry later", "WARN disk slow", "error lower", "a \"b\" c"]
    for i, text in enumerate(texts):
        name = "s%d" % (i % 2)
        if i < 2:
            logs.create_log_stream(logGroupName="g", logStreamName=name)
        put(logs, {"logGroupName": "g", "logStreamName": name}, text, at=at + i)
    return at


@pytest.mark.parametrize("pattern, expected", [
    ("", [0, 1, 2, 3, 4, 5]), ("ERROR", [0, 2]), ("ERROR disk", [0]), ('"disk full"', [0]), ('"full disk"', []),
    ("?ERROR ?WARN", [0, 2, 3]), ("ERROR -retry", [0]), ("-ERROR -error", [1, 3, 5]), ("disk ?ERROR", [0, 3]),
    ('"\\"b\\""', [5]), ("rror", [4]), ("nothing", [])])
def test_patterns(logs, lines, pattern, expected):
    events = logs.filter_log_events(logGroupName="g", filterPattern=pattern)["events"]
    assert [e["timestamp"] - lines for e in events] == expected


@pytest.mark.parametrize("pattern", ["{ $.a = 1 }", "[a, b]", "%x%", '"open', "?"])
def test_patterns_that_are_refused(logs, lines, pattern):
    assert code_of(logs.filter_log_events, logGroupName="g", filterPattern=pattern) == "InvalidParameterException"


def test_filtered_events(logs, lines):
    events = logs.filter_log_events(logGroupName="g", startTime=lines + 1, endTime=lines + 3)["events"]
    assert [(e["timestamp"] - lines, e["logStreamName"]) for e in events] == [(1, "s1"), (2, "s0"), (3, "s1")]
    assert len({e["eventId"] for e in events}) == 3
    only = logs.filter_log_events(logGroupName="g", logStreamNames=["s1"])["events"]
    assert [e["timestamp"] - lines for e in only] == [1, 3, 5]
    only = logs.filter_log_events(logGroupName="g", logStreamNamePrefix="s0")["events"]
    assert [e["timestamp"] - lines for e in only] == [0, 2, 4]
    assert code_of(logs.filter_log_events, logGroupName="g", logStreamNames=["s0"],
                   logStreamNamePrefix="s") == "InvalidParameterException"
    assert code_of(logs.filter_log_events, logGroupName="g", logStreamNames=["none"]) == "ResourceNotFoundException"
    assert code_of(logs.filter_log_events, logGroupName="none") == "ResourceNotFoundException"


@pytest.mark.parametrize("size", [1, 4, 7])
def test_filtered_pages(logs, stream, size):
    for i in range(0, 20, 5):
        put(logs, stream, *(str(n) for n in range(i, i + 5)), at=now() - 60000 + i)
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName="g", PaginationConfig={"PageSize": size})
    seen = [m for page in pages for m in messages(page)]
    assert seen == [str(n) for n in range(20)]


def test_many_batches_are_filtered_to_the_end(logs, stream):
    for i in range(200):
        put(logs, stream, "needle" if i == 190 else "hay", at=now() - 1000 + i)
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName="g", filterPattern="needle")
    assert [m for page in pages for m in messages(page)] == ["needle"]


def test_a_group_by_its_arn(account, logs, stream):
    put(logs, stream, "x")
    arn = "arn:aws:logs:%s:%s:log-group:g" % (account.server.region, account.id)
    answer = raw_call(account, "GetLogEvents", {"logGroupIdentifier": arn, "logStreamName": "s"})
    assert [e["message"] for e in answer.json["events"]] == ["x"]
    foreign = arn.replace(account.id, "111122223333")
    answer = raw_call(account, "GetLogEvents", {"logGroupIdentifier": foreign, "logStreamName": "s"})
    assert answer.status == 400 and answer.json["__type"] in (
        "ResourceNotFoundException", "AccessDeniedException")


def raw_call(account, operation, body):
    import raw
    return raw.json_call(account, "logs", "Logs_20140328." + operation, body)


# ---- Authorization

CALLS = [
    ("create_log_group", {}, "CreateLogGroup"), ("delete_log_group", {}, "DeleteLogGroup"),
    ("describe_log_groups", None, "DescribeLogGroups"), ("describe_log_streams", {}, "DescribeLogStreams"),
    ("create_log_stream", {"logStreamName": "t"}, "CreateLogStream"),
    ("delete_log_stream", {"logStreamName": "s"}, "DeleteLogStream"),
    ("put_log_events", {"logStreamName": "s", "logEvents": [{"timestamp": 1, "message": "m"}]}, "PutLogEvents"),
    ("get_log_events", {"logStreamName": "s"}, "GetLogEvents"), ("filter_log_events", {}, "FilterLogEvents"),
    ("put_retention_policy", {"retentionInDays": 1}, "PutRetentionPolicy"),
    ("delete_retention_policy", {}, "DeleteRetentionPolicy")]


@pytest.mark.parametrize("call, arguments, action", CALLS)
def test_each_operation_needs_its_permission(account, stream, call, arguments, action):
    arguments = {} if arguments is None else {"logGroupName": "g", **arguments}
    denied = account.user("denied", {"Effect": "Allow", "NotAction": "logs:" + action, "Resource": "*"})
    error = error_of(getattr(denied.client("logs"), call), **arguments)
    assert error["Code"] == "AccessDeniedException"
    assert "is not authorized to perform: logs:%s on resource: arn:aws:logs:" % action in error["Message"]


def test_a_policy_for_one_stream(account, logs, stream):
    logs.create_log_stream(logGroupName="g", logStreamName="other")
    arn = "arn:aws:logs:*:%s:log-group:g:log-stream:s" % account.id
    user = account.user("u", {"Effect": "Allow", "Action": ["logs:PutLogEvents", "logs:GetLogEvents"],
                              "Resource": arn}).client("logs")
    put(user, stream, "mine")
    assert messages(user.get_log_events(**stream)) == ["mine"]
    assert code_of(user.get_log_events, logGroupName="g", logStreamName="other") == "AccessDeniedException"


def test_accounts_are_apart(logs, stream, new_account):
    assert new_account().client("logs").describe_log_groups()["logGroups"] == []


# ---- The real command line

def aws(account, *arguments):
    environment = {**os.environ, **account.server.env, "AWS_ACCESS_KEY_ID": account.access_key,
                   "AWS_SECRET_ACCESS_KEY": account.secret}
    return subprocess.Popen(
        ["/usr/bin/aws", "--endpoint-url", account.server.endpoint, "logs", *arguments], env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_aws_logs_tail(account, logs, stream):
    put(logs, stream, "one", "two", at=now() - 60000)
    put(logs, stream, "long ago", at=now() - 2 * HOUR)
    with aws(account, "tail", "g", "--since", "1h", "--format", "short") as process:
        out, err = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0, err
    assert [line.split(" ", 1)[1] for line in out.splitlines()] == ["one", "two"]


def test_aws_logs_tail_follow(account, logs, stream):
    put(logs, stream, "before")
    with aws(account, "tail", "g", "--follow", "--format", "short") as process:
        try:
            assert process.stdout.readline().rstrip().endswith(" before")
            put(logs, stream, "after", at=now())
            assert process.stdout.readline().rstrip().endswith(" after")
        finally:
            process.kill()


def test_aws_logs_get_log_events(account, logs, stream):
    put(logs, stream, "x")
    with aws(account, "get-log-events", "--log-group-name", "g", "--log-stream-name", "s",
             "--output", "json") as process:
        out, err = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0, err
    assert messages(json.loads(out)) == ["x"]


def test_a_search_that_finds_nothing_ends_early_and_goes_on_with_its_token(logs, stream):
    """A range between the ends of large chunks: none of their events is in it."""
    at = now() - HOUR
    for _ in range(30):
        logs.put_log_events(**stream, logEvents=[
            {"timestamp": at, "message": "x" * 1000000}, {"timestamp": at + 1000, "message": "y"}])
    logs.put_log_events(**stream, logEvents=[{"timestamp": at + 500, "message": "here"}])
    found, token, pages = [], None, 0
    while pages < 10:
        more = {"nextToken": token} if token else {"startFromHead": True}
        answer = logs.get_log_events(**stream, startTime=at + 400, endTime=at + 600, **more)
        found += messages(answer)
        pages += 1
        if answer["nextForwardToken"] == token:
            break
        token = answer["nextForwardToken"]
    assert found == ["here"] and pages == 3
    answer = logs.get_log_events(**stream, startTime=at - 10, endTime=at + 1)
    assert len(answer["events"]) == 1
    first = logs.filter_log_events(logGroupName="g", startTime=at + 400, endTime=at + 600)
    assert first["events"] == [] and first["nextToken"]
    found = [page["events"] for page in logs.get_paginator("filter_log_events").paginate(
        logGroupName="g", startTime=at + 400, endTime=at + 600)]
    assert [event["message"] for events in found for event in events] == ["here"]
