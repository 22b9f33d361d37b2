"""KMS: a database of the first schema, with what a server of that time had sealed, is taken over."""
import base64
import pathlib
import sqlite3
import subprocess

import pytest

import raw
from errors import code_of
from kms_support import allow, policy
from postgresql import new_database
from servers import ROOT, Server, binary

# Made by a server whose kms schema was at step 1.
MASTER_KEY = "dbdd050bf27a9851097f8ac14fa6b673f9e1a1b8fd76726ceaeabf0b54795a49\n"
KEY = "d1294864-35f4-4d10-9cdb-2205664f2b95"
MATERIAL = ("0100000001b5e2009d037f872c566b6602ff7438817fdcc73bc92c3620f781c61d786d03651d84465edefe6675f57ec4e376604f"
            "12e0c648967cd30cc050275c4c")
CIPHERTEXT = base64.b64decode("AdEpSGQ19E0QnNsiBWZPK5VFwr3agGDps7TkShD/tcjqVTZ0p7yUdAv3Vv7OrZ1fAg==")
CONTEXT = {"for": "later"}


def first_step():
    schema = (ROOT / "src/services/kms/schema.sql").read_text()
    return schema[schema.index("-- step 1\n"):schema.index("-- step 2\n")]


@pytest.fixture
def old(request, database_url, tmp_path):
    """An account on a server that has found this database."""
    master_key = tmp_path / "master.key"
    master_key.write_text(MASTER_KEY)
    master_key.chmod(0o600)
    server = Server(binary(), database_url and new_database(database_url), ["--workers", "0"], master_key)
    try:
        account = server.new_account()
        server.restart(lambda: run(server, old_tables(account)))
        yield account
    finally:
        server.stop(keep_log=False)


def old_tables(account):
    blob = "'\\x%s'" if "--database" in account.server.command else "x'%s'"
    names = ("kms_grant", "kms_alias", "kms_tag", "kms_material", "kms_key")
    return "begin;\n%s%s\n%s\ncommit;\n" % (
        "".join("drop table if exists %s;\n" % name for name in names), first_step(),
        "update schema_version set step = 1 where service = 'kms';\n"
        "insert into kms_key values ('%s', '%s', '%s', 'old', 'CUSTOMER', 'Enabled', '%s', 'v', %s, 1700000000000, null);\n"
        "insert into kms_tag values ('%s', 'a', 'b');\n"
        "insert into kms_alias values ('%s', '%s', 'alias/old', '%s', 1, 1);" % (
            KEY, account.id, account.server.region, policy(allow("*", "kms:*")), blob % MATERIAL, KEY,
            account.id, account.server.region, KEY))


def run(server, sql):
    if "--database" in server.command:
        url = server.command[server.command.index("--database") + 1]
        subprocess.run(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", url], input=sql, text=True, check=True)
        return
    with sqlite3.connect(pathlib.Path(server.data) / "d/slipway.db") as database:
        database.executescript(sql)


def test_an_old_key_opens_what_it_sealed_and_is_used_as_before(old):
    kms = old.client("kms")
    about = kms.describe_key(KeyId="alias/old")["KeyMetadata"]
    assert (about["KeyId"], about["KeySpec"], about["KeyUsage"], about["Origin"], about["KeyState"]) == (
        KEY, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS_KMS", "Enabled")
    assert kms.list_resource_tags(KeyId=KEY)["Tags"] == [{"TagKey": "a", "TagValue": "b"}]
    assert kms.decrypt(CiphertextBlob=CIPHERTEXT, EncryptionContext=CONTEXT)["Plaintext"] == b"kept"
    assert code_of(kms.decrypt, CiphertextBlob=CIPHERTEXT) == "InvalidCiphertextException"
    new = kms.encrypt(KeyId="alias/old", Plaintext=b"new")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=new)["Plaintext"] == b"new"


def test_an_old_ciphertext_opens_after_the_key_has_rotated(old):
    kms = old.client("kms")
    rotated = raw.json_call(old, "kms", "TrentService.RotateKeyOnDemand", {"KeyId": KEY})
    assert rotated.status == 200, rotated.body
    assert kms.decrypt(CiphertextBlob=CIPHERTEXT, EncryptionContext=CONTEXT)["Plaintext"] == b"kept"
    moved = kms.re_encrypt(CiphertextBlob=CIPHERTEXT, SourceEncryptionContext=CONTEXT, DestinationKeyId=KEY)
    assert moved["CiphertextBlob"][0] != CIPHERTEXT[0]
    assert kms.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"] == b"kept"
