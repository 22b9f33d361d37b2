"""Wraps key material for KMS as the openssl command does it."""
import subprocess


def openssl(*arguments, data=b""):
    done = subprocess.run(["openssl", *arguments], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    return done.stdout


def oaep(folder, public_key, digest, data):
    path = folder / "wrapping.der"
    path.write_bytes(public_key)
    return openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", str(path), "-keyform", "DER", "-pkeyopt",
                   "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:" + digest, "-pkeyopt",
                   "rsa_mgf1_md:" + digest, data=data)


def wrapped(folder, kms, key, material, algorithm="RSAES_OAEP_SHA_256", spec="RSA_2048"):
    """Asks for parameters, and wraps the material with them: the arguments of ImportKeyMaterial."""
    found = kms.get_parameters_for_import(KeyId=key, WrappingAlgorithm=algorithm, WrappingKeySpec=spec)
    digest = "sha256" if algorithm.endswith("256") else "sha1"
    if "KEY_WRAP" in algorithm:
        aes = bytes(range(100, 132))
        sealed = oaep(folder, found["PublicKey"], digest, aes) + openssl(
            "enc", "-id-aes256-wrap-pad", "-K", aes.hex(), "-iv", "A65959A6", data=material)
    else:
        sealed = oaep(folder, found["PublicKey"], digest, material)
    return {"KeyId": key, "ImportToken": found["ImportToken"], "EncryptedKeyMaterial": sealed}
