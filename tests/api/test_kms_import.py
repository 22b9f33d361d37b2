"""KMS: key material that is made outside, wrapped as the openssl command does it."""
import base64
import datetime
import functools

import pytest

import raw
import wrapping
from errors import code_of, error_of
from kms_support import key, kms  # noqa: F401
from wrapping import openssl

SECRET = bytes(range(32))
OTHER = bytes(range(1, 33))
KEY = "12345678-1234-1234-1234-123456789012"


@pytest.fixture
def wrapped(kms, tmp_path):
    """Makes the arguments of ImportKeyMaterial."""
    return functools.partial(wrapping.wrapped, tmp_path, kms)


FOR_EVER = {"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}


def soon(days=1):
    return {"ExpirationModel": "KEY_MATERIAL_EXPIRES",
            "ValidTo": datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)}


@pytest.fixture
def external(kms):
    made = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]
    assert (made["KeyState"], made["Enabled"], made["Origin"]) == ("PendingImport", False, "EXTERNAL")
    assert "ExpirationModel" not in made
    return made["KeyId"]


@pytest.mark.parametrize("algorithm", ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1",
                                       "RSA_AES_KEY_WRAP_SHA_256"])
def test_a_secret_is_imported_and_used(kms, external, wrapped, algorithm):
    assert code_of(kms.encrypt, KeyId=external, Plaintext=b"x") == "KMSInvalidStateException"
    kms.import_key_material(**wrapped(external, SECRET, algorithm), **FOR_EVER)
    about = kms.describe_key(KeyId=external)["KeyMetadata"]
    assert (about["KeyState"], about["Enabled"], about["ExpirationModel"]) == (
        "Enabled", True, "KEY_MATERIAL_DOES_NOT_EXPIRE")
    text = kms.encrypt(KeyId=external, Plaintext=b"x")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=text)["Plaintext"] == b"x"


@pytest.mark.parametrize("spec", ["RSA_3072", "RSA_4096"])
def test_wrapping_keys_of_other_sizes(kms, external, wrapped, spec):
    kms.import_key_material(**wrapped(external, SECRET, spec=spec), **FOR_EVER)
    assert kms.describe_key(KeyId=external)["KeyMetadata"]["KeyState"] == "Enabled"


def test_the_same_material_comes_back_and_no_other(kms, external, wrapped):
    kms.import_key_material(**wrapped(external, SECRET), **FOR_EVER)
    text = kms.encrypt(KeyId=external, Plaintext=b"x")["CiphertextBlob"]
    kms.delete_imported_key_material(KeyId=external)
    assert kms.describe_key(KeyId=external)["KeyMetadata"]["KeyState"] == "PendingImport"
    assert code_of(kms.decrypt, CiphertextBlob=text) == "KMSInvalidStateException"
    assert code_of(kms.import_key_material, **wrapped(external, OTHER), **FOR_EVER) == "IncorrectKeyMaterialException"
    assert code_of(kms.decrypt, CiphertextBlob=text) == "KMSInvalidStateException"
    kms.import_key_material(**wrapped(external, SECRET), **soon())
    assert kms.decrypt(CiphertextBlob=text)["Plaintext"] == b"x"
    about = kms.describe_key(KeyId=external)["KeyMetadata"]
    assert about["ExpirationModel"] == "KEY_MATERIAL_EXPIRES" and about["ValidTo"]
    kms.delete_imported_key_material(KeyId=external)
    kms.delete_imported_key_material(KeyId=external)  # twice is once


def test_the_bytes_are_the_key(kms, wrapped):
    """An HMAC key that openssl knows too."""
    made = kms.create_key(Origin="EXTERNAL", KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    kms.import_key_material(**wrapped(made["KeyId"], SECRET), **FOR_EVER)
    mac = kms.generate_mac(KeyId=made["KeyId"], Message=b"m", MacAlgorithm="HMAC_SHA_256")["Mac"]
    assert mac == openssl("dgst", "-sha256", "-mac", "hmac", "-macopt", "hexkey:" + SECRET.hex(), "-binary", data=b"m")


@pytest.mark.parametrize("spec, make, algorithm, signing", [
    ("RSA_2048", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "RSA_AES_KEY_WRAP_SHA_256",
     "RSASSA_PKCS1_V1_5_SHA_256"),
    ("ECC_NIST_P256", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "RSAES_OAEP_SHA_256",
     "ECDSA_SHA_256"),
    ("ECC_SECG_P256K1", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
     "RSA_AES_KEY_WRAP_SHA_1", "ECDSA_SHA_256"),
])
def test_private_keys(kms, wrapped, tmp_path, spec, make, algorithm, signing):
    private = openssl(*make, "-outform", "DER")
    pkcs8 = openssl("pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER", data=private)
    public = openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", data=private)
    key = kms.create_key(Origin="EXTERNAL", KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.import_key_material(**wrapped(key, pkcs8, algorithm), **FOR_EVER)
    assert kms.get_public_key(KeyId=key)["PublicKey"] == public
    (tmp_path / "public.der").write_bytes(public)
    (tmp_path / "signature").write_bytes(kms.sign(KeyId=key, Message=b"m", SigningAlgorithm=signing)["Signature"])
    assert b"Verified OK" in openssl("dgst", "-sha256", "-verify", str(tmp_path / "public.der"), "-keyform", "DER",
                                     "-signature", str(tmp_path / "signature"), data=b"m")


@pytest.mark.parametrize("spec, usage, material", [
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", SECRET[:31]),
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", SECRET + b"x"),
    ("HMAC_512", "GENERATE_VERIFY_MAC", SECRET),
    ("ECC_NIST_P256", "SIGN_VERIFY", SECRET),
])
def test_material_that_does_not_fit(kms, wrapped, spec, usage, material):
    key = kms.create_key(Origin="EXTERNAL", KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"]
    assert code_of(kms.import_key_material, **wrapped(key, material), **FOR_EVER) == "IncorrectKeyMaterialException"
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingImport"


def test_a_private_key_of_another_kind_does_not_fit(kms, wrapped):
    key = kms.create_key(Origin="EXTERNAL", KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    for curve in ["P-384", "secp256k1"]:
        der = openssl("pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER", data=openssl(
            "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve, "-outform", "DER"))
        assert code_of(kms.import_key_material, **wrapped(key, der, "RSA_AES_KEY_WRAP_SHA_256"),
                       **FOR_EVER) == "IncorrectKeyMaterialException"


def change(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


@pytest.mark.parametrize("algorithm", ["RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_256"])
def test_wrapped_bytes_that_were_changed(kms, external, wrapped, algorithm):
    good = wrapped(external, SECRET, algorithm)
    sealed = good["EncryptedKeyMaterial"]
    for bad in [change(sealed, 0), change(sealed, len(sealed) - 1), sealed[:-1], sealed[:255], b"x"]:
        assert code_of(kms.import_key_material, **{**good, "EncryptedKeyMaterial": bad}, **FOR_EVER) == (
            "InvalidCiphertextException")
    kms.import_key_material(**good, **FOR_EVER)


def test_parameters_are_good_for_a_day(kms, external):
    found = kms.get_parameters_for_import(KeyId=external, WrappingAlgorithm="RSAES_OAEP_SHA_256",
                                          WrappingKeySpec="RSA_2048")
    left = found["ParametersValidTo"] - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(hours=23) < left <= datetime.timedelta(hours=24)


def test_a_token_is_for_one_key(kms, external, wrapped):
    other = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"]
    good = wrapped(external, SECRET)
    for bad in [{"KeyId": other}, {"ImportToken": change(good["ImportToken"], 40)}, {"ImportToken": b"x"}]:
        assert code_of(kms.import_key_material, **{**good, **bad}, **FOR_EVER) == "InvalidImportTokenException"


@pytest.mark.parametrize("expiry", [
    {"ExpirationModel": "KEY_MATERIAL_EXPIRES"}, {}, {**soon(), "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"},
    soon(-1), soon(366)])
def test_expiry_that_cannot_be(kms, external, wrapped, expiry):
    assert code_of(kms.import_key_material, **wrapped(external, SECRET), **expiry) == "ValidationException"


def test_only_keys_of_external_origin(kms, key, external):
    for call, more in [(kms.get_parameters_for_import, {"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"}),
                       (kms.delete_imported_key_material, {}),
                       (kms.import_key_material, {"ImportToken": b"x", "EncryptedKeyMaterial": b"x", **FOR_EVER})]:
        error = error_of(call, KeyId=key["KeyId"], **more)
        assert (error["Code"], error["Message"]) == ("UnsupportedOperationException", "%s origin is AWS_KMS which is not "
                                                     "valid for this operation." % key["Arn"])
        assert code_of(call, KeyId=KEY, **more) == "NotFoundException"
    kms.schedule_key_deletion(KeyId=external, PendingWindowInDays=7)
    assert code_of(kms.get_parameters_for_import, KeyId=external, WrappingAlgorithm="RSAES_OAEP_SHA_256",
                   WrappingKeySpec="RSA_2048") == "KMSInvalidStateException"
    kms.cancel_key_deletion(KeyId=external)
    assert kms.describe_key(KeyId=external)["KeyMetadata"]["KeyState"] == "PendingImport"


@pytest.mark.parametrize("operation", ["enable_key", "disable_key", "generate_data_key_without_plaintext"])
def test_a_key_that_waits_cannot(kms, external, operation):
    more = {"KeySpec": "AES_256"} if "data" in operation else {}
    assert code_of(getattr(kms, operation), KeyId=external, **more) == "KMSInvalidStateException"


def test_imported_keys_do_not_rotate(kms, external, wrapped):
    kms.import_key_material(**wrapped(external, SECRET), **FOR_EVER)
    assert code_of(kms.enable_key_rotation, KeyId=external) == "UnsupportedOperationException"


def test_a_private_key_of_rsa_needs_the_wrap_of_two_steps(kms):
    key = kms.create_key(Origin="EXTERNAL", KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    assert code_of(kms.get_parameters_for_import, KeyId=key, WrappingAlgorithm="RSAES_OAEP_SHA_256",
                   WrappingKeySpec="RSA_2048") == "ValidationException"
    assert code_of(kms.get_parameters_for_import, KeyId=key, WrappingAlgorithm="RSAES_PKCS1_V1_5",
                   WrappingKeySpec="RSA_2048") == "UnsupportedOperationException"


def test_new_members_that_are_not_supported_say_so(account, kms, external, wrapped):
    good = wrapped(external, SECRET)
    body = {"KeyId": external, **FOR_EVER, **{
        name: base64.b64encode(good[name]).decode() for name in ("ImportToken", "EncryptedKeyMaterial")}}
    for more, code in [({"KeyMaterialDescription": "d"}, "UnsupportedOperationException"),
                       ({"KeyMaterialId": "0" * 64}, "IncorrectKeyMaterialException")]:
        answer = raw.json_call(account, "kms", "TrentService.ImportKeyMaterial", {**body, **more})
        assert (answer.status, answer.json["__type"]) == (400, code)
    answer = raw.json_call(account, "kms", "TrentService.ImportKeyMaterial", {**body, "ImportType": "NEW_KEY_MATERIAL"})
    assert answer.status == 200 and len(answer.json["KeyMaterialId"]) == 64, answer.body


def test_material_is_in_no_record(account, kms, external, wrapped):
    good = wrapped(external, SECRET)
    kms.import_key_material(**good, **FOR_EVER)
    events = account.client("cloudtrail").lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "ImportKeyMaterial"}])["Events"]
    [text] = [event["CloudTrailEvent"] for event in events]
    assert base64.b64encode(good["EncryptedKeyMaterial"]).decode() not in text and "importToken" not in text
