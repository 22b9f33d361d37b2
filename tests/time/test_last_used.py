"""The last use of a key that is used all the time: a row a minute, and no more."""
from waiting import wait_for


def test_a_later_use_is_known_after_a_minute(server, account):
    iam, alice = account.client("iam"), account.user("alice", {
        "Effect": "Allow", "Action": "*", "Resource": "*"})

    def use():
        return iam.get_access_key_last_used(AccessKeyId=alice.access_key)["AccessKeyLastUsed"]

    alice.client("iam").list_users()
    first = wait_for(lambda: "LastUsedDate" in use() and use(), "the first use to be known")
    assert first["ServiceName"] == "iam"
    server.advance(seconds=10)
    alice.client("codecommit").list_repositories()
    server.advance(seconds=55)
    found = wait_for(lambda: use()["ServiceName"] == "codecommit" and use(), "the later use to be known")
    assert 9 <= (found["LastUsedDate"] - first["LastUsedDate"]).total_seconds() < 60
