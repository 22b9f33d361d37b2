"""A developer of one account works in a repository of another, through a role there.

A profile assumes the role. Debian's CLI cannot be told where STS is when a profile has a
role_arn, so the profile asks the CLI itself: credential_process.
"""
import json
import os
import subprocess

import pytest

AWS = "/usr/bin/aws"
HELPER = f"!{AWS} --profile there codecommit credential-helper --ignore-host-check $@"


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.fixture
def run(account, new_account, tmp_path):
    """Runs a command of the developer's; `run.iam` is of the account that has the repository."""
    there, server = new_account(), account.server
    repository = there.client("codecommit").create_repository(repositoryName="shared")["repositoryMetadata"]
    iam = there.client("iam")
    role = iam.create_role(RoleName="Partner", AssumeRolePolicyDocument=document({
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": account.id},
        "Condition": {"StringEquals": {"sts:ExternalId": "x-1"}}}))["Role"]["Arn"]
    iam.put_role_policy(RoleName="Partner", PolicyName="p", PolicyDocument=document({
        "Effect": "Allow", "Action": ["codecommit:Git*", "codecommit:GetBranch"], "Resource": repository["Arn"]}))
    user = account.user("developer", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role})
    config = tmp_path / "config"
    config.write_text(
        f"[profile here]\nregion={server.region}\naws_access_key_id={user.access_key}\n"
        f"aws_secret_access_key={user.secret}\n"
        f"[profile there]\nregion={server.region}\ncredential_process={AWS} --profile here --output json"
        f" --endpoint-url {server.endpoint} sts assume-role --role-arn {role} --external-id x-1"
        " --role-session-name developer --query 'merge({Version: `1`}, Credentials)'\n")
    (tmp_path / ".gitconfig").write_text(
        f"[http]\nsslCAInfo={server.ca_bundle or ''}\n[credential]\nhelper=\"{HELPER}\"\nUseHttpPath=true\n"
        "[user]\nname=A\nemail=a@example.com\n[init]\ndefaultBranch=main\n")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0",
           "GIT_CONFIG_NOSYSTEM": "1", "AWS_CONFIG_FILE": str(config)}
    if server.ca_bundle:
        env["AWS_CA_BUNDLE"] = server.ca_bundle

    def run(*command, cwd=tmp_path):
        return subprocess.run(command, cwd=cwd, env=env, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)

    run.iam, run.there, run.home = iam, there, tmp_path
    run.codecommit = (AWS, "--profile", "there", "--endpoint-url", server.endpoint, "codecommit")
    run.url = f"{server.endpoint}/v1/repos/shared"
    return run


def succeeds(done):
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_git_and_the_cli_work_through_a_role_of_the_other_account(run):
    succeeds(run("git", "clone", "-q", run.url, "work"))
    work = run.home / "work"
    (work / "a.txt").write_text("hello\n")
    succeeds(run("git", "add", "a.txt", cwd=work))
    succeeds(run("git", "commit", "-q", "-m", "one", cwd=work))
    succeeds(run("git", "push", "-q", "origin", "HEAD:refs/heads/main", cwd=work))
    head = succeeds(run("git", "rev-parse", "HEAD", cwd=work)).strip()
    branch = run.there.client("codecommit").get_branch(repositoryName="shared", branchName="main")["branch"]
    assert branch["commitId"] == head

    shown = succeeds(run(*run.codecommit, "get-branch", "--repository-name", "shared",
                         "--branch-name", "main", "--query", "branch.commitId", "--output", "text"))
    assert shown.strip() == head
    denied = run(*run.codecommit, "delete-repository", "--repository-name", "shared")
    assert "AccessDenied" in denied.stdout and "assumed-role/Partner/developer" in denied.stdout

    # the role stops trusting: git is refused with the next credentials
    run.iam.update_assume_role_policy(RoleName="Partner", PolicyDocument=document({
        "Effect": "Deny", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}))
    refused = run("git", "fetch", cwd=work)
    assert refused.returncode != 0 and "sts:AssumeRole" in refused.stdout
