"""A rotation hook of the tests' servers, a command: rotation_hook.py DIR KIND.

It rotates a secret as a rotation function would, with the event on standard input and the credentials in
its environment, and notes each step in DIR/steps. KIND is what is special about it:

    rotates     nothing
    fails       setSecret always fails
    flaky       setSecret fails the first time
    waits       createSecret waits for DIR/go
    forgets     finishSecret does nothing
"""
import datetime
import json
import os
import pathlib
import sys
import time
import types

import boto3
import botocore.auth  # noqa: F401
from botocore.exceptions import ClientError

directory, kind = pathlib.Path(sys.argv[1]), sys.argv[2]
event = json.load(sys.stdin)
secret, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]


class Time(datetime.datetime):
    """The server's: a test may have moved it."""
    @classmethod
    def utcnow(cls):
        ahead = directory / "ahead"
        seconds = float(ahead.read_text()) if ahead.exists() else 0
        return datetime.datetime.utcnow() + datetime.timedelta(seconds=seconds)


for module in ("botocore.auth", "botocore.crt.auth"):  # the second, if the first found awscrt
    if module in sys.modules:
        sys.modules[module].datetime = types.SimpleNamespace(datetime=Time, timezone=datetime.timezone)
sm = boto3.client("secretsmanager", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def note():
    with open(directory / "steps", "a") as steps:
        steps.write(json.dumps({**event, "environment": sorted(os.environ)}) + "\n")


def count():
    """How often this step of this rotation has been noted."""
    lines = (directory / "steps").read_text().splitlines()
    return sum((each["ClientRequestToken"], each["Step"]) == (token, step) for each in map(json.loads, lines))


def create():
    if kind == "waits":
        while not (directory / "go").exists():
            time.sleep(0.02)
    if "AWSPENDING" not in sm.describe_secret(SecretId=secret)["VersionIdsToStages"][token]:
        sys.exit("the version is not pending")
    try:
        sm.get_secret_value(SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        old = sm.get_secret_value(SecretId=secret)["SecretString"]
        sm.put_secret_value(SecretId=secret, ClientRequestToken=token, SecretString=old + "+",
                            VersionStages=["AWSPENDING"])


def finish():
    stages = sm.describe_secret(SecretId=secret)["VersionIdsToStages"]
    current, = [version for version, labels in stages.items() if "AWSCURRENT" in labels]
    if current != token and kind != "forgets":
        sm.update_secret_version_stage(SecretId=secret, VersionStage="AWSCURRENT", MoveToVersionId=token,
                                       RemoveFromVersionId=current)


note()
if step == "createSecret":
    create()
elif step == "setSecret" and (kind == "fails" or (kind == "flaky" and count() == 1)):
    sys.exit("looking at the database\nthe database is away")
elif step == "testSecret":
    sm.get_secret_value(SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
elif step == "finishSecret":
    finish()
