"""An OpenID Connect issuer on this machine: a TLS server with a certificate of its own, a
configuration and a key set, and tokens signed with its keys.

    with Issuer() as issuer:
        token = issuer.token(sub="repo:team/app", aud="sts.amazonaws.com")
"""
import base64
import contextlib
import datetime
import hashlib
import http.server
import ipaddress
import json
import ssl
import tempfile
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

CURVES = {"ES256": (ec.SECP256R1, "P-256", 32), "ES384": (ec.SECP384R1, "P-384", 48),
          "ES512": (ec.SECP521R1, "P-521", 66)}
HASHES = {"256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}


def encode(data):
    if not isinstance(data, bytes):
        data = json.dumps(data).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value, size=None):
    return encode(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


class Key:
    """A signing key: Key("a", "RS256")."""

    def __init__(self, kid, alg="RS256", bits=2048):
        self.kid, self.alg = kid, alg
        self.private = (ec.generate_private_key(CURVES[alg][0]()) if alg in CURVES
                        else rsa.generate_private_key(public_exponent=65537, key_size=bits))

    def public(self):
        numbers = self.private.public_key().public_numbers()
        if self.alg in CURVES:
            _, name, size = CURVES[self.alg]
            return {"kid": self.kid, "kty": "EC", "crv": name, "use": "sig",
                    "x": number(numbers.x, size), "y": number(numbers.y, size)}
        return {"kid": self.kid, "kty": "RSA", "use": "sig", "alg": self.alg,
                "n": number(numbers.n), "e": number(numbers.e)}

    def pem(self):
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, text):
        digest = HASHES[self.alg[2:]]()
        if self.alg not in CURVES:
            return self.private.sign(text, padding.PKCS1v15(), digest)
        size = CURVES[self.alg][2]
        return b"".join(n.to_bytes(size, "big")
                        for n in decode_dss_signature(self.private.sign(text, ec.ECDSA(digest))))


def sign(header, claims, signer):
    """signer: the signature's bytes of the signed bytes."""
    text = "%s.%s" % (encode(header), encode(claims))
    return "%s.%s" % (text, encode(signer(text.encode())))


def mac(secret):
    def signer(text):
        made = hmac.HMAC(secret, hashes.SHA256())
        made.update(text)
        return made.finalize()
    return signer


def make_certificate():
    """A certificate of localhost that signs itself, with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.utcnow()
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256()))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption())
    return certificate, certificate.public_bytes(serialization.Encoding.PEM) + private


class Issuer:
    """What it serves can be changed: keys, pages (path: bytes), delay. `asked` has the paths."""

    def __init__(self, *keys, host="localhost", path=""):
        certificate, pem = make_certificate()
        self.thumbprint = hashlib.sha1(
            certificate.public_bytes(serialization.Encoding.DER)).hexdigest()
        self.keys = list(keys) or [Key("first")]
        self.pages = {}
        self.asked = []
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.asked.append(self.path)
                status, body = issuer.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):  # clients that do not trust it
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile() as file:
            file.write(pem)
            file.flush()
            context.load_cert_chain(file.name)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                 do_handshake_on_connect=False)
        self.name = "%s:%d%s" % (host, self.server.server_address[1], path)
        self.url = "https://" + self.name
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))

    def answer(self, path):
        base = "/" + self.name.partition("/")[2]
        base = base.rstrip("/")
        if path in self.pages:
            return 200, self.pages[path]
        if path == base + "/.well-known/openid-configuration":
            return 200, json.dumps({"issuer": self.url, "jwks_uri": self.url.rstrip("/") + "/keys"}).encode()
        if path == base + "/keys":
            return 200, json.dumps({"keys": [key.public() for key in self.keys]}).encode()
        return 404, b""

    def claims(self, **more):
        now = int(time.time())
        return {"iss": self.url, "sub": "repo:team/app", "aud": "slipway", "iat": now,
                "exp": now + 600, **more}

    def token(self, key=None, header=None, **claims):
        """None as a claim leaves it out."""
        key = key or self.keys[0]
        said = {name: value for name, value in self.claims(**claims).items() if value is not None}
        return sign({"alg": key.alg, "kid": key.kid, "typ": "JWT", **(header or {})}, said, key.sign)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
