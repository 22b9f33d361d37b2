"""Keys as days go by: imported material."""
import datetime

from errors import code_of
from waiting import wait_for
from wrapping import wrapped

SECRET = bytes(range(32))


def in_days(server, days):
    return {"ExpirationModel": "KEY_MATERIAL_EXPIRES",
            "ValidTo": server.now() + datetime.timedelta(days=days)}


def test_imported_material_expires_and_comes_back(server, account, tmp_path):
    kms = account.client("kms")
    key = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"]
    kms.import_key_material(**wrapped(tmp_path, kms, key, SECRET), **in_days(server, 2))
    text = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    server.advance(days=2)
    kms = account.client("kms")
    assert code_of(kms.decrypt, CiphertextBlob=text) == "KMSInvalidStateException"
    wait_for(lambda: kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingImport", "the end of the material")
    kms.import_key_material(**wrapped(tmp_path, kms, key, SECRET), ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE")
    assert kms.decrypt(CiphertextBlob=text)["Plaintext"] == b"x"


def test_an_import_token_expires(server, account, tmp_path):
    kms = account.client("kms")
    key = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"]
    arguments = wrapped(tmp_path, kms, key, SECRET)
    server.advance(hours=25)
    assert code_of(account.client("kms").import_key_material, ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
                   **arguments) == "ExpiredImportTokenException"
