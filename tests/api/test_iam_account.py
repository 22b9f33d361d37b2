"""What an account has, counted."""
import json

from errors import error
from test_iam_users import allow


def test_account_summary_counts_what_is_there(account):
    iam = account.client("iam")
    iam.create_user(UserName="a")
    iam.create_user(UserName="b")
    iam.create_group(GroupName="g")
    iam.create_policy(PolicyName="p", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": allow("s3:*")}))
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["Users"], summary["Groups"], summary["Roles"], summary["Policies"]) == (2, 1, 0, 1)
    assert summary["PolicyVersionsInUse"] == 1 and summary["AccountAccessKeysPresent"] == 1
    assert summary["GroupsQuota"] == 300 and summary["VersionsPerPolicyQuota"] == 5
    nobody = account.user("nobody").client("iam")
    assert error(nobody.get_account_summary)[0] == "AccessDenied"
