"""KMS: keys that agree on a secret (ECDH). The other side is the cryptography package's."""
import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

import raw
from waiting import wait_for

CURVES = {"ECC_NIST_P256": ec.SECP256R1(), "ECC_NIST_P384": ec.SECP384R1(), "ECC_NIST_P521": ec.SECP521R1()}


def call(who, operation, **arguments):
    answer = raw.json_call(who, "kms", "TrentService." + operation, arguments)
    return answer.status, json.loads(answer.body or b"null")


def made(account, spec="ECC_NIST_P256", usage="KEY_AGREEMENT"):
    status, body = call(account, "CreateKey", KeySpec=spec, KeyUsage=usage)
    assert status == 200, body
    return body["KeyMetadata"]


def der(key):
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def derive(who, key_id, other, **more):
    return call(who, "DeriveSharedSecret", KeyId=key_id, KeyAgreementAlgorithm="ECDH", PublicKey=other, **more)


@pytest.mark.parametrize("spec", CURVES)
def test_both_sides_reach_the_same_secret(account, spec):
    key, other = made(account, spec), ec.generate_private_key(CURVES[spec])
    assert (key["KeyUsage"], key["KeyAgreementAlgorithms"]) == ("KEY_AGREEMENT", ["ECDH"])
    _, shown = call(account, "GetPublicKey", KeyId=key["KeyId"])
    assert (shown["KeyUsage"], shown["KeyAgreementAlgorithms"]) == ("KEY_AGREEMENT", ["ECDH"])
    status, answer = derive(account, key["KeyId"], der(other))
    assert status == 200
    ours = other.exchange(ec.ECDH(), load_der_public_key(base64.b64decode(shown["PublicKey"])))
    assert base64.b64decode(answer["SharedSecret"]) == ours
    assert (answer["KeyId"], answer["KeyAgreementAlgorithm"], answer["KeyOrigin"]) == (key["Arn"], "ECDH", "AWS_KMS")


def test_two_keys_agree(account):
    one, two = made(account), made(account)
    public = [call(account, "GetPublicKey", KeyId=key["KeyId"])[1]["PublicKey"] for key in (one, two)]
    secrets = {derive(account, key["KeyId"], other)[1]["SharedSecret"] for key, other in ((one, public[1]), (two, public[0]))}
    assert len(secrets) == 1


def test_public_keys_that_are_none(account):
    key = made(account)["KeyId"]
    for other in [der(ec.generate_private_key(ec.SECP384R1())), der(ec.generate_private_key(ec.SECP256K1())),
                  base64.b64encode(b"no key").decode()]:
        status, body = derive(account, key, other)
        assert (status, body["__type"].split("#")[-1]) == (400, "ValidationException")


def test_a_point_that_is_not_on_the_curve(account):
    point = bytearray(base64.b64decode(der(ec.generate_private_key(ec.SECP256R1()))))
    point[-1] ^= 1
    status, body = derive(account, made(account)["KeyId"], base64.b64encode(bytes(point)).decode())
    assert (status, body["__type"].split("#")[-1]) == (400, "ValidationException")


def test_what_is_refused(account):
    other = der(ec.generate_private_key(ec.SECP256R1()))
    agreeing, signing = made(account), made(account, usage="SIGN_VERIFY")

    def code(answer):
        assert answer[0] == 400, answer
        return answer[1]["__type"].split("#")[-1]
    assert code(derive(account, signing["KeyId"], other)) == "InvalidKeyUsageException"
    assert code(call(account, "Sign", KeyId=agreeing["KeyId"], Message="eA==", SigningAlgorithm="ECDSA_SHA_256")) == (
        "InvalidKeyUsageException")
    assert code(call(account, "CreateKey", KeySpec="ECC_SECG_P256K1", KeyUsage="KEY_AGREEMENT")) == "ValidationException"
    assert code(call(account, "CreateKey", KeySpec="RSA_2048", KeyUsage="KEY_AGREEMENT")) == "ValidationException"
    assert code(derive(account, agreeing["KeyId"], other, DryRun=True)) == "DryRunOperationException"
    assert code(derive(account, agreeing["KeyId"], other, Recipient={"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256",
                                                                     "AttestationDocument": "eA=="})) == (
        "UnsupportedOperationException")
    assert code(derive(account.user("nobody"), agreeing["KeyId"], other)) == "AccessDeniedException"
    call(account, "DisableKey", KeyId=agreeing["KeyId"])
    assert code(derive(account, agreeing["KeyId"], other)) == "DisabledException"


def test_permission_by_condition_and_by_grant(account):
    key, other = made(account)["KeyId"], der(ec.generate_private_key(ec.SECP256R1()))
    for algorithm, status in [("ECDH", 200), ("OTHER", 400)]:
        user = account.user("u" + algorithm, {
            "Effect": "Allow", "Action": "kms:DeriveSharedSecret", "Resource": "*",
            "Condition": {"StringEquals": {"kms:KeyAgreementAlgorithm": algorithm}}})
        assert derive(user, key, other)[0] == status
    grantee = account.user("grantee")
    assert derive(grantee, key, other)[0] == 400
    status, body = call(account, "CreateGrant", KeyId=key, Operations=["DeriveSharedSecret", "GetPublicKey"],
                        GranteePrincipal="arn:aws:iam::%s:user/grantee" % account.id)
    assert status == 200, body
    assert derive(grantee, key, other)[0] == 200
    assert call(account, "CreateGrant", KeyId=key, Operations=["Sign"],
                GranteePrincipal="arn:aws:iam::%s:user/grantee" % account.id)[0] == 400


def test_the_secret_is_not_in_the_trail(account):
    key, other = made(account)["KeyId"], der(ec.generate_private_key(ec.SECP256R1()))
    secret = derive(account, key, other)[1]["SharedSecret"]
    trail = account.client("cloudtrail")
    [event] = wait_for(lambda: trail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "DeriveSharedSecret"}])["Events"], "the event")
    assert secret not in event["CloudTrailEvent"] and key in event["CloudTrailEvent"]
