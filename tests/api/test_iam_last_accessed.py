"""Which services somebody may use, when they last did, and which policies let them."""
import json

import pytest

from errors import code_of, error
from waiting import wait_for

READ = "arn:aws:iam::aws:policy/AWSCodeCommitReadOnly"


def allow(*actions):
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*"}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def arn(account, rest):
    return "arn:aws:iam::%s:%s" % (account.id, rest)


def job(account, subject, **more):
    return account.client("iam").generate_service_last_accessed_details(Arn=subject, **more)["JobId"]


def report(account, subject, **more):
    found = account.client("iam").get_service_last_accessed_details(JobId=job(account, subject, **more))
    assert found["JobStatus"] == "COMPLETED" and found["JobCompletionDate"] >= found["JobCreationDate"]
    return {s["ServiceNamespace"]: s for s in found["ServicesLastAccessed"]}


def used(account, subject, service, **more):
    """What the report says of a service once it knows of a use."""
    return wait_for(lambda: "LastAuthenticated" in (found := report(account, subject, **more)[service]) and found,
                    "the use to be known")


def test_a_user(account):
    alice = account.user("alice", allow("codecommit:ListRepositories", "kms:List*"))
    me = arn(account, "user/alice")
    assert set(report(account, me)) == {"codecommit", "kms"}
    alice.client("codecommit").list_repositories()
    found = used(account, me, "codecommit")
    assert (found["ServiceName"], found["LastAuthenticatedEntity"], found["TotalAuthenticatedEntities"]) == (
        "AWS CodeCommit", me, 1)
    assert "TrackedActionsLastAccessed" not in found
    kms = report(account, me)["kms"]
    assert "LastAuthenticated" not in kms and kms["TotalAuthenticatedEntities"] == 0
    actions = used(account, me, "codecommit", Granularity="ACTION_LEVEL")["TrackedActionsLastAccessed"]
    assert [(a["ActionName"], a["LastAccessedEntity"]) for a in actions] == [("ListRepositories", me)]


def test_a_group_a_policy_and_their_users(account):
    iam = account.client("iam")
    alice = account.user("alice")
    account.user("bob")
    iam.create_group(GroupName="g")
    iam.attach_group_policy(GroupName="g", PolicyArn=READ)
    for name in ("alice", "bob"):
        iam.add_user_to_group(UserName=name, GroupName="g")
    alice.client("codecommit").list_repositories()
    for subject in (arn(account, "group/g"), READ):
        found = used(account, subject, "codecommit")
        assert found["LastAuthenticatedEntity"] == arn(account, "user/alice")
        entities = iam.get_service_last_accessed_details_with_entities(
            JobId=job(account, subject), ServiceNamespace="codecommit")["EntityDetailsList"]
        assert {e["EntityInfo"]["Name"]: "LastAuthenticated" in e for e in entities} == {"alice": True, "bob": False}
        assert {e["EntityInfo"]["Type"] for e in entities} == {"USER"}


@pytest.mark.parametrize("statement,services", [
    (allow("*"), None), (allow("*:*"), None), (allow("s3:*", "logs:Get*"), {"s3", "logs"}),
    ({"Effect": "Allow", "NotAction": ["s3:*", "iam:GetUser"], "Resource": "*"}, "all but s3"),
    ({"Effect": "Deny", "Action": "*", "Resource": "*"}, set())])
def test_what_policies_grant(account, statement, services):
    account.user("alice", statement)
    found = set(report(account, arn(account, "user/alice")))
    if services is None:
        assert {"s3", "iam", "codecommit", "kms", "sts"} <= found
    elif services == "all but s3":
        assert "s3" not in found and {"iam", "codecommit"} <= found
    else:
        assert found == services


def test_pages(account):
    account.user("alice", allow("s3:*", "logs:*", "iam:*"))
    iam, one = account.client("iam"), job(account, arn(account, "user/alice"))
    names, more = [], {}
    while True:
        found = iam.get_service_last_accessed_details(JobId=one, MaxItems=1, **more)
        names += [s["ServiceNamespace"] for s in found["ServicesLastAccessed"]]
        if not found["IsTruncated"]:
            break
        more = {"Marker": found["Marker"]}
    assert names == ["iam", "logs", "s3"]


def test_which_policies_grant_a_service(account):
    iam = account.client("iam")
    account.user("alice", allow("s3:GetObject"))
    iam.create_group(GroupName="g")
    iam.add_user_to_group(UserName="alice", GroupName="g")
    iam.put_group_policy(GroupName="g", PolicyName="of-group", PolicyDocument=document(allow("s3:*")))
    iam.attach_user_policy(UserName="alice", PolicyArn=READ)
    found = iam.list_policies_granting_service_access(
        Arn=arn(account, "user/alice"), ServiceNamespaces=["s3", "codecommit", "kms"])
    s3, codecommit, kms = found["PoliciesGrantingServiceAccess"]
    assert sorted((p["PolicyName"], p["PolicyType"], p["EntityType"], p["EntityName"]) for p in s3["Policies"]) == [
        ("inline", "INLINE", "USER", "alice"), ("of-group", "INLINE", "GROUP", "g")]
    assert codecommit["Policies"] == [
        {"PolicyName": "AWSCodeCommitReadOnly", "PolicyType": "MANAGED", "PolicyArn": READ}]
    assert [p["PolicyArn"] for p in kms["Policies"]] == [READ]  # kms:ListAliases


def test_errors(account, new_account):
    iam, me = account.client("iam"), arn(account, "user/alice")
    assert code_of(iam.generate_service_last_accessed_details, Arn=me) == "NoSuchEntity"
    assert code_of(iam.generate_service_last_accessed_details, Arn="arn:aws:s3:::no-such-bucket") == "InvalidInput"
    account.user("alice")
    one = job(account, me)
    assert code_of(new_account().client("iam").get_service_last_accessed_details, JobId=one) == "NoSuchEntity"
    assert code_of(iam.get_service_last_accessed_details, JobId="x" * 36) == "NoSuchEntity"
    assert error(iam.list_policies_granting_service_access, Arn=READ, ServiceNamespaces=["s3"])[0] == "InvalidInput"
    nobody = account.user("nobody").client("iam")
    assert code_of(nobody.generate_service_last_accessed_details, Arn=me) == "AccessDenied"
    assert code_of(nobody.get_service_last_accessed_details, JobId=one) == "AccessDenied"
