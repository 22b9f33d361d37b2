"""What was signed once is good for some minutes; guesses make the next ones wait."""
import pytest

import forge
from errors import code_of, error_of
from forge import FORM, Request
from s3_support import new_bucket

WHO = b"Action=GetCallerIdentity&Version=2011-06-15"


def at_the_servers_time(server, request):
    request.at = server.now().replace(tzinfo=None)
    return request.sign().wire()


def status(server, data):
    return forge.exchange(server, data)[0].status


@pytest.mark.parametrize("service, minutes", [("sts", 5), ("ssm", 5), ("s3", 15)])
def test_a_request_can_be_sent_again_for_some_minutes_only(server, account, service, minutes):
    if service == "s3":
        _, bucket = new_bucket(account)
        request = Request(account, "s3", "GET", "/" + bucket)
    elif service == "ssm":
        request = Request(account, "ssm", body=b"{}", headers=[
            ("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "AmazonSSM.DescribeParameters")])
    else:
        request = Request(account, "sts", headers=[FORM], body=WHO)
    data = at_the_servers_time(server, request)
    assert status(server, data) == 200
    server.advance(minutes=minutes, seconds=-30)
    assert status(server, data) == 200
    server.advance(seconds=31)
    assert status(server, data) in (400, 403)
    server.advance(days=1)
    assert status(server, data) in (400, 403)


def test_a_password_is_guessed_five_times_and_then_ever_more_slowly(server, account):
    iam = account.client("iam")
    user = account.user("u", {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"}).client("iam")
    iam.create_login_profile(UserName="u", Password="First-0-password")

    def change(old, new="Second-0-password"):
        return error_of(user.change_password, OldPassword=old, NewPassword=new)["Message"]
    wrong = {change("guess-%d" % number) for number in range(5)}
    assert len(wrong) == 1
    later = change("First-0-password")
    assert later not in wrong
    for pause in (30, 60, 120):
        server.advance(seconds=pause - 2)
        assert change("First-0-password") == later
        server.advance(seconds=3)
        assert change("guess") in wrong
        assert change("First-0-password") == later
    server.advance(hours=2)
    user.change_password(OldPassword="First-0-password", NewPassword="Second-0-password")
    assert code_of(user.change_password, OldPassword="First-0-password", NewPassword="Third-0-password")
    user.change_password(OldPassword="Second-0-password", NewPassword="Third-0-password")
