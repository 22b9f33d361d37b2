"""When keys and roles were last used. It is written a moment after the call, not in it."""
import json
import time

from errors import code_of
from waiting import wait_for


def key_use(iam, key):
    return iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]


def used(iam, key):
    """The use of a key, once it is known."""
    return wait_for(lambda: "LastUsedDate" in key_use(iam, key) and key_use(iam, key), "the use to be known")


def test_a_key_that_was_never_used(account):
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    key = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    found = iam.get_access_key_last_used(AccessKeyId=key)
    assert found["UserName"] == "alice"
    assert found["AccessKeyLastUsed"] == {"ServiceName": "N/A", "Region": "N/A"}


def test_a_key_that_was_used(account):
    iam = account.client("iam")
    alice = account.user("alice")
    before = time.time()
    # What it is used for need not be allowed.
    assert code_of(alice.client("codecommit").list_repositories) == "AccessDeniedException"
    found = used(iam, alice.access_key)
    assert (found["ServiceName"], found["Region"]) == ("codecommit", account.server.region)
    assert before - 5 <= found["LastUsedDate"].timestamp() <= time.time() + 5


def test_the_key_of_the_root(account):
    found = used(account.client("iam"), account.access_key)
    assert found["ServiceName"] == "iam"


def test_what_has_a_wrong_signature_is_no_use(account):
    iam = account.client("iam")
    alice, bob = account.user("alice"), account.user("bob")
    forged = alice.with_key(alice.access_key, "x" * 40)
    assert code_of(forged.client("sts").get_caller_identity) == "SignatureDoesNotMatch"
    bob.client("sts").get_caller_identity()
    used(iam, bob.access_key)  # which came later
    assert "LastUsedDate" not in key_use(iam, alice.access_key)


def test_keys_of_others_are_not_told(account, new_account):
    iam = account.client("iam")
    alice = account.user("alice", {"Effect": "Allow", "Action": "iam:GetAccessKeyLastUsed",
                                   "Resource": "arn:aws:iam::*:user/alice"})
    bob = account.user("bob")
    assert key_use(alice.client("iam"), alice.access_key)
    assert code_of(alice.client("iam").get_access_key_last_used, AccessKeyId=bob.access_key) == "AccessDenied"
    assert code_of(iam.get_access_key_last_used, AccessKeyId="AKIA" + "A" * 16) == "NoSuchEntity"
    assert code_of(new_account().client("iam").get_access_key_last_used, AccessKeyId=bob.access_key) == "NoSuchEntity"
    iam.delete_access_key(UserName="bob", AccessKeyId=bob.access_key)
    assert code_of(iam.get_access_key_last_used, AccessKeyId=bob.access_key) == "NoSuchEntity"


def test_a_role(account):
    iam = account.client("iam")
    arn = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
    assert iam.get_role(RoleName="r")["Role"]["RoleLastUsed"] == {}
    alice = account.user("alice", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arn})
    session = alice.client("sts").assume_role(RoleArn=arn, RoleSessionName="s-1")["Credentials"]
    one = account.with_key(session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
    one.client("sts").get_caller_identity()
    last = wait_for(lambda: iam.get_role(RoleName="r")["Role"]["RoleLastUsed"], "the use to be known")
    assert last["Region"] == account.server.region and abs(last["LastUsedDate"].timestamp() - time.time()) < 60
    assert "RoleLastUsed" not in iam.list_roles()["Roles"][0]
