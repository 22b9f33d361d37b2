"""A pipeline's build with secrets in its variables and in its buildspec; no log has them."""
import base64
import json
import urllib.parse

from builds import allow, build_role, log_lines
from codepipeline_world import World, action, refused, source

TOKEN, PASSWORD = "t0ken/with+odd=chars", "correct horse battery"
BUILDSPEC = """version: 0.2
env:
  parameter-store: {FROM_FILE: /app/token}
  secrets-manager: {OLD: "%s:password:AWSPREVIOUS:%s"}
phases:
  build:
    commands:
      - test "$FROM_FILE" = "$TOKEN" && test "$NEW" = "%s" && test "$OLD" = former-password
      - echo "as it is <$TOKEN> <$NEW> <$OLD>"
      - printf '%%s' "$TOKEN" | base64
      - printf 'user:%%s' "$NEW" | base64
      - python3 -c 'import os, urllib.parse; print(urllib.parse.quote(os.environ["TOKEN"], safe=""))'
      - printf '%%s' t0ken/wi; sleep 0.1; printf '%%s\\n' th+odd=chars
      - printf '%%s' "correct horse" >&2; sleep 0.1; echo " battery" >&2
      - env
artifacts:
  files: ['buildspec.yml']
"""


def make_project(account):
    account.client("codebuild").create_project(
        name="make", source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"},
        environment={"type": "LINUX_CONTAINER", "image": "slipway/host",
                     "computeType": "BUILD_GENERAL1_SMALL", "environmentVariables": [
                         {"name": "TOKEN", "value": "/app/token", "type": "PARAMETER_STORE"}]},
        serviceRole=build_role(account, allow("*")))


def make_secret(account):
    """Two versions; the ids of the secret and of the former one."""
    secrets = account.client("secretsmanager")
    made = secrets.create_secret(Name="app/db", SecretString=json.dumps({"password": "former-password"}))
    secrets.put_secret_value(SecretId="app/db", SecretString=json.dumps({"password": PASSWORD}))
    return made["ARN"], made["VersionId"]


def build_action(**variable):
    return action("Make", "Build", "CodeBuild", {
        "ProjectName": "make", "EnvironmentVariables": json.dumps([variable])},
        inputs=["App"], outputs=["Built"])


def forms(secret):
    """What none of may be in a log; of base64 the middle, which no neighbour changes."""
    yield secret
    yield urllib.parse.quote(secret, safe="")
    for before in ("", "x", "xy"):
        yield base64.b64encode((before + secret).encode()).decode()[4:-4]


def test_a_build_of_a_pipeline_has_its_secrets_and_its_log_has_not(account):
    account.client("ssm").put_parameter(Name="/app/token", Value=TOKEN, Type="SecureString")
    arn, former = make_secret(account)
    make_project(account)
    world = World(account)
    world.put({"buildspec.yml": BUILDSPEC % (arn, former, PASSWORD)})
    world.create([source()], [build_action(name="NEW", value="app/db:password", type="SECRETS_MANAGER")])
    ended = world.ended()
    codebuild = account.client("codebuild")
    build, = codebuild.batch_get_builds(ids=codebuild.list_builds()["ids"])["builds"]
    log = "\n".join(log_lines(account, build))
    assert ended["status"] == "Succeeded", log
    assert "as it is <***> <***> <***>" in log
    for secret in (TOKEN, PASSWORD, "former-password"):
        for form in forms(secret):
            assert form not in log, form
            assert form not in json.dumps(build, default=str)


def test_the_type_of_a_variable_is_checked_with_the_pipeline(account):
    world = World(account)
    make_project(account)
    message = refused("InvalidActionDeclarationException", world.create, [source()],
                      [build_action(name="NEW", value="x", type="VAULT")])
    assert "PARAMETER_STORE" in message


def test_the_role_of_the_build_decides_not_that_of_the_pipeline(account):
    world = World(account)
    account.client("ssm").put_parameter(Name="/app/token", Value=TOKEN, Type="SecureString")
    make_project(account)
    account.client("iam").put_role_policy(RoleName="build", PolicyName="no", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Action": "ssm:GetParameters", "Resource": "*"}]}))
    world.put({"buildspec.yml": "version: 0.2\nphases: {build: {commands: ['true']}}\n"})
    world.create([source()], [build_action(name="NEW", value="x", type="PLAINTEXT")])
    assert world.ended()["status"] == "Failed"
    codebuild = account.client("codebuild")
    build, = codebuild.batch_get_builds(ids=codebuild.list_builds()["ids"])["builds"]
    context, = [phase["contexts"][0] for phase in build["phases"] if phase.get("phaseStatus") == "FAILED"]
    assert context["statusCode"] == "Decrypted Variables Error"
    assert "not authorized to perform: ssm:GetParameters" in context["message"]
