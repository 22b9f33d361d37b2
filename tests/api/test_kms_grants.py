"""KMS: grants."""
import json

import pytest

import raw
from errors import code_of, fails
from kms_support import allow, key, kms, policy  # noqa: F401

CONTEXT = {"app": "shop", "tier": "db"}


def user_arn(account, name):
    return "arn:aws:iam::%s:user/%s" % (account.id, name)


@pytest.fixture
def grantee(account):
    """A user whom no policy allows anything."""
    return account.user("grantee")


@pytest.fixture
def grant(account, kms, key, grantee):
    """Makes a grant on the key to the user."""
    def make(*operations, **more):
        more.setdefault("GranteePrincipal", user_arn(account, "grantee"))
        return kms.create_grant(KeyId=key["KeyId"], Operations=list(operations), **more)
    return make


def test_a_grant_allows_its_operations_and_no_others(kms, key, grant, grantee):
    theirs = grantee.client("kms")
    assert code_of(theirs.encrypt, KeyId=key["KeyId"], Plaintext=b"x") == "AccessDeniedException"
    made = grant("Encrypt", "DescribeKey")
    assert len(made["GrantId"]) == 64
    text = theirs.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert theirs.describe_key(KeyId=key["Arn"])["KeyMetadata"]["KeyId"] == key["KeyId"]
    assert "kms:Decrypt" in fails("AccessDeniedException", theirs.decrypt, CiphertextBlob=text)
    assert code_of(theirs.disable_key, KeyId=key["KeyId"]) == "AccessDeniedException"
    grant("Decrypt")
    assert theirs.decrypt(CiphertextBlob=text)["Plaintext"] == b"x"


def test_a_grant_is_of_one_key(kms, grant, grantee):
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    grant("Encrypt")
    assert code_of(grantee.client("kms").encrypt, KeyId=other, Plaintext=b"x") == "AccessDeniedException"


@pytest.mark.parametrize("end", ["revoke", "retire by id", "retire by token"])
def test_a_grant_ends_at_once(account, kms, key, grant, grantee, end):
    made = grant("Encrypt", RetiringPrincipal=user_arn(account, "retirer"))
    retirer = account.user("retirer").client("kms")
    grantee.client("kms").encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    if end == "revoke":
        kms.revoke_grant(KeyId=key["KeyId"], GrantId=made["GrantId"])
    elif end == "retire by id":
        retirer.retire_grant(KeyId=key["Arn"], GrantId=made["GrantId"])
    else:
        retirer.retire_grant(GrantToken=made["GrantToken"])
    assert code_of(grantee.client("kms").encrypt, KeyId=key["KeyId"], Plaintext=b"x") == "AccessDeniedException"
    assert kms.list_grants(KeyId=key["KeyId"])["Grants"] == []
    assert code_of(kms.revoke_grant, KeyId=key["KeyId"], GrantId=made["GrantId"]) == "NotFoundException"
    assert code_of(kms.retire_grant, GrantToken=made["GrantToken"]) == "NotFoundException"


def test_who_may_retire(account, kms, key, grant, grantee):
    made = grant("Encrypt")
    theirs = grantee.client("kms")
    message = fails("AccessDeniedException", theirs.retire_grant, GrantToken=made["GrantToken"])
    assert "kms:RetireGrant" in message and key["Arn"] in message
    with_retire = grant("RetireGrant")
    theirs.retire_grant(GrantToken=with_retire["GrantToken"])
    assert [g["GrantId"] for g in kms.list_grants(KeyId=key["KeyId"])["Grants"]] == [made["GrantId"]]
    by_policy = account.user("by-policy", {"Effect": "Allow", "Action": "kms:RetireGrant", "Resource": key["Arn"]})
    by_policy.client("kms").retire_grant(KeyId=key["Arn"], GrantId=made["GrantId"])
    assert kms.list_grants(KeyId=key["KeyId"])["Grants"] == []
    # who may not look does not learn what there is
    assert code_of(theirs.retire_grant, KeyId=key["Arn"], GrantId="0" * 64) == "AccessDeniedException"


@pytest.mark.parametrize("constraint, context, holds", [
    ("EncryptionContextSubset", CONTEXT, True),
    ("EncryptionContextSubset", {**CONTEXT, "more": "1"}, True),
    ("EncryptionContextSubset", {"app": "shop"}, False),
    ("EncryptionContextSubset", {"app": "shop", "TIER": "db"}, False),
    ("EncryptionContextSubset", {}, False),
    ("EncryptionContextEquals", CONTEXT, True),
    ("EncryptionContextEquals", {**CONTEXT, "more": "1"}, False),
    ("EncryptionContextEquals", {"app": "shop", "tier": "DB"}, False),
    ("EncryptionContextEquals", {"app": "shop"}, False),
])
def test_constraints(kms, key, grant, grantee, constraint, context, holds):
    grant("Encrypt", "Decrypt", "GenerateDataKey", "DescribeKey", Constraints={constraint: CONTEXT})
    theirs = grantee.client("kms")
    theirs.describe_key(KeyId=key["KeyId"])  # has no context
    text = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=context)["CiphertextBlob"]
    calls = [(theirs.encrypt, {"KeyId": key["KeyId"], "Plaintext": b"x"}),
             (theirs.decrypt, {"CiphertextBlob": text}),
             (theirs.generate_data_key, {"KeyId": key["KeyId"], "KeySpec": "AES_256"})]
    for call, arguments in calls:
        if holds:
            call(EncryptionContext=context, **arguments)
        else:
            assert code_of(call, EncryptionContext=context, **arguments) == "AccessDeniedException"


def test_an_explicit_deny_wins_over_a_grant(account, kms, key, grant, grantee):
    grant("Encrypt")
    theirs = grantee.client("kms")
    theirs.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    deny = {"Sid": "No", "Effect": "Deny", "Principal": {"AWS": user_arn(account, "grantee")},
            "Action": "kms:Encrypt", "Resource": "*"}
    root = "arn:aws:iam::%s:root" % account.id
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(allow(root, "kms:*"), deny))
    assert "explicit deny in a resource-based policy" in fails(
        "AccessDeniedException", theirs.encrypt, KeyId=key["KeyId"], Plaintext=b"x")
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(allow(root, "kms:*")))
    theirs.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    account.client("iam").put_user_policy(UserName="grantee", PolicyName="no", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}}))
    assert "explicit deny in an identity-based policy" in fails(
        "AccessDeniedException", theirs.encrypt, KeyId=key["KeyId"], Plaintext=b"x")


def test_grants_speak_for_who_the_key_policy_leaves_out(account, kms, grantee):
    """No administrator of the account can use the key: its policy names one user alone."""
    owner = account.user("owner", {"Effect": "Allow", "Action": "kms:*", "Resource": "*"})
    only = policy(allow(user_arn(account, "owner"), "kms:*"))
    key = owner.client("kms").create_key(Policy=only)["KeyMetadata"]["KeyId"]
    admin = account.user("admin", {"Effect": "Allow", "Action": "*", "Resource": "*"}).client("kms")
    assert code_of(admin.encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"
    owner.client("kms").create_grant(KeyId=key, GranteePrincipal=user_arn(account, "grantee"), Operations=["Encrypt"])
    grantee.client("kms").encrypt(KeyId=key, Plaintext=b"x")
    assert code_of(admin.encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"


def test_roles_sessions_and_session_policies(account, kms, key):
    me = "arn:aws:iam::%s:root" % account.id
    account.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": me}, "Action": "sts:AssumeRole"}}))
    role = "arn:aws:iam::%s:role/r" % account.id
    user = account.user("u", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})

    def session(name, **more):
        c = user.client("sts").assume_role(RoleArn=role, RoleSessionName=name, **more)["Credentials"]
        return account.with_key(c["AccessKeyId"], c["SecretAccessKey"], c["SessionToken"]).client("kms")

    kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=role, Operations=["Encrypt"])
    kms.create_grant(KeyId=key["KeyId"], Operations=["GenerateDataKey"],
                     GranteePrincipal="arn:aws:sts::%s:assumed-role/r/one" % account.id)
    session("one").encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    session("one").generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")
    assert code_of(session("two").generate_data_key, KeyId=key["KeyId"], KeySpec="AES_256") == "AccessDeniedException"
    limited = session("one", Policy=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "kms:GenerateDataKey", "Resource": "*"}}))
    limited.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")
    assert code_of(limited.encrypt, KeyId=key["KeyId"], Plaintext=b"x") == "AccessDeniedException"


def test_a_boundary_limits_a_grant(account, kms, key, grant, grantee):
    grant("Encrypt", "DescribeKey")
    iam = account.client("iam")
    arn = iam.create_policy(PolicyName="b", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "kms:DescribeKey", "Resource": "*"}}))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="grantee", PermissionsBoundary=arn)
    theirs = grantee.client("kms")
    theirs.describe_key(KeyId=key["KeyId"])
    assert code_of(theirs.encrypt, KeyId=key["KeyId"], Plaintext=b"x") == "AccessDeniedException"


def test_a_grant_to_another_account(new_account, kms, key):
    """Both accounts must agree, as with a key policy."""
    other = new_account()
    user = other.user("u")
    kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=user_arn(other, "u"), Operations=["Encrypt"])
    assert code_of(user.client("kms").encrypt, KeyId=key["Arn"], Plaintext=b"x") == "AccessDeniedException"
    allowed = {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": key["Arn"]}
    other.client("iam").put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": allowed}))
    user.client("kms").encrypt(KeyId=key["Arn"], Plaintext=b"x")
    stranger = other.user("v", allowed)
    assert code_of(stranger.client("kms").encrypt, KeyId=key["Arn"], Plaintext=b"x") == "AccessDeniedException"


def test_a_grant_given_through_a_grant_gives_no_more(account, kms, key, grant, grantee):
    third = user_arn(account, "third")
    account.user("third")
    theirs = grantee.client("kms")
    grant("CreateGrant", "Encrypt", Constraints={"EncryptionContextSubset": {"app": "shop"}})

    def give(*operations, **more):
        return theirs.create_grant, {"KeyId": key["KeyId"], "GranteePrincipal": third,
                                     "Operations": list(operations), **more}

    def constraint(kind, **pairs):
        return {"Constraints": {kind: pairs}}

    refused = [give("Encrypt"), give("Decrypt", **constraint("EncryptionContextSubset", app="shop")),
               give("Encrypt", "Decrypt", **constraint("EncryptionContextSubset", app="shop")),
               give("Encrypt", **constraint("EncryptionContextSubset", app="other")),
               give("Encrypt", **constraint("EncryptionContextEquals", tier="db"))]
    for call, arguments in refused:
        assert code_of(call, **arguments) == "AccessDeniedException", arguments
    given = [give("Encrypt", **constraint("EncryptionContextSubset", app="shop")),
             give("Encrypt", **constraint("EncryptionContextSubset", app="shop", tier="db")),
             give("Encrypt", "CreateGrant", **constraint("EncryptionContextEquals", app="shop"))]
    for call, arguments in given:
        call(**arguments)
    exact = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_grant(KeyId=exact, GranteePrincipal=user_arn(account, "grantee"), Operations=["CreateGrant", "Encrypt"],
                     Constraints={"EncryptionContextEquals": {"app": "shop"}})
    for kind, pairs, code in [("EncryptionContextSubset", {"app": "shop"}, "AccessDeniedException"),
                              ("EncryptionContextEquals", {"app": "shop", "a": "b"}, "AccessDeniedException"),
                              ("EncryptionContextEquals", {"app": "shop"}, None)]:
        call, arguments = give("Encrypt", **constraint(kind, **pairs))
        arguments["KeyId"] = exact
        if code:
            assert code_of(call, **arguments) == code
        else:
            call(**arguments)


def test_a_name_makes_create_grant_repeatable(account, grant):
    first = grant("Decrypt", "Encrypt", Name="mine")
    again = grant("Encrypt", "Decrypt", Name="mine")
    assert again["GrantId"] == first["GrantId"] and again["GrantToken"] != first["GrantToken"]
    others = [grant("Encrypt", Name="mine"), grant("Encrypt", "Decrypt"), grant("Encrypt", "Decrypt"),
              grant("Encrypt", "Decrypt", Name="mine", RetiringPrincipal=user_arn(account, "grantee")),
              grant("Encrypt", "Decrypt", Name="mine", Constraints={"EncryptionContextEquals": CONTEXT})]
    assert len({g["GrantId"] for g in [first] + others}) == 6


def test_lists_show_what_was_given(account, kms, key, grant):
    me, root = user_arn(account, "grantee"), "arn:aws:iam::%s:root" % account.id
    made = grant("Decrypt", "CreateGrant", Name="n", RetiringPrincipal=root, Constraints={"EncryptionContextSubset": CONTEXT})
    [shown] = kms.list_grants(KeyId=key["KeyId"])["Grants"]
    assert shown.pop("CreationDate")
    assert shown == {"KeyId": key["Arn"], "GrantId": made["GrantId"], "Name": "n", "GranteePrincipal": me,
                     "RetiringPrincipal": root, "IssuingAccount": root, "Operations": ["CreateGrant", "Decrypt"],
                     "Constraints": {"EncryptionContextSubset": CONTEXT}}
    assert [g["GrantId"] for g in kms.list_retirable_grants(RetiringPrincipal=root)["Grants"]] == [made["GrantId"]]
    assert kms.list_retirable_grants(RetiringPrincipal=me)["Grants"] == []


def test_lists_page_and_filter(account, kms, key, grant):
    account.user("other")
    mine = {grant("Encrypt")["GrantId"] for _ in range(3)}
    other = grant("Encrypt", GranteePrincipal=user_arn(account, "other"))["GrantId"]

    def ids(**filters):
        pages = list(kms.get_paginator("list_grants").paginate(
            KeyId=key["KeyId"], PaginationConfig={"PageSize": 2}, **filters))
        return [g["GrantId"] for page in pages for g in page["Grants"]]
    assert len(ids()) == 4 and set(ids()) == mine | {other}
    assert set(ids(GranteePrincipal=user_arn(account, "grantee"))) == mine
    assert ids(GrantId=other) == [other]
    assert ids(GrantId=other, GranteePrincipal=user_arn(account, "grantee")) == []
    assert code_of(kms.list_grants, KeyId=key["KeyId"], Marker="nonsense") == "InvalidMarkerException"
    assert code_of(kms.list_grants, KeyId=key["KeyId"], GrantId="x") == "InvalidGrantIdException"


def test_retirable_grants_of_another_account_are_its_own(new_account, kms, key, grant):
    other = new_account()
    root = "arn:aws:iam::%s:root" % other.id
    made = grant("Encrypt", RetiringPrincipal=root)
    assert code_of(kms.list_retirable_grants, RetiringPrincipal=root) == "AccessDeniedException"
    [theirs] = other.client("kms").list_retirable_grants(RetiringPrincipal=root)["Grants"]
    assert (theirs["GrantId"], theirs["KeyId"]) == (made["GrantId"], key["Arn"])
    other.client("kms").retire_grant(KeyId=key["Arn"], GrantId=made["GrantId"])
    assert kms.list_grants(KeyId=key["KeyId"])["Grants"] == []


@pytest.mark.parametrize("spec, usage, good, bad", [
    ("RSA_2048", "SIGN_VERIFY", ["Sign", "Verify", "GetPublicKey", "DescribeKey"], "Encrypt"),
    ("RSA_2048", "ENCRYPT_DECRYPT", ["Encrypt", "Decrypt", "ReEncryptTo", "GetPublicKey"], "GenerateDataKey"),
    ("HMAC_256", "GENERATE_VERIFY_MAC", ["GenerateMac", "VerifyMac"], "GetPublicKey"),
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", ["GenerateDataKeyPair", "ReEncryptFrom"], "Sign"),
])
def test_operations_fit_the_key(account, kms, grantee, spec, usage, good, bad):
    key = kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"]
    me = user_arn(account, "grantee")
    kms.create_grant(KeyId=key, GranteePrincipal=me, Operations=good)
    assert bad in fails("ValidationException", kms.create_grant, KeyId=key, GranteePrincipal=me, Operations=good + [bad])
    if spec != "SYMMETRIC_DEFAULT":
        assert code_of(kms.create_grant, KeyId=key, GranteePrincipal=me, Operations=good,
                       Constraints={"EncryptionContextEquals": CONTEXT}) == "ValidationException"
    if usage == "SIGN_VERIFY":
        grantee.client("kms").sign(KeyId=key, Message=b"m", SigningAlgorithm="RSASSA_PSS_SHA_256")


@pytest.mark.parametrize("arguments, code", [
    ({"GranteePrincipal": "arn:aws:s3:::bucket"}, "InvalidArnException"),
    ({"GranteePrincipal": "nobody"}, "InvalidArnException"),
    ({"GranteePrincipal": "arn:aws:iam::123456789012:group/g"}, "InvalidArnException"),
    ({"RetiringPrincipal": "arn:aws:iam::12:root"}, "InvalidArnException"),
    ({"Operations": []}, "ValidationException"),
    ({"Operations": ["DeriveSharedSecret"]}, "ValidationException"),
    ({"Constraints": {"EncryptionContextEquals": CONTEXT, "EncryptionContextSubset": CONTEXT}}, "ValidationException"),
    ({"GrantTokens": ["nonsense"]}, "InvalidGrantTokenException"),
    ({"KeyId": "12345678-1234-1234-1234-123456789012"}, "NotFoundException"),
])
def test_grants_that_cannot_be_made(account, kms, key, grantee, arguments, code):
    given = {"KeyId": key["KeyId"], "GranteePrincipal": user_arn(account, "grantee"), "Operations": ["Encrypt"], **arguments}
    assert code_of(kms.create_grant, **given) == code
    assert kms.list_grants(KeyId=key["KeyId"])["Grants"] == []


def test_what_this_client_does_not_know(account, kms, key, grant):
    """Dry runs, and services as grantees: newer than the boto3 here."""
    made = grant("Encrypt")["GrantId"]
    new = {"KeyId": key["KeyId"], "Operations": ["Encrypt"], "GranteeServicePrincipal": "logs.amazonaws.com"}
    two = {**new, "GranteePrincipal": user_arn(account, "grantee")}
    bound = {**new, "Constraints": {"SourceArn": "arn:aws:logs:us-east-1:%s:log-group:g" % account.id}}
    for operation, arguments, code in [
            ("CreateGrant", {**new, "DryRun": True}, "DryRunOperationException"),
            ("RevokeGrant", {"KeyId": key["KeyId"], "GrantId": made, "DryRun": True}, "DryRunOperationException"),
            ("RetireGrant", {"KeyId": key["Arn"], "GrantId": made, "DryRun": True}, "DryRunOperationException"),
            ("CreateGrant", two, "ValidationException"), ("CreateGrant", bound, "ValidationException")]:
        answer = raw.json_call(account, "kms", "TrentService." + operation, arguments)
        assert answer.status == 400 and answer.json["__type"].endswith(code), answer.body
    assert [g["GrantId"] for g in kms.list_grants(KeyId=key["KeyId"])["Grants"]] == [made]
    answer = raw.json_call(account, "kms", "TrentService.CreateGrant", new)
    assert answer.status == 200, answer.body
    listed = raw.json_call(account, "kms", "TrentService.ListGrants", {
        "KeyId": key["KeyId"], "GranteeServicePrincipal": "logs.amazonaws.com"}).json["Grants"]
    assert [(g["GrantId"], g["GranteeServicePrincipal"]) for g in listed] == [
        (answer.json["GrantId"], "logs.amazonaws.com")]


def test_a_key_must_be_enabled_for_a_new_grant_only(kms, key, grant):
    made = grant("Encrypt")
    kms.disable_key(KeyId=key["KeyId"])
    assert code_of(grant, "Encrypt") == "DisabledException"
    kms.revoke_grant(KeyId=key["KeyId"], GrantId=made["GrantId"])


def test_tokens_are_taken_where_grants_count(kms, key, grant, grantee):
    token = grant("Encrypt", "DescribeKey")["GrantToken"]
    theirs = grantee.client("kms")
    theirs.encrypt(KeyId=key["KeyId"], Plaintext=b"x", GrantTokens=[token])
    theirs.describe_key(KeyId=key["KeyId"], GrantTokens=[token])
    for call, arguments in [(theirs.encrypt, {"Plaintext": b"x"}), (theirs.describe_key, {})]:
        assert code_of(call, KeyId=key["KeyId"], GrantTokens=["AAAA"], **arguments) == "InvalidGrantTokenException"


@pytest.mark.parametrize("condition, allowed", [
    ({"StringEquals": {"kms:GrantConstraintType": "EncryptionContextEquals"}}, False),
    ({"StringEquals": {"kms:GrantConstraintType": "EncryptionContextSubset"}}, True),
    ({"ForAllValues:StringEquals": {"kms:GrantOperations": ["Encrypt", "Decrypt"]}}, True),
    ({"ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt"]}}, False),
    ({"Bool": {"kms:GrantIsForAWSResource": "false"}}, True),
    ({"Bool": {"kms:GrantIsForAWSResource": "true"}}, False),
    ({"StringLike": {"kms:GranteePrincipal": "*user/grantee"}}, True),
    ({"StringLike": {"kms:GranteePrincipal": "*user/other"}}, False),
    ({"StringLike": {"kms:RetiringPrincipal": "*:root"}}, True),
    ({"StringEquals": {"kms:EncryptionContext:app": "shop"}}, True),
    ({"StringEquals": {"kms:EncryptionContext:app": "other"}}, False),
])
def test_conditions_of_create_grant(account, key, grantee, condition, allowed):
    maker = account.user("maker", {"Effect": "Allow", "Action": "kms:CreateGrant", "Resource": "*", "Condition": condition})
    arguments = {"KeyId": key["KeyId"], "GranteePrincipal": user_arn(account, "grantee"), "Operations": ["Encrypt", "Decrypt"],
                 "RetiringPrincipal": "arn:aws:iam::%s:root" % account.id,
                 "Constraints": {"EncryptionContextSubset": CONTEXT}}
    if allowed:
        maker.client("kms").create_grant(**arguments)
    else:
        assert code_of(maker.client("kms").create_grant, **arguments) == "AccessDeniedException"


def test_managed_keys_have_no_grants(account, kms, grantee):
    account.client("ssm").put_parameter(Name="p", Value="v", Type="SecureString")
    me = user_arn(account, "grantee")
    managed = kms.describe_key(KeyId="alias/aws/ssm")["KeyMetadata"]["KeyId"]
    assert code_of(kms.create_grant, KeyId=managed, GranteePrincipal=me, Operations=["Encrypt"]) == "AccessDeniedException"
    assert kms.list_grants(KeyId=managed)["Grants"] == []


def test_grants_are_in_the_trail(account, kms, key, grant):
    made = grant("Encrypt")
    [event] = account.client("cloudtrail").lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateGrant"}])["Events"]
    record = json.loads(event["CloudTrailEvent"])
    assert record["responseElements"]["grantId"] == made["GrantId"]
    assert record["requestParameters"]["granteePrincipal"] == user_arn(account, "grantee")
    assert record["resources"][0]["ARN"] == key["Arn"]
