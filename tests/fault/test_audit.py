"""kill -9 while calls are made: changes and their records agree, and of reads the last second may be lost."""
import json
import threading
import time

import botocore.exceptions

from house import UNREACHABLE, House, is_cut, patiently, status_of

ROUNDS = 4
SHORTEST_SECONDS, LONGEST_SECONDS = 2.5, 4.0
# Reads are written once a second; and that takes its time, too.
LOST_SECONDS = 1.0
WRITING_SECONDS = 1.0


class Caller(threading.Thread):
    """Makes one call after the other until the server is gone: (request id, when it was answered)."""

    def __init__(self, call):
        super().__init__()
        self.call, self.answered, self.failure = call, [], None

    def run(self):
        try:
            for number in range(100000):
                answer = self.call(number)
                if is_cut(answer):
                    return
                self.answered.append((answer["ResponseMetadata"]["RequestId"], time.monotonic()))
        except UNREACHABLE:
            return
        except botocore.exceptions.ClientError as failure:
            if status_of(failure) < 500:
                self.failure = failure


def history(house):
    """Every record, by the id of its request."""
    cloudtrail, token, found = house.client("cloudtrail"), {}, {}
    while True:
        answer = patiently(lambda: cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventSource", "AttributeValue": "iam.amazonaws.com"}], **token))
        for event in answer["Events"]:
            record = json.loads(event["CloudTrailEvent"])
            assert record["requestID"] not in found, "a call is recorded twice"
            found[record["requestID"]] = record
        if "NextToken" not in answer:
            return found
        token = {"NextToken": answer["NextToken"]}


def check_changes(house, found):
    """Whoever was made was recorded, and nobody else."""
    pages = house.client("iam").get_paginator("list_users").paginate()
    there = {user["UserName"] for page in pages for user in page["Users"]}
    made = [record["requestParameters"]["userName"] for record in found.values()
            if record["eventName"] == "CreateUser" and "errorCode" not in record]
    assert len(made) == len(set(made))
    assert {name for name in there if name.startswith("w-")} == {name for name in made if name.startswith("w-")}


def test_a_change_is_recorded_with_it_and_reads_within_a_second(database, dice):
    with House.open(["--workers", "0", *database]) as house:
        house.start_server()
        for number in range(ROUNDS):
            iam = house.client("iam")
            writers = [Caller(lambda i, who=who: iam.create_user(UserName="w-%d-%d-%d" % (number, who, i)))
                       for who in range(2)]
            readers = [Caller(lambda i: iam.list_groups()) for _ in range(2)]
            for caller in writers + readers:
                caller.start()
            time.sleep(dice.uniform(SHORTEST_SECONDS, LONGEST_SECONDS))
            killed = time.monotonic()
            house.kill_server()
            for caller in writers + readers:
                caller.join()
                assert caller.failure is None
            house.start_server()
            found = history(house)
            wrote = [identity for writer in writers for identity, _ in writer.answered]
            assert wrote and set(wrote) <= set(found), "an acknowledged change has no record"
            old = [identity for reader in readers for identity, at in reader.answered
                   if at < killed - LOST_SECONDS - WRITING_SECONDS]
            assert old and set(old) <= set(found), "a read of more than a second ago has no record"
            check_changes(house, found)
            print("round %d: %d changes, %d reads of old" % (number + 1, len(wrote), len(old)))
