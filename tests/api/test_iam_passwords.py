"""Login profiles, the password policy, and the account's alias."""
from errors import error
from test_iam_users import allow

GOOD = "Correct-Horse-7"


def test_login_profile_life(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    assert error(iam.get_login_profile, UserName="alice") == (
        "NoSuchEntity", "Login Profile for User alice cannot be found.")
    made = iam.create_login_profile(
        UserName="alice", Password=GOOD, PasswordResetRequired=True)["LoginProfile"]
    assert made["UserName"] == "alice" and made["PasswordResetRequired"]
    assert iam.get_login_profile(UserName="alice")["LoginProfile"] == made
    assert error(iam.create_login_profile, UserName="alice", Password=GOOD) == (
        "EntityAlreadyExists", "Login Profile for user alice already exists.")
    iam.update_login_profile(UserName="alice", PasswordResetRequired=False)
    assert not iam.get_login_profile(UserName="alice")["LoginProfile"]["PasswordResetRequired"]
    assert error(iam.delete_user, UserName="alice") == (
        "DeleteConflict", "Cannot delete entity, must delete login profile first.")
    iam.delete_login_profile(UserName="alice")
    assert error(iam.delete_login_profile, UserName="alice")[0] == "NoSuchEntity"
    iam.delete_user(UserName="alice")


def test_a_user_changes_its_password_with_the_old_one(account):
    iam = account.client("iam")
    alice = account.user("alice", allow("iam:ChangePassword")).client("iam")
    iam.create_login_profile(UserName="alice", Password=GOOD, PasswordResetRequired=True)
    assert error(alice.change_password, OldPassword="Wrong-Horse-7", NewPassword="New-Horse-8") == (
        "AccessDenied", "The old password was incorrect.")
    alice.change_password(OldPassword=GOOD, NewPassword="New-Horse-8")
    assert not iam.get_login_profile(UserName="alice")["LoginProfile"]["PasswordResetRequired"]
    assert error(alice.change_password, OldPassword=GOOD, NewPassword="New-Horse-9")[0] == "AccessDenied"
    # an administrator's reset needs no old one, and a changed flag keeps the password
    iam.update_login_profile(UserName="alice", Password="Third-Horse-1")
    iam.update_login_profile(UserName="alice", PasswordResetRequired=True)
    alice.change_password(OldPassword="Third-Horse-1", NewPassword=GOOD)
    bob = account.user("bob").client("iam")
    iam.create_login_profile(UserName="bob", Password=GOOD)
    assert ":user/bob because" in error(bob.change_password, OldPassword=GOOD, NewPassword=GOOD)[1]
    assert error(iam.change_password, OldPassword=GOOD, NewPassword=GOOD) == (
        "InvalidUserType", "Only IAM Users can change their own password.")


def test_an_old_password_cannot_be_guessed(account):
    iam = account.client("iam")
    alice = account.user("alice", allow("iam:ChangePassword")).client("iam")
    iam.create_login_profile(UserName="alice", Password=GOOD)
    for _ in range(4):
        assert error(alice.change_password, OldPassword="Wrong-Horse-7", NewPassword="New-Horse-8")[0] == "AccessDenied"
    alice.change_password(OldPassword=GOOD, NewPassword="New-Horse-8")  # forgets the wrong ones
    for _ in range(5):
        assert error(alice.change_password, OldPassword=GOOD, NewPassword="New-Horse-9")[0] == "AccessDenied"
    for old in (GOOD, "New-Horse-8"):
        assert error(alice.change_password, OldPassword=old, NewPassword="New-Horse-9") == (
            "Throttling", "Rate exceeded")


def test_password_policy_is_enforced(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    assert error(iam.get_account_password_policy) == (
        "NoSuchEntity", "The Password Policy with domain name %s cannot be found." % account.id)
    for weak in ["Ab-1", "lowercase1"]:
        assert error(iam.create_login_profile, UserName="alice", Password=weak)[0] \
            == "PasswordPolicyViolation"
    iam.update_account_password_policy(
        MinimumPasswordLength=10, RequireSymbols=True, RequireNumbers=True,
        RequireUppercaseCharacters=True, RequireLowercaseCharacters=True)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert policy["MinimumPasswordLength"] == 10 and policy["RequireSymbols"]
    for password, message in [
            ("Ab-123456", "Password should have a minimum length of 10"),
            ("Ab12345678", "Password should have at least one symbol"),
            ("Ab-abcdefgh", "Password should have at least one number"),
            ("ab-12345678", "Password should have at least one uppercase letter"),
            ("AB-12345678", "Password should have at least one lowercase letter")]:
        assert error(iam.create_login_profile, UserName="alice", Password=password) == (
            "PasswordPolicyViolation", message)
    iam.create_login_profile(UserName="alice", Password=GOOD)
    assert error(iam.update_login_profile, UserName="alice", Password="short")[0] \
        == "PasswordPolicyViolation"
    iam.update_account_password_policy()
    iam.update_login_profile(UserName="alice", Password="simple")
    iam.delete_account_password_policy()
    assert error(iam.delete_account_password_policy) == (
        "NoSuchEntity", "The account policy with name PasswordPolicy cannot be found.")


def test_what_a_policy_says_of_time_is_kept(account):
    iam = account.client("iam")
    iam.update_account_password_policy(MaxPasswordAge=90, PasswordReusePrevention=5, HardExpiry=True,
                                       AllowUsersToChangePassword=True)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert (policy["MaxPasswordAge"], policy["PasswordReusePrevention"], policy["HardExpiry"],
            policy["ExpirePasswords"], policy["AllowUsersToChangePassword"]) == (90, 5, True, True, True)
    iam.update_account_password_policy()
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert not policy["ExpirePasswords"] and "MaxPasswordAge" not in policy and not policy["HardExpiry"]
    assert "PasswordReusePrevention" not in policy and not policy["AllowUsersToChangePassword"]


def test_a_password_of_before_is_not_taken_again(account):
    iam = account.client("iam")
    alice = account.user("alice", allow("iam:ChangePassword")).client("iam")
    iam.update_account_password_policy(PasswordReusePrevention=2)
    iam.create_login_profile(UserName="alice", Password="first-1")
    alice.change_password(OldPassword="first-1", NewPassword="second-2")
    for used in ("first-1", "second-2"):
        assert error(alice.change_password, OldPassword="second-2", NewPassword=used) == (
            "PasswordPolicyViolation", "Password cannot be one of the last 2 used")
        assert error(iam.update_login_profile, UserName="alice", Password=used)[0] == "PasswordPolicyViolation"
    alice.change_password(OldPassword="second-2", NewPassword="third-3")
    alice.change_password(OldPassword="third-3", NewPassword="first-1")  # two others lie between
    nobody = account.user("nobody").client("iam")  # who may not, learns nothing
    assert error(nobody.update_login_profile, UserName="alice", Password="first-1")[0] == "AccessDenied"


def test_users_may_change_their_own_password_if_the_policy_says_so(account):
    iam = account.client("iam")
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    alice = account.user("alice").client("iam")
    iam.create_login_profile(UserName="alice", Password="first-1")
    alice.change_password(OldPassword="first-1", NewPassword="second-2")
    assert error(alice.get_user)[0] == "AccessDenied"  # and nothing else
    bob = account.user("bob", {"Effect": "Deny", "Action": "iam:ChangePassword", "Resource": "*"}).client("iam")
    iam.create_login_profile(UserName="bob", Password="first-1")
    assert error(bob.change_password, OldPassword="first-1", NewPassword="second-2")[0] == "AccessDenied"
    iam.update_account_password_policy(AllowUsersToChangePassword=False)
    assert error(alice.change_password, OldPassword="second-2", NewPassword="third-3")[0] == "AccessDenied"



def test_account_alias_is_one_and_nobody_elses(account, new_account):
    iam, other = account.client("iam"), new_account().client("iam")
    mine, yours = "a" + account.id, "b" + account.id
    assert iam.list_account_aliases()["AccountAliases"] == []
    iam.create_account_alias(AccountAlias=yours)
    iam.create_account_alias(AccountAlias=mine)
    assert iam.list_account_aliases()["AccountAliases"] == [mine]
    other.create_account_alias(AccountAlias=yours)
    assert error(iam.create_account_alias, AccountAlias=yours)[0] == "EntityAlreadyExists"
    assert iam.list_account_aliases()["AccountAliases"] == [mine]
    assert error(iam.delete_account_alias, AccountAlias=yours)[0] == "NoSuchEntity"
    iam.delete_account_alias(AccountAlias=mine)
    assert iam.list_account_aliases()["AccountAliases"] == []
    reader = account.user("reader", allow("iam:ListAccountAliases")).client("iam")
    reader.list_account_aliases()
    assert error(reader.create_account_alias, AccountAlias=mine)[0] == "AccessDenied"
