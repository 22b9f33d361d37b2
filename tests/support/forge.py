"""Requests that are signed here, step by step, so that each step can be done wrongly; and bytes on a socket.

    request = Request(account, "iam", body=b"Action=…", headers=[FORM])
    request.sign()
    request.body += b"x"                  # after the signature
    answer = request.send()

Nothing of botocore is in it: it signs what it is told to sign, and sends what it is told to send.
"""
import datetime
import hashlib
import hmac
import re
import socket
import ssl
import urllib.parse

EMPTY = hashlib.sha256(b"").hexdigest()
FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")


def utcnow():
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def basic(at):
    return at.strftime("%Y%m%dT%H%M%SZ")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def code(self):
        """The code of an error, in whichever protocol."""
        found = re.search(rb"<Code>([^<]*)</Code>", self.body) or re.search(
            rb'"__type":\s*"(?:[^"#]*#)?([^"]*)"', self.body)
        return found and found.group(1).decode()

    def __repr__(self):
        return "%s %s" % (self.status, self.body[:600])


# ---- Bytes on a socket -------------------------------------------------------------------------

def connect(server):
    url = urllib.parse.urlsplit(server.endpoint)
    plain = socket.create_connection((url.hostname, url.port), timeout=30)
    if url.scheme == "http":
        return plain
    context = ssl.create_default_context(cafile=server.ca_bundle)
    return context.wrap_socket(plain, server_hostname=url.hostname)


def read_all(connection):
    data = b""
    try:
        while piece := connection.recv(65536):
            data += piece
    except OSError:
        pass  # cut by the server, which has refused what came
    return data


def answers_in(data):
    """Every answer in what a server has sent."""
    found = []
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        status = int(lines[0].split()[1])
        if status == 100:
            data = rest
            continue
        if headers.get("transfer-encoding") == "chunked":
            body, rest = unchunk(rest)
        else:
            length = int(headers.get("content-length", len(rest)))
            body, rest = rest[:length], rest[length:]
        found.append(Answer(status, headers, body))
        if headers.get("connection") == "close":
            break  # no client reads on
        data = rest
    return found


def unchunk(data):
    body = b""
    while True:
        line, _, data = data.partition(b"\r\n")
        size = int(line or b"0", 16)
        body, data = body + data[:size], data[size + 2:]
        if not size:
            return body, data


def exchange(server, data):
    """Sends bytes, says that there are no more, and returns all answers; [] if it was only cut."""
    with connect(server) as connection:
        try:
            connection.sendall(data)
            if not isinstance(connection, ssl.SSLSocket):
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it need not have read all of it
        return answers_in(read_all(connection))


# ---- A request -----------------------------------------------------------------------------------

def quote(text):
    return urllib.parse.quote(text, safe="-._~")


class Request:
    def __init__(self, account, service, method="POST", path="/", query=(), headers=(), body=b""):
        self.account, self.service, self.method, self.path = account, service, method, path
        self.query = list(query)  # (name, value), not escaped
        self.host = urllib.parse.urlsplit(account.server.endpoint).netloc
        self.headers = [("Host", self.host), *headers]
        self.body = body
        self.is_s3 = service == "s3"
        self.payload = None  # what the signature says of the body; None: its hash
        self.at = utcnow()
        self.date = None     # of the scope; None: of the time
        self.region = account.server.region
        self.terminator = "aws4_request"
        self.algorithm = "AWS4-HMAC-SHA256"
        self.names = None    # SignedHeaders; None: all
        self.raw_query = None
        self.raw_path = None
        self.canonical_path = None  # None: made of the path

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def set(self, name, value):
        """Replaces a header where it stands, or adds it; None removes it."""
        at = next((i for i, (key, _) in enumerate(self.headers) if key.lower() == name.lower()), len(self.headers))
        self.headers = [pair for pair in self.headers if pair[0].lower() != name.lower()]
        if value is not None:
            self.headers.insert(at, (name, value))

    def add(self, name, value):
        self.headers.append((name, value))

    @property
    def scope(self):
        return "/".join((self.date or basic(self.at)[:8], self.region, self.service, self.terminator))

    def key(self):
        key = ("AWS4" + self.account.secret).encode()
        for part in self.scope.split("/"):
            key = mac(key, part)
        return key

    def query_text(self, pairs=None):
        pairs = self.query if pairs is None else pairs
        return "&".join("%s=%s" % (quote(name), quote(value)) for name, value in pairs)

    def canonical(self, names, payload, query):
        headers = "".join("%s:%s\n" % (name, ",".join(
            " ".join(value.split()) for key, value in self.headers if key.lower() == name.lower())) for name in names)
        path = self.canonical_path or urllib.parse.quote(self.path, safe="/-._~")
        return "\n".join((self.method, path, self.query_text(sorted(query)), headers, ";".join(names), payload))

    def signature(self, canonical):
        text = "\n".join((self.algorithm, basic(self.at), self.scope, sha256(canonical.encode())))
        return mac(self.key(), text).hex()

    def prepare(self):
        if self.account.token and not self.header("X-Amz-Security-Token"):
            self.add("X-Amz-Security-Token", self.account.token)
        return self.payload or sha256(self.body)

    def sign(self):
        """Signs by a header."""
        payload = self.prepare()
        if not self.header("X-Amz-Date"):
            self.add("X-Amz-Date", basic(self.at))
        if self.is_s3 and not self.header("x-amz-content-sha256"):
            self.add("x-amz-content-sha256", payload)
        names = self.names or sorted({name.lower() for name, _ in self.headers})
        self.first = self.signature(self.canonical(names, payload, self.query))
        self.authorize(names, self.first)
        return self

    def authorize(self, names, signature):
        self.set("Authorization", "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
            self.algorithm, self.account.access_key, self.scope, ";".join(names), signature))

    def presign(self, expires=60, **changes):
        """Signs by the query: changes are made before, of X-Amz-NAME; None leaves a parameter out."""
        names = self.names or sorted({name.lower() for name, _ in self.headers})
        values = {"Algorithm": self.algorithm, "Credential": self.account.access_key + "/" + self.scope,
                  "Date": basic(self.at), "Expires": str(expires), "SignedHeaders": ";".join(names),
                  "Security-Token": self.account.token}
        values.update(changes)
        self.query += [("X-Amz-" + name, value) for name, value in values.items() if value is not None]
        payload = self.payload or ("UNSIGNED-PAYLOAD" if self.is_s3 else sha256(self.body))
        self.query.append(("X-Amz-Signature", self.signature(self.canonical(names, payload, self.query))))
        return self

    def target(self):
        query = self.query_text() if self.raw_query is None else self.raw_query
        path = urllib.parse.quote(self.path, safe="/-._~") if self.raw_path is None else self.raw_path
        return path + ("?" + query if query else "")

    def wire(self, close=True):
        """The bytes; a length is said where none is."""
        lines = ["%s %s HTTP/1.1" % (self.method, self.target())]
        lines += ["%s: %s" % pair for pair in self.headers]
        if self.header("Content-Length") is None and self.header("Transfer-Encoding") is None:
            lines.append("Content-Length: %d" % len(self.body))
        if close:
            lines.append("Connection: close")
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body

    def send(self):
        """The answer; None if the server has only cut the connection."""
        found = exchange(self.account.server, self.wire())
        assert len(found) <= 1, found
        return found[0] if found else None
