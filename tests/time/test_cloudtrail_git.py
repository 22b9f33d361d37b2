"""Who fetched and who pushed what: the records of the real git, and selectors that pick them."""
import json

import pytest

from git_client import ALLOW_ALL, Git, git_password
from trail_world import records, trail_bucket
from waiting import wait_for

ZERO = "0" * 40


@pytest.fixture
def codecommit(account):
    client = account.client("codecommit")
    client.create_repository(repositoryName="demo")
    return client


@pytest.fixture
def git(account, codecommit, tmp_path):
    return Git(account, tmp_path / "home", credentials=git_password(account, "author", ALLOW_ALL)).clone("work")


def history(account, name, count):
    """Oldest first; those of reads and of refusals come within a second."""
    def look():
        found = account.client("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
        return len(found) >= count and [json.loads(each["CloudTrailEvent"]) for each in reversed(found)]
    found = wait_for(look, "the records of " + name)
    assert len(found) == count, [each["additionalEventData"] for each in found]
    return found


def pushes(account, count):
    """Those that brought something: git asks before what is there, which is a GitPush, too."""
    def look():
        found = account.client("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GitPush"}])["Events"]
        said = [json.loads(each["CloudTrailEvent"]) for each in reversed(found)]
        return [[each for each in said if each["additionalEventData"]["dataTransferred"]]]
    found = wait_for(lambda: [each for each in look() if len(each) >= count], "the pushes")[0]
    assert len(found) == count
    return found


def references(record):
    return record["requestParameters"]["references"]


def test_a_push_says_which_refs_it_moved(account, codecommit, git):
    first = git.commit("a", "1")
    git("push", "-q", "origin", "main", "main:refs/heads/topic")
    second = git.commit("a", "2")
    git("push", "-q", "origin", "main")
    git("push", "-q", "origin", ":refs/heads/topic")
    one, two, three = pushes(account, 3)
    assert sorted(references(one), key=lambda each: each["ref"]) == [
        {"commit": first, "ref": "refs/heads/main", "created": True},
        {"commit": first, "ref": "refs/heads/topic", "created": True}]
    assert references(two) == [{"commit": second, "ref": "refs/heads/main", "oldCommitId": first}]
    assert references(three) == [{"commit": first, "ref": "refs/heads/topic", "deleted": True}]
    about = two["additionalEventData"]
    identity = codecommit.get_repository(repositoryName="demo")["repositoryMetadata"]["repositoryId"]
    assert (about["protocol"], about["repositoryName"], about["repositoryId"]) == ("HTTP", "demo", identity)
    assert "report-status" in about["capabilities"]
    assert (two["readOnly"], two["responseElements"]) == (False, None)
    assert (two["eventSource"], two["eventCategory"]) == ("codecommit.amazonaws.com", "Management")
    assert two["userIdentity"]["userName"] == "author" and two["userAgent"].startswith("git/")
    assert two["resources"] == [{"ARN": "arn:aws:codecommit:%s:%s:demo" % (account.server.region, account.id),
                                 "accountId": account.id, "type": "AWS::CodeCommit::Repository"}]


def test_a_push_asks_first(account, git):
    git.commit("a", "1")
    git("push", "-q", "origin", "main")
    asked, pushed = history(account, "GitPush", 2)
    if asked["additionalEventData"]["dataTransferred"]:  # they may have come in one second
        asked, pushed = pushed, asked
    assert (asked["readOnly"], asked["requestParameters"]) == (True, None)
    assert (pushed["readOnly"], len(references(pushed))) == (False, 1)


def test_a_fetch_says_whether_objects_were_asked_for(account, git):
    git.commit("a", "1")
    git("push", "-q", "origin", "main")
    before = len(history(account, "GitPull", 1))  # of the clone, which was empty
    git("ls-remote", "origin")
    history(account, "GitPull", before + 1)
    git("clone", "-q", git.url, "again", cwd=git.home)
    found = history(account, "GitPull", before + 3)
    assert [each["additionalEventData"]["dataTransferred"] for each in found] == [False] * (before + 2) + [True]
    assert all(each["readOnly"] and each["requestParameters"] is None for each in found)
    assert found[-1]["additionalEventData"]["repositoryName"] == "demo"


def test_a_refused_push_is_recorded_with_the_refs_that_were_meant(account, git, tmp_path):
    first = git.commit("a", "1")
    git("push", "-q", "origin", "main")
    dev = git_password(account, "dev", ALLOW_ALL, {
        "Effect": "Deny", "Action": "codecommit:GitPush", "Resource": "*",
        "Condition": {"StringEqualsIfExists": {"codecommit:References": ["refs/heads/main"]},
                      "Null": {"codecommit:References": "false"}}})
    dev = Git(account, tmp_path / "dev", credentials=dev).clone("work")
    second = dev.commit("b", "1")
    dev.fails("push", "origin", "main", "main:refs/heads/topic")
    found = pushes(account, 3)[1:]
    denied, = [each for each in found if "errorCode" in each]
    made, = [each for each in found if "errorCode" not in each]
    assert denied["errorCode"] in ("AccessDenied", "AccessDeniedException")
    assert "codecommit:GitPush" in denied["errorMessage"]
    assert references(denied) == [{"commit": second, "ref": "refs/heads/main", "oldCommitId": first}]
    assert references(made) == [{"commit": second, "ref": "refs/heads/topic", "created": True}]
    assert denied["eventID"] != made["eventID"]


def selected(*fields):
    return {"AdvancedEventSelectors": [{"FieldSelectors": [
        {"Field": "eventCategory", "Equals": ["Data"]},
        {"Field": "resources.type", "Equals": ["AWS::CodeCommit::Repository"]}, *fields]}]}


def basic(read_write, *arns):
    return {"EventSelectors": [{"ReadWriteType": read_write, "IncludeManagementEvents": False, "DataResources": [
        {"Type": "AWS::CodeCommit::Repository", "Values": list(arns)}]}]}


@pytest.mark.parametrize("selectors, expected", [
    (lambda arn: basic("All", "arn:aws:codecommit"), {("GitPush", "demo"), ("GitPull", "demo"), ("GitPush", "demo2")}),
    (lambda arn: basic("All", arn), {("GitPush", "demo"), ("GitPull", "demo")}),
    (lambda arn: basic("ReadOnly", arn), {("GitPull", "demo")}),
    (lambda arn: selected(), {("GitPush", "demo"), ("GitPull", "demo"), ("GitPush", "demo2")}),
    (lambda arn: selected({"Field": "resources.ARN", "Equals": [arn]}), {("GitPush", "demo"), ("GitPull", "demo")}),
    (lambda arn: selected({"Field": "resources.ARN", "NotEquals": [arn]}), {("GitPush", "demo2")}),
    (lambda arn: selected({"Field": "resources.ARN", "StartsWith": [arn]}, {"Field": "eventName", "NotEquals": ["GitPull"]}),
     {("GitPush", "demo"), ("GitPush", "demo2")}),
    (lambda arn: selected({"Field": "resources.ARN", "EndsWith": ["2"]}), {("GitPush", "demo2")}),
    (lambda arn: selected({"Field": "resources.ARN", "NotEndsWith": ["2"]}, {"Field": "eventName", "StartsWith": ["GitPu"]},
                          {"Field": "readOnly", "Equals": ["true"]}), {("GitPull", "demo")}),
    (lambda arn: selected({"Field": "userIdentity.arn", "NotStartsWith": [arn[:3]]}), set()),
    (lambda arn: selected({"Field": "userIdentity.arn", "EndsWith": ["user/author"]}, {"Field": "readOnly", "Equals": ["false"]}),
     {("GitPush", "demo"), ("GitPush", "demo2")}),
])
def test_a_trail_may_want_transfers_only(server, account, codecommit, git, selectors, expected):
    codecommit.create_repository(repositoryName="demo2")
    bucket, trails = trail_bucket(account), account.client("cloudtrail")
    trails.create_trail(Name="one", S3BucketName=bucket)
    trails.put_event_selectors(TrailName="one", **selectors("arn:aws:codecommit:%s:%s:demo" % (server.region, account.id)))
    trails.start_logging(Name="one")
    git.commit("a", "1")
    git("push", "-q", "origin", "main")
    git("fetch", "-q", "origin")
    git("push", "-q", git.url + "2", "main")
    account.client("kms").create_key()
    history(account, "GitPull", 2)
    server.advance(minutes=5)
    found = {(each["eventName"], each["additionalEventData"]["repositoryName"])
             for each in records(account, bucket) if each["additionalEventData"]["dataTransferred"]
             or each["eventName"] == "GitPull"}
    assert found == expected
