"""KMS: HMAC keys."""
import pytest

from errors import code_of, error_of
from kms_support import key, kms  # noqa: F401


@pytest.mark.parametrize("bits", ["224", "256", "384", "512"])
def test_a_mac_is_of_its_message_and_key(kms, bits):
    one, other = [kms.create_key(KeySpec="HMAC_" + bits, KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
                  for _ in range(2)]
    algorithm = "HMAC_SHA_" + bits
    assert one["MacAlgorithms"] == [algorithm]
    about = {"KeyId": one["KeyId"], "Message": b"text", "MacAlgorithm": algorithm}
    made = kms.generate_mac(**about)
    assert (len(made["Mac"]), made["KeyId"], made["MacAlgorithm"]) == (int(bits) // 8, one["Arn"], algorithm)
    assert kms.generate_mac(**about)["Mac"] == made["Mac"]
    assert kms.verify_mac(Mac=made["Mac"], **about)["MacValid"] is True
    for wrong in ({"Message": b"other"}, {"KeyId": other["KeyId"]}, {"Mac": made["Mac"][:-1]},
                  {"Mac": made["Mac"][:-1] + bytes([made["Mac"][-1] ^ 1])}):
        assert code_of(kms.verify_mac, **{**about, "Mac": made["Mac"], **wrong}) == "KMSInvalidMacException"


def test_a_mac_needs_its_kind_of_key(kms, key):
    assert error_of(kms.generate_mac, KeyId=key["KeyId"], Message=b"x", MacAlgorithm="HMAC_SHA_256") == {
        "Code": "InvalidKeyUsageException",
        "Message": "%s key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac." % key["Arn"]}
    mac = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    assert code_of(kms.generate_mac, KeyId=mac["KeyId"], Message=b"x",
                   MacAlgorithm="HMAC_SHA_512") == "InvalidKeyUsageException"


@pytest.mark.parametrize("call, more", [("generate_mac", {}), ("verify_mac", {"Mac": b"x"})])
def test_macs_need_permission_and_an_enabled_key(account, kms, call, more):
    key = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    about = {"KeyId": key["KeyId"], "Message": b"x", "MacAlgorithm": "HMAC_SHA_256", **more}
    nobody = account.user("nobody").client("kms")
    assert code_of(getattr(nobody, call), **about) == "AccessDeniedException"
    kms.disable_key(KeyId=key["KeyId"])
    assert code_of(getattr(kms, call), **about) == "DisabledException"
