"""Parameters and their policies as days go by."""
import datetime
import json

import pytest

from errors import code_of
from waiting import wait_for


@pytest.fixture
def ssm(account):
    return account.client("ssm")


def put(server, ssm, *policies, **more):
    """policies: (type, attributes); a Timestamp is in days from now."""
    listed = []
    for kind, attributes in policies:
        if "Timestamp" in attributes:
            when = server.now() + datetime.timedelta(days=attributes["Timestamp"])
            attributes = {"Timestamp": when.strftime("%Y-%m-%dT%H:%M:%SZ")}
        listed.append({"Type": kind, "Version": "1.0", "Attributes": attributes})
    if listed:
        more["Policies"] = json.dumps(listed)
    ssm.put_parameter(**{"Name": "/p", "Value": "v", "Type": "String", "Tier": "Advanced", **more})


def status(ssm):
    found, = ssm.describe_parameters()["Parameters"]
    return {p["PolicyType"]: p["PolicyStatus"] for p in found["Policies"]}


def actions(account):
    """What the trail has of policies that came true, oldest first."""
    events = account.client("cloudtrail").lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "ParameterPolicyAction"}])["Events"]
    records = [json.loads(event["CloudTrailEvent"]) for event in reversed(events)]
    assert all(record["eventType"] == "AwsServiceEvent" for record in records)
    return [record["additionalEventData"]["policy-type"] for record in records]


def test_a_parameter_expires(server, account, ssm):
    put(server, ssm, ("Expiration", {"Timestamp": 10}),
        ("ExpirationNotification", {"Before": "2", "Unit": "Days"}))
    server.advance(days=7, hours=23)
    assert status(ssm) == {"Expiration": "Pending", "ExpirationNotification": "Pending"}
    server.advance(hours=2)
    wait_for(lambda: status(ssm)["ExpirationNotification"] == "Finished", "the notification")
    assert actions(account) == ["ExpirationNotification"]
    server.advance(days=2)
    wait_for(lambda: code_of(ssm.get_parameter, Name="/p") == "ParameterNotFound", "the end of the parameter")
    assert actions(account) == ["ExpirationNotification", "Expiration"]
    put(server, ssm, Tier="Standard")
    assert ssm.get_parameter(Name="/p")["Parameter"]["Version"] == 1


def test_a_parameter_whose_policy_was_taken_away_stays(server, ssm):
    put(server, ssm, ("Expiration", {"Timestamp": 1}))
    ssm.put_parameter(Name="/p", Value="w", Overwrite=True, Policies="[{}]")
    put(server, ssm, ("Expiration", {"Timestamp": 1}), Name="/other")
    server.advance(days=2)
    wait_for(lambda: code_of(ssm.get_parameter, Name="/other") == "ParameterNotFound", "the end of the other")
    assert ssm.get_parameter(Name="/p")["Parameter"]["Value"] == "w"


def test_a_change_puts_off_the_notice_that_there_is_none(server, account, ssm):
    put(server, ssm, ("NoChangeNotification", {"After": "3", "Unit": "Days"}))
    server.advance(days=2)
    ssm.put_parameter(Name="/p", Value="w", Overwrite=True)
    server.advance(days=2)
    assert status(ssm) == {"NoChangeNotification": "Pending"}
    server.advance(days=1, hours=1)
    wait_for(lambda: status(ssm) == {"NoChangeNotification": "Finished"}, "the notification")
    ssm.put_parameter(Name="/p", Value="x", Overwrite=True)
    assert status(ssm) == {"NoChangeNotification": "Pending"}
    server.advance(days=3, hours=1)
    wait_for(lambda: status(ssm) == {"NoChangeNotification": "Finished"}, "the second notification")
    assert actions(account) == ["NoChangeNotification"] * 2
