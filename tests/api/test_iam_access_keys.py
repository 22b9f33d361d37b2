"""Access keys: two each, used at once, dead at once."""
from errors import error


def identity(account, key):
    return account.with_key(key["AccessKeyId"], key["SecretAccessKey"]).client("sts").get_caller_identity()


def test_a_new_key_works_and_a_deleted_one_does_not(account):
    iam = account.client("iam")
    user = iam.create_user(UserName="alice")["User"]
    key = iam.create_access_key(UserName="alice")["AccessKey"]
    assert key["AccessKeyId"].startswith("AKIA") and len(key["AccessKeyId"]) == 20
    assert len(key["SecretAccessKey"]) == 40 and key["Status"] == "Active"
    assert identity(account, key)["Arn"] == user["Arn"]
    assert identity(account, key)["UserId"] == user["UserId"]
    iam.delete_access_key(UserName="alice", AccessKeyId=key["AccessKeyId"])
    assert error(identity, account=account, key=key)[0] == "InvalidClientTokenId"


def test_an_inactive_key_is_unknown(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    key = iam.create_access_key(UserName="alice")["AccessKey"]
    iam.update_access_key(UserName="alice", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    assert iam.list_access_keys(UserName="alice")["AccessKeyMetadata"][0]["Status"] == "Inactive"
    assert error(identity, account=account, key=key)[0] == "InvalidClientTokenId"
    iam.update_access_key(UserName="alice", AccessKeyId=key["AccessKeyId"], Status="Active")
    identity(account, key)


def test_two_keys_each(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    keys = sorted(iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"] for _ in range(2))
    assert error(iam.create_access_key, UserName="alice") == (
        "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2")
    first = iam.list_access_keys(UserName="alice", MaxItems=1)
    second = iam.list_access_keys(UserName="alice", MaxItems=1, Marker=first["Marker"])
    assert [page["AccessKeyMetadata"][0]["AccessKeyId"] for page in (first, second)] == keys
    assert not second["IsTruncated"]
    assert "SecretAccessKey" not in str(first)


def test_keys_of_another_user_are_not_found(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    iam.create_user(UserName="bob")
    key = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    expected = ("NoSuchEntity", "The Access Key with id %s cannot be found." % key)
    assert error(iam.delete_access_key, UserName="bob", AccessKeyId=key) == expected
    assert error(iam.update_access_key, UserName="bob", AccessKeyId=key, Status="Inactive") == expected
    assert error(iam.create_access_key, UserName="carol")[0] == "NoSuchEntity"


def test_without_a_name_they_are_the_callers(account):
    alice = account.user("alice", {"Effect": "Allow", "Action": "iam:*AccessKey*",
                                   "Resource": "arn:aws:iam::*:user/${aws:username}"})
    iam = alice.client("iam")
    key = iam.create_access_key()["AccessKey"]
    assert key["UserName"] == "alice"
    assert len(iam.list_access_keys()["AccessKeyMetadata"]) == 2
    iam.delete_access_key(AccessKeyId=key["AccessKeyId"])
    account.client("iam").create_user(UserName="bob")
    assert error(iam.create_access_key, UserName="bob")[0] == "AccessDenied"


def test_root_keys(account):
    iam = account.client("iam")
    key = iam.create_access_key()["AccessKey"]
    assert "UserName" not in key or not key["UserName"]
    assert identity(account, key)["Arn"] == "arn:aws:iam::%s:root" % account.id
    iam.delete_access_key(AccessKeyId=key["AccessKeyId"])
