"""KMS: the condition keys of policies. Each with a value that holds and one that does not, through the front door."""
import datetime

import pytest

import raw
from errors import code_of
from kms_support import allow, key, kms, policy  # noqa: F401

CONTEXT = {"app": "shop"}
LATER = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)


class World:
    """An account with one key of each kind, and users who may do one thing under one condition."""

    def __init__(self, account):
        self.account, self.kms = account, account.client("kms")
        self.made, self.users = {}, 0

    def key(self, spec="SYMMETRIC_DEFAULT", usage="ENCRYPT_DECRYPT", **more):
        if (spec, usage) not in self.made or more:
            made = self.kms.create_key(KeySpec=spec, KeyUsage=usage, **more)["KeyMetadata"]["KeyId"]
            if more:
                return made
            self.made[spec, usage] = made
        return self.made[spec, usage]

    def ciphertext(self, **more):
        return self.kms.encrypt(KeyId=self.key(), Plaintext=b"x", **more)["CiphertextBlob"]

    def grant(self, **constraints):
        more = {"Constraints": constraints} if constraints else {}
        return self.kms.create_grant(KeyId=self.key(), GranteePrincipal=self.root, Operations=["Encrypt"], **more)["GrantId"]

    @property
    def root(self):
        return "arn:aws:iam::%s:root" % self.account.id

    def may(self, action, operator, name, value):
        self.users += 1
        user = self.account.user("u%d" % self.users, {
            "Effect": "Allow", "Action": "kms:" + action, "Resource": "*", "Condition": {operator: {name: value}}})
        return user.client("kms")


@pytest.fixture
def world(account):
    return World(account)


def encrypt(w, **more):
    return "encrypt", {"KeyId": w.key(), "Plaintext": b"x", **more}


def sign(w, **more):
    return "sign", {"KeyId": w.key("RSA_2048", "SIGN_VERIFY"), "Message": b"x" * 32,
                    "SigningAlgorithm": "RSASSA_PSS_SHA_256", **more}


def aliased(w):
    w.kms.create_alias(AliasName="alias/app/one", TargetKeyId=w.key())
    return "encrypt", {"KeyId": "alias/app/one", "Plaintext": b"x"}


def with_alias(w):
    w.kms.create_alias(AliasName="alias/app/one", TargetKeyId=w.key())
    w.kms.create_alias(AliasName="alias/z", TargetKeyId=w.key())
    return encrypt(w)


def reencrypt(w):
    return "re_encrypt", {"CiphertextBlob": w.ciphertext(), "DestinationKeyId": w.key()}


def mac(w):
    return "generate_mac", {"KeyId": w.key("HMAC_256", "GENERATE_VERIFY_MAC"), "Message": b"x", "MacAlgorithm": "HMAC_SHA_256"}


def verify_mac(w):
    name, arguments = mac(w)
    return "verify_mac", {**arguments, "Mac": w.kms.generate_mac(**arguments)["Mac"]}


def wrapping(w):
    return "get_parameters_for_import", {"KeyId": w.key(Origin="EXTERNAL"), "WrappingKeySpec": "RSA_2048",
                                         "WrappingAlgorithm": "RSAES_OAEP_SHA_256"}


def data_key_pair(w):
    return "generate_data_key_pair", {"KeyId": w.key(), "KeyPairSpec": "ECC_NIST_P256"}


def create(**arguments):
    return lambda w: ("create_key", arguments)


def create_grant(w):
    return "create_grant", {"KeyId": w.key(), "GranteePrincipal": w.root, "RetiringPrincipal": w.root,
                            "Operations": ["Encrypt", "Decrypt"], "Constraints": {"EncryptionContextSubset": CONTEXT}}


def put_policy(**more):
    return lambda w: ("put_key_policy", {"KeyId": w.key(), "PolicyName": "default",
                                         "Policy": policy(allow(w.root, "kms:*")), **more})


def delete(**more):
    return lambda w: ("schedule_key_deletion", {"KeyId": w.key(Description="to go"), **more})


def rotate():
    return lambda w: ("enable_key_rotation", {"KeyId": w.key()})


def of_key(name, **more):
    return lambda w: (name, {"KeyId": w.key(), **more})


# name, action, operator, value that holds, value that does not, the call
KEYS = [
    ("kms:CallerAccount", "Encrypt", "StringEquals", "{account}", "999999999999", encrypt),
    ("kms:CallerAccount", "DescribeKey", "StringEquals", "{account}", "999999999999", of_key("describe_key")),
    ("kms:CallerAccount", "CreateKey", "StringEquals", "{account}", "999999999999", create()),
    ("kms:CallerAccount", "CreateAlias", "StringEquals", "{account}", "999999999999",
     lambda w: ("create_alias", {"AliasName": "alias/a", "TargetKeyId": w.key()})),
    ("kms:RequestAlias", "Encrypt", "StringEquals", "alias/app/one", "alias/app/two", aliased),
    ("kms:RequestAlias", "Encrypt", "StringLike", "alias/app/*", "alias/shop/*", aliased),
    ("kms:ResourceAliases", "Encrypt", "ForAnyValue:StringLike", "alias/app/*", "alias/shop/*", with_alias),
    ("kms:ResourceAliases", "Encrypt", "ForAnyValue:StringEquals", "alias/z", "alias/y", with_alias),
    ("kms:ResourceAliases", "Encrypt", "Null", "true", "false", encrypt),
    ("kms:KeySpec", "CreateKey", "StringEquals", "ECC_NIST_P256", "SYMMETRIC_DEFAULT",
     create(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")),
    ("kms:KeySpec", "CreateKey", "StringEquals", "SYMMETRIC_DEFAULT", "RSA_2048", create()),
    ("kms:KeySpec", "CreateKey", "StringEquals", "ECC_NIST_P256", "SYMMETRIC_DEFAULT",
     create(CustomerMasterKeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")),
    ("kms:KeySpec", "Encrypt", "StringEquals", "SYMMETRIC_DEFAULT", "RSA_2048", encrypt),
    ("kms:CustomerMasterKeySpec", "Encrypt", "StringEquals", "SYMMETRIC_DEFAULT", "RSA_2048", encrypt),
    ("kms:KeyUsage", "CreateKey", "StringEquals", "SIGN_VERIFY", "ENCRYPT_DECRYPT",
     create(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")),
    ("kms:KeyUsage", "GenerateMac", "StringEquals", "GENERATE_VERIFY_MAC", "SIGN_VERIFY", mac),
    ("kms:KeyUsage", "CreateKey", "StringEquals", "ENCRYPT_DECRYPT", "SIGN_VERIFY", create()),
    ("kms:CustomerMasterKeyUsage", "Encrypt", "StringEquals", "ENCRYPT_DECRYPT", "SIGN_VERIFY", encrypt),
    ("kms:KeyOrigin", "CreateKey", "StringEquals", "EXTERNAL", "AWS_KMS", create(Origin="EXTERNAL")),
    ("kms:KeyOrigin", "CreateKey", "StringEquals", "AWS_KMS", "EXTERNAL", create()),
    ("kms:KeyOrigin", "GetParametersForImport", "StringEquals", "EXTERNAL", "AWS_KMS", wrapping),
    ("kms:MultiRegion", "CreateKey", "Bool", "false", "true", create()),
    ("kms:MultiRegion", "Encrypt", "Bool", "false", "true", encrypt),
    ("kms:BypassPolicyLockoutSafetyCheck", "CreateKey", "Bool", "true", "false", create(BypassPolicyLockoutSafetyCheck=True)),
    ("kms:BypassPolicyLockoutSafetyCheck", "CreateKey", "Bool", "false", "true", create()),
    ("kms:BypassPolicyLockoutSafetyCheck", "PutKeyPolicy", "Bool", "true", "false",
     put_policy(BypassPolicyLockoutSafetyCheck=True)),
    ("kms:EncryptionAlgorithm", "Encrypt", "StringEquals", "SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", encrypt),
    ("kms:EncryptionAlgorithm", "Encrypt", "StringEquals", "RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1",
     lambda w: encrypt(w, KeyId=w.key("RSA_2048"), EncryptionAlgorithm="RSAES_OAEP_SHA_256")),
    ("kms:EncryptionAlgorithm", "Decrypt", "StringEquals", "SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1",
     lambda w: ("decrypt", {"CiphertextBlob": w.ciphertext()})),
    ("kms:EncryptionAlgorithm", "GenerateDataKey", "StringEquals", "SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1",
     of_key("generate_data_key", KeySpec="AES_256")),
    ("kms:EncryptionAlgorithm", "ReEncrypt*", "StringEquals", "SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", reencrypt),
    ("kms:ReEncryptOnSameKey", "ReEncrypt*", "Bool", "true", "false", reencrypt),
    ("kms:ReEncryptOnSameKey", "ReEncrypt*", "Bool", "false", "true",
     lambda w: ("re_encrypt", {"CiphertextBlob": w.ciphertext(), "DestinationKeyId": w.key(Description="other")})),
    ("kms:EncryptionContext:app", "Encrypt", "StringEquals", "shop", "till", lambda w: encrypt(w, EncryptionContext=CONTEXT)),
    ("kms:EncryptionContextKeys", "Encrypt", "ForAllValues:StringEquals", "app", "other",
     lambda w: encrypt(w, EncryptionContext=CONTEXT)),
    ("kms:EncryptionContext:app", "Decrypt", "StringEquals", "shop", "till",
     lambda w: ("decrypt", {"CiphertextBlob": w.ciphertext(EncryptionContext=CONTEXT), "EncryptionContext": CONTEXT})),
    ("kms:SigningAlgorithm", "Sign", "StringEquals", "RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_512", sign),
    ("kms:MessageType", "Sign", "StringEquals", "DIGEST", "RAW", lambda w: sign(w, MessageType="DIGEST")),
    ("kms:MessageType", "Sign", "StringEquals", "RAW", "DIGEST", sign),
    ("kms:MacAlgorithm", "GenerateMac", "StringEquals", "HMAC_SHA_256", "HMAC_SHA_512", mac),
    ("kms:MacAlgorithm", "VerifyMac", "StringEquals", "HMAC_SHA_256", "HMAC_SHA_512", verify_mac),
    ("kms:DataKeyPairSpec", "GenerateDataKeyPair", "StringLike", "ECC_*", "RSA_*", data_key_pair),
    ("kms:DataKeyPairSpec", "GenerateDataKeyPairWithoutPlaintext", "StringLike", "ECC_*", "RSA_*",
     lambda w: ("generate_data_key_pair_without_plaintext", data_key_pair(w)[1])),
    ("kms:WrappingAlgorithm", "GetParametersForImport", "StringEquals", "RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1", wrapping),
    ("kms:WrappingKeySpec", "GetParametersForImport", "StringEquals", "RSA_2048", "RSA_4096", wrapping),
    ("kms:RotationPeriodInDays", "EnableKeyRotation", "NumericEquals", "365", "100", rotate()),
    ("kms:ScheduleKeyDeletionPendingWindowInDays", "ScheduleKeyDeletion", "NumericGreaterThanEquals", "10", "20",
     delete(PendingWindowInDays=10)),
    ("kms:ScheduleKeyDeletionPendingWindowInDays", "ScheduleKeyDeletion", "NumericEquals", "30", "7", delete()),
    ("kms:GrantOperations", "CreateGrant", "ForAllValues:StringEquals", ["Encrypt", "Decrypt"], ["Decrypt"], create_grant),
    ("kms:GrantConstraintType", "CreateGrant", "StringEquals", "EncryptionContextSubset", "EncryptionContextEquals",
     create_grant),
    ("kms:GrantIsForAWSResource", "CreateGrant", "Bool", "false", "true", create_grant),
    ("kms:GrantIsForAWSResource", "ListGrants", "Bool", "false", "true", of_key("list_grants")),
    ("kms:GrantIsForAWSResource", "RevokeGrant", "Bool", "false", "true",
     lambda w: ("revoke_grant", {"KeyId": w.key(), "GrantId": w.grant()})),
    ("kms:GranteePrincipal", "CreateGrant", "StringLike", "*:root", "*:user/x", create_grant),
    ("kms:RetiringPrincipal", "CreateGrant", "StringLike", "*:root", "*:user/x", create_grant),
    ("kms:EncryptionContext:app", "CreateGrant", "StringEquals", "shop", "till", create_grant),
    ("kms:EncryptionContext:app", "RetireGrant", "StringEquals", "shop", "till",
     lambda w: ("retire_grant", {"KeyId": w.key(), "GrantId": w.grant(EncryptionContextSubset=CONTEXT)})),
    ("kms:GrantConstraintType", "RetireGrant", "StringEquals", "EncryptionContextEquals", "EncryptionContextSubset",
     lambda w: ("retire_grant", {"KeyId": w.key(), "GrantId": w.grant(EncryptionContextEquals=CONTEXT)})),
    ("aws:ResourceTag/team", "Encrypt", "StringEquals", "a", "b",
     lambda w: encrypt(w, KeyId=w.key(Tags=[{"TagKey": "team", "TagValue": "a"}]))),
]


def filled(value, world):
    return value.format(account=world.account.id) if isinstance(value, str) else value


@pytest.mark.parametrize("name, action, operator, right, wrong, call", KEYS,
                         ids=["%s-%s-%d" % (row[1], row[0].split(":", 1)[1], i) for i, row in enumerate(KEYS)])
def test_a_condition_key(world, name, action, operator, right, wrong, call):
    method, arguments = call(world)
    # Bad first: what passes may change something.
    denied = world.may(action, operator, name, filled(wrong, world))
    assert code_of(getattr(denied, method), **arguments) == "AccessDeniedException"
    getattr(world.may(action, operator, name, filled(right, world)), method)(**arguments)


# Operations without the key: a condition on it never holds, and with IfExists always does.
ABSENT = [
    ("kms:RequestAlias", encrypt), ("kms:EncryptionContext:app", encrypt), ("kms:ViaService", encrypt),
    ("kms:ReEncryptOnSameKey", encrypt), ("kms:DataKeyPairSpec", encrypt), ("kms:SigningAlgorithm", mac),
    ("kms:MacAlgorithm", sign), ("kms:EncryptionAlgorithm", sign), ("kms:RotationPeriodInDays", encrypt),
    ("kms:GrantConstraintType", encrypt), ("kms:WrappingAlgorithm", encrypt), ("kms:KeyAgreementAlgorithm", encrypt),
    ("kms:BypassPolicyLockoutSafetyCheck", encrypt), ("kms:GrantIsForAWSResource", encrypt),
]


@pytest.mark.parametrize("name, call", ABSENT, ids=[name.split(":", 1)[1] for name, _ in ABSENT])
def test_a_condition_key_that_the_operation_does_not_have(world, name, call):
    method, arguments = call(world)
    assert code_of(getattr(world.may("*", "StringEquals", name, "v"), method), **arguments) == "AccessDeniedException"
    getattr(world.may("*", "StringEqualsIfExists", name, "v"), method)(**arguments)


def test_conditions_on_what_is_imported(world):
    """Judged before the material is looked at."""
    def fails(user, **more):
        return code_of(user.import_key_material, KeyId=external, ImportToken=b"t", EncryptedKeyMaterial=b"m", **more)

    external = world.key(Origin="EXTERNAL")
    expires = {"ExpirationModel": "KEY_MATERIAL_EXPIRES", "ValidTo": LATER}
    for operator, name, right, wrong, more in [
            ("StringEquals", "kms:ExpirationModel", "KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE", expires),
            ("StringEquals", "kms:ExpirationModel", "KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE", {"ValidTo": LATER}),
            ("DateLessThan", "kms:ValidTo", "2200-01-01T00:00:00Z", "2001-01-01T00:00:00Z", expires)]:
        assert fails(world.may("ImportKeyMaterial", operator, name, wrong), **more) == "AccessDeniedException"
        assert fails(world.may("ImportKeyMaterial", operator, name, right), **more) == "InvalidImportTokenException"


def test_a_condition_on_a_rotation_period_that_is_given(world):
    for days, status in [("100", 400), ("180", 200)]:
        user = world.account.user("r%s" % days, {
            "Effect": "Allow", "Action": "kms:EnableKeyRotation", "Resource": "*",
            "Condition": {"NumericLessThanEquals": {"kms:RotationPeriodInDays": days}}})
        answer = raw.json_call(user, "kms", "TrentService.EnableKeyRotation", {"KeyId": world.key(), "RotationPeriodInDays": 120})
        assert (answer.status, b"AccessDeniedException" in answer.body) == (status, status == 400)


@pytest.mark.parametrize("service, holds", [("ssm", True), ("secretsmanager", False)])
def test_the_service_that_asks(world, service, holds):
    key_id = world.key()
    via = "%s.%s.amazonaws.com" % (service, world.account.server.region)
    user = world.account.user("via", {"Effect": "Allow", "Action": "ssm:*", "Resource": "*"}, {
        "Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": {"StringEquals": {
            "kms:ViaService": via, "kms:KeySpec": "SYMMETRIC_DEFAULT", "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "kms:CallerAccount": world.account.id}}})
    put = {"Name": "/p", "Value": "v", "Type": "SecureString", "KeyId": key_id}
    if holds:
        user.client("ssm").put_parameter(**put)
        assert user.client("ssm").get_parameter(Name="/p", WithDecryption=True)["Parameter"]["Value"] == "v"
    else:
        assert code_of(user.client("ssm").put_parameter, **put) == "AccessDeniedException"
    assert code_of(user.client("kms").encrypt, KeyId=key_id, Plaintext=b"x") == "AccessDeniedException"


def test_what_another_accounts_key_is_cannot_be_asked(world, new_account):
    """The words are the same whether the guess is right, wrong, or of a key that is not there."""
    guest = new_account()
    there = "arn:aws:kms:%s:%s:key/" % (world.account.server.region, world.account.id)
    told = set()
    for i, spec in enumerate(["SYMMETRIC_DEFAULT", "RSA_2048"]):
        user = guest.user("g%d" % i, {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
                                      "Condition": {"StringEquals": {"kms:KeySpec": spec}}}).client("kms")
        for name in [world.key(), "12345678-1234-1234-1234-123456789012"]:
            with pytest.raises(user.exceptions.ClientError) as caught:
                user.encrypt(KeyId=there + name, Plaintext=b"x")
            told.add(caught.value.response["Error"]["Message"].replace(name, "KEY").replace("/g%d " % i, "/g "))
    assert len(told) == 1, told


def test_a_key_policy_with_conditions_is_no_lockout(kms, account):
    """The author is judged under the conditions of the key that is made."""
    root = "arn:aws:iam::%s:root" % account.id
    good = policy(allow(root, "kms:*", Condition={"StringEquals": {"kms:CallerAccount": account.id, "kms:KeySpec": "SYMMETRIC_DEFAULT"}}))
    bad = policy(allow(root, "kms:*", Condition={"StringEquals": {"kms:KeySpec": "RSA_2048"}}))
    made = kms.create_key(Policy=good)["KeyMetadata"]["KeyId"]
    assert code_of(kms.create_key, Policy=bad) == "MalformedPolicyDocumentException"
    assert code_of(kms.put_key_policy, KeyId=made, PolicyName="default", Policy=bad) == "MalformedPolicyDocumentException"
    kms.encrypt(KeyId=made, Plaintext=b"x")


def test_a_key_has_at_most_fifty_aliases(kms, key):
    for i in range(50):
        kms.create_alias(AliasName="alias/n%d" % i, TargetKeyId=key["KeyId"])
    assert code_of(kms.create_alias, AliasName="alias/more", TargetKeyId=key["KeyId"]) == "LimitExceededException"
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/more", TargetKeyId=other)
    assert code_of(kms.update_alias, AliasName="alias/more", TargetKeyId=key["KeyId"]) == "LimitExceededException"
    assert len(kms.list_aliases(KeyId=key["KeyId"])["Aliases"]) == 50
    assert [a["AliasName"] for a in kms.list_aliases(KeyId=other)["Aliases"]] == ["alias/more"]
