"""What a running server's memory holds once a secret was used: nothing of it.

Without TLS: GnuTLS does not wipe the records that it has decrypted (docs/security.md).
"""
import base64
import json
import os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
import pytest

import memory
from postgresql import new_database
import raw
from servers import Server, binary
from waiting import wait_for


class Watched:
    """A server of this test's own, whose memory it may read."""

    def __init__(self, server):
        self.server, self.account = server, server.new_account()

    def call(self, service, target, **body):
        answer = raw.json_call(self.account, service, target, body)
        assert answer.status == 200, answer.body
        return json.loads(answer.body or b"null")

    def kms(self, operation, **body):
        return self.call("kms", "TrentService." + operation, **body)

    def find(self, needles):
        return memory.find(self.server.process.pid, needles)

    def forgets(self, **needles):
        wait_for(lambda: not self.find(needles), lambda: "these to be wiped: %s" % self.find(needles))


def forms(secret):
    return {"raw": secret, "base64": base64.b64encode(secret)}


@pytest.fixture(scope="module")
def watched(database_url):
    server = Server(binary(), database_url and new_database(database_url), ["--workers", "0", "--tls", "off"])
    yield Watched(server)
    server.stop(keep_log=False)


def test_what_is_looked_for_would_be_found(watched):
    """An access key is kept while it is in use, so it is there; this test can fail."""
    secret = watched.account.secret
    watched.kms("ListKeys")
    assert watched.find({"secret": secret.encode()})


def test_plaintexts_and_data_keys(watched):
    key = watched.kms("CreateKey")["KeyMetadata"]["KeyId"]
    data_key = base64.b64decode(watched.kms("GenerateDataKey", KeyId=key, KeySpec="AES_256")["Plaintext"])
    watched.forgets(**forms(data_key))
    for length in [40, 3900]:
        plain = os.urandom(length)
        sealed = watched.kms("Encrypt", KeyId=key, Plaintext=base64.b64encode(plain).decode())["CiphertextBlob"]
        watched.forgets(**forms(plain))
        assert base64.b64decode(watched.kms("Decrypt", CiphertextBlob=sealed)["Plaintext"]) == plain
        watched.forgets(**forms(plain))


def test_imported_key_material(watched):
    key = watched.kms("CreateKey", Origin="EXTERNAL")["KeyMetadata"]["KeyId"]
    material = os.urandom(32)
    given = watched.kms("GetParametersForImport", KeyId=key, WrappingKeySpec="RSA_2048", WrappingAlgorithm="RSAES_OAEP_SHA_256")
    public = serialization.load_der_public_key(base64.b64decode(given["PublicKey"]))
    wrapped = public.encrypt(material, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
    watched.kms("ImportKeyMaterial", KeyId=key, ImportToken=given["ImportToken"],
                EncryptedKeyMaterial=base64.b64encode(wrapped).decode(), ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE")
    watched.forgets(**forms(material))
    sealed = watched.kms("Encrypt", KeyId=key, Plaintext="eA==")["CiphertextBlob"]
    assert watched.kms("Decrypt", CiphertextBlob=sealed)["Plaintext"] == "eA=="
    watched.forgets(**forms(material))


def test_private_keys(watched):
    key = watched.kms("CreateKey")["KeyMetadata"]["KeyId"]
    for spec in ["RSA_2048", "ECC_NIST_P256"]:
        der = base64.b64decode(watched.kms("GenerateDataKeyPair", KeyId=key, KeyPairSpec=spec)["PrivateKeyPlaintext"])
        numbers = serialization.load_der_private_key(der, None).private_numbers()
        secret, size = (numbers.p, 128) if spec == "RSA_2048" else (numbers.private_value, 32)
        watched.forgets(der=der[36:68] if size == 32 else der[300:400], base64=base64.b64encode(der)[60:90],
                        big=secret.to_bytes(size, "big"), little=secret.to_bytes(size, "little"))


def test_parameters(watched):
    value = base64.b64encode(os.urandom(30)).decode()
    watched.call("ssm", "AmazonSSM.PutParameter", Name="/memory", Value=value, Type="SecureString")
    watched.forgets(value=value.encode())
    got = watched.call("ssm", "AmazonSSM.GetParameter", Name="/memory", WithDecryption=True)
    assert got["Parameter"]["Value"] == value
    watched.forgets(value=value.encode())


@pytest.mark.parametrize("length", [30, 12000, 40000])
def test_secrets(watched, length):
    value, name = base64.b64encode(os.urandom(length)).decode(), "memory-%d" % length
    parts = {"begin": value[:40].encode(), "middle": value[len(value) // 2 - 20:][:40].encode(), "end": value[-40:].encode()}
    watched.call("secretsmanager", "secretsmanager.CreateSecret", Name=name, SecretString=value,
                 ClientRequestToken=("%032d" % length))
    watched.forgets(**parts)
    got = watched.call("secretsmanager", "secretsmanager.GetSecretValue", SecretId=name)
    assert got["SecretString"] == value
    watched.forgets(**parts)
