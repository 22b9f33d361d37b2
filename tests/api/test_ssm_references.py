"""/aws/reference/secretsmanager/...: secrets read through Parameter Store."""
import json

import pytest

from errors import code_of, fails

NAME = "/aws/reference/secretsmanager/app/db"


@pytest.fixture
def ssm(account):
    return account.client("ssm")


@pytest.fixture
def secret(account):
    """Two versions of one secret; the answer of its creation."""
    sm = account.client("secretsmanager")
    made = sm.create_secret(Name="app/db", SecretString="old")
    sm.put_secret_value(SecretId="app/db", SecretString="new")
    return made


def test_a_secret_is_a_parameter(ssm, secret):
    found = ssm.get_parameter(Name=NAME, WithDecryption=True)["Parameter"]
    assert (found["Name"], found["Type"], found["Value"], found["Version"]) == (NAME, "SecureString", "new", 0)
    assert found["ARN"] == secret["ARN"]
    assert json.loads(found["SourceResult"])["SecretString"] == "new"


def test_a_version_or_a_stage_of_it(ssm, secret):
    for selector in (":AWSPREVIOUS", ":" + secret["VersionId"]):
        found = ssm.get_parameter(Name=NAME + selector, WithDecryption=True)["Parameter"]
        assert (found["Value"], found["Name"], found["Selector"]) == ("old", NAME, selector)


def test_among_other_parameters(ssm, secret):
    ssm.put_parameter(Name="/a", Value="v", Type="String")
    answer = ssm.get_parameters(Names=["/a", NAME, NAME + "-none"], WithDecryption=True)
    assert sorted(p["Value"] for p in answer["Parameters"]) == ["new", "v"]
    assert answer["InvalidParameters"] == [NAME + "-none"]


def test_what_is_refused(ssm, secret, account):
    assert fails("ValidationException", ssm.get_parameter, Name=NAME) == (
        "WithDecryption flag must be True for retrieving a Secret Manager secret.")
    assert "when referencing Secrets Manager" in fails(
        "ParameterNotFound", ssm.get_parameter, Name=NAME + "2", WithDecryption=True)
    account.client("secretsmanager").create_secret(Name="bin", SecretBinary=b"x")
    assert code_of(ssm.get_parameter, Name="/aws/reference/secretsmanager/bin",
                   WithDecryption=True) == "ValidationException"
    assert code_of(ssm.get_parameter, Name="/aws/reference/secretsmanager/",
                   WithDecryption=True) == "ValidationException"
    account.client("secretsmanager").delete_secret(SecretId="app/db")
    assert code_of(ssm.get_parameter, Name=NAME, WithDecryption=True) == "ValidationException"


def test_both_services_have_to_permit_it(account, secret):
    for name, actions, missing in (("a", ["ssm:GetParameter"], "secretsmanager:GetSecretValue"),
                                   ("b", ["secretsmanager:GetSecretValue"], "ssm:GetParameter")):
        reader = account.user(name, {"Effect": "Allow", "Action": actions, "Resource": "*"}).client("ssm")
        assert missing in fails("AccessDeniedException", reader.get_parameter, Name=NAME, WithDecryption=True)
    both = account.user("c", {"Effect": "Allow", "Action": ["ssm:GetParameter", "secretsmanager:GetSecretValue"],
                              "Resource": "*"}).client("ssm")
    assert both.get_parameter(Name=NAME, WithDecryption=True)["Parameter"]["Value"] == "new"
