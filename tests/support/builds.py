"""What tests of builds share: roles, projects, waiting for the end."""
import json

import raw
from waiting import wait_for


def service_role(account, name, service, *statements):
    """A role that the service may assume; returns its ARN."""
    iam = account.client("iam")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}))
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="work", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": list(statements)}))
    return role["Role"]["Arn"]


def allow(*actions, resource="*"):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


LOGS = allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")


def build_role(account, *statements, name="build"):
    return service_role(account, name, "codebuild.amazonaws.com", LOGS, *statements)


def project_declaration(buildspec, role, name="demo", **changes):
    """A project without a source that runs a buildspec (a dict)."""
    return {
        "name": name,
        "source": {"type": "NO_SOURCE", "buildspec": json.dumps(buildspec)},
        "artifacts": {"type": "NO_ARTIFACTS"},
        "environment": {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
                        "computeType": "BUILD_GENERAL1_SMALL"},
        "serviceRole": role,
        **changes,
    }


def create_project(account, buildspec, role, name="demo", **changes):
    declaration = project_declaration(buildspec, role, name, **changes)
    return account.client("codebuild").create_project(**declaration)["project"]


def commands(*lines, **more):
    return {"version": 0.2, "phases": {"build": {"commands": list(lines)}}, **more}


def get_build(account, build_id):
    return account.client("codebuild").batch_get_builds(ids=[build_id])["builds"][0]


def wait_for_end(account, build_id):
    def look():
        build = get_build(account, build_id)
        return build if build["buildComplete"] else None

    return wait_for(look, f"the end of build {build_id}")


def worker_call(account, operation, **body):
    """What a worker with the account's key says, and the raw answer."""
    return raw.json_call(account, "slipway-worker", "SlipwayWorker_20261101." + operation, body)


def ask_poll(account, worker="w", token="t", **more):
    return worker_call(account, "PollBuild", **{"workerId": worker, "pollToken": token, "waitSeconds": 0, **more})


def poll_build(account, worker="w", token="t", **more):
    """The job that a worker is given at once, or None."""
    answer = ask_poll(account, worker, token, **more)
    assert answer.status == 200, answer.body
    return answer.json.get("job")


def log_lines(account, build):
    logs = account.client("logs")
    where = build["logs"]
    page = logs.get_log_events(logGroupName=where["groupName"], logStreamName=where["streamName"],
                               startFromHead=True)
    return [event["message"].rstrip("\n") for event in page["events"]]
