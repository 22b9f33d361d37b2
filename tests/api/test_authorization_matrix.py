"""Every operation that api/*.smithy says is supported, asked for by a user without any policy and by
nobody: refused in the service's own form, and nothing has changed.

Which operations there are, their actions, resources and requests come from the descriptions: a new
operation is in here without a word. OTHERWISE has those that are answered otherwise, and why.
"""
import base64
import json
import re

import pytest

import operations
import servers
from builds import build_role, create_project
from codedeploy_world import World as Deployments
from codepipeline_world import World as Pipelines, approval, source
from operations import POLICY, UUID
from postgresql import new_database
from table_contents import contents
from trail_world import trail_bucket

DENIED = re.compile(r"User: (\S+) is not authorized to perform: (\S+) on resource: (\S+)"
                    r"( because no (?:identity|resource)-based policy allows the \2 action)?$")
WHY_NOBODY = "because no resource-based policy allows the "
SERVICES = {service.name: service for service in operations.services()}

# What the user without a policy is answered where it is no refusal of IAM's: (status, code), and why.
OTHERWISE = {
    ("sts", "GetCallerIdentity"): (200, None),  # needs no permission
    ("sts", "GetSessionToken"): (200, None),  # needs no permission: a user's own session
    ("sts", "AssumeRoleWithWebIdentity"): (400, "InvalidIdentityToken"),  # the token is the credential
    ("s3", "DeleteObjects"): (200, "AccessDenied"),  # each object is refused for itself
    # An agent's operations are those of the host whose key it has, not a permission.
    **{("codedeploycommands", name): (400, "ClientException") for name in (
        "GetDeploymentSpecification", "PollHostCommand", "PostHostCommandUpdate", "PutHostCommandAcknowledgement",
        "PutHostCommandComplete")},
}

# What nobody is answered where it is not that the signature is missing, and why.
OTHERWISE_UNSIGNED = {
    ("sts", "AssumeRoleWithWebIdentity"): (400, "InvalidIdentityToken"),  # is not signed: the token is looked at
    ("s3", "DeleteObjects"): (200, "AccessDenied"),  # each object is refused for itself
    ("s3", "ListBuckets"): (200, None),  # a GET of / without a signature is the server's page for people
}

# The permission that is asked for first where it is not named after the operation and a handler asks.
ACTIONS = {
    ("kms", "ReEncrypt"): "kms:ReEncryptFrom",
    ("s3", "CopyObject"): "s3:PutObject",
    ("s3", "UploadPartCopy"): "s3:PutObject",
}
# Asked of "*" by their handlers.
ASKED_OF_ALL = {"kms:CreateKey"}

SSH_KEY = "ssh-ed25519 " + base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + b"a" * 32).decode()

# Each call is recorded: all other tables stay as they are.
BOOKKEEPING = ("audit_",)


def a_world(account):
    """Something of each kind, called `target` where it has a name; the values that name it."""
    me = account.id
    iam = account.client("iam")
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root" % me}, "Action": "sts:AssumeRole"}]})
    iam.create_user(UserName="target")
    iam.create_group(GroupName="target")
    iam.create_role(RoleName="target", AssumeRolePolicyDocument=trust)
    policy = iam.create_policy(PolicyName="target", PolicyDocument=POLICY)["Policy"]["Arn"]
    key = iam.create_access_key(UserName="target")["AccessKey"]["AccessKeyId"]
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="target")["VirtualMFADevice"]["SerialNumber"]
    provider = iam.create_open_id_connect_provider(
        Url="https://id.example.com", ThumbprintList=["0" * 40], ClientIDList=["target"])["OpenIDConnectProviderArn"]
    credential = iam.create_service_specific_credential(
        UserName="target", ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]
    iam.create_instance_profile(InstanceProfileName="target")
    ssh_key = iam.upload_ssh_public_key(UserName="target", SSHPublicKeyBody=SSH_KEY)["SSHPublicKey"]
    iam.create_login_profile(UserName="target", Password="Correct-horse-1")

    kms = account.client("kms")
    kms_key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/target", TargetKeyId=kms_key)
    grant = kms.create_grant(KeyId=kms_key, GranteePrincipal="arn:aws:iam::%s:user/target" % me, Operations=["Encrypt"])
    sealed = kms.encrypt(KeyId=kms_key, Plaintext=b"target")["CiphertextBlob"]

    account.client("codecommit").create_repository(repositoryName="target")
    commit = account.client("codecommit").put_file(
        repositoryName="target", branchName="main", filePath="target", fileContent=b"target")["commitId"]
    create_project(account, {"version": 0.2}, build_role(account), name="target")
    account.client("secretsmanager").create_secret(Name="target", SecretString="target")
    account.client("ssm").put_parameter(Name="target", Value="target", Type="String")
    account.client("logs").create_log_group(logGroupName="target")
    account.client("logs").create_log_stream(logGroupName="target", logStreamName="target")
    account.client("cloudtrail").create_trail(Name="target", S3BucketName=trail_bucket(account))

    deployments = Deployments(account, hosts=1)
    deployment = deployments.deploy()
    pipelines = Pipelines(account)
    pipelines.create([source()], [approval()])
    pipelines.token()  # nothing goes on by itself from here
    bucket = pipelines.bucket("src")
    account.client("s3").put_object(Bucket=bucket, Key="target", Body=b"target")
    upload = account.client("s3").create_multipart_upload(Bucket=bucket, Key="upload")["UploadId"]

    def arn(service, resource):
        return "arn:aws:%s:%s:%s:%s" % (service, account.server.region, me, resource)

    return {
        "cloudtrail": {"ResourceId": arn("cloudtrail", "trail/target"), "ResourceIdList": [
            arn("cloudtrail", "trail/target")], "S3BucketName": bucket},
        "codebuild": {"ids": ["target:" + UUID], "id": "target:" + UUID,
                      "RetryBuild.id": "target:" + UUID},
        "codecommit": {"resourceArn": arn("codecommit", "target"), "commitId": commit, "commitIds": [commit]},
        "codedeploy": {"applicationName": "web", "applicationNames": ["web"], "deploymentId": deployment,
                       "deploymentIds": [deployment], "deploymentGroupName": "all",
                       "deploymentGroupNames": ["all"], "currentDeploymentGroupName": "all",
                       "instanceName": "host1", "instanceNames": ["host1"],
                       "ResourceArn": arn("codedeploy", "application:web")},
        "codepipeline": {"resourceArn": arn("codepipeline", "line"), "name": "line", "pipelineName": "line",
                         "CreatePipeline.pipeline": dict(
                             pipelines.declaration([source()], [approval()]), name="other"),
                         "UpdatePipeline.pipeline": pipelines.declaration([source()], [approval()])},
        "iam": {"PolicyArn": policy, "PermissionsBoundary": policy, "SerialNumber": device, "AccessKeyId": key,
                "OpenIDConnectProviderArn": provider, "PolicyDocument": POLICY, "AssumeRolePolicyDocument": trust,
                "ServiceSpecificCredentialId": credential["ServiceSpecificCredentialId"],
                "SSHPublicKeyId": ssh_key["SSHPublicKeyId"], "SSHPublicKeyBody": SSH_KEY,
                "Arn": "arn:aws:iam::%s:user/target" % me, "PolicySourceArn": "arn:aws:iam::%s:user/target" % me,
                "AWSServiceName": "ecs.amazonaws.com", "CreateInstanceProfile.InstanceProfileName": "other",
                "ServiceName": "codecommit.amazonaws.com", "CreateOpenIDConnectProvider.Url": "https://other.example.com",
                "CreateOpenIDConnectProvider.ThumbprintList": ["0" * 40]},
        "codedeploycommands": {"DeploymentExecutionId": "arn:aws:codedeploy/%s/Prod:a/%s" % (me, deployment)},
        "logs": {name + ".logGroupName": "target" for name in (
            "DescribeLogStreams", "FilterLogEvents", "GetLogEvents")},
        "kms": {"KeyId": kms_key, "TargetKeyId": kms_key, "DestinationKeyId": kms_key, "AliasName": "alias/target",
                "RetireGrant.GrantToken": grant["GrantToken"],
                "CreateAlias.AliasName": "alias/other", "Policy": POLICY,
                "Decrypt.CiphertextBlob": base64.b64encode(sealed).decode(),
                "ReEncrypt.CiphertextBlob": base64.b64encode(sealed).decode()},
        "s3": {"Bucket": bucket, "Key": "target", "UploadId": upload, "CopySource": bucket + "/target",
               "CreateBucket.Bucket": "other-" + me, "Policy": POLICY},
        "secretsmanager": {"CreateSecret.Name": "other", "ResourcePolicy": POLICY,
                           "ValidateResourcePolicy.SecretId": "target"},
        "ssm": {"ResourceType": "Parameter", "PutParameter.Name": "other"},
        "sts": {"RoleArn": "arn:aws:iam::%s:role/target" % me},
        "worker": {"buildArn": arn("codebuild", "build/target:" + UUID)},
    }


class Matrix:
    def __init__(self, server, database):
        self.server, self.database = server, database
        self.account = server.new_account()
        self.known = a_world(self.account)
        self.nobody = self.account.user("nobody")
        self.arn = "arn:aws:iam::%s:user/nobody" % self.account.id

    def requests(self, service):
        values = operations.Values(service, self.known.get(service.name, {}))
        for operation in service.operations:
            yield operations.Request(service, operation, values.input(operation))

    def contents(self):
        return {table: rows for table, rows in contents(self.server, self.database).items()
                if not table.startswith(BOOKKEEPING)}

    def is_refused(self, request, status, code, message):
        if request.method == "HEAD":
            return status == 403
        if (status, code) != ((400, "AccessDeniedException") if request.is_json else (403, "AccessDenied")):
            return False
        found = DENIED.match(message)
        if not found:
            return False
        who, action, resource, why = found.groups()
        return who == self.arn and (action, resource) in self.questions(request, resource) and \
            (why is not None or action == "sts:AssumeRole")  # which never says why

    def questions(self, request, arn):
        """The (action, resource) that the answer may name: a handler that asks itself has any ARN."""
        service, operation = request.service, request.operation
        own = ACTIONS.get((service.name, operation.name), "%s:%s" % (
            service.trait("iamPrefix") or service.trait("sigv4", "name"), operation.name))
        if not operation.resources:
            return [(own, arn)] if arn.startswith("arn:aws:") or own in ASKED_OF_ALL else []
        variables = {"region": self.server.region, "account": self.account.id}
        return [(action or own, request.filled(template, variables)) for action, template in operation.resources]


@pytest.fixture(scope="module")
def matrix(database_url):
    database = database_url and new_database(database_url)
    server = servers.Server(servers.binary(), database, ["--workers", "0"])
    yield Matrix(server, database)
    server.stop(keep_log=False)


def test_what_is_excepted_is_there():
    there = {(service.name, operation.name) for service in SERVICES.values() for operation in service.operations}
    assert {*OTHERWISE, *OTHERWISE_UNSIGNED, *ACTIONS} <= there


@pytest.mark.parametrize("name", SERVICES)
def test_a_user_without_a_policy_is_refused(matrix, name):
    before, wrong = matrix.contents(), []
    for request in matrix.requests(SERVICES[name]):
        status, code, message = request.error(request.send(matrix.nobody))
        expected = OTHERWISE.get((name, request.operation.name))
        if expected != (status, code) if expected else not matrix.is_refused(request, status, code, message):
            wrong.append((request.operation.name, status, code, message, request.path, request.body))
    assert wrong == []
    assert matrix.contents() == before


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_is_refused(matrix, name):
    before, wrong = matrix.contents(), []
    for request in matrix.requests(SERVICES[name]):
        status, code, message = request.error(request.send_unsigned(matrix.server))
        expected = (403, "AccessDenied") if name == "s3" else (403, "MissingAuthenticationToken")
        if request.is_json:
            expected = (400, "MissingAuthenticationTokenException")
        if request.method == "HEAD":
            expected = (403, None)
        is_told = code != "AccessDenied" or WHY_NOBODY in message
        if OTHERWISE_UNSIGNED.get((name, request.operation.name), expected) != (status, code) or not is_told:
            wrong.append((request.operation.name, status, code, message, request.path, request.body))
    assert wrong == []
    assert matrix.contents() == before
