"""The operations of api/*.smithy as requests: the least that each takes, with values made from the shapes."""
import base64
import json
import pathlib
import re
import sys
import urllib.parse
from xml.sax.saxutils import escape

import raw

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/apigen"))

import coverage  # noqa: E402

UUID = "12345678-1234-4123-8123-123456789012"
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})
CANDIDATES = ["target", "1", "v1", "123456", UUID, "0" * 40, "/target", "target/target", "target:" + UUID,
              "arn:aws:iam::123456789012:role/target", "a" * 64, "us-east-1"]


def services():
    """Those in the program, each with the operations that it supports."""
    built = coverage.built_apis(ROOT)
    for service in coverage.services(ROOT / "api"):
        service.operations = [o for o in service.operations if not o.is_planned]
        if service.name in built and service.operations:
            yield service


def trait(shape, name, default=None):
    found = shape.traits.get(name)
    return found.value.plain() if found and found.value else default


class Values:
    """Values of members. known: {member or Operation.member: value}, before what the shape says."""

    def __init__(self, service, known):
        self.service, self.known = service, known

    def input(self, operation):
        if not operation.input:
            return {}
        return self.structure(operation.input, operation.name)

    def structure(self, shape, operation):
        found = {}
        for name, member in shape.members.items():
            own = "%s.%s" % (operation, name)
            if own in self.known:
                found[name] = self.known[own]
            elif "required" in member.traits:
                found[name] = self.known[name] if name in self.known else \
                    self.value(self.service.shapes[member.target], operation)
        return found

    def value(self, shape, operation):
        if shape.kind == "structure":
            return self.structure(shape, operation)
        if shape.kind == "list":
            return [self.value(self.service.shapes[shape.members["member"].target], operation)]
        if shape.kind == "map":
            return {"target": self.value(self.service.shapes[shape.members["value"].target], operation)}
        if shape.kind == "enum":
            first = next(iter(shape.members.values()))
            return first.value.value if first.value else first.name
        if shape.kind == "blob":
            return base64.b64encode(b"target").decode()
        if shape.kind == "string":
            return string(shape)
        return {"boolean": False, "timestamp": 1700000000}.get(shape.kind, trait(shape, "range", {}).get("min", 1))


def string(shape):
    length, pattern = trait(shape, "length", {}), trait(shape, "pattern", ".*")
    pattern = re.sub(r"\\p\{\w+\}", r"\\w", pattern)  # letters, numbers and blanks of any script
    pattern = re.sub(r"\\x\{(\w+)\}", lambda found: "\\U" + found.group(1).zfill(8), pattern)
    for text in CANDIDATES:
        if length.get("min", 0) <= len(text) <= length.get("max", 1 << 30) and re.fullmatch(pattern, text):
            return text
    raise AssertionError("no string for %s: %s %s" % (shape.name, pattern, length))


class Request:
    """One operation of one service, as bytes."""

    def __init__(self, service, operation, values):
        self.service, self.operation, self.values = service, operation, values
        self.signing_name = service.trait("sigv4", "name")
        self.is_json = "awsJson1_1" in service.shape.traits or "awsJson1_0" in service.shape.traits
        self.method, self.path, self.headers, self.body = "POST", "/", {}, b""
        if self.is_json:
            prefix = (service.trait("targetPrefixes") or [service.shape.name])[0]
            version = "1.1" if "awsJson1_1" in service.shape.traits else "1.0"
            self.headers = {"X-Amz-Target": "%s.%s" % (prefix, operation.name),
                            "Content-Type": "application/x-amz-json-" + version}
            self.body = json.dumps(values).encode()
        elif "awsQuery" in service.shape.traits:
            version = service.shape.fields["version"].value
            self.headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
            self.body = urllib.parse.urlencode(
                [("Action", operation.name), ("Version", version), *flat("", values)]).encode()
        else:
            self.rest(values)

    def rest(self, values):
        http = trait(self.operation.shape, "http")
        self.method, path = http["method"], http["uri"]
        query = []
        for name, value in values.items():
            member = self.operation.input.members[name]
            if "httpLabel" in member.traits:
                path = re.sub(r"\{%s\+?\}" % name, str(value), path)
            elif "httpQuery" in member.traits:
                query.append((trait(member, "httpQuery"), value))
            elif "httpHeader" in member.traits:
                self.headers[trait(member, "httpHeader")] = str(value)
            elif "httpPayload" in member.traits:
                shape = self.service.shapes[member.target]
                self.body = (value if shape.kind != "structure" else
                             self.xml(trait(member, "xmlName", shape.name), shape, value)).encode()
        if query:
            path += ("&" if "?" in path else "?") + urllib.parse.urlencode(query)
        self.path = path

    def xml(self, name, shape, value):
        if shape.kind != "structure":
            return "<%s>%s</%s>" % (name, escape(str(value)), name)
        inside = ""
        for key, one in value.items():
            member = shape.members[key]
            inner, tag = self.service.shapes[member.target], trait(member, "xmlName", key)
            if inner.kind != "list":
                inside += self.xml(tag, inner, one)
                continue
            item = inner.members["member"]
            is_flat = "xmlFlattened" in member.traits
            items = "".join(self.xml(tag if is_flat else trait(item, "xmlName", "member"),
                                     self.service.shapes[item.target], each) for each in one)
            inside += items if is_flat else "<%s>%s</%s>" % (tag, items, tag)
        return "<%s>%s</%s>" % (name, inside, name)

    def filled(self, template, variables):
        """A template of @arn with the values of this request."""
        def one(found):
            value = self.values
            for step in found.group(1).split("."):
                value = value.get(step) if value else None
            return str(variables.get(found.group(1)) or value or found.group(2))
        return re.sub(r"\{([\w.]+)(?:=([^}]*))?\}", one, template)

    def send(self, account):
        return raw.call(account, self.signing_name, self.method, self.path, self.body, self.headers)

    def send_unsigned(self, server):
        return raw.send(server, self.method, self.path, self.body, self.headers)

    def error(self, answer):
        """(status, code, message); the answer to HEAD has neither code nor message."""
        if self.method == "HEAD":
            return answer.status, None, None
        if self.is_json:
            said = answer.json
            return answer.status, said.get("__type", "").split("#")[-1], said.get("message", said.get("Message"))
        return answer.status, answer.element("Code"), answer.element("Message")


def flat(prefix, value):
    """The fields of a query."""
    if isinstance(value, dict):
        pairs = [(name, one) for name, one in value.items()]
    elif isinstance(value, list):
        pairs = [("member.%d" % at, one) for at, one in enumerate(value, 1)]
    else:
        return [(prefix, str(value).lower() if isinstance(value, bool) else str(value))]
    return [field for name, one in pairs for field in flat(prefix and prefix + "." + name or name, one)]
