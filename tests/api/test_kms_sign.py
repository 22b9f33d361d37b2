"""KMS: asymmetric keys, verified by another library, and what it signs and encrypts by ours."""
import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from errors import code_of, error_of
from kms_support import key, kms  # noqa: F401

HASHES = {"1": hashes.SHA1, "256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}
RSA_ALGORITHMS = ["RSASSA_%s_SHA_%s" % (kind, bits) for kind in ("PKCS1_V1_5", "PSS") for bits in (256, 384, 512)]
CURVES = {"ECC_NIST_P256": ("ECDSA_SHA_256", ec.SECP256R1), "ECC_NIST_P384": ("ECDSA_SHA_384", ec.SECP384R1),
          "ECC_NIST_P521": ("ECDSA_SHA_512", ec.SECP521R1), "ECC_SECG_P256K1": ("ECDSA_SHA_256", ec.SECP256K1)}
MESSAGE = b"to whom it may concern"


def new_key(kms, spec, usage="SIGN_VERIFY"):
    return kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]


def public_key(kms, key):
    return serialization.load_der_public_key(kms.get_public_key(KeyId=key["KeyId"])["PublicKey"])


def verify_elsewhere(public, signature, message, algorithm):
    digest = HASHES[algorithm.rsplit("_", 1)[1]]()
    if algorithm.startswith("ECDSA"):
        return public.verify(signature, message, ec.ECDSA(digest))
    pad = padding.PSS(padding.MGF1(digest), digest.digest_size) if "PSS" in algorithm else padding.PKCS1v15()
    return public.verify(signature, message, pad, digest)


def digest_of(algorithm, message):
    return hashlib.new("sha" + algorithm.rsplit("_", 1)[1], message).digest()


@pytest.mark.parametrize("spec, algorithms", [
    ("RSA_2048", RSA_ALGORITHMS), ("RSA_3072", RSA_ALGORITHMS[:1]), ("RSA_4096", RSA_ALGORITHMS[-1:]),
    *[(spec, [algorithm]) for spec, (algorithm, _) in CURVES.items()]])
def test_signatures_are_good_elsewhere_and_here(kms, spec, algorithms):
    key = new_key(kms, spec)
    public = public_key(kms, key)
    for algorithm in algorithms:
        for kind, message in (("RAW", MESSAGE), ("DIGEST", digest_of(algorithm, MESSAGE))):
            about = {"KeyId": key["KeyId"], "Message": message, "MessageType": kind, "SigningAlgorithm": algorithm}
            signed = kms.sign(**about)
            assert (signed["KeyId"], signed["SigningAlgorithm"]) == (key["Arn"], algorithm)
            verify_elsewhere(public, signed["Signature"], MESSAGE, algorithm)
            with pytest.raises(InvalidSignature):
                verify_elsewhere(public, signed["Signature"], MESSAGE + b"!", algorithm)
            assert kms.verify(Signature=signed["Signature"], **about)["SignatureValid"] is True
            changed = bytes([signed["Signature"][0] ^ 1]) + signed["Signature"][1:]
            for wrong in ({"Signature": changed}, {"Signature": b"x"},
                          {"Message": b"?" * len(message), "Signature": signed["Signature"]}):
                assert code_of(kms.verify, **{**about, **wrong}) == "KMSInvalidSignatureException"


@pytest.mark.parametrize("spec", ["RSA_2048", "RSA_3072", *CURVES])
def test_a_public_key_says_what_it_is(kms, spec):
    key = new_key(kms, spec)
    answer = kms.get_public_key(KeyId=key["Arn"])
    public = public_key(kms, key)
    if spec.startswith("RSA"):
        assert isinstance(public, rsa.RSAPublicKey) and "RSA_%d" % public.key_size == spec
        assert sorted(key["SigningAlgorithms"]) == sorted(RSA_ALGORITHMS)
    else:
        assert isinstance(public.curve, CURVES[spec][1])
        assert key["SigningAlgorithms"] == [CURVES[spec][0]]
    assert (answer["KeyId"], answer["KeySpec"], answer["KeyUsage"], answer["SigningAlgorithms"]) == (
        key["Arn"], spec, "SIGN_VERIFY", key["SigningAlgorithms"])
    assert "EncryptionAlgorithms" not in answer and "EncryptionAlgorithms" not in key


@pytest.mark.parametrize("algorithm, room", [("RSAES_OAEP_SHA_1", 214), ("RSAES_OAEP_SHA_256", 190)])
def test_what_is_encrypted_elsewhere_is_decrypted_here(kms, algorithm, room):
    key = new_key(kms, "RSA_2048", "ENCRYPT_DECRYPT")
    digest = HASHES[algorithm.rsplit("_", 1)[1]]
    oaep = padding.OAEP(padding.MGF1(digest()), digest(), None)
    about = {"KeyId": key["KeyId"], "EncryptionAlgorithm": algorithm}
    there = public_key(kms, key).encrypt(b"secret", oaep)
    assert kms.decrypt(CiphertextBlob=there, **about)["Plaintext"] == b"secret"
    here = kms.encrypt(Plaintext=b"x" * room, **about)["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=here, **about)["Plaintext"] == b"x" * room
    assert code_of(kms.encrypt, Plaintext=b"x" * (room + 1), **about) == "ValidationException"
    assert code_of(kms.decrypt, CiphertextBlob=here[:-1] + bytes([here[-1] ^ 1]),
                   **about) == "InvalidCiphertextException"
    assert code_of(kms.decrypt, CiphertextBlob=here, EncryptionAlgorithm=algorithm) == "ValidationException"
    assert code_of(kms.encrypt, Plaintext=b"x", EncryptionContext={"a": "b"}, **about) == "ValidationException"


def test_a_ciphertext_moves_from_an_asymmetric_key(kms, key):
    pair = new_key(kms, "RSA_2048", "ENCRYPT_DECRYPT")
    sealed = kms.encrypt(KeyId=pair["KeyId"], Plaintext=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_256")
    moved = kms.re_encrypt(CiphertextBlob=sealed["CiphertextBlob"], SourceKeyId=pair["KeyId"],
                           SourceEncryptionAlgorithm="RSAES_OAEP_SHA_256", DestinationKeyId=key["KeyId"])
    assert kms.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"] == b"x"


@pytest.mark.parametrize("spec", ["RSA_2048", "ECC_NIST_P384", "ECC_SECG_P256K1"])
def test_data_key_pairs(kms, key, spec):
    context = {"for": "test"}
    made = kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec=spec, EncryptionContext=context)
    blind = kms.generate_data_key_pair_without_plaintext(KeyId=key["KeyId"], KeyPairSpec=spec)
    assert "PrivateKeyPlaintext" not in blind
    opened = kms.decrypt(CiphertextBlob=made["PrivateKeyCiphertextBlob"], EncryptionContext=context)["Plaintext"]
    assert opened == made["PrivateKeyPlaintext"]
    hidden = kms.decrypt(CiphertextBlob=blind["PrivateKeyCiphertextBlob"])["Plaintext"]
    for private, answer in ((opened, made), (hidden, blind)):
        public = serialization.load_der_private_key(private, None).public_key()
        assert public.public_bytes(serialization.Encoding.DER,
                                   serialization.PublicFormat.SubjectPublicKeyInfo) == answer["PublicKey"]
        assert (answer["KeyId"], answer["KeyPairSpec"]) == (key["Arn"], spec)
    assert opened != hidden


def test_a_key_is_used_for_what_it_was_made_for_only(kms, key):
    signer = new_key(kms, "RSA_2048")
    sealed = error_of(kms.encrypt, KeyId=signer["KeyId"], Plaintext=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_1")
    assert sealed == {"Code": "InvalidKeyUsageException", "Message":
                      "%s key usage is SIGN_VERIFY which is not valid for Encrypt." % signer["Arn"]}
    assert code_of(kms.sign, KeyId=key["KeyId"], Message=b"x",
                   SigningAlgorithm="ECDSA_SHA_256") == "InvalidKeyUsageException"
    assert error_of(kms.sign, KeyId=signer["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256") == {
        "Code": "InvalidKeyUsageException",
        "Message": "Algorithm ECDSA_SHA_256 is incompatible with key spec RSA_2048."}
    assert error_of(kms.sign, KeyId=signer["KeyId"], Message=b"x", MessageType="DIGEST",
                    SigningAlgorithm="RSASSA_PSS_SHA_256") == {
        "Code": "ValidationException", "Message": "Digest is invalid length for algorithm RSASSA_PSS_SHA_256."}
    assert code_of(kms.get_public_key, KeyId=key["KeyId"]) == "UnsupportedOperationException"
    pair = new_key(kms, "RSA_2048", "ENCRYPT_DECRYPT")
    assert code_of(kms.generate_data_key, KeyId=pair["KeyId"], KeySpec="AES_256") == "InvalidKeyUsageException"


def test_a_disabled_pair_neither_signs_nor_verifies(kms):
    key = new_key(kms, "ECC_NIST_P256")
    about = {"KeyId": key["KeyId"], "Message": MESSAGE, "SigningAlgorithm": "ECDSA_SHA_256"}
    signature = kms.sign(**about)["Signature"]
    kms.disable_key(KeyId=key["KeyId"])
    for call, more in ((kms.sign, {}), (kms.verify, {"Signature": signature})):
        assert code_of(call, **about, **more) == "DisabledException"


@pytest.mark.parametrize("call, arguments", [
    ("sign", {"Message": b"x", "SigningAlgorithm": "ECDSA_SHA_256"}),
    ("verify", {"Message": b"x", "SigningAlgorithm": "ECDSA_SHA_256", "Signature": b"x"}),
    ("get_public_key", {}),
    ("generate_data_key_pair", {"KeyPairSpec": "ECC_NIST_P256"}),
    ("generate_data_key_pair_without_plaintext", {"KeyPairSpec": "ECC_NIST_P256"})])
def test_pairs_need_permission(account, kms, call, arguments):
    key = new_key(kms, "ECC_NIST_P256")
    error = error_of(getattr(account.user("nobody").client("kms"), call), KeyId=key["KeyId"], **arguments)
    assert error["Code"] == "AccessDeniedException" and key["Arn"] in error["Message"]


def test_conditions_on_the_signing_algorithm(account, kms):
    key = new_key(kms, "RSA_2048")
    user = account.user("u", {"Effect": "Allow", "Action": "kms:Sign", "Resource": key["Arn"], "Condition": {
        "StringEquals": {"kms:SigningAlgorithm": "RSASSA_PSS_SHA_256"}}}).client("kms")
    user.sign(KeyId=key["KeyId"], Message=b"x", SigningAlgorithm="RSASSA_PSS_SHA_256")
    assert code_of(user.sign, KeyId=key["KeyId"], Message=b"x",
                   SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256") == "AccessDeniedException"


def test_the_private_half_of_a_data_key_pair_signs_elsewhere(kms, key):
    """A data key pair's private key signs outside; nothing but the mathematics is shared."""
    made = kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="ECC_NIST_P256")
    private = serialization.load_der_private_key(made["PrivateKeyPlaintext"], None)
    digest = hashlib.sha256(MESSAGE).digest()
    signature = private.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    verify_elsewhere(serialization.load_der_public_key(made["PublicKey"]), signature, MESSAGE, "ECDSA_SHA_256")
