"""A log group that a trail may write to, and the role that it writes as."""
import json

TRUST = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole"}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def may_write(account, group="trail", actions=("logs:CreateLogStream", "logs:PutLogEvents")):
    """What the CloudTrail User Guide lets the role do."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": "arn:aws:logs:%s:%s:log-group:%s:log-stream:%s_CloudTrail_*" % (
        account.server.region, account.id, group, account.id)}


def put_role_policy(account, *statements):
    account.client("iam").put_role_policy(
        RoleName="trail", PolicyName="logs", PolicyDocument=document(*statements))


def log_group(account, group="trail"):
    """Makes both; the members of CreateTrail that name them."""
    account.client("logs").create_log_group(logGroupName=group)
    role = account.client("iam").create_role(
        RoleName="trail", AssumeRolePolicyDocument=document(TRUST))["Role"]
    put_role_policy(account, may_write(account, group))
    return {"CloudWatchLogsLogGroupArn": "arn:aws:logs:%s:%s:log-group:%s:*" % (
        account.server.region, account.id, group), "CloudWatchLogsRoleArn": role["Arn"]}


def streams(account, group="trail"):
    return [each["logStreamName"] for each in
            account.client("logs").describe_log_streams(logGroupName=group)["logStreams"]]


def events(account, region=None, group="trail"):
    """All that a stream of the trail has, in its order: (time in ms, record)."""
    name, token, found = "%s_CloudTrail_%s" % (account.id, region or account.server.region), None, []
    if name not in streams(account, group):
        return found
    while True:
        answer = account.client("logs").get_log_events(
            logGroupName=group, logStreamName=name, startFromHead=True, **({"nextToken": token} if token else {}))
        found += [(each["timestamp"], json.loads(each["message"])) for each in answer["events"]]
        if answer["nextForwardToken"] == token:
            return found
        token = answer["nextForwardToken"]
