"""Profiles of the aws CLI that assume roles by themselves: with a device, and with a token of a CI system.

Debian's CLI has no setting for where STS is when a profile has a role_arn (later ones have
AWS_ENDPOINT_URL), but it looks for its data in AWS_DATA_PATH first: a rule there names the server.
"""
import json
import os
import subprocess

from issuer import Issuer
from mfa import Device
from sts_support import allow, document, make_role
from waiting import wait_for

AWS = "/usr/bin/aws"
HELPER = f"!{AWS} --profile there codecommit credential-helper --ignore-host-check $@"


class Shell:
    """A home directory, and commands in it."""

    def __init__(self, server, home, config):
        self.server, self.home = server, home
        rules = home / "data/sts/2011-06-15"
        rules.mkdir(parents=True)
        (rules / "endpoint-rule-set-1.json").write_text(json.dumps({
            "version": "1.0", "parameters": {
                "Region": {"builtIn": "AWS::Region", "required": False, "type": "String", "documentation": ""}},
            "rules": [{"type": "endpoint", "conditions": [], "endpoint": {
                "url": server.endpoint, "headers": {}, "properties": {"authSchemes": [
                    {"name": "sigv4", "signingName": "sts", "signingRegion": server.region}]}}}]}))
        (home / "config").write_text(config)
        (home / ".gitconfig").write_text(
            f"[http]\nsslCAInfo={server.ca_bundle or ''}\n[credential]\nhelper=\"{HELPER}\"\nUseHttpPath=true\n"
            "[user]\nname=A\nemail=a@example.com\n[init]\ndefaultBranch=main\n")
        self.env = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0",
                    "GIT_CONFIG_NOSYSTEM": "1", "AWS_CONFIG_FILE": str(home / "config"),
                    "AWS_DATA_PATH": str(home / "data"), "AWS_DEFAULT_REGION": server.region}
        if server.ca_bundle:
            self.env["AWS_CA_BUNDLE"] = server.ca_bundle

    def run(self, *command, typed=""):
        """`typed` is read where there is no terminal."""
        return subprocess.run(command, cwd=self.home, env=self.env, text=True, input=typed, start_new_session=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __call__(self, *command, **more):
        done = self.run(*command, **more)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def aws(self, *command):
        return (AWS, "--endpoint-url", self.server.endpoint, "--output", "text", *command)


def record(account, name):
    """The newest record of that name, which the account may have to wait for."""
    found = wait_for(lambda: account.client("cloudtrail").lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": name}])["Events"], "the record of " + name)
    return json.loads(found[0]["CloudTrailEvent"])


def test_a_profile_with_a_device_works_in_the_other_account(server, account, new_account, tmp_path):
    there = new_account()
    repository = there.client("codecommit").create_repository(repositoryName="shared")["repositoryMetadata"]
    role = make_role(there, "Partner", document({
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": account.id}, "Condition": {
            "StringEquals": {"sts:ExternalId": "x-1"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}}}))
    there.client("iam").put_role_policy(RoleName="Partner", PolicyName="p", PolicyDocument=document(
        allow("codecommit:*", resource=repository["Arn"])))
    alice = account.user("alice", allow("sts:AssumeRole", resource=role))
    phone = Device(account, "alice").enable()
    shell = Shell(server, tmp_path, (
        f"[profile here]\naws_access_key_id={alice.access_key}\naws_secret_access_key={alice.secret}\n"
        f"[profile there]\nrole_arn={role}\nsource_profile=here\nexternal_id=x-1\nrole_session_name=alice\n"
        f"mfa_serial={phone.serial}\n"))
    who = shell.aws("--profile", "there", "sts", "get-caller-identity", "--query", "Arn")
    assert "invalid MFA one time pass code" in shell.run(*who, typed=phone.wrong() + "\n").stdout
    assert "arn:aws:sts::%s:assumed-role/Partner/alice" % there.id in shell(*who, typed=phone.code() + "\n")

    url = server.endpoint + "/v1/repos/shared"  # the CLI keeps the session: nothing more is asked for
    shell("git", "clone", "-q", url, "work")
    shell("git", "-C", "work", "commit", "-q", "--allow-empty", "-m", "one")
    shell("git", "-C", "work", "push", "-q", "origin", "HEAD:refs/heads/main")
    head = shell("git", "-C", "work", "rev-parse", "HEAD").strip()
    assert head in shell(*shell.aws("--profile", "there", "codecommit", "get-branch", "--repository-name", "shared",
                                    "--branch-name", "main", "--query", "branch.commitId"))

    begun = record(account, "AssumeRole")
    assert begun["userIdentity"]["arn"] == "arn:aws:iam::%s:user/alice" % account.id
    assert begun["requestParameters"]["roleArn"] == role
    pushed = record(there, "GitPush")["userIdentity"]
    assert pushed["arn"] == "arn:aws:sts::%s:assumed-role/Partner/alice" % there.id
    assert pushed["sessionContext"]["attributes"]["mfaAuthenticated"] == "true"


def test_a_token_file_as_ci_systems_write_it(server, account, tmp_path):
    iam = account.client("iam")
    with Issuer() as issuer:
        provider = iam.create_open_id_connect_provider(
            Url=issuer.url, ClientIDList=["slipway"],
            ThumbprintList=[issuer.thumbprint])["OpenIDConnectProviderArn"]
        role = make_role(account, "ci", document({
            "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": provider},
            "Condition": {"StringEquals": {issuer.name + ":sub": "repo:team/app"}}}))
        iam.put_role_policy(RoleName="ci", PolicyName="p", PolicyDocument=document(allow("kms:ListKeys")))
        token = tmp_path / "token"
        shell = Shell(server, tmp_path, f"[profile ci]\nrole_arn={role}\nrole_session_name=job-8\n"
                                        f"web_identity_token_file={token}\n")
        who = shell.aws("sts", "get-caller-identity", "--query", "Arn")
        shell.env.update(AWS_WEB_IDENTITY_TOKEN_FILE=str(token), AWS_ROLE_ARN=role, AWS_ROLE_SESSION_NAME="job-7")
        token.write_text(issuer.token(sub="repo:foes/app"))
        assert "Not authorized to perform sts:AssumeRoleWithWebIdentity" in shell.run(*who).stdout
        token.write_text(issuer.token())
        assert shell(*who).strip() == "arn:aws:sts::%s:assumed-role/ci/job-7" % account.id
        shell(*shell.aws("kms", "list-keys"))
        for name in ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME"):
            del shell.env[name]
        assert shell(*who, "--profile", "ci").strip() == "arn:aws:sts::%s:assumed-role/ci/job-8" % account.id
