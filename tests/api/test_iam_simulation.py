"""The simulators of policies: what they say, why, and that a real call agrees."""
import json

import pytest
from botocore.exceptions import ClientError

from errors import error, fails

READ_B = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}
BEFORE = "2018-08-16T12:00:00Z"


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **condition):
    return dict(Effect="Allow", Action=action, Resource=resource, **({"Condition": condition} if condition else {}))


def deny(action, resource="*", **condition):
    return dict(allow(action, resource, **condition), Effect="Deny")


def entry(name, *values, type="string"):
    return {"ContextKeyName": name, "ContextKeyValues": list(values), "ContextKeyType": type}


@pytest.fixture
def iam(account):
    return account.client("iam")


@pytest.fixture
def custom(iam):
    """The one result of simulating policies that allow or deny what the test says."""
    def simulate(*statements, action="s3:GetObject", **more):
        results = iam.simulate_custom_policy(
            PolicyInputList=[document(*statements)], ActionNames=[action], **more)["EvaluationResults"]
        assert len(results) == 1
        return results[0]
    return simulate


# ---- Keys


def test_context_keys_of_policies(iam):
    first = document({"Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:::t/${aws:username}",
                      "Condition": {"DateGreaterThan": {"aws:CurrentTime": BEFORE}}})
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[first])["ContextKeyNames"] == [
        "aws:username", "aws:CurrentTime"]
    second = document(
        allow("s3:*", StringLike={"s3:prefix": ["${AWS:UserName}/*", "${aws:PrincipalTag/team, 'none'}/${*}"]}),
        deny("s3:*", Null={"aws:TokenIssueTime": "true"}, IpAddress={"aws:SourceIp": "10.0.0.0/8"}))
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[first, second])["ContextKeyNames"] == [
        "aws:username", "aws:CurrentTime", "s3:prefix", "aws:PrincipalTag/team", "aws:TokenIssueTime", "aws:SourceIp"]
    assert iam.get_context_keys_for_custom_policy(
        PolicyInputList=[document(allow("s3:*"))])["ContextKeyNames"] == []
    assert error(iam.get_context_keys_for_custom_policy, PolicyInputList=["{}"]) == (
        "InvalidInput", "PolicyInputList.1: Syntax errors in policy.")


def test_context_keys_of_a_principal_are_those_of_its_groups_too(account, iam):
    account.user("alice", allow("s3:*", StringEquals={"aws:RequestedRegion": "x"}))
    iam.create_group(GroupName="g", Path="/team/")
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=document(
        allow("s3:*", Bool={"aws:MultiFactorAuthPresent": "true"})))
    iam.add_user_to_group(GroupName="g", UserName="alice")
    user, group = "arn:aws:iam::%s:user/alice" % account.id, "arn:aws:iam::%s:group/team/g" % account.id

    assert iam.get_context_keys_for_principal_policy(PolicySourceArn=user)["ContextKeyNames"] == [
        "aws:RequestedRegion", "aws:MultiFactorAuthPresent"]
    assert iam.get_context_keys_for_principal_policy(PolicySourceArn=group)["ContextKeyNames"] == [
        "aws:MultiFactorAuthPresent"]
    assert iam.get_context_keys_for_principal_policy(
        PolicySourceArn=group, PolicyInputList=[document(allow("a:b", StringEquals={"my:key": "x"}))])[
            "ContextKeyNames"] == ["aws:MultiFactorAuthPresent", "my:key"]


# ---- Custom policies


def test_the_documented_examples(iam):
    policy = ('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*",'
              '"Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}')
    for time, decision, matched in [
            ("2019-04-25T11:00:00Z", "allowed", [{
                "SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "none",
                "StartPosition": {"Line": 1, "Column": 38}, "EndPosition": {"Line": 1, "Column": 167}}]),
            ("2014-04-25T11:00:00Z", "implicitDeny", [])]:
        result = iam.simulate_custom_policy(
            PolicyInputList=[policy], ActionNames=["dynamodb:CreateBackup"],
            ContextEntries=[entry("aws:CurrentTime", time, type="date")])
        assert result["EvaluationResults"] == [{
            "EvalActionName": "dynamodb:CreateBackup", "EvalResourceName": "*", "EvalDecision": decision,
            "MatchedStatements": matched, "MissingContextValues": []}]
        assert result["IsTruncated"] is False


def test_all_statements_that_made_it_so_are_named_by_their_place(iam):
    first = json.dumps({"Version": "2012-10-17", "Id": "\"Statement\": [{", "Statement": [
        allow("s3:Put*"), allow("s3:*"), allow("s3:GetObject")]}, indent=4)
    second = document(deny("s3:DeleteObject"), deny("s3:Delete*"))
    lines = first.split("\n")
    results = iam.simulate_custom_policy(
        PolicyInputList=[first, second], ActionNames=["s3:GetObject", "s3:DeleteObject", "iam:GetUser"])
    got, deleted, other = results["EvaluationResults"]

    assert [s["SourcePolicyId"] for s in got["MatchedStatements"]] == ["PolicyInputList.1"] * 2
    for statement, action in zip(got["MatchedStatements"], ["s3:*", "s3:GetObject"]):
        start, end = statement["StartPosition"], statement["EndPosition"]
        assert lines[start["Line"] - 1][:start["Column"] - 1].endswith("{")
        assert lines[end["Line"] - 1][:end["Column"] - 1].endswith("}")
        inside = "\n".join(lines[start["Line"]:end["Line"] - 1])
        assert json.loads("{" + inside + "}")["Action"] == action
    # a deny hides what allows
    assert deleted["EvalDecision"] == "explicitDeny"
    assert [s["SourcePolicyId"] for s in deleted["MatchedStatements"]] == ["PolicyInputList.2"] * 2
    assert (other["EvalDecision"], other["MatchedStatements"]) == ("implicitDeny", [])


def test_each_action_on_each_resource(iam):
    names, pages = [], iam.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[document(READ_B)], ActionNames=["s3:GetObject", "s3:PutObject"],
        ResourceArns=["arn:aws:s3:::b/k", "arn:aws:s3:::c/k", "*"], PaginationConfig={"PageSize": 4})
    sizes = []
    for page in pages:
        sizes.append(len(page["EvaluationResults"]))
        names += [(r["EvalActionName"], r["EvalResourceName"], r["EvalDecision"]) for r in page["EvaluationResults"]]
    assert sizes == [4, 2]
    assert names == [(action, resource, "allowed" if (action, resource) == ("s3:GetObject", "arn:aws:s3:::b/k")
                      else "implicitDeny") for action in ("s3:GetObject", "s3:PutObject")
                     for resource in ("arn:aws:s3:::b/k", "arn:aws:s3:::c/k", "*")]


def test_a_named_resource_has_its_own_result(custom):
    result = custom(allow("s3:*", StringEquals={"aws:username": "x"}), ResourceArns=["arn:aws:s3:::b/k"])
    assert result["MissingContextValues"] == []
    assert result["ResourceSpecificResults"] == [{
        "EvalResourceName": "arn:aws:s3:::b/k", "EvalResourceDecision": "implicitDeny", "MatchedStatements": [],
        "MissingContextValues": ["aws:username"], "EvalDecisionDetails": {}}]
    assert "ResourceSpecificResults" not in custom(allow("s3:*"))


def test_missing_keys_are_those_that_could_have_changed_the_answer(custom):
    statements = [
        allow("s3:*", "arn:aws:s3:::${aws:username}/*"),
        allow("s3:Get*", StringEquals={"s3:prefix": "${aws:PrincipalTag/a, 'b'}"}),
        allow("iam:*", StringEquals={"other:action": "x"}),
        allow("s3:*", "arn:aws:s3:::elsewhere", StringEquals={"other:resource": "x"}),
        deny("s3:*", Bool={"aws:SecureTransport": "false"})]
    assert custom(*statements)["MissingContextValues"] == [
        "aws:username", "s3:prefix", "aws:PrincipalTag/a", "aws:SecureTransport"]
    assert custom(*statements, ContextEntries=[entry("AWS:USERNAME", "x"), entry("s3:prefix", "b"), entry(
        "aws:SecureTransport", "true", type="boolean")])["MissingContextValues"] == ["aws:PrincipalTag/a"]


@pytest.mark.parametrize("operator, value, given", [
    ("StringEquals", "a", entry("k:key", "a")),
    ("ForAllValues:StringLike", ["a*", "b"], entry("k:key", "ax", "b", type="stringList")),
    ("NumericLessThan", "10", entry("k:key", "9.5", type="numeric")),
    ("ForAnyValue:NumericEquals", "3", entry("k:key", "2", "3", type="numericList")),
    ("Bool", "true", entry("k:key", "TRUE", type="boolean")),
    ("ForAllValues:Bool", "true", entry("k:key", "true", "true", type="booleanList")),
    ("IpAddress", "10.0.0.0/8", entry("k:key", "10.1.2.3", type="ip")),
    ("ForAnyValue:IpAddress", "2001:db8::/32", entry("k:key", "::1", "2001:db8::1", type="ipList")),
    ("BinaryEquals", "QmFzZTY0", entry("k:key", "QmFzZTY0", type="binary")),
    ("ForAnyValue:BinaryEquals", "QmFzZTY0", entry("k:key", "QQ==", "QmFzZTY0", type="binaryList")),
    ("DateLessThan", BEFORE, entry("k:key", "2018-08-16T11:59:59Z", type="date")),
    ("ForAnyValue:DateEquals", BEFORE, entry("k:key", BEFORE, type="dateList")),
    ("Null", "true", entry("k:key", type="stringList"))])
def test_context_entries_of_every_type(custom, operator, value, given):
    assert custom(allow("s3:*", **{operator: {"k:key": value}}), ContextEntries=[given])["EvalDecision"] == "allowed"
    assert custom(deny("s3:*", **{operator: {"k:key": value}}), ContextEntries=[given])[
        "EvalDecision"] == "explicitDeny"


@pytest.mark.parametrize("given, message", [
    (entry("k:key", "a", "b"), "Context key k:key of type string must have exactly one value."),
    (entry("k:key", type="date"), "Context key k:key of type date must have exactly one value."),
    (entry("k:key", "ten", type="numeric"), "Context key k:key: ten is not of type numeric."),
    (entry("k:key", "yes", type="boolean"), "Context key k:key: yes is not of type boolean."),
    (entry("k:key", "1.2.3", type="ip"), "Context key k:key: 1.2.3 is not of type ip."),
    (entry("k:key", "soon", type="date"), "Context key k:key: soon is not of type date."),
    (entry("k:key", "a", "?", type="binaryList"), "Context key k:key: a is not of type binaryList."),
    ({"ContextKeyName": "k:key", "ContextKeyValues": ["a"]}, "A context entry must have a name and a type.")])
def test_context_entries_that_are_refused(custom, given, message):
    with pytest.raises(ClientError) as caught:
        custom(allow("s3:*"), ContextEntries=[given])
    assert caught.value.response["Error"]["Code"] == "InvalidInput"
    assert caught.value.response["Error"]["Message"] == message


def test_what_is_refused(iam):
    rest = {"PolicyInputList": [document(allow("s3:*"))], "ActionNames": ["s3:GetObject"]}

    def refused(**more):
        return fails("InvalidInput", iam.simulate_custom_policy, **{**rest, **more})

    assert refused(ResourceHandlingOption="EC2-VPC-EBS") == "ResourceHandlingOption is not supported by Slipway."
    assert refused(PermissionsBoundaryPolicyInputList=[document(allow("s3:*"))] * 2) == (
        "You can input only one permissions boundary.")
    assert refused(ActionNames=["s3:*"]) == "s3:* is not the name of an action."
    assert refused(ActionNames=["GetObject"]) == "GetObject is not the name of an action."
    assert refused(ResourceArns=["b/k"]) == "b/k must be in ARN format or \"*\"."
    assert refused(PolicyInputList=[rest["PolicyInputList"][0], "{}"]) == (
        "PolicyInputList.2: Syntax errors in policy.")
    assert refused(PolicyInputList=rest["PolicyInputList"] * 101) == "PolicyInputList can have at most 100 policies."
    assert refused(ActionNames=["s3:GetObject"] * 101, ResourceArns=["*"] * 100) == (
        "A simulation can have at most 10000 actions times resources.")
    assert refused(ContextEntries=[entry("k:key", "a"), entry("K:key", "a")]) == "Context key K:key is given twice."
    assert refused(ContextEntries=[entry("k:key%d" % i, "a") for i in range(201)]) == (
        "A simulation can have at most 200 context keys.")
    assert refused(ContextEntries=[entry("k:key", "a" * 65537)]) == (
        "The values of context keys can have at most 65536 bytes together.")
    assert refused(PolicyInputList=[document(allow("s3:" + "a" * 100000))] * 3) == (
        "The policies of a simulation can have at most 262144 bytes together.")
    assert refused(CallerArn="arn:aws:iam::111122223333:role/r") == (
        "CallerArn must be the ARN of an IAM user: arn:aws:iam::111122223333:role/r")
    assert refused(ResourceOwner="me").startswith("ResourceOwner must be the ARN of an account")
    assert refused(ResourcePolicy=document(dict(allow("s3:*"), Principal="*"))).startswith("CallerArn is required")
    assert refused(ResourcePolicy=document(allow("s3:*")), CallerArn="arn:aws:iam::111122223333:user/u") == (
        "ResourcePolicy: Missing required field Principal")


def test_a_page_ends_where_judging_on_would_take_long(iam):
    """However much is asked for, an answer comes soon: the rest is on further pages."""
    policies = [document(allow("s3:*", *["arn:aws:s3:::" + "*a" * 30000])) for _ in range(4)]
    rest = {"PolicyInputList": policies, "ActionNames": ["s3:GetObject"] * 5,
            "ResourceArns": ["arn:aws:s3:::" + "a" * 2000]}
    page = iam.simulate_custom_policy(**rest, MaxItems=1000)
    assert page["IsTruncated"] and 1 <= len(page["EvaluationResults"]) < 5
    after = iam.simulate_custom_policy(**rest, Marker=page["Marker"], MaxItems=1)
    assert len(after["EvaluationResults"]) == 1
    assert fails("InvalidInput", iam.simulate_custom_policy, **{**rest, "ActionNames": ["s3:GetObject"]},
                 Marker=after["Marker"]) == "The marker is of another simulation."


# ---- Boundaries, resource policies, accounts


def test_a_boundary_limits(custom):
    wide, narrow = document(allow("s3:*")), document(allow("s3:Put*"))
    allowed = custom(READ_B, PermissionsBoundaryPolicyInputList=[wide], ResourceArns=["arn:aws:s3:::b/k"])
    assert allowed["EvalDecision"] == "allowed"
    assert allowed["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": True}
    assert [s["SourcePolicyId"] for s in allowed["MatchedStatements"]] == [
        "PolicyInputList.1", "PermissionsBoundaryPolicyInputList.1"]
    limited = custom(READ_B, PermissionsBoundaryPolicyInputList=[narrow], ResourceArns=["arn:aws:s3:::b/k"])
    assert (limited["EvalDecision"], limited["MatchedStatements"]) == ("implicitDeny", [])
    assert limited["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    assert limited["ResourceSpecificResults"][0]["PermissionsBoundaryDecisionDetail"] == {
        "AllowedByPermissionsBoundary": False}
    assert "PermissionsBoundaryDecisionDetail" not in custom(READ_B)


ALICE = "arn:aws:iam::111122223333:user/alice"


@pytest.mark.parametrize("own, principal, owner, decision, details", [
    # the same account: one side is enough
    ([], {"AWS": ALICE}, None, "allowed", {}),
    ([allow("s3:*")], {"AWS": "444455556666"}, None, "allowed", {}),
    ([], {"AWS": "111122223333"}, None, "implicitDeny", {}),
    # two accounts: both
    ([], {"AWS": ALICE}, "444455556666", "implicitDeny", {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"}),
    ([allow("s3:*")], {"AWS": ALICE}, "arn:aws:iam::444455556666:root", "allowed",
     {"IAM Policy": "allowed", "Resource Policy": "allowed"}),
    ([allow("s3:*")], {"AWS": "444455556666"}, "444455556666", "implicitDeny",
     {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"}),
    ([deny("s3:*")], {"AWS": ALICE}, "444455556666", "explicitDeny",
     {"IAM Policy": "explicitDeny", "Resource Policy": "allowed"})])
def test_a_resource_policy_and_whose_the_resource_is(custom, own, principal, owner, decision, details):
    result = custom(*(own or [allow("iam:GetUser")]), ResourceArns=["arn:aws:s3:::b/k"], CallerArn=ALICE,
                    ResourcePolicy=document(dict(READ_B, Principal=principal)),
                    **({"ResourceOwner": owner} if owner else {}))
    assert (result["EvalDecision"], result["EvalDecisionDetails"]) == (decision, details)


def test_the_statement_of_a_resource_policy_is_named(custom):
    result = custom(allow("iam:GetUser"), ResourceArns=["arn:aws:s3:::b/k"], CallerArn=ALICE,
                    ResourcePolicy=document(dict(READ_B, Principal="*")))
    assert [(s["SourcePolicyId"], s["SourcePolicyType"]) for s in result["MatchedStatements"]] == [
        ("ResourcePolicy", "resource")]


def test_the_caller_fills_in_its_own_keys(custom):
    policy = allow("s3:*", "arn:aws:s3:::${aws:username}/*", ArnEquals={"aws:PrincipalArn": ALICE},
                   StringEquals={"aws:PrincipalAccount": "111122223333", "aws:PrincipalType": "User"})
    with_caller = custom(policy, ResourceArns=["arn:aws:s3:::alice/k"], CallerArn=ALICE)
    assert with_caller["EvalDecision"] == "allowed"
    assert with_caller["ResourceSpecificResults"][0]["MissingContextValues"] == []
    # what is said expressly counts
    assert custom(policy, ResourceArns=["arn:aws:s3:::alice/k"], CallerArn=ALICE,
                  ContextEntries=[entry("aws:username", "bob")])["EvalDecision"] == "implicitDeny"


# ---- Principals


def test_of_a_user_all_its_policies_count(account, iam):
    account.user("alice", allow("s3:GetObject"))
    me = "arn:aws:iam::%s:user/alice" % account.id
    iam.create_group(GroupName="g")
    iam.add_user_to_group(GroupName="g", UserName="alice")
    iam.put_group_policy(GroupName="g", PolicyName="of-g", PolicyDocument=document(allow("s3:Get*")))
    own = iam.create_policy(PolicyName="own", PolicyDocument=document(allow("s3:*")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName="alice", PolicyArn=own)
    iam.attach_group_policy(GroupName="g", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    inline = iam.list_user_policies(UserName="alice")["PolicyNames"][0]

    def simulate(source, **more):
        return iam.simulate_principal_policy(
            PolicySourceArn=source, ActionNames=["s3:GetObject"], **more)["EvaluationResults"][0]

    result = simulate(me, PolicyInputList=[document(allow("s3:Get*"))])
    assert result["EvalDecision"] == "allowed"
    assert sorted((s["SourcePolicyId"], s["SourcePolicyType"]) for s in result["MatchedStatements"]) == sorted([
        ("user_alice_" + inline, "user"), ("own", "user-managed"), ("group_g_of-g", "group"),
        ("AdministratorAccess", "aws-managed"), ("PolicyInputList.1", "none")])
    assert all("StartPosition" in s for s in result["MatchedStatements"])
    of_group = simulate("arn:aws:iam::%s:group/g" % account.id)
    assert sorted(s["SourcePolicyId"] for s in of_group["MatchedStatements"]) == ["AdministratorAccess", "group_g_of-g"]
    # a policy more takes away
    assert simulate(me, PolicyInputList=[document(deny("s3:*"))])["EvalDecision"] == "explicitDeny"


def test_of_a_role_with_a_boundary(account, iam):
    limit = iam.create_policy(PolicyName="limit", PolicyDocument=document(allow("s3:Put*")))["Policy"]["Arn"]
    trust = {"Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName="r", Path="/ci/", AssumeRolePolicyDocument=document(trust),
                           PermissionsBoundary=limit, Tags=[{"Key": "team", "Value": "web"}])["Role"]["Arn"]
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document(
        allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team}/*", ArnEquals={"aws:PrincipalArn": role})))

    def simulate(action, **more):
        return iam.simulate_principal_policy(PolicySourceArn=role, ActionNames=[action],
                                             ResourceArns=["arn:aws:s3:::web/k"], **more)["EvaluationResults"][0]

    assert simulate("s3:PutObject")["EvalDecision"] == "allowed"
    assert simulate("s3:GetObject")["EvalDecision"] == "implicitDeny"
    assert simulate("s3:GetObject")["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    # another boundary takes its place
    other = [document(allow("s3:Get*"))]
    assert simulate("s3:GetObject", PermissionsBoundaryPolicyInputList=other)["EvalDecision"] == "allowed"
    assert simulate("s3:PutObject", PermissionsBoundaryPolicyInputList=other)["EvalDecision"] == "implicitDeny"
    with pytest.raises(ClientError, match="CallerArn is required"):
        simulate("s3:GetObject", ResourcePolicy=document(dict(READ_B, Principal="*")))


def test_principals_that_are_not_there(account, iam, new_account):
    other = new_account()
    other.client("iam").create_user(UserName="bob")

    def refused(arn):
        found = error(iam.simulate_principal_policy, PolicySourceArn=arn, ActionNames=["s3:GetObject"])
        assert found[0] == error(iam.get_context_keys_for_principal_policy, PolicySourceArn=arn)[0]
        return found

    mine = "arn:aws:iam::%s:" % account.id
    assert refused(mine + "user/bob") == ("NoSuchEntity", "The user with name bob cannot be found.")
    assert refused(mine + "root") == (
        "InvalidInput", "Invalid Entity Arn: %sroot does not clearly define entity type and name." % mine)
    assert refused(mine + "policy/p")[0] == "InvalidInput"
    assert refused("arn:aws:iam::%s:user/bob" % other.id)[0] in ("NoSuchEntity", "AccessDenied")


def test_permissions(account, iam):
    """The source of a simulation is what is asked for; custom policies are anyone's who may at all."""
    me, other = ["arn:aws:iam::%s:user/%s" % (account.id, name) for name in ("alice", "bob")]
    iam.create_user(UserName="bob")
    user = account.user("alice", allow("iam:SimulatePrincipalPolicy", me), allow("iam:SimulateCustomPolicy"),
                        allow("iam:GetContextKeysFor*", me)).client("iam")
    user.simulate_principal_policy(PolicySourceArn=me, ActionNames=["s3:GetObject"])
    user.get_context_keys_for_principal_policy(PolicySourceArn=me)
    user.simulate_custom_policy(PolicyInputList=[document(allow("s3:*"))], ActionNames=["s3:GetObject"])
    assert error(user.simulate_principal_policy, PolicySourceArn=other, ActionNames=["s3:GetObject"]) == (
        "AccessDenied", "User: %s is not authorized to perform: iam:SimulatePrincipalPolicy on resource: %s because no "
        "identity-based policy allows the iam:SimulatePrincipalPolicy action" % (me, other))
    assert error(user.get_context_keys_for_principal_policy, PolicySourceArn=other)[0] == "AccessDenied"
    assert error(user.get_context_keys_for_custom_policy, PolicyInputList=[document(allow("s3:*"))])[
        0] == "AccessDenied"


# ---- A simulation and a call say the same


AGREE = [
    ([], None, []),
    ([allow("codecommit:GetRepository")], None, []),
    ([allow("codecommit:Get*", "arn:aws:codecommit:*:*:web")], None, []),
    ([allow("codecommit:Get*", "arn:aws:codecommit:*:*:other")], None, []),
    ([allow("codecommit:*"), deny("codecommit:GetRepository")], None, []),
    ([{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}], None, []),
    ([{"Effect": "Allow", "NotAction": "codecommit:*", "Resource": "*"}], None, []),
    ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:codecommit:*:*:web"}], None, []),
    ([allow("*", StringEquals={"aws:username": "alice"})], None, []),
    ([allow("*", StringEquals={"aws:username": "bob"})], None, []),
    ([allow("*", StringEquals={"aws:PrincipalTag/team": "blue"})], None, []),
    ([allow("*", StringEquals={"aws:PrincipalTag/team": "red"})], None, []),
    ([allow("*", StringLike={"aws:userid": "AIDA*"})], None, []),
    ([allow("*", IpAddress={"aws:SourceIp": "127.0.0.0/8"})], None, [entry("aws:SourceIp", "127.0.0.1", type="ip")]),
    ([allow("*", NotIpAddress={"aws:SourceIp": "127.0.0.0/8"})], None, [entry("aws:SourceIp", "127.0.0.1", type="ip")]),
    ([allow("*"), deny("*", Bool={"aws:SecureTransport": "false"})], None,
     [entry("aws:SecureTransport", "true", type="boolean")]),
    ([allow("*", StringEquals={"aws:ResourceTag/stage": "test"})], None, [entry("aws:ResourceTag/stage", "test")]),
    ([allow("*", StringEquals={"aws:ResourceTag/stage": "live"})], None, [entry("aws:ResourceTag/stage", "test")]),
    ([allow("*", Null={"aws:MultiFactorAuthPresent": "true"})], None, []),
    ([allow("*", Null={"aws:MultiFactorAuthPresent": "false"})], None, []),
    ([allow("*", "arn:aws:codecommit:*:${aws:PrincipalAccount}:web")], None, []),
    ([allow("*")], [allow("codecommit:*")], []),
    ([allow("*")], [allow("iam:*")], []),
    ([allow("*")], [allow("*"), deny("codecommit:Get*")], []),
]


@pytest.mark.parametrize("number", range(len(AGREE)))
def test_a_simulation_and_a_call_agree(account, iam, number):
    statements, boundary, entries = AGREE[number]
    account.client("codecommit").create_repository(repositoryName="web", tags={"stage": "test"})
    iam.create_user(UserName="alice", Tags=[{"Key": "team", "Value": "blue"}])
    if statements:
        iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=document(*statements))
    if boundary:
        arn = iam.create_policy(PolicyName="limit", PolicyDocument=document(*boundary))["Policy"]["Arn"]
        iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=arn)
    resource = "arn:aws:codecommit:%s:%s:web" % (account.server.region, account.id)
    result = iam.simulate_principal_policy(
        PolicySourceArn="arn:aws:iam::%s:user/alice" % account.id, ActionNames=["codecommit:GetRepository"],
        ResourceArns=[resource], ContextEntries=entries)["EvaluationResults"][0]

    key = iam.create_access_key(UserName="alice")["AccessKey"]
    client = account.with_key(key["AccessKeyId"], key["SecretAccessKey"]).client("codecommit")
    try:
        client.get_repository(repositoryName="web")
        said = "allowed"
    except ClientError as denied:
        assert denied.response["Error"]["Code"] == "AccessDeniedException"
        said = "explicitDeny" if "explicit deny" in denied.response["Error"]["Message"] else "implicitDeny"
    assert result["EvalDecision"] == said
    assert [r["EvalResourceDecision"] for r in result["ResourceSpecificResults"]] == [said]
