"""KMS: re-encryption, random bytes, dry runs."""
import pytest

from errors import code_of, error_of
from kms_support import key, kms  # noqa: F401


def test_random_bytes_are_as_many_as_asked_for_and_never_the_same(kms):
    once = kms.generate_random(NumberOfBytes=32)["Plaintext"]
    assert len(once) == 32
    assert kms.generate_random(NumberOfBytes=32)["Plaintext"] != once


def test_random_bytes_are_refused_beyond_the_limit_and_without_permission(account):
    some = account.user("reader")
    assert code_of(some.client("kms").generate_random, NumberOfBytes=8) == "AccessDeniedException"
    assert code_of(account.client("kms", validate=False).generate_random,
                   NumberOfBytes=1025) == "ValidationException"


def test_a_ciphertext_moves_to_another_key_and_context(kms, key):
    other = kms.create_key()["KeyMetadata"]
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"a": "1"})["CiphertextBlob"]
    moved = kms.re_encrypt(CiphertextBlob=sealed, SourceEncryptionContext={"a": "1"},
                           DestinationKeyId=other["KeyId"], DestinationEncryptionContext={"b": "2"})
    assert (moved["SourceKeyId"], moved["KeyId"]) == (key["Arn"], other["Arn"])
    assert moved["SourceEncryptionAlgorithm"] == moved["DestinationEncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"
    opened = kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], EncryptionContext={"b": "2"})
    assert (opened["Plaintext"], opened["KeyId"]) == (b"x", other["Arn"])
    assert code_of(kms.decrypt, CiphertextBlob=moved["CiphertextBlob"],
                   EncryptionContext={"a": "1"}) == "InvalidCiphertextException"


def test_a_ciphertext_moves_only_with_its_key_and_context(kms, key):
    other = kms.create_key()["KeyMetadata"]
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"a": "1"})["CiphertextBlob"]
    assert code_of(kms.re_encrypt, CiphertextBlob=sealed,
                   DestinationKeyId=other["KeyId"]) == "InvalidCiphertextException"
    assert code_of(kms.re_encrypt, CiphertextBlob=sealed, SourceEncryptionContext={"a": "1"},
                   SourceKeyId=other["KeyId"], DestinationKeyId=other["KeyId"]) == "IncorrectKeyException"
    kms.disable_key(KeyId=other["KeyId"])
    assert error_of(kms.re_encrypt, CiphertextBlob=sealed, SourceEncryptionContext={"a": "1"},
                    DestinationKeyId=other["KeyId"]) == {
        "Code": "DisabledException", "Message": "%s is disabled." % other["Arn"]}


@pytest.mark.parametrize("missing", ["From", "To"])
def test_moving_a_ciphertext_needs_permission_on_both_keys(account, kms, key, missing):
    other = kms.create_key()["KeyMetadata"]
    sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    rights = {"From": key["Arn"], "To": other["Arn"]}
    lacks = rights.pop(missing)
    user = account.user("u", *[{"Effect": "Allow", "Action": "kms:ReEncrypt" + way, "Resource": arn}
                               for way, arn in rights.items()]).client("kms")
    error = error_of(user.re_encrypt, CiphertextBlob=sealed, DestinationKeyId=other["KeyId"])
    assert error["Code"] == "AccessDeniedException"
    assert "perform: kms:ReEncrypt%s on resource: %s " % (missing, lacks) in error["Message"]
