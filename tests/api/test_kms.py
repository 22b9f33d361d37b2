"""KMS: keys, aliases, key policies, encryption, data keys."""
import datetime
import json

import pytest

import raw
from errors import code_of, error_of
from kms_support import allow, key, kms, policy  # noqa: F401

NO_KEY = "12345678-1234-1234-1234-123456789012"


def names(key):
    return [key["KeyId"], key["Arn"]]


# ---- Keys

def test_a_new_key(kms, account):
    key = kms.create_key(Description="d", Tags=[{"TagKey": "a", "TagValue": "b"}])["KeyMetadata"]
    assert key["Arn"] == "arn:aws:kms:%s:%s:key/%s" % (account.server.region, account.id, key["KeyId"])
    assert (key["AWSAccountId"], key["Description"], key["Enabled"], key["KeyState"]) == (
        account.id, "d", True, "Enabled")
    assert (key["KeyUsage"], key["KeySpec"], key["CustomerMasterKeySpec"], key["EncryptionAlgorithms"]) == (
        "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "SYMMETRIC_DEFAULT", ["SYMMETRIC_DEFAULT"])
    assert (key["Origin"], key["KeyManager"], key["MultiRegion"]) == ("AWS_KMS", "CUSTOMER", False)
    age = datetime.datetime.now(datetime.timezone.utc) - key["CreationDate"]
    assert abs(age) < datetime.timedelta(minutes=10)
    for name in names(key):
        assert kms.describe_key(KeyId=name)["KeyMetadata"] == key


@pytest.mark.parametrize("arguments, code", [
    ({"KeySpec": "ECC_NIST_P256", "KeyUsage": "ENCRYPT_DECRYPT"}, "ValidationException"),
    ({"KeySpec": "RSA_2048"}, "ValidationException"),
    ({"KeySpec": "SM2", "KeyUsage": "SIGN_VERIFY"}, "UnsupportedOperationException"),
    ({"KeyUsage": "SIGN_VERIFY"}, "ValidationException"),
    ({"MultiRegion": True}, "UnsupportedOperationException"),
    ({"Origin": "AWS_CLOUDHSM"}, "UnsupportedOperationException"),
    ({"KeySpec": "SYMMETRIC_DEFAULT", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"}, "ValidationException"),
    ({"Policy": "no json"}, "MalformedPolicyDocumentException"),
    ({"Tags": [{"TagKey": "a", "TagValue": "1"}, {"TagKey": "a", "TagValue": "2"}]}, "TagException"),
    ({"Tags": [{"TagKey": "aws:a", "TagValue": "1"}]}, "TagException"),
])
def test_keys_that_cannot_be_made(kms, arguments, code):
    assert code_of(kms.create_key, **arguments) == code
    assert kms.list_keys()["Keys"] == []


@pytest.mark.parametrize("ref, message", [
    (NO_KEY, "Key 'arn:aws:kms:{region}:{account}:key/%s' does not exist" % NO_KEY),
    ("alias/none", "Alias arn:aws:kms:{region}:{account}:alias/none is not found."),
    ("arn:aws:kms:{region}:{account}:key/" + NO_KEY,
     "Key 'arn:aws:kms:{region}:{account}:key/%s' does not exist" % NO_KEY),
    ("arn:aws:s3:::b", "Invalid arn arn:aws:s3:::b"),
])
def test_a_key_that_is_not_there(kms, account, ref, message):
    where = {"region": account.server.region, "account": account.id}
    error = error_of(kms.describe_key, KeyId=ref.format(**where))
    assert error == {"Code": "NotFoundException", "Message": message.format(**where)}


def test_keys_are_of_their_region(account, key):
    elsewhere = account.client("kms", region="eu-west-3")
    assert code_of(elsewhere.describe_key, KeyId=key["KeyId"]) == "NotFoundException"
    assert elsewhere.list_keys()["Keys"] == []


def test_list_keys_pages(kms):
    made = {kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(5)}
    pages = list(kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["Keys"]) for page in pages] == [2, 2, 1]
    assert [page["Truncated"] for page in pages] == [True, True, False]
    assert {k["KeyId"] for page in pages for k in page["Keys"]} == made
    assert code_of(kms.list_keys, Marker="nonsense") == "InvalidMarkerException"


# ---- States

def test_a_disabled_key_does_nothing(kms, key):
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    kms.disable_key(KeyId=key["KeyId"])
    described = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert (described["Enabled"], described["KeyState"]) == (False, "Disabled")
    message = "%s is disabled." % key["Arn"]
    for call, arguments in [(kms.encrypt, {"KeyId": key["KeyId"], "Plaintext": b"x"}),
                            (kms.decrypt, {"CiphertextBlob": sealed}),
                            (kms.generate_data_key, {"KeyId": key["KeyId"], "KeySpec": "AES_256"}),
                            (kms.generate_data_key_without_plaintext,
                             {"KeyId": key["KeyId"], "KeySpec": "AES_256"})]:
        assert error_of(call, **arguments) == {"Code": "DisabledException", "Message": message}
    kms.enable_key(KeyId=key["KeyId"])
    assert kms.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"x"


def test_deletion_is_planned_and_cancelled(kms, key):
    answer = kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
    assert (answer["KeyId"], answer["KeyState"], answer["PendingWindowInDays"]) == (
        key["Arn"], "PendingDeletion", 7)
    described = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert described["DeletionDate"] == answer["DeletionDate"]
    days = described["DeletionDate"] - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(days=6) < days <= datetime.timedelta(days=7)
    for call, arguments in [(kms.encrypt, {"Plaintext": b"x"}), (kms.enable_key, {}), (kms.disable_key, {}),
                            (kms.schedule_key_deletion, {}),
                            (kms.create_alias, {})]:
        arguments = {**arguments, **({"AliasName": "alias/a", "TargetKeyId": key["KeyId"]}
                                     if call == kms.create_alias else {"KeyId": key["KeyId"]})}
        assert error_of(call, **arguments) == {
            "Code": "KMSInvalidStateException", "Message": "%s is pending deletion." % key["Arn"]}
    assert kms.cancel_key_deletion(KeyId=key["KeyId"])["KeyId"] == key["Arn"]
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] == "Disabled"
    assert code_of(kms.cancel_key_deletion, KeyId=key["KeyId"]) == "KMSInvalidStateException"
    answer = kms.schedule_key_deletion(KeyId=key["KeyId"])
    assert answer["PendingWindowInDays"] == 30


# ---- Encryption

@pytest.mark.parametrize("plain", [b"x", b"\x00\xff" * 100, b"y" * 4096], ids=len)
def test_what_is_encrypted_is_decrypted(kms, key, plain):
    for name in names(key):
        sealed = kms.encrypt(KeyId=name, Plaintext=plain)
        assert (sealed["KeyId"], sealed["EncryptionAlgorithm"]) == (key["Arn"], "SYMMETRIC_DEFAULT")
        assert plain not in sealed["CiphertextBlob"] or len(plain) < 3
        opened = kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"])
        assert (opened["Plaintext"], opened["KeyId"]) == (plain, key["Arn"])


def test_too_much_to_encrypt(kms, key):
    assert code_of(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"y" * 4097) == "ValidationException"


def test_ciphertexts_differ(kms, key):
    sealed = {kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"] for _ in range(3)}
    assert len(sealed) == 3


def test_the_context_must_be_the_same(kms, key):
    context = {"b": "2", "a": "1", "": "empty" * 10}
    del context[""]
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=context)["CiphertextBlob"]
    same = {"a": "1", "b": "2"}
    assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext=same)["Plaintext"] == b"x"
    for other in [{}, {"a": "1"}, {"a": "1", "b": "3"}, {"a": "2", "b": "1"}, {"a": "1", "b": "2", "c": ""},
                  {"a": "11:b1:2"}]:
        assert code_of(kms.decrypt, CiphertextBlob=sealed,
                       EncryptionContext=other) == "InvalidCiphertextException"


def test_a_long_context_is_refused(kms, key):
    assert code_of(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"x",
                   EncryptionContext={"a": "x" * 8192}) == "ValidationException"


def test_changed_ciphertexts_are_refused(kms, key):
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"secret")["CiphertextBlob"]
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1:]
        code = "AccessDeniedException" if 1 <= at <= 16 else "InvalidCiphertextException"  # there is the key's id
        assert code_of(kms.decrypt, CiphertextBlob=changed) == code
    for cut in (sealed[:-1], sealed[:20], sealed + b"x", b"x"):
        assert code_of(kms.decrypt, CiphertextBlob=cut) == "InvalidCiphertextException"


def test_decrypting_with_another_key(kms, key):
    other = kms.create_key()["KeyMetadata"]
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert code_of(kms.decrypt, CiphertextBlob=sealed, KeyId=other["KeyId"]) == "IncorrectKeyException"
    assert kms.decrypt(CiphertextBlob=sealed, KeyId=key["Arn"])["Plaintext"] == b"x"


@pytest.mark.parametrize("arguments, length", [
    ({"KeySpec": "AES_256"}, 32), ({"KeySpec": "AES_128"}, 16), ({"NumberOfBytes": 1}, 1),
    ({"NumberOfBytes": 1024}, 1024)])
def test_data_keys(kms, key, arguments, length):
    context = {"for": "test"}
    made = kms.generate_data_key(KeyId=key["KeyId"], EncryptionContext=context, **arguments)
    assert (len(made["Plaintext"]), made["KeyId"]) == (length, key["Arn"])
    assert kms.decrypt(CiphertextBlob=made["CiphertextBlob"],
                       EncryptionContext=context)["Plaintext"] == made["Plaintext"]
    blind = kms.generate_data_key_without_plaintext(KeyId=key["KeyId"], **arguments)
    assert "Plaintext" not in blind and blind["KeyId"] == key["Arn"]
    assert len(kms.decrypt(CiphertextBlob=blind["CiphertextBlob"])["Plaintext"]) == length


@pytest.mark.parametrize("arguments", [
    {}, {"KeySpec": "AES_256", "NumberOfBytes": 8}, {"NumberOfBytes": 0}, {"NumberOfBytes": 1025},
    {"KeySpec": "DES"}])
def test_data_keys_that_cannot_be_made(account, key, arguments):
    kms = account.client("kms", validate=False)
    assert code_of(kms.generate_data_key, KeyId=key["KeyId"], **arguments) == "ValidationException"


def test_dry_run(account, key):
    for operation, more in [("Encrypt", {"Plaintext": "eA=="}), ("GenerateDataKey", {"KeySpec": "AES_256"})]:
        answer = raw.json_call(account, "kms", "TrentService." + operation,
                               {"KeyId": key["KeyId"], "DryRun": True, **more})
        assert (answer.status, answer.json["__type"]) == (400, "DryRunOperationException")


def test_what_is_not_supported_says_so(kms, key):
    assert code_of(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"x",
                   GrantTokens=["abc"]) == "InvalidGrantTokenException"
    assert code_of(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"x",
                   EncryptionAlgorithm="RSAES_OAEP_SHA_1") == "InvalidKeyUsageException"


# ---- Aliases

def test_an_alias_names_a_key(kms, account, key):
    kms.create_alias(AliasName="alias/app/one", TargetKeyId=key["Arn"])
    arn = "arn:aws:kms:%s:%s:alias/app/one" % (account.server.region, account.id)
    for name in ("alias/app/one", arn):
        assert kms.describe_key(KeyId=name)["KeyMetadata"]["KeyId"] == key["KeyId"]
        assert kms.encrypt(KeyId=name, Plaintext=b"x")["KeyId"] == key["Arn"]
    listed, = kms.list_aliases()["Aliases"]
    assert (listed["AliasName"], listed["AliasArn"], listed["TargetKeyId"]) == (
        "alias/app/one", arn, key["KeyId"])
    assert listed["CreationDate"] == listed["LastUpdatedDate"]


def test_an_alias_moves_and_goes(kms, key):
    other = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/a", TargetKeyId=key["KeyId"])
    error = error_of(kms.create_alias, AliasName="alias/a", TargetKeyId=other["KeyId"])
    assert error["Code"] == "AlreadyExistsException"
    assert error["Message"].startswith("An alias with the name arn:aws:kms:")
    kms.update_alias(AliasName="alias/a", TargetKeyId=other["KeyId"])
    assert kms.describe_key(KeyId="alias/a")["KeyMetadata"]["KeyId"] == other["KeyId"]
    kms.delete_alias(AliasName="alias/a")
    assert code_of(kms.describe_key, KeyId="alias/a") == "NotFoundException"
    assert code_of(kms.delete_alias, AliasName="alias/a") == "NotFoundException"
    assert code_of(kms.update_alias, AliasName="alias/a", TargetKeyId=key["KeyId"]) == "NotFoundException"


@pytest.mark.parametrize("name, code", [
    ("alias/aws/mine", "InvalidAliasNameException"), ("alias/a b", "InvalidAliasNameException"),
    ("noprefix", "ValidationException"), ("alias/", "ValidationException")])
def test_alias_names_that_are_refused(account, key, name, code):
    kms = account.client("kms", validate=False)
    answered = code_of(kms.create_alias, AliasName=name, TargetKeyId=key["KeyId"])
    assert answered in (code, "ValidationException")
    assert kms.list_aliases()["Aliases"] == []


def test_an_alias_of_an_alias_is_refused(kms, key):
    kms.create_alias(AliasName="alias/a", TargetKeyId=key["KeyId"])
    assert code_of(kms.create_alias, AliasName="alias/b", TargetKeyId="alias/a") == "ValidationException"


def test_an_alias_of_a_foreign_key_is_refused(kms, new_account):
    other = new_account()
    foreign = other.client("kms").create_key(Policy=policy(allow("*", "kms:*")))["KeyMetadata"]
    assert code_of(kms.create_alias, AliasName="alias/a", TargetKeyId=foreign["Arn"]) == "NotFoundException"


def test_list_aliases_pages_and_of_one_key(kms, key):
    other = kms.create_key()["KeyMetadata"]
    for i in range(5):
        kms.create_alias(AliasName="alias/%d" % i, TargetKeyId=key["KeyId"])
    kms.create_alias(AliasName="alias/other", TargetKeyId=other["KeyId"])
    pages = list(kms.get_paginator("list_aliases").paginate(PaginationConfig={"PageSize": 4}))
    assert [[a["AliasName"] for a in page["Aliases"]] for page in pages] == [
        ["alias/0", "alias/1", "alias/2", "alias/3"], ["alias/4", "alias/other"]]
    pages = list(kms.get_paginator("list_aliases").paginate(KeyId=key["KeyId"], PaginationConfig={"PageSize": 3}))
    assert [[a["AliasName"] for a in page["Aliases"]] for page in pages] == [
        ["alias/0", "alias/1", "alias/2"], ["alias/3", "alias/4"]]
    assert code_of(kms.list_aliases, Marker="nonsense") == "InvalidMarkerException"


def test_aliases_need_permission_on_alias_and_key(account, kms, key):
    arn = "arn:aws:kms:%s:%s:alias/a" % (account.server.region, account.id)
    half = account.user("half", {"Effect": "Allow", "Action": "kms:CreateAlias", "Resource": arn})
    error = error_of(half.client("kms").create_alias, AliasName="alias/a", TargetKeyId=key["KeyId"])
    assert error["Code"] == "AccessDeniedException" and key["Arn"] in error["Message"]
    other = account.user("other", {"Effect": "Allow", "Action": "kms:CreateAlias", "Resource": key["Arn"]})
    error = error_of(other.client("kms").create_alias, AliasName="alias/a", TargetKeyId=key["KeyId"])
    assert error["Code"] == "AccessDeniedException" and arn in error["Message"]
    both = account.user("both", {"Effect": "Allow", "Action": "kms:*Alias", "Resource": [arn, key["Arn"]]})
    both.client("kms").create_alias(AliasName="alias/a", TargetKeyId=key["KeyId"])
    both.client("kms").delete_alias(AliasName="alias/a")


# ---- Policies

def test_the_default_policy_leaves_it_to_iam(account, kms, key):
    text = kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")
    statement, = json.loads(text["Policy"])["Statement"]
    assert statement["Principal"] == {"AWS": "arn:aws:iam::%s:root" % account.id}
    nobody = account.user("nobody").client("kms")
    error = error_of(nobody.encrypt, KeyId=key["KeyId"], Plaintext=b"x")
    assert error == {"Code": "AccessDeniedException", "Message": (
        "User: arn:aws:iam::%s:user/nobody is not authorized to perform: kms:Encrypt on resource: %s because no "
        "identity-based policy allows the kms:Encrypt action" % (account.id, key["Arn"]))}
    some = account.user("some", {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": key["Arn"]}).client("kms")
    sealed = some.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert code_of(some.decrypt, CiphertextBlob=sealed) == "AccessDeniedException"


def test_a_key_policy_alone_allows(account, kms, key):
    user = account.user("u")
    arn = "arn:aws:iam::%s:user/u" % account.id
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(
        allow("arn:aws:iam::%s:root" % account.id, "kms:*"), allow(arn, "kms:Encrypt")))
    user.client("kms").encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert code_of(user.client("kms").describe_key, KeyId=key["KeyId"]) == "AccessDeniedException"


def test_what_the_key_policy_leaves_out_is_denied_although_identity_policies_allow(account, kms, key):
    admin = account.user("admin", {"Effect": "Allow", "Action": "*", "Resource": "*"})
    root = "arn:aws:iam::%s:root" % account.id
    other = account.user("owner")
    owner = "arn:aws:iam::%s:user/owner" % account.id
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(allow(owner, "kms:*"), allow(root, "kms:DescribeKey")),
                       BypassPolicyLockoutSafetyCheck=True)
    admin.client("kms").describe_key(KeyId=key["KeyId"])
    for someone in (admin, account):
        error = error_of(someone.client("kms").encrypt, KeyId=key["KeyId"], Plaintext=b"x")
        assert error["Code"] == "AccessDeniedException"
        assert error["Message"].endswith("because no resource-based policy allows the kms:Encrypt action")
    other.client("kms").encrypt(KeyId=key["KeyId"], Plaintext=b"x")


def test_an_explicit_deny_of_the_key_policy_wins(account, kms, key):
    root = "arn:aws:iam::%s:root" % account.id
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(
        allow(root, "kms:*"), {"Effect": "Deny", "Principal": "*", "Action": "kms:Encrypt", "Resource": "*"}))
    error = error_of(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"x")
    assert error["Message"].endswith("with an explicit deny in a resource-based policy")
    kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")


def test_a_policy_that_locks_out_its_author_is_refused(account, kms, key):
    lockout = policy(allow("arn:aws:iam::%s:root" % account.id, "kms:Encrypt"))
    before = kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]
    error = error_of(kms.put_key_policy, KeyId=key["KeyId"], PolicyName="default", Policy=lockout)
    assert error == {"Code": "MalformedPolicyDocumentException", "Message":
                     "The new key policy will not allow you to update the key policy in the future."}
    assert kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"] == before
    assert code_of(kms.create_key, Policy=lockout) == "MalformedPolicyDocumentException"
    assert len(kms.list_keys()["Keys"]) == 1
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=lockout, BypassPolicyLockoutSafetyCheck=True)
    assert code_of(kms.get_key_policy, KeyId=key["KeyId"], PolicyName="default") == "AccessDeniedException"


def test_policies_are_checked(kms, key):
    for text in ("no json", "{}", policy({"Effect": "Maybe"})):
        assert code_of(kms.put_key_policy, KeyId=key["KeyId"], PolicyName="default",
                       Policy=text) == "MalformedPolicyDocumentException"
    good = kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]
    assert code_of(kms.put_key_policy, KeyId=key["KeyId"], Policy=good, PolicyName="x") == "NotFoundException"
    assert code_of(kms.get_key_policy, KeyId=key["KeyId"], PolicyName="x") == "NotFoundException"


def test_conditions_on_the_encryption_context(account, kms, key):
    user = account.user("u", {
        "Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], "Resource": key["Arn"],
        "Condition": {"StringEquals": {"kms:EncryptionContext:app": "shop"}}}).client("kms")
    sealed = user.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"app": "shop"})["CiphertextBlob"]
    user.decrypt(CiphertextBlob=sealed, EncryptionContext={"app": "shop"})
    user.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256", EncryptionContext={"app": "shop", "b": "c"})
    for context in ({}, {"app": "bank"}, {"shop": "app"}):
        assert code_of(user.encrypt, KeyId=key["KeyId"], Plaintext=b"x",
                       EncryptionContext=context) == "AccessDeniedException"


def test_another_account_needs_both_policies(account, new_account, kms, key):
    other = new_account()
    user = other.user("guest", {"Effect": "Allow", "Action": "kms:*", "Resource": key["Arn"]}).client("kms")
    assert code_of(user.encrypt, KeyId=key["Arn"], Plaintext=b"x") == "AccessDeniedException"
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy(
        allow("arn:aws:iam::%s:root" % account.id, "kms:*"),
        allow("arn:aws:iam::%s:root" % other.id, "kms:Encrypt", "kms:Decrypt")))
    sealed = user.encrypt(KeyId=key["Arn"], Plaintext=b"x")
    assert sealed["KeyId"] == key["Arn"]
    assert user.decrypt(CiphertextBlob=sealed["CiphertextBlob"])["Plaintext"] == b"x"
    assert code_of(user.generate_data_key, KeyId=key["Arn"], KeySpec="AES_256") == "AccessDeniedException"
    stranger = other.user("stranger").client("kms")
    assert code_of(stranger.encrypt, KeyId=key["Arn"], Plaintext=b"x") == "AccessDeniedException"


class Abroad:
    """A user of another account who may do everything there; a key of ours that does not know him, one that denies
    him, and one that is not there."""

    def __init__(self, account, new_account):
        self.other = new_account()
        self.user = self.other.user("guest", {"Effect": "Allow", "Action": "kms:*", "Resource": "*"})
        kms = account.client("kms")
        self.arn = "arn:aws:kms:%s:%s:" % (account.server.region, account.id)
        self.unknown = kms.create_key()["KeyMetadata"]["Arn"]
        self.denied = kms.create_key(Policy=policy(
            allow("arn:aws:iam::%s:root" % account.id, "kms:*"),
            {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::%s:root" % self.other.id}, "Action": "kms:*",
             "Resource": "*"}))["KeyMetadata"]["Arn"]
        self.missing = self.arn + "key/" + NO_KEY
        kms.create_alias(AliasName="alias/ours", TargetKeyId=self.unknown)

    def refused(self, operation, ref, client=None, **arguments):
        """The message less the name of the key."""
        call = getattr(client or self.user.client("kms"), operation)
        error = error_of(call, KeyId=ref, **arguments)
        assert error["Code"] == "AccessDeniedException" and ref in error["Message"], error
        return error["Message"].replace(ref, "KEY")


@pytest.fixture
def abroad(account, new_account):
    return Abroad(account, new_account)


UNTOLD = ("is not authorized to perform: kms:%s on resource: KEY because the resource does not exist in this Region, no "
          "resource-based policies allow access, or a resource-based policy explicitly denies access")


@pytest.mark.parametrize("operation, action, arguments", [
    ("describe_key", "DescribeKey", {}), ("encrypt", "Encrypt", {"Plaintext": b"x"}),
    ("generate_data_key", "GenerateDataKey", {"KeySpec": "AES_256", "EncryptionContext": {"a": "b"}}),
    ("get_key_policy", "GetKeyPolicy", {"PolicyName": "default"}), ("disable_key", "DisableKey", {}),
    ("schedule_key_deletion", "ScheduleKeyDeletion", {}), ("list_resource_tags", "ListResourceTags", {})])
def test_nobody_learns_which_keys_another_account_has(abroad, operation, action, arguments):
    for ref in (abroad.unknown, abroad.denied, abroad.missing, abroad.arn + "alias/ours", abroad.arn + "alias/none"):
        message = abroad.refused(operation, ref, **arguments)
        assert message == "User: arn:aws:iam::%s:user/guest " % abroad.other.id + UNTOLD % action
    stranger = abroad.other.user("stranger").client("kms")
    for ref in (abroad.unknown, abroad.denied, abroad.missing, abroad.arn + "alias/ours", abroad.arn + "alias/none"):
        message = abroad.refused(operation, ref, stranger, **arguments)
        assert message.endswith("because no identity-based policy allows the kms:%s action" % action)


def test_conditions_of_ones_own_policy_tell_nothing_either(abroad):
    user = abroad.other.user("u", {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": {
        "StringEquals": {"kms:EncryptionContext:a": "b"}}}).client("kms")
    for context, end in [({"a": "b"}, UNTOLD % "Encrypt"), ({}, "identity-based policy allows the kms:Encrypt action")]:
        messages = {abroad.refused("encrypt", ref, user, Plaintext=b"x", EncryptionContext=context)
                    for ref in (abroad.unknown, abroad.denied, abroad.missing)}
        assert len(messages) == 1 and messages.pop().endswith(end)


def test_a_ciphertext_tells_nothing_of_its_key(abroad, account, kms, key):
    sealed = kms.encrypt(KeyId=abroad.unknown, Plaintext=b"x")["CiphertextBlob"]
    other_sealed = kms.encrypt(KeyId=key["Arn"], Plaintext=b"x")["CiphertextBlob"]
    nowhere = sealed[:1] + bytes(16) + sealed[17:]
    message = ("The ciphertext refers to a customer master key that does not exist, does not exist in this region, or "
               "you are not allowed to access.")
    guest, elsewhere = abroad.user.client("kms"), account.client("kms", region="eu-west-3")
    for client, blob in [(guest, sealed), (guest, nowhere), (kms, nowhere), (elsewhere, sealed)]:
        assert error_of(client.decrypt, CiphertextBlob=blob) == {"Code": "AccessDeniedException", "Message": message}
    for ref in (abroad.unknown, abroad.missing):
        assert {abroad.refused("decrypt", ref, CiphertextBlob=blob) for blob in (sealed, other_sealed, nowhere)} == {
            "User: arn:aws:iam::%s:user/guest " % abroad.other.id + UNTOLD % "Decrypt"}


def test_a_managed_key_of_another_account_is_no_key_for_all(abroad, account, new_account):
    s3, mine = abroad.other.client("s3"), account.client("s3")
    for client, name in ((s3, "theirs-" + abroad.other.id), (mine, "ours-" + account.id)):
        client.create_bucket(Bucket=name)
    mine.put_object(Bucket="ours-" + account.id, Key="k", Body=b"x", ServerSideEncryption="aws:kms")
    managed = mine.head_object(Bucket="ours-" + account.id, Key="k")["SSEKMSKeyId"]
    for ref in (managed, abroad.arn + "alias/aws/s3", abroad.missing):
        error = error_of(s3.put_object, Bucket="theirs-" + abroad.other.id, Key="k", Body=b"x",
                         ServerSideEncryption="aws:kms", SSEKMSKeyId=ref)
        assert error["Code"] == "AccessDenied" and "kms:GenerateDataKey on resource: " + ref in error["Message"]


@pytest.mark.parametrize("call, arguments, action", [
    ("create_key", {}, "CreateKey"), ("list_keys", {}, "ListKeys"), ("list_aliases", {}, "ListAliases"),
    ("describe_key", {"KeyId": 0}, "DescribeKey"), ("enable_key", {"KeyId": 0}, "EnableKey"),
    ("disable_key", {"KeyId": 0}, "DisableKey"), ("get_key_policy", {"KeyId": 0, "PolicyName": "default"}, "GetKeyPolicy"),
    ("put_key_policy", {"KeyId": 0, "PolicyName": "default", "Policy": policy(allow("*", "kms:*"))}, "PutKeyPolicy"),
    ("schedule_key_deletion", {"KeyId": 0}, "ScheduleKeyDeletion"),
    ("cancel_key_deletion", {"KeyId": 0}, "CancelKeyDeletion"),
    ("generate_data_key", {"KeyId": 0, "KeySpec": "AES_256"}, "GenerateDataKey"),
    ("generate_data_key_without_plaintext", {"KeyId": 0, "KeySpec": "AES_256"},
     "GenerateDataKeyWithoutPlaintext")])
def test_each_operation_needs_its_permission(account, key, call, arguments, action):
    arguments = {name: value or key["KeyId"] for name, value in arguments.items()}
    client = account.user("u").client("kms")
    error = error_of(getattr(client, call), **arguments)
    assert error["Code"] == "AccessDeniedException"
    assert "is not authorized to perform: kms:%s on resource: " % action in error["Message"]


def test_aliases_of_another_accounts_key_are_not_listed(kms, key, new_account):
    kms.create_alias(AliasName="alias/secret-plans", TargetKeyId=key["KeyId"])
    stranger = new_account().client("kms")
    for name in (key["Arn"], key["Arn"].replace(key["KeyId"], NO_KEY), key["KeyId"]):
        assert code_of(stranger.list_aliases, KeyId=name) == "NotFoundException"
    assert [a["AliasName"] for a in kms.list_aliases(KeyId=key["Arn"])["Aliases"]] == ["alias/secret-plans"]


def test_conditions_on_the_tags_of_a_new_key(account):
    user = account.user("u", {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}, {
        "Effect": "Deny", "Action": "kms:CreateKey", "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestTag/env": "prod"}}}).client("kms")
    prod = {"TagKey": "env", "TagValue": "prod"}
    assert user.create_key(Tags=[{"TagKey": "env", "TagValue": "dev"}])
    assert code_of(user.create_key, Tags=[prod]) == "AccessDeniedException"
    many = [{"TagKey": "t%d" % i, "TagValue": ""} for i in range(150)]
    assert code_of(user.create_key, Tags=many + [prod]) == "AccessDeniedException"
    assert code_of(user.create_key, Tags=many + [dict(t, TagKey="u" + t["TagKey"]) for t in many] + [prod]) == (
        "ValidationException")
