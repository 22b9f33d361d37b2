"""Roles and sessions, as the tests of STS make them."""
import json


def allow(*actions, resource="*", **more):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust_statement(principal, *actions, **condition):
    """condition: sts_ExternalId="x" is StringEquals of sts:ExternalId."""
    statement = {"Effect": "Allow", "Action": list(actions) or ["sts:AssumeRole"], "Principal": principal}
    if condition:
        statement["Condition"] = {"StringEquals": {k.replace("_", ":"): v for k, v in condition.items()}}
    return statement


def trust(principal, **condition):
    return document(trust_statement(principal, **condition))


def make_role(account, name="r", principal=None, **more):
    return account.client("iam").create_role(
        RoleName=name, AssumeRolePolicyDocument=principal or trust({"AWS": account.id}), **more)["Role"]["Arn"]


def grant_role(account, name, *statements):
    account.client("iam").put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=document(*statements))


def session(account, answer):
    """The account through the credentials of an answer."""
    keys = answer["Credentials"]
    return account.with_key(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
