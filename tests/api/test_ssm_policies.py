"""Policies of parameters: what they may say, where they are shown. tests/time lets them come true."""
import datetime
import json

import pytest

from errors import code_of, fails

SOON = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=20)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def policy(kind, **attributes):
    return {"Type": kind, "Version": "1.0", "Attributes": attributes}


EXPIRES = policy("Expiration", Timestamp=SOON)
WARNS = policy("ExpirationNotification", Before="5", Unit="Days")
UNCHANGED = policy("NoChangeNotification", After="60", Unit="Hours")


@pytest.fixture
def ssm(account):
    return account.client("ssm")


def put(ssm, policies=None, **more):
    if policies is not None:
        more["Policies"] = policies if isinstance(policies, str) else json.dumps(policies)
    arguments = {"Name": "/p", "Value": "v", "Type": "String", "Tier": "Advanced", **more}
    return ssm.put_parameter(**arguments)


def shown(ssm):
    found, = ssm.describe_parameters()["Parameters"]
    return [(p["PolicyType"], p["PolicyStatus"], json.loads(p["PolicyText"])) for p in found["Policies"]]


ALL = [("Expiration", "Pending", EXPIRES), ("ExpirationNotification", "Pending", WARNS),
       ("NoChangeNotification", "Pending", UNCHANGED)]


def test_policies_are_shown_with_the_parameter_and_its_history(ssm):
    put(ssm, [EXPIRES, WARNS, UNCHANGED])
    assert shown(ssm) == ALL
    put(ssm, Overwrite=True, Value="w")
    assert shown(ssm) == ALL
    put(ssm, [EXPIRES], Overwrite=True)
    assert shown(ssm) == ALL[:1]
    history = ssm.get_parameter_history(Name="/p")["Parameters"]
    assert [len(version["Policies"]) for version in history] == [3, 3, 1]


@pytest.mark.parametrize("none", ["[{}]", "[]"])
def test_policies_are_taken_away(ssm, none):
    put(ssm, [EXPIRES])
    put(ssm, none, Overwrite=True)
    assert shown(ssm) == []


def test_policies_make_a_parameter_advanced_or_are_refused(ssm):
    assert "advanced" in fails("ValidationException", put, ssm, [EXPIRES], Tier="Standard")
    assert put(ssm, [EXPIRES], Tier="Intelligent-Tiering")["Tier"] == "Advanced"


@pytest.mark.parametrize("policies, code", [
    ("no JSON", "InvalidPolicyAttributeException"),
    ("{}", "InvalidPolicyAttributeException"),
    ([{}, EXPIRES], "InvalidPolicyTypeException"),
    (["Expiration"], "InvalidPolicyTypeException"),
    ([policy("Explosion", Timestamp=SOON)], "InvalidPolicyTypeException"),
    ([{**EXPIRES, "Version": "2.0"}], "InvalidPolicyAttributeException"),
    ([policy("Expiration", Timestamp="soon")], "InvalidPolicyAttributeException"),
    ([policy("Expiration", Timestamp="2020-01-01T00:00:00.000Z")], "InvalidPolicyAttributeException"),
    ([policy("Expiration")], "InvalidPolicyAttributeException"),
    ([EXPIRES, policy("ExpirationNotification", Before="5", Unit="Weeks")], "InvalidPolicyAttributeException"),
    ([policy("NoChangeNotification", After="-1", Unit="Days")], "InvalidPolicyAttributeException"),
    ([policy("NoChangeNotification", After="9" * 30, Unit="Days")], "InvalidPolicyAttributeException"),
    ([EXPIRES, EXPIRES], "IncompatiblePolicyException"),
    ([WARNS], "IncompatiblePolicyException"),
    ([UNCHANGED] * 11, "PoliciesLimitExceededException"),
])
def test_policies_that_are_refused(ssm, policies, code):
    assert code_of(put, ssm, policies) == code
    assert ssm.describe_parameters()["Parameters"] == []
