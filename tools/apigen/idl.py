"""The reader of Smithy 2.0 IDL: text in, shapes with positions out.

Reads the part of the language that api/ uses: control and use statements, simple
shapes, enum, intEnum, list, map, structure, union, operation (with inline input and
output), service, traits with node values. Mixins, resources, apply, default values and
targets elided with $ are refused by name. What the shapes mean is judged in check.py.
"""

import re
from dataclasses import dataclass, field

SIMPLE_KINDS = {
    'blob', 'boolean', 'string', 'byte', 'short', 'integer', 'long', 'float', 'double',
    'bigInteger', 'bigDecimal', 'timestamp', 'document',
}
REFUSED = {
    'apply': 'apply statements', 'resource': 'resource shapes', 'metadata': 'metadata statements',
}
MAX_NESTING = 64


class IdlError(Exception):
    """What is wrong, as `file:line:column: message`."""

    def __init__(self, path, pos, message):
        super().__init__(f'{path}:{pos[0]}:{pos[1]}: {message}')


@dataclass
class Node:
    """A value in a trait. kind: string, number, bool, null, array, object, id."""
    kind: str
    value: object
    pos: tuple

    def plain(self):
        if self.kind == 'array':
            return [item.plain() for item in self.value]
        if self.kind == 'object':
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


@dataclass
class Trait:
    name: str
    value: Node | None  # None: @name alone
    pos: tuple


@dataclass
class Member:
    name: str
    target: str  # as written
    traits: dict
    pos: tuple
    target_pos: tuple
    value: Node | None = None  # of enum members


@dataclass
class Shape:
    kind: str
    name: str
    traits: dict
    pos: tuple
    members: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)  # operations and services: name -> Node
    is_inline: bool = False


@dataclass
class Document:
    path: str
    namespace: str = ''
    uses: dict = field(default_factory=dict)  # short name -> (namespace, pos)
    shapes: dict = field(default_factory=dict)


TOKEN = re.compile(r'''
    (?P<space>[ \t\r\n,]+ | //[^\n]*)
  | (?P<text>"""(?:[^"\\]|\\.|"(?!""))*""")
  | (?P<string>"(?:[^"\\\n]|\\.)*")
  | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)
  | (?P<id>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?:\#[A-Za-z_][A-Za-z0-9_]*)?(?:\$[A-Za-z_][A-Za-z0-9_]*)?)
  | (?P<mark>:=|[@(){}\[\]:=$])
''', re.VERBOSE | re.DOTALL)


def tokenize(path, text):
    """List of (kind, text, (line, column)), closed by an 'end' token."""
    tokens, at, line, start = [], 0, 1, 0
    while at < len(text):
        match = TOKEN.match(text, at)
        pos = (line, at - start + 1)
        if not match:
            what = 'string is not closed' if text[at] == '"' else f'unexpected character {text[at]!r}'
            raise IdlError(path, pos, what)
        if match.lastgroup != 'space':
            tokens.append((match.lastgroup, match.group(), pos))
        newlines = match.group().count('\n')
        if newlines:
            line += newlines
            start = at + match.group().rindex('\n') + 1
        at = match.end()
    tokens.append(('end', 'end of file', (line, at - start + 1)))
    return tokens


ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}


class Reader:
    def __init__(self, path, text):
        self.path = path
        self.tokens = tokenize(path, text)
        self.at = 0
        self.document = Document(path)

    # ---- tokens ----

    def peek(self):
        return self.tokens[self.at]

    def next(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    def fail(self, pos, message):
        raise IdlError(self.path, pos, message)

    def is_mark(self, mark):
        kind, text, _ = self.peek()
        return kind == 'mark' and text == mark

    def accept(self, mark):
        if self.is_mark(mark):
            self.at += 1
            return True
        return False

    def expect(self, mark):
        kind, text, pos = self.next()
        if kind != 'mark' or text != mark:
            self.fail(pos, f"expected '{mark}', found {shown(kind, text)}")
        return pos

    def expect_id(self, what):
        kind, text, pos = self.next()
        if kind != 'id':
            self.fail(pos, f'expected {what}, found {shown(kind, text)}')
        return text, pos

    # ---- values ----

    def unescape(self, text, pos):
        def one(match):
            body = match.group(1)
            if body[0] == 'u':
                return chr(int(body[1:], 16))
            if body not in ESCAPES:
                self.fail(pos, f"unknown escape '\\{body}' in string")
            return ESCAPES[body]
        return re.sub(r'\\(u[0-9a-fA-F]{4}|.)', one, text, flags=re.DOTALL)

    def node(self, depth=0):
        kind, text, pos = self.next()
        if depth > MAX_NESTING:
            self.fail(pos, f'values are nested deeper than {MAX_NESTING}')
        if kind == 'string':
            return Node('string', self.unescape(text[1:-1], pos), pos)
        if kind == 'text':
            lines = text[3:-3].lstrip('\n').split('\n')
            indent = min((len(l) - len(l.lstrip()) for l in lines if l.strip()), default=0)
            return Node('string', self.unescape('\n'.join(l[indent:] for l in lines), pos), pos)
        if kind == 'number':
            return Node('number', float(text) if re.search('[.eE]', text) else int(text), pos)
        if kind == 'id':
            if text in ('true', 'false'):
                return Node('bool', text == 'true', pos)
            return Node('null', None, pos) if text == 'null' else Node('id', text, pos)
        if kind == 'mark' and text == '[':
            items = []
            while not self.accept(']'):
                items.append(self.node(depth + 1))
            return Node('array', items, pos)
        if kind == 'mark' and text == '{':
            return Node('object', self.pairs('}', depth), pos)
        self.fail(pos, f'expected a value, found {shown(kind, text)}')

    def pairs(self, closing, depth):
        found = {}
        while not self.accept(closing):
            kind, text, pos = self.next()
            if kind not in ('string', 'id'):
                self.fail(pos, f'expected a key, found {shown(kind, text)}')
            key = self.unescape(text[1:-1], pos) if kind == 'string' else text
            if key in found:
                self.fail(pos, f"key '{key}' is given twice")
            self.expect(':')
            found[key] = self.node(depth + 1)
        return found

    def traits(self):
        found = {}
        while self.is_mark('@'):
            pos = self.expect('@')
            name, _ = self.expect_id('the name of a trait')
            if name in found:
                self.fail(pos, f'trait @{name} is given twice')
            found[name] = Trait(name, self.trait_value(), pos)
        return found

    def trait_value(self):
        if not self.is_mark('('):
            return None
        pos = self.expect('(')
        if self.accept(')'):
            return None
        kind, _, _ = self.peek()
        follows = self.tokens[self.at + 1]
        if kind in ('id', 'string') and follows[0] == 'mark' and follows[1] == ':':
            return Node('object', self.pairs(')', 0), pos)
        value = self.node()
        self.expect(')')
        return value

    # ---- statements ----

    def read(self):
        while self.is_mark('$'):
            self.control()
        name, pos = self.expect_id("'namespace'")
        if name != 'namespace':
            self.fail(pos, f"expected 'namespace', found '{name}'")
        self.document.namespace, _ = self.expect_id('the name of a namespace')
        while self.peek()[1] == 'use':
            self.use()
        while self.peek()[0] != 'end':
            self.shape(self.traits())
        return self.document

    def control(self):
        self.expect('$')
        name, pos = self.expect_id('the name of a control')
        self.expect(':')
        value = self.node()
        if name == 'version' and value.value not in ('2', '2.0'):
            self.fail(value.pos, f"version \"{value.value}\" is not supported: write \"2.0\"")
        if name != 'version':
            self.fail(pos, f'unknown control ${name}')

    def use(self):
        self.next()
        name, pos = self.expect_id('a shape after use')
        if '#' not in name:
            self.fail(pos, f"'{name}' is not a whole shape name (namespace#Name)")
        namespace, short = name.split('#')
        if short in self.document.uses:
            self.fail(pos, f"'{short}' is used twice")
        self.document.uses[short] = (namespace, pos)

    def shape(self, traits):
        kind, pos = self.expect_id('a shape')
        if kind in REFUSED:
            self.fail(pos, f'{REFUSED[kind]} are not supported')
        if kind == 'use':
            self.fail(pos, "'use' must stand before the first shape")
        readers = {
            'enum': self.enum, 'intEnum': self.enum, 'list': self.fields_of, 'map': self.fields_of,
            'structure': self.fields_of, 'union': self.fields_of,
            'operation': self.operation, 'service': self.service,
        }
        if kind not in SIMPLE_KINDS and kind not in readers:
            self.fail(pos, f"unknown kind of shape '{kind}'")
        name, pos = self.expect_id(f'the name of the {kind}')
        shape = self.add(Shape(kind, name, traits, pos))
        if self.peek()[1] == 'with':
            self.fail(self.peek()[2], 'mixins are not supported')
        if kind in readers:
            readers[kind](shape)

    def add(self, shape):
        if shape.name in self.document.shapes:
            first = self.document.shapes[shape.name].pos[0]
            self.fail(shape.pos, f"shape '{shape.name}' is defined twice (first in line {first})")
        self.document.shapes[shape.name] = shape
        return shape

    def add_member(self, shape, member):
        if member.name in shape.members:
            self.fail(member.pos, f"member '{member.name}' is defined twice in '{shape.name}'")
        shape.members[member.name] = member

    def enum(self, shape):
        self.expect('{')
        while not self.accept('}'):
            traits = self.traits()
            name, pos = self.expect_id('the name of an enum value')
            value = self.node() if self.accept('=') else None
            self.add_member(shape, Member(name, '', traits, pos, pos, value))

    def fields_of(self, shape):
        self.expect('{')
        while not self.accept('}'):
            traits = self.traits()
            if self.is_mark('$'):
                self.fail(self.peek()[2], 'elided members ($name) are not supported')
            name, pos = self.expect_id('the name of a member')
            self.expect(':')
            target, target_pos = self.expect_id(f"the shape of '{name}'")
            if self.is_mark('='):
                self.fail(self.peek()[2], 'default values are not supported')
            self.add_member(shape, Member(name, target, traits, pos, target_pos))

    def operation(self, shape):
        self.expect('{')
        while not self.accept('}'):
            name, pos = self.expect_id('input, output or errors')
            if name not in ('input', 'output', 'errors') or name in shape.fields:
                self.fail(pos, f"unexpected '{name}' in operation '{shape.name}'")
            if name != 'errors' and self.accept(':='):
                shape.fields[name] = self.inline(shape.name + name.capitalize(), pos)
                continue
            self.expect(':')
            shape.fields[name] = self.node()

    def inline(self, name, pos):
        traits = self.traits()
        inline = self.add(Shape('structure', name, traits, pos, is_inline=True))
        self.fields_of(inline)
        return Node('id', name, pos)

    def service(self, shape):
        self.expect('{')
        while not self.accept('}'):
            name, pos = self.expect_id('version, operations or errors')
            if name not in ('version', 'operations', 'errors') or name in shape.fields:
                self.fail(pos, f"unexpected '{name}' in service '{shape.name}'")
            self.expect(':')
            shape.fields[name] = self.node()


def shown(kind, text):
    return text if kind == 'end' else f"'{text}'"


def read_text(path, text):
    return Reader(path, text).read()


def read_file(path):
    with open(path, encoding='utf-8') as stream:
        return read_text(path, stream.read())
