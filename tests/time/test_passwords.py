"""Passwords that are too old, and reports that are."""
from errors import code_of, error
from waiting import wait_for


def test_with_a_hard_expiry_only_an_administrator_sets_an_expired_password(server, account):
    iam = account.client("iam")
    iam.update_account_password_policy(MaxPasswordAge=30, HardExpiry=True, AllowUsersToChangePassword=True)
    alice = account.user("alice").client("iam")
    iam.create_login_profile(UserName="alice", Password="first-1")
    server.advance(days=29)
    alice.change_password(OldPassword="first-1", NewPassword="second-2")
    server.advance(days=29)
    alice.change_password(OldPassword="second-2", NewPassword="third-3")
    server.advance(days=30)
    assert error(alice.change_password, OldPassword="third-3", NewPassword="fourth-4") == (
        "AccessDenied", "The password has expired. Contact an administrator, who can set a new one.")
    iam.update_login_profile(UserName="alice", Password="fifth-5")
    alice.change_password(OldPassword="fifth-5", NewPassword="sixth-6")
    server.advance(days=30)
    iam.update_account_password_policy(MaxPasswordAge=30, AllowUsersToChangePassword=True)
    alice.change_password(OldPassword="sixth-6", NewPassword="seventh-7")  # expired, but not for ever


def test_a_credential_report_is_good_for_four_hours(server, account):
    iam = account.client("iam")
    assert iam.generate_credential_report()["State"] == "STARTED"
    wait_for(lambda: iam.generate_credential_report()["State"] == "COMPLETE", "the report")
    server.advance(hours=3)
    iam.create_user(UserName="later")
    assert b"later" not in iam.get_credential_report()["Content"]
    assert iam.generate_credential_report()["State"] == "COMPLETE"
    server.advance(hours=1)
    assert code_of(iam.get_credential_report) == "ReportExpired"
    assert iam.generate_credential_report()["State"] == "STARTED"
    wait_for(lambda: iam.generate_credential_report()["State"] == "COMPLETE", "the report")
    assert b"later" in iam.get_credential_report()["Content"]
