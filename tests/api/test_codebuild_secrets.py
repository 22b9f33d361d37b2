"""Variables whose values stand in Parameter Store and Secrets Manager, and the log without them."""
import json

import pytest

from builds import allow, build_role, commands, create_project, log_lines, wait_for_end

SECRET = "s3cr3t/Wert+42=x"
READ = allow("ssm:GetParameter", "secretsmanager:GetSecretValue", "kms:Decrypt")


def run(account, env, *lines, role=None, **more):
    """The build, and its log as one text."""
    create_project(account, commands(*lines, env=env), role or build_role(account, READ))
    started = account.client("codebuild").start_build(projectName="demo", **more)["build"]
    build = wait_for_end(account, started["id"])
    return build, "\n".join(log_lines(account, build))


def put_parameter(account, name="/build/token", value=SECRET, kind="SecureString"):
    account.client("ssm").put_parameter(Name=name, Value=value, Type=kind)


def put_secret(account, value):
    return account.client("secretsmanager").create_secret(Name="build/secret", SecretString=value)["ARN"]


def denied(build):
    phase, = [found for found in build["phases"] if found["phaseType"] == "DOWNLOAD_SOURCE"]
    assert (build["buildStatus"], phase["phaseStatus"]) == ("FAILED", "FAILED")
    return phase["contexts"][0]["message"]


def test_a_parameter_is_there_and_not_in_the_log(account):
    put_parameter(account)
    build, log = run(account, {"parameter-store": {"TOKEN": "/build/token"}},
                     'echo "it is $TOKEN."', 'printf %s "$TOKEN" | base64', 'printf %s "ab$TOKEN" | base64',
                     'for part in s3cr3t /Wert +42=x; do printf %s "$part"; sleep 0.05; done; echo',
                     'python3 -c "import os, urllib.parse; print(urllib.parse.quote(os.environ[\'TOKEN\'], safe=str()))"',
                     'test "${#TOKEN}" = 16', 'echo "$TOKEN" >&2; exit 3')
    assert build["buildStatus"] == "FAILED"  # by the last command: the others found what they should
    assert "exit status 3" in json.dumps(build["phases"], default=str)
    assert "it is ***." in log
    for form in (SECRET, "czNjcjN0L1dlcnQrNDI9eA", "s3cr3t%2FWert%2B42%3Dx", "NyM3QvV2VydCs0Mj14"):
        assert form not in log
        assert form not in json.dumps(build, default=str)


@pytest.mark.parametrize("reference,expected", [
    ("build/secret:user", "alice"), ("build/secret:port:AWSCURRENT", "5432"), ("build/secret", None),
    ("ARN:user", "alice")])
def test_a_secret_and_its_members(account, reference, expected):
    text = json.dumps({"user": "alice", "port": 5432})
    arn = put_secret(account, text)
    build, log = run(account, {"secrets-manager": {"V": reference.replace("ARN", arn)},
                               "exported-variables": ["V"]},
                     'test "$V" = \'%s\'' % (expected or text), 'echo "<$V>"')
    assert build["buildStatus"] == "SUCCEEDED", log
    assert "<***>" in log
    assert build["exportedEnvironmentVariables"] == [{"name": "V", "value": "***"}]


def test_what_is_missing_is_named(account):
    put_secret(account, '{"user": "alice"}')
    role = build_role(account, READ)
    for origin, reference, why in (
            ("parameter-store", "/none", "Decrypted Variables Error Message: /none of V: "),
            ("secrets-manager", "none", "Secrets Manager Error Message: none of V: "),
            ("secrets-manager", "build/secret:none", "the secret has no key \"none\""),
            ("secrets-manager", "build/secret:user:AWSPREVIOUS", "Secrets Manager Error Message: "),
            ("secrets-manager", "a:b:c:d:e", "is not secret-id:json-key:version-stage:version-id")):
        build, _ = run(account, {origin: {"V": reference}}, "true", role=role)
        assert why in denied(build)
        account.client("codebuild").delete_project(name="demo")


def test_the_role_of_the_project_decides(account):
    put_parameter(account)
    build, _ = run(account, {"parameter-store": {"V": "/build/token"}}, "true",
                   role=build_role(account, allow("ssm:GetParameter", resource="arn:aws:ssm:*:*:parameter/other")))
    message = denied(build)
    assert "is not authorized to perform: ssm:GetParameter" in message
    assert SECRET not in message


def test_a_variable_of_the_build_wins_over_a_secret(account):
    build, log = run(account, {"parameter-store": {"V": "/none"}}, 'echo "it is $V"',
                     environmentVariablesOverride=[{"name": "V", "value": "plain"}])
    assert build["buildStatus"] == "SUCCEEDED"
    assert "it is plain" in log
