"""Rotation of secrets: the hooks that the tests' servers have, and what tests ask about a rotation."""
import datetime
import json
import pathlib
import sys

import raw
from builds import service_role
from waiting import wait_for

HOOK = pathlib.Path(__file__).with_name("rotation_hook.py")
KINDS = ("rotates", "fails", "flaky", "waits", "forgets")


def write_hooks(directory):
    """The file for serve --rotation-hooks."""
    hooks = {kind: {"command": [sys.executable, str(HOOK), str(directory), kind], "role": "rotation",
                    "accounts": ["*"]} for kind in KINDS}
    hooks["operators"] = {"command": ["/bin/true"], "role": "rotation"}
    hooks["slow"] = {"command": ["/bin/sleep", "600"], "role": "rotation", "accounts": ["*"], "timeoutSeconds": 1}
    path = pathlib.Path(directory) / "hooks.json"
    path.write_text(json.dumps(hooks))
    path.chmod(0o600)
    return str(path)


def function(account, name):
    return "arn:aws:lambda:%s:%s:function:%s" % (account.server.region, account.id, name)


class Rotating:
    """An account with a role for hooks and one secret, whose value is "v"."""

    def __init__(self, account, name="db"):
        self.account, self.name = account, name
        self.sm = account.client("secretsmanager")
        service_role(account, "rotation", "lambda.amazonaws.com",
                     {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"})
        made = self.sm.create_secret(Name=name, SecretString="v")
        self.arn, self.first = made["ARN"], made["VersionId"]

    def rotate(self, hook="rotates", rules=None, **more):
        return self.sm.rotate_secret(
            SecretId=self.name, RotationLambdaARN=function(self.account, hook),
            RotationRules=rules or {"AutomaticallyAfterDays": 30}, **more)

    def described(self):
        return self.sm.describe_secret(SecretId=self.name)

    def next(self):
        """The end of the next window in UTC, or None; the SDK at hand is too old for it."""
        answer = raw.json_call(self.account, "secretsmanager", "secretsmanager.DescribeSecret",
                               {"SecretId": self.name}).json.get("NextRotationDate")
        return answer and datetime.datetime.fromtimestamp(answer, datetime.timezone.utc)

    def value(self, **more):
        return self.sm.get_secret_value(SecretId=self.name, **more)["SecretString"]

    def stages(self):
        return self.described()["VersionIdsToStages"]

    def events(self):
        """(name, error) of what the trail has of rotations, oldest first."""
        found = []
        for name in ("Rotation", "TestRotation"):
            for end in ("Started", "Succeeded", "Failed"):
                found += self.account.client("cloudtrail").lookup_events(LookupAttributes=[
                    {"AttributeKey": "EventName", "AttributeValue": name + end}])["Events"]
        records = [json.loads(event["CloudTrailEvent"]) for event in found]
        records = [each for each in records if each["additionalEventData"]["SecretId"] == self.arn]
        assert all(each["eventType"] == "AwsServiceEvent" for each in records)
        order = {"Started": 0}
        records.sort(key=lambda each: (each["eventTime"], order.get(each["eventName"][-7:], 1)))
        return [(each["eventName"], each.get("errorMessage")) for each in records]

    def wait_for(self, *names):
        """Until the trail has these events and no others."""
        wait_for(lambda: [name for name, _ in self.events()] == list(names), lambda: str(self.events()), seconds=60)

    def steps(self, directory):
        """(step, token) of this secret's hooks, in order."""
        path = pathlib.Path(directory) / "steps"
        lines = path.read_text().splitlines() if path.exists() else []
        noted = [json.loads(line) for line in lines]
        return [(each["Step"], each["ClientRequestToken"]) for each in noted if each["SecretId"] == self.arn]
