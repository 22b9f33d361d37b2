"""Variables whose values stand in Parameter Store and Secrets Manager, and the log without them."""
import json

import pytest

from builds import (allow, build_role, commands, create_project, log_lines, project_declaration,
                    wait_for_end)

SECRET = "s3cr3t/Wert+42=x"
READ = allow("ssm:GetParameters", "secretsmanager:GetSecretValue", "kms:Decrypt")


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
    """The code and message of the phase that could not have its variables."""
    phase, = [found for found in build["phases"] if found["phaseType"] == "DOWNLOAD_SOURCE"]
    assert (build["buildStatus"], phase["phaseStatus"]) == ("FAILED", "FAILED")
    return phase["contexts"][0]["statusCode"], phase["contexts"][0]["message"]


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
    parameter, secret = "Decrypted Variables Error", "Secrets Manager Error"
    for origin, reference, code, why in (
            ("parameter-store", "/none", parameter, "parameter does not exist: /none"),
            ("secrets-manager", "none", secret,
             "ResourceNotFoundException: Secrets Manager can't find the specified secret."),
            ("secrets-manager", "build/secret:none", secret, "the secret has no key \"none\""),
            ("secrets-manager", "build/secret:user:AWSPREVIOUS", secret, "ResourceNotFoundException: "),
            ("secrets-manager", "a:b:c:d:e", secret,
             "is not secret-id:json-key:version-stage:version-id")):
        build, log = run(account, {origin: {"V": reference}}, "true", role=role)
        assert denied(build)[0] == code
        assert why in denied(build)[1]
        assert "Phase context status code: %s Message: %s" % denied(build) in log
        account.client("codebuild").delete_project(name="demo")


@pytest.mark.parametrize("origin,reference,code,action", [
    ("parameter-store", "/build/token", "Decrypted Variables Error", "ssm:GetParameters"),
    ("secrets-manager", "build/secret", "Secrets Manager Error", "secretsmanager:GetSecretValue")])
def test_the_role_of_the_project_decides(account, origin, reference, code, action):
    put_parameter(account)
    put_secret(account, SECRET)
    build, _ = run(account, {origin: {"V": reference}}, "true", role=build_role(account, allow(
        "ssm:GetParameters", "secretsmanager:GetSecretValue", resource="arn:aws:ssm:*:*:parameter/other")))
    assert denied(build)[0] == code
    assert "AccessDeniedException: User: arn:aws:sts::" in denied(build)[1]
    assert "is not authorized to perform: %s on resource: arn:aws:" % action in denied(build)[1]
    assert SECRET not in denied(build)[1]


def typed(account, name, value, kind):
    """A variable of a project whose value is a reference."""
    return {"environment": {
        "type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
        "computeType": "BUILD_GENERAL1_SMALL",
        "environmentVariables": [{"name": name, "value": value, "type": kind}]}}


def test_typed_variables_of_a_project(account):
    put_parameter(account)
    put_secret(account, json.dumps({"password": "correct horse"}))
    project = create_project(
        account, commands('test "$TOKEN" = "%s"' % SECRET, 'echo "<$TOKEN>"'), build_role(account, READ),
        **typed(account, "TOKEN", "/build/token", "PARAMETER_STORE"))
    assert project["environment"]["environmentVariables"] == [
        {"name": "TOKEN", "value": "/build/token", "type": "PARAMETER_STORE"}]
    codebuild = account.client("codebuild")
    build = wait_for_end(account, codebuild.start_build(projectName="demo")["build"]["id"])
    assert build["buildStatus"] == "SUCCEEDED"
    log = "\n".join(log_lines(account, build))
    assert "<***>" in log and SECRET not in log

    override = [{"name": "TOKEN", "value": "build/secret:password", "type": "SECRETS_MANAGER"}]
    started = codebuild.start_build(
        projectName="demo", environmentVariablesOverride=override,
        buildspecOverride=json.dumps(commands('test "$TOKEN" = "correct horse"', 'echo "<$TOKEN>"')))
    build = wait_for_end(account, started["build"]["id"])
    log = "\n".join(log_lines(account, build))
    assert build["buildStatus"] == "SUCCEEDED", log
    assert "<***>" in log
    assert build["environment"]["environmentVariables"] == override


def test_a_typed_variable_that_is_missing_fails_the_build(account):
    create_project(account, commands("true"), build_role(account, READ),
                   **typed(account, "TOKEN", "/none", "PARAMETER_STORE"))
    started = account.client("codebuild").start_build(projectName="demo")
    assert denied(wait_for_end(account, started["build"]["id"])) == (
        "Decrypted Variables Error", "parameter does not exist: /none")


def test_an_unknown_type_is_refused(account):
    codebuild = account.client("codebuild", validate=False)
    with pytest.raises(codebuild.exceptions.ClientError) as caught:
        codebuild.create_project(**project_declaration(
            commands("true"), build_role(account), **typed(account, "A", "b", "VAULT")))
    assert caught.value.response["Error"]["Code"] in ("InvalidInputException", "ValidationException")


def test_a_variable_of_the_build_wins_over_a_secret(account):
    build, log = run(account, {"parameter-store": {"V": "/none"}}, 'echo "it is $V"',
                     environmentVariablesOverride=[{"name": "V", "value": "plain"}])
    assert build["buildStatus"] == "SUCCEEDED"
    assert "it is plain" in log
