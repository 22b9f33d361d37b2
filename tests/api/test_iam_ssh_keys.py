"""SSH public keys of users: what ssh-keygen makes is taken, and what cannot be right is not."""
import base64
import subprocess

import pytest

from errors import code_of, error, fails

KINDS = {"rsa-2048": ["rsa", "2048"], "rsa-4096": ["rsa", "4096"], "ed25519": ["ed25519"],
         "ecdsa-256": ["ecdsa", "256"], "ecdsa-384": ["ecdsa", "384"], "ecdsa-521": ["ecdsa", "521"]}


def keygen(*arguments):
    return subprocess.run(["ssh-keygen", *arguments], check=True, capture_output=True, text=True).stdout


def make(folder, kind, bits=None, comment="alice@host"):
    """The text of a new public key, and its file."""
    path = folder / ("key-%d" % len(list(folder.iterdir())))
    keygen("-q", "-t", kind, *(["-b", bits] if bits else []), "-N", "", "-C", comment, "-f", path)
    return path.with_suffix(".pub").read_text(), path.with_suffix(".pub")


@pytest.fixture
def alice(account):
    account.client("iam").create_user(UserName="alice")
    return account


def upload(account, text, user="alice"):
    return account.client("iam").upload_ssh_public_key(UserName=user, SSHPublicKeyBody=text)["SSHPublicKey"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_each_kind_comes_back_as_ssh_and_as_pem(alice, tmp_path, kind):
    iam = alice.client("iam")
    text, path = make(tmp_path, *KINDS[kind])
    made = upload(alice, text)
    assert made["SSHPublicKeyId"].startswith("APKA") and len(made["SSHPublicKeyId"]) == 21
    assert (made["UserName"], made["Status"], made["SSHPublicKeyBody"]) == ("alice", "Active", text.strip())
    assert "MD5:" + made["Fingerprint"] == keygen("-E", "md5", "-lf", path).split()[1]

    key = {"UserName": "alice", "SSHPublicKeyId": made["SSHPublicKeyId"]}
    found = iam.get_ssh_public_key(**key, Encoding="SSH")["SSHPublicKey"]
    assert found["SSHPublicKeyBody"] == text.strip() and found["UploadDate"] == made["UploadDate"]
    pem = iam.get_ssh_public_key(**key, Encoding="PEM")["SSHPublicKey"]["SSHPublicKeyBody"]
    assert pem.startswith("-----BEGIN PUBLIC KEY-----\n")
    if kind != "ed25519":  # which ssh-keygen does not write as PEM
        assert pem == keygen("-e", "-m", "PKCS8", "-f", path)
    # The same key in another form is the same key.
    assert code_of(upload, alice, pem) == "DuplicateSSHPublicKey"
    iam.delete_ssh_public_key(**key)
    again = upload(alice, pem)
    assert again["Fingerprint"] == made["Fingerprint"]
    assert again["SSHPublicKeyBody"].split() == text.split()[:2]


def test_life_of_a_key(alice, tmp_path):
    iam = alice.client("iam")
    text = make(tmp_path, "ed25519")[0]
    key = {"UserName": "alice", "SSHPublicKeyId": upload(alice, text)["SSHPublicKeyId"]}
    other = upload(alice, make(tmp_path, "ed25519")[0])["SSHPublicKeyId"]
    iam.update_ssh_public_key(**key, Status="Inactive")
    listed = {k["SSHPublicKeyId"]: k["Status"] for k in iam.list_ssh_public_keys(UserName="alice")["SSHPublicKeys"]}
    assert listed == {key["SSHPublicKeyId"]: "Inactive", other: "Active"}
    pages = list(iam.get_paginator("list_ssh_public_keys").paginate(
        UserName="alice", PaginationConfig={"PageSize": 1}))
    assert [len(p["SSHPublicKeys"]) for p in pages] == [1, 1]
    assert fails("DuplicateSSHPublicKey", upload, alice, text)
    assert error(iam.update_ssh_public_key, **key, Status="Expired")[0] in ("InvalidInput", "ValidationError")
    assert error(iam.delete_user, UserName="alice") == (
        "DeleteConflict", "Cannot delete entity, must delete SSH public keys first.")
    for one in (key["SSHPublicKeyId"], other):
        iam.delete_ssh_public_key(UserName="alice", SSHPublicKeyId=one)
    gone = ("NoSuchEntity", "The Public Key with id %s cannot be found." % other)
    key["SSHPublicKeyId"] = other
    assert error(iam.delete_ssh_public_key, **key) == gone
    assert error(iam.get_ssh_public_key, **key, Encoding="SSH") == gone
    assert error(iam.update_ssh_public_key, **key, Status="Active") == gone
    iam.delete_user(UserName="alice")


def test_five_keys_and_no_more(alice, tmp_path):
    for _ in range(5):
        upload(alice, make(tmp_path, "ed25519")[0])
    assert fails("LimitExceeded", upload, alice, make(tmp_path, "ed25519")[0]) == (
        "Cannot exceed quota for SSHPublicKeysPerUser: 5")


def test_a_key_may_be_of_two_users_but_not_looked_at_through_another(alice, tmp_path):
    iam = alice.client("iam")
    iam.create_user(UserName="bob")
    text = make(tmp_path, "ed25519")[0]
    key = upload(alice, text)["SSHPublicKeyId"]
    assert upload(alice, text, "bob")["SSHPublicKeyId"] != key
    assert code_of(iam.get_ssh_public_key, UserName="bob", SSHPublicKeyId=key, Encoding="SSH") == "NoSuchEntity"
    assert code_of(iam.delete_ssh_public_key, UserName="bob", SSHPublicKeyId=key) == "NoSuchEntity"


def wire(*parts):
    blob = b"".join(len(p).to_bytes(4, "big") + p for p in parts)
    return "%s %s" % (parts[0].decode(), base64.b64encode(blob).decode())


BIG = b"\0" + b"\xc1" * 256  # odd, 2048 bits

WRONG = {
    "another kind": (wire(b"ssh-dss", b"\1", b"\1"), "InvalidPublicKey"),
    "no base64": ("ssh-rsa AAAA!", "InvalidPublicKey"),
    "another type inside": ("ssh-rsa " + wire(b"ssh-ed25519", b"a" * 32).split()[1], "InvalidPublicKey"),
    "bytes after it": (wire(b"ssh-ed25519", b"a" * 32, b""), "InvalidPublicKey"),
    "short ed25519": (wire(b"ssh-ed25519", b"a" * 31), "InvalidPublicKey"),
    "not on the curve": (wire(b"ecdsa-sha2-nistp256", b"nistp256", b"\4" + b"a" * 64), "InvalidPublicKey"),
    "another curve": (wire(b"ecdsa-sha2-nistp256", b"nistp384", b"\4" + b"a" * 96), "InvalidPublicKey"),
    "even exponent": (wire(b"ssh-rsa", b"\4", BIG), "InvalidPublicKey"),
    "exponent one": (wire(b"ssh-rsa", b"\1", BIG), "InvalidPublicKey"),
    "zeros before a number": (wire(b"ssh-rsa", b"\0\3", BIG), "InvalidPublicKey"),
    "a word": ("hello", "UnrecognizedPublicKeyEncoding"),
    "two lines": ("ssh-rsa\nAAAA", "UnrecognizedPublicKeyEncoding"),
    "empty pem": ("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "InvalidPublicKey"),
    "blanks": ("   ", "UnrecognizedPublicKeyEncoding"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_key_is_refused(alice, what):
    text, code = WRONG[what]
    assert code_of(upload, alice, text) == code
    assert alice.client("iam").list_ssh_public_keys(UserName="alice")["SSHPublicKeys"] == []


def test_an_rsa_key_that_is_too_short_is_refused(alice, tmp_path):
    text, path = make(tmp_path, "rsa", "1024")
    assert fails("InvalidPublicKey", upload, alice, text) == "an RSA key of 1024 bits: it must have 2048 to 16384"
    assert code_of(upload, alice, keygen("-e", "-m", "PKCS8", "-f", path)) == "InvalidPublicKey"


def test_a_private_key_is_refused(alice, tmp_path):
    path = make(tmp_path, "ecdsa", "256")[1].with_suffix("")
    assert code_of(upload, alice, path.read_text()) == "InvalidPublicKey"


def test_own_keys_only(account, tmp_path):
    account.client("iam").create_user(UserName="bob")
    text = make(tmp_path, "ed25519")[0]
    alice = account.user("alice", {"Effect": "Allow", "Action": "iam:*SSHPublicKey*",
                                   "Resource": "arn:aws:iam::*:user/${aws:username}"})
    upload(alice, text)
    assert len(alice.client("iam").list_ssh_public_keys()["SSHPublicKeys"]) == 1
    assert code_of(upload, alice, text, "bob") == "AccessDenied"
    assert code_of(alice.client("iam").list_ssh_public_keys, UserName="bob") == "AccessDenied"
