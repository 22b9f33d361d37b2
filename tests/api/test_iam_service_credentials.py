"""Service-specific credentials: the passwords of git."""
from errors import error

GIT = "codecommit.amazonaws.com"


def test_life_of_a_credential(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    made = iam.create_service_specific_credential(UserName="alice", ServiceName=GIT)["ServiceSpecificCredential"]
    assert made["ServiceUserName"] == "alice-at-" + account.id
    assert made["ServiceSpecificCredentialId"].startswith("ACCA") and made["Status"] == "Active"
    assert len(made["ServicePassword"]) == 44
    second = iam.create_service_specific_credential(UserName="alice", ServiceName=GIT)["ServiceSpecificCredential"]
    assert second["ServiceUserName"] == "alice+1-at-" + account.id
    assert error(iam.create_service_specific_credential, UserName="alice", ServiceName=GIT)[0] == "LimitExceeded"

    listed = iam.list_service_specific_credentials(UserName="alice", ServiceName=GIT)["ServiceSpecificCredentials"]
    assert {c["ServiceUserName"] for c in listed} == {made["ServiceUserName"], second["ServiceUserName"]}
    assert all("ServicePassword" not in c for c in listed)

    key = {"UserName": "alice", "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    reset = iam.reset_service_specific_credential(**key)["ServiceSpecificCredential"]
    assert reset["ServicePassword"] != made["ServicePassword"]
    assert reset["ServiceUserName"] == made["ServiceUserName"]
    iam.update_service_specific_credential(**key, Status="Inactive")
    status = {c["ServiceSpecificCredentialId"]: c["Status"] for c in
              iam.list_service_specific_credentials(UserName="alice")["ServiceSpecificCredentials"]}
    assert status[made["ServiceSpecificCredentialId"]] == "Inactive"
    assert error(iam.delete_user, UserName="alice")[0] == "DeleteConflict"
    iam.delete_service_specific_credential(**key)
    assert error(iam.delete_service_specific_credential, **key)[0] == "NoSuchEntity"
    assert error(iam.reset_service_specific_credential, **key)[0] == "NoSuchEntity"
    assert error(iam.update_service_specific_credential, **key, Status="Active")[0] == "NoSuchEntity"


def test_errors(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    assert error(iam.create_service_specific_credential, UserName="alice", ServiceName="s3.amazonaws.com")[0] \
        in ("ServiceNotSupported", "NotSupportedService")
    assert error(iam.create_service_specific_credential, UserName="bob", ServiceName=GIT)[0] == "NoSuchEntity"
    assert error(iam.list_service_specific_credentials, UserName="bob")[0] == "NoSuchEntity"


def test_own_credentials_only(account):
    account.client("iam").create_user(UserName="bob")
    iam = account.user("alice", {"Effect": "Allow", "Action": "iam:*ServiceSpecificCredential*",
                                 "Resource": "arn:aws:iam::*:user/${aws:username}"}).client("iam")
    iam.create_service_specific_credential(UserName="alice", ServiceName=GIT)
    for call, more in [(iam.create_service_specific_credential, {"ServiceName": GIT}),
                       (iam.list_service_specific_credentials, {})]:
        assert error(call, UserName="bob", **more)[0] == "AccessDenied"
