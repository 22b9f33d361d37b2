"""A user puts a device on its account, and works with `aws` and `git` in a session that shows it."""
import json
import os
import subprocess

from mfa import code, step_now

AWS = "/usr/bin/aws"
HELPER = f"!{AWS} codecommit credential-helper --ignore-host-check $@"


def test_a_repository_that_wants_a_device(account, tmp_path):
    server = account.server
    repository = account.client("codecommit").create_repository(repositoryName="safe")["repositoryMetadata"]
    alice = account.user("alice", {"Effect": "Allow", "Action": "iam:*MFADevice", "Resource": "*"}, {
        "Effect": "Allow", "Action": "codecommit:*", "Resource": repository["Arn"],
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}})
    (tmp_path / ".gitconfig").write_text(
        f"[http]\nsslCAInfo={server.ca_bundle or ''}\n[credential]\nhelper=\"{HELPER}\"\nUseHttpPath=true\n"
        "[user]\nname=A\nemail=a@example.com\n[init]\ndefaultBranch=main\n")
    base = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1", "AWS_DEFAULT_REGION": server.region}
    if server.ca_bundle:
        base["AWS_CA_BUNDLE"] = server.ca_bundle
    own = {"AWS_ACCESS_KEY_ID": alice.access_key, "AWS_SECRET_ACCESS_KEY": alice.secret}

    def run(keys, *command):
        return subprocess.run(command, cwd=tmp_path, env={**base, **keys}, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)

    def aws(keys, *command):
        return run(keys, AWS, "--output", "json", "--endpoint-url", server.endpoint, *command)

    def succeeds(done):
        assert done.returncode == 0, done.stdout
        return done.stdout

    made = json.loads(succeeds(aws(own, "iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", "phone",
                                   "--outfile", "seed", "--bootstrap-method", "Base32StringSeed")))
    serial, seed, now = made["VirtualMFADevice"]["SerialNumber"], (tmp_path / "seed").read_text(), step_now()
    succeeds(aws(own, "iam", "enable-mfa-device", "--user-name", "alice", "--serial-number", serial,
                 "--authentication-code1", code(seed, now - 2), "--authentication-code2", code(seed, now - 1)))

    look, url = ("codecommit", "get-repository", "--repository-name", "safe"), server.endpoint + "/v1/repos/safe"
    assert "AccessDenied" in aws(own, *look).stdout
    assert run(own, "git", "ls-remote", url).returncode != 0

    keys = json.loads(succeeds(aws(own, "sts", "get-session-token", "--serial-number", serial,
                                   "--token-code", code(seed, step_now()))))["Credentials"]
    shown = {"AWS_ACCESS_KEY_ID": keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
             "AWS_SESSION_TOKEN": keys["SessionToken"]}
    succeeds(aws(shown, *look))
    succeeds(run(shown, "git", "clone", "-q", url, "work"))
    succeeds(run(shown, "git", "-C", "work", "commit", "-q", "--allow-empty", "-m", "one"))
    succeeds(run(shown, "git", "-C", "work", "push", "-q", "origin", "HEAD:refs/heads/main"))
    assert "refs/heads/main" in succeeds(run(shown, "git", "ls-remote", url))
    assert run(own, "git", "-C", "work", "fetch").returncode != 0
