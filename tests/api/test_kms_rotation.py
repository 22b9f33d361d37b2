"""KMS: rotation on demand, and what is said of rotation by itself (tests/time waits for it)."""
import time

import pytest

import raw
from errors import code_of
from kms_support import key, kms  # noqa: F401


def ask(account, operation, key, **arguments):
    """Newer than botocore: the answer, or the code and the message of the error."""
    answer = raw.json_call(account, "kms", "TrentService." + operation, {"KeyId": key["KeyId"], **arguments})
    if answer.status == 200:
        return answer.json if answer.body else None
    return answer.json["__type"], answer.json.get("message", answer.json.get("Message"))


def rotations(account, key, **arguments):
    return ask(account, "ListKeyRotations", key, **arguments)["Rotations"]


def test_rotation_is_planned_and_given_up(account, key):
    assert ask(account, "GetKeyRotationStatus", key)["KeyRotationEnabled"] is False
    for arguments, days in (({}, 365), ({"RotationPeriodInDays": 90}, 90)):
        ask(account, "EnableKeyRotation", key, **arguments)
        status = ask(account, "GetKeyRotationStatus", key)
        assert (status["KeyRotationEnabled"], status["RotationPeriodInDays"], status["KeyId"]) == (
            True, days, key["Arn"])
        assert days - 1 < (status["NextRotationDate"] - time.time()) / 86400 < days + 1
    ask(account, "DisableKeyRotation", key)
    status = ask(account, "GetKeyRotationStatus", key)
    assert status["KeyRotationEnabled"] is False and "NextRotationDate" not in status


@pytest.mark.parametrize("days", [89, 2561])
def test_rotation_periods_that_are_refused(account, key, days):
    code, _ = ask(account, "EnableKeyRotation", key, RotationPeriodInDays=days)
    assert code == "ValidationException"
    assert ask(account, "GetKeyRotationStatus", key)["KeyRotationEnabled"] is False


def test_old_ciphertexts_still_open_after_rotation(account, kms, key):
    sealed = [kms.encrypt(KeyId=key["KeyId"], Plaintext=b"0")["CiphertextBlob"]]
    for i in range(1, 4):
        assert ask(account, "RotateKeyOnDemand", key)["KeyId"] == key["Arn"]
        sealed.append(kms.encrypt(KeyId=key["KeyId"], Plaintext=b"%d" % i)["CiphertextBlob"])
    for i, each in enumerate(sealed):
        assert kms.decrypt(CiphertextBlob=each)["Plaintext"] == b"%d" % i
        other = bytearray(each)
        other[20] ^= 7  # the number of the material
        assert code_of(kms.decrypt, CiphertextBlob=bytes(other)) == "InvalidCiphertextException"
    first = ask(account, "ListKeyRotations", key, Limit=2)
    rest = ask(account, "ListKeyRotations", key, Limit=2, Marker=first["NextMarker"])
    assert [[r["RotationType"] for r in page["Rotations"]] for page in (first, rest)] == [
        ["ON_DEMAND"] * 2, ["ON_DEMAND"]]
    assert (first["Truncated"], rest["Truncated"]) == (True, False)
    everything = rotations(account, key, IncludeKeyMaterial="ALL_KEY_MATERIAL")
    assert [r["KeyMaterialState"] for r in everything] == ["NON_CURRENT"] * 3 + ["CURRENT"]
    assert len({r["KeyMaterialId"] for r in everything}) == 4
    assert ask(account, "ListKeyRotations", key, Marker="nonsense")[0] == "InvalidMarkerException"


def test_rotations_on_demand_have_an_end(account, key):
    for _ in range(25):
        ask(account, "RotateKeyOnDemand", key)
    assert ask(account, "RotateKeyOnDemand", key)[0] == "LimitExceededException"
    assert len(rotations(account, key)) == 25


CHANGES = ["EnableKeyRotation", "DisableKeyRotation", "RotateKeyOnDemand"]
ALL = CHANGES + ["GetKeyRotationStatus", "ListKeyRotations"]


@pytest.mark.parametrize("operation", ALL)
def test_only_symmetric_keys_rotate(account, kms, operation):
    mac = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    assert ask(account, operation, mac) == (
        "UnsupportedOperationException",
        "%s key spec is HMAC_256 which is not valid for this operation." % mac["Arn"])


@pytest.mark.parametrize("operation", CHANGES)
def test_a_key_that_is_not_enabled_does_not_rotate(account, kms, key, operation):
    kms.disable_key(KeyId=key["KeyId"])
    assert ask(account, operation, key)[0] == "DisabledException"
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    assert ask(account, operation, key)[0] == "KMSInvalidStateException"


@pytest.mark.parametrize("operation", ALL)
def test_rotation_needs_permission(account, key, operation):
    code, message = ask(account.user("nobody"), operation, key)
    assert code == "AccessDeniedException" and key["Arn"] in message
    assert rotations(account, key) == []
