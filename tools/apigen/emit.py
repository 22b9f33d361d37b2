"""Writes a checked service as C: gen/<service>.h and gen/<service>.c.

Only what supported operations reach is written, and what @keep holds. Tables carry
offsets into one string pool and indices into each other; see src/api/model.h.
"""

import re

from check import PROTOCOLS, SCALARS

KEYWORDS = set('''auto break case char const continue default do double else enum extern float for goto if
inline int long register restrict return short signed sizeof static struct switch typedef union unsigned
void volatile while asm typeof bool true false errno stdin stdout stderr unix linux'''.split())
C_SCALAR = {
    'string': 'str', 'enum': 'str', 'blob': 'str', 'document': 'str', 'boolean': 'struct opt_bool',
    'integer': 'struct opt_int', 'long': 'struct opt_int', 'intEnum': 'struct opt_int',
    'float': 'struct opt_double', 'double': 'struct opt_double', 'timestamp': 'struct opt_time',
}
KINDS = {
    'string': 'SHAPE_STRING', 'enum': 'SHAPE_STRING', 'blob': 'SHAPE_BLOB', 'boolean': 'SHAPE_BOOLEAN',
    'integer': 'SHAPE_INTEGER', 'intEnum': 'SHAPE_INTEGER', 'long': 'SHAPE_LONG', 'float': 'SHAPE_FLOAT',
    'double': 'SHAPE_DOUBLE', 'timestamp': 'SHAPE_TIMESTAMP', 'document': 'SHAPE_DOCUMENT',
    'structure': 'SHAPE_STRUCTURE', 'union': 'SHAPE_UNION', 'list': 'SHAPE_LIST', 'map': 'SHAPE_MAP',
}
LOCATIONS = {
    'httpHeader': 'IN_HEADER', 'httpPrefixHeaders': 'IN_HEADERS', 'httpQuery': 'IN_QUERY',
    'httpLabel': 'IN_PATH', 'httpPayload': 'IN_PAYLOAD', 'httpResponseCode': 'IN_STATUS',
    'httpQueryParams': 'IN_QUERIES',
}
TIMESTAMPS = {'epoch-seconds': 'TIMESTAMP_EPOCH', 'date-time': 'TIMESTAMP_ISO8601', 'http-date': 'TIMESTAMP_HTTP'}
NONE = 'SHAPE_NONE'


def text_of(traits, name):
    return traits[name].value.value if name in traits else None


def c_field(name):
    return name + '_' if name in KEYWORDS else name


class Pool:
    """Strings behind one another, each once; offset 0 is the empty one."""

    def __init__(self):
        self.offsets, self.lines, self.size = {'': 0}, [''], 1

    def add(self, text):
        if text not in self.offsets:
            self.offsets[text] = self.size
            self.lines.append(text)
            self.size += len(text.encode()) + 1
        return self.offsets[text]

    def c(self):
        return '\n'.join('    ' + c_string(line, nul=True) for line in self.lines)


def c_string(text, nul=False):
    out = []
    for byte in text.encode():
        char = chr(byte)
        if char in '"\\':
            out.append('\\' + char)
        elif 32 <= byte < 127 and char != '?':
            out.append(char)
        else:
            out.append(f'\\{byte:03o}')
    return '"' + ''.join(out) + ('\\0"' if nul else '"')


class Emitter:
    def __init__(self, service):
        self.service, self.name = service, service.name
        self.pool = Pool()
        self.enums, self.members, self.rows = [], [], []  # rows: C text of struct shape
        self.index = {}       # name of a shape -> its number
        self.scalar_rows = {}  # row without a name -> number: equal scalars share one
        self.first_member = {}
        self.reached = self.reach()

    def target(self, member):
        return self.service.shapes[member.target]

    # ---- what is needed ----

    def reach(self):
        """Names of structures, unions, lists and maps, in the order they are met."""
        found, waiting = {}, []
        for operation in self.service.operations:
            if not operation.is_planned:
                waiting += [s for s in (operation.input, operation.output) if s]
        waiting += [s for s in self.service.errors if has_detail(s)]
        waiting += [s for s in self.service.document.shapes.values() if 'keep' in s.traits]
        while waiting:
            shape = waiting.pop(0)
            if shape.name in found or shape.kind in SCALARS:
                continue
            found[shape.name] = shape
            waiting += [self.target(m) for m in shape.members.values()]
        return sorted(found.values(), key=lambda shape: shape.name)

    # ---- C types ----

    def tag(self, shape):
        return f'struct {self.name}_{shape.name}'

    def is_str_list(self, shape):
        return shape.kind == 'list' and C_SCALAR.get(self.target(shape.members['member']).kind) == 'str'

    def value_type(self, shape):
        """As an item of a list or map, and what sizeof is taken of."""
        if shape.kind in SCALARS:
            return C_SCALAR[shape.kind]
        return 'struct str_list' if self.is_str_list(shape) else self.tag(shape)

    def field(self, member):
        target, name = self.target(member), c_field(member.name)
        if target.kind in ('structure', 'union'):
            return f'{self.tag(target)} *{name};'
        return f'{self.value_type(target)} {name};'

    def structs(self):
        """Lists and maps first (they only point), structures (they hold lists), map entries last."""
        heads, bodies, entries = [], [], []
        for shape in self.reached:
            if shape.kind == 'list' and not self.is_str_list(shape):
                item = self.value_type(self.target(shape.members['member']))
                heads.append(f'{self.tag(shape)} {{\n    {item} *items;\n    size_t len;\n    bool is_set;\n}};')
            elif shape.kind == 'map':
                heads.append(f'{self.tag(shape)} {{\n    {self.tag(shape)}_entry *items;\n'
                             '    size_t len;\n    bool is_set;\n};')
                value = self.value_type(self.target(shape.members['value']))
                entries.append(f'{self.tag(shape)}_entry {{\n    str key;\n    {value} value;\n}};')
            elif shape.kind in ('structure', 'union'):
                fields = [self.field(m) for m in shape.members.values() if not self.is_streaming(m)]
                lines = ''.join(f'    {line}\n' for line in fields or ['char empty_;'])
                bodies.append(f'{self.tag(shape)} {{\n{lines}}};')
        return heads + bodies + entries

    # ---- tables ----

    def is_streaming(self, member):
        return 'streaming' in member.traits or 'streaming' in self.target(member).traits

    def shape_number(self, shape):
        if shape.kind not in SCALARS:
            return self.index[shape.name]
        row = self.scalar_row(shape)
        if row not in self.scalar_rows:
            self.scalar_rows[row] = len(self.rows)
            self.rows.append(row)
        return self.scalar_rows[row]

    def bounds(self, shape):
        trait = shape.traits.get('length') or shape.traits.get('range')
        bounds = trait.value.plain() if trait else {}
        flags = ['SHAPE_HAS_MIN'] * ('min' in bounds) + ['SHAPE_HAS_MAX'] * ('max' in bounds)
        flags += ['SHAPE_SENSITIVE'] * ('sensitive' in shape.traits) + ['SHAPE_ERROR'] * ('error' in shape.traits)
        fields = [f'.{key} = {int(bounds[key])}' for key in ('min', 'max') if bounds.get(key)]
        return flags, fields

    def scalar_row(self, shape):
        flags, fields = self.bounds(shape)
        fields = [f'.kind = {KINDS[shape.kind]}', f'.size = sizeof({C_SCALAR[shape.kind]})'] + fields
        if flags:
            fields.append(f".flags = {' | '.join(flags)}")
        if shape.kind == 'enum':
            values = [m.value.value if m.value else m.name for m in shape.members.values()]
            fields.append(f'.enum_len = {len(values)}')
            fields.append(f'.first_enum = {self.add_enum(tuple(self.pool.add(v) for v in values))}')
        if 'pattern' in shape.traits:
            fields.append(f".pattern = {self.pool.add(shape.traits['pattern'].value.value)}")
        return ', '.join(fields)

    def add_enum(self, offsets):
        for at in range(len(self.enums) - len(offsets) + 1):
            if tuple(self.enums[at:at + len(offsets)]) == offsets:
                return at
        self.enums += offsets
        return len(self.enums) - len(offsets)

    def aggregate_row(self, shape):
        flags, fields = self.bounds(shape)
        fields = [f'.name = {self.pool.add(shape.name)}', f'.kind = {KINDS[shape.kind]}',
                  f'.size = sizeof({self.value_type(shape)})'] + fields
        if flags:
            fields.append(f".flags = {' | '.join(flags)}")
        if shape.kind == 'list':
            item = shape.members['member']
            fields.append(f'.element = {self.shape_number(self.target(item))}')
            fields.append(f".element_name = {self.pool.add(text_of(item.traits, 'xmlName') or 'member')}")
        elif shape.kind == 'map':
            key, value = shape.members['key'], shape.members['value']
            fields.append(f'.key = {self.shape_number(self.target(key))}')
            fields.append(f'.element = {self.shape_number(self.target(value))}')
            fields.append(f".element_name = {self.pool.add('entry')}")
            fields.append(f".key_name = {self.pool.add(text_of(key.traits, 'xmlName') or 'key')}")
            fields.append(f".value_name = {self.pool.add(text_of(value.traits, 'xmlName') or 'value')}")
        else:
            fields.append(f'.first_member = {len(self.members)}')
            fields.append(f'.members_len = {len(shape.members)}')
            fields.append(f".element_name = {self.pool.add(text_of(shape.traits, 'xmlName') or shape.name)}")
            self.first_member[shape.name] = len(self.members)
            self.members += [self.member_row(shape, m) for m in shape.members.values()]
        return ', '.join(fields)

    def member_row(self, shape, member):
        target, traits = self.target(member), member.traits
        location = next((c for name, c in LOCATIONS.items() if name in traits), 'IN_BODY')
        flags = ['MEMBER_REQUIRED'] * ('required' in traits)
        flags += ['MEMBER_FLATTENED'] * ('xmlFlattened' in traits)
        flags += ['MEMBER_ATTRIBUTE'] * ('xmlAttribute' in traits)
        flags += ['MEMBER_STREAMING'] * self.is_streaming(member)
        flags += ['MEMBER_SENSITIVE'] * ('sensitive' in traits or 'sensitive' in target.traits)
        flags += ['MEMBER_IDEMPOTENCY_TOKEN'] * ('idempotencyToken' in traits)
        flags += ['MEMBER_GREEDY'] * (location == 'IN_PATH' and member.name in self.greedy.get(shape.name, ()))
        name = self.pool.add(member.name)
        wire = self.pool.add(self.wire_name(member))
        offset = '0' if self.is_streaming(member) else f'offsetof({self.tag(shape)}, {c_field(member.name)})'
        format_ = text_of(traits, 'timestampFormat') or text_of(target.traits, 'timestampFormat')
        return (f'{{{name}, {wire}, {offset}, {self.shape_number(target)}, {location}, '
                f"{' | '.join(flags) or 0}, {TIMESTAMPS.get(format_, 'TIMESTAMP_DEFAULT')}}}")

    def wire_name(self, member):
        for name in ('httpHeader', 'httpPrefixHeaders', 'httpQuery', 'xmlName', 'jsonName'):
            if name in member.traits:
                return member.traits[name].value.value
        return member.name

    def fill(self):
        """Builds every table; the order makes numbers of aggregates follow their names."""
        self.greedy = {}
        for operation in self.service.operations:
            if operation.input and 'http' in operation.shape.traits:
                uri = operation.shape.traits['http'].value.plain()['uri']
                self.greedy.setdefault(operation.input.name, set()).update(re.findall(r'\{(\w+)\+\}', uri))
        self.index = {shape.name: number for number, shape in enumerate(self.reached)}
        self.rows = [None] * len(self.reached)
        for number, shape in enumerate(self.reached):
            self.rows[number] = self.aggregate_row(shape)
        self.errors = [self.error_row(shape) for shape in self.service.errors]
        self.operation_errors, self.resources, self.conditions, self.member_errors = [], [], [], []
        self.operations = [self.operation_row(operation) for operation in self.service.operations]

    def error_row(self, shape):
        code, status, is_sender = error_facts(shape)
        number = self.index[shape.name] if has_detail(shape) else NONE
        return (f'{{{self.pool.add(shape.name)}, {self.pool.add(code)}, {status}, {number}, '
                f'{str(is_sender).lower()}}}')

    def operation_row(self, operation):
        traits = operation.shape.traits
        fields = [f'.name = {self.pool.add(operation.name)}']
        if 'http' in traits:
            http = traits['http'].value.plain()
            fields.append(f".method = {self.pool.add(http['method'])}")
            fields.append(f".uri = {self.pool.add(http['uri'])}")
            fields.append(f".status = {int(http.get('code', 200))}")
        else:
            fields.append('.status = 200')
        fields.append(f".flags = {' | '.join(operation_flags(operation)) or 0}")
        if operation.is_planned:
            return ', '.join(fields + [f'.input = {NONE}', f'.output = {NONE}'])
        for side in ('input', 'output'):
            shape = getattr(operation, side)
            fields.append(f'.{side} = {self.index[shape.name] if shape else NONE}')
            if shape:
                fields.append(f'.{side}_size = sizeof({self.tag(shape)})')
        if 'awsQuery' in self.service.shape.traits and operation.output:
            fields.append(f".result_wrapper = {self.pool.add(operation.name + 'Result')}")
        fields += self.slice('resource', self.resources,
                             [f'{{{self.pool.add(a)}, {self.pool.add(arn)}}}' for a, arn in operation.resources])
        fields += self.slice('condition', self.conditions,
                             [f'{{{self.pool.add(k)}, {self.pool.add(p)}}}' for k, p in operation.conditions])
        numbers = {shape.name: number for number, shape in enumerate(self.service.errors)}
        fields += self.slice('error', self.operation_errors, [str(numbers[e.name]) for e in operation.errors])
        fields += self.slice('member_error', self.member_errors, self.member_error_rows(operation, numbers))
        return ', '.join(fields)

    def slice(self, what, table, rows):
        if not rows:
            return []
        table += rows
        return [f'.first_{what} = {len(table) - len(rows)}', f'.{what}s_len = {len(rows)}']

    def member_error_rows(self, operation, numbers):
        """Which of the operation's own errors stands for a missing or malformed member."""
        listed = {e.name for e in operation.errors}
        rows, waiting, seen = [], [operation.input] if operation.input else [], set()
        while waiting:
            shape = waiting.pop(0)
            if shape.name in seen:
                continue
            seen.add(shape.name)
            for at, member in enumerate(shape.members.values()):
                found = [error_for(member, kind, listed) for kind in ('required', 'invalid')]
                if any(found) and shape.kind in ('structure', 'union'):
                    codes = [str(numbers[e]) if e else NONE for e in found]
                    rows.append(f"{{{self.first_member[shape.name] + at}, {', '.join(codes)}}}")
                if self.target(member).kind not in SCALARS:
                    waiting.append(self.target(member))
        return rows

    # ---- files ----

    def header(self):
        supported = [o for o in self.service.operations if not o.is_planned]
        out = [f'/* {self.name} - types and tables, made by tools/apigen from api/{self.name}.smithy */',
               '#pragma once', '', '#include "api/call.h"', '#include "api/service.h"', '',
               f'extern const struct service_model {self.name}_model;',
               f'extern call_handler *const {self.name}_handlers[];',
               f'extern call_handler *const {self.name}_prepares[];', '']
        out += [f'extern const struct call_error {self.name}_{e.name};' for e in self.service.errors]
        if self.reached:
            out += ['', 'enum {']
            out += [f'    {self.name}_shape_{s.name} = {n},' for n, s in enumerate(self.reached)]
            out += ['};', '']
            out += [f'#define {self.name}_type_{s.name} '
                    f'((struct type){{&{self.name}_model, {self.name}_shape_{s.name}}})' for s in self.reached]
        for text in self.structs():
            out += ['', text]
        out += ['', '/* Handlers: written by hand in src/services/. */']
        for operation in supported:
            given, made = self.parameter(operation.input, 'in'), self.parameter(operation.output, 'out')
            out.append(f'int {self.name}_{operation.name}(struct call *call, const {given}, {made});')
            if operation.has('prepare'):
                out.append(f'int {self.name}_{operation.name}_prepare(struct call *call, const {given});')
        return '\n'.join(out) + '\n'

    def parameter(self, shape, name):
        return f'{self.tag(shape)} *{name}' if shape else f'void *{name}'

    def table(self, declaration, rows):
        rows = rows or ['0']  # never read: C has no empty arrays
        body = ''.join(f'    {row},\n' for row in rows)
        return f'static const {declaration}[] = {{\n{body}}};\n'

    def source(self):
        name = self.name
        out = [f'/* {name} - types and tables, made by tools/apigen from api/{name}.smithy */',
               f'#include "gen/{name}.h"\n', '#include <stddef.h>\n',
               f'static const char strings[] =\n{self.pool.c()};\n']
        for shape in self.reached:
            if shape.kind == 'map':
                value = self.value_type(self.target(shape.members['value']))
                out.append(f'_Static_assert(sizeof({self.tag(shape)}_entry) == sizeof(str) + sizeof({value}),\n'
                           '        "entries of maps have no padding");\n')
        out.append(self.table('uint32_t enums', [str(e) for e in self.enums]))
        out.append(self.table('struct shape shapes', braced(self.rows)))
        out.append(self.table('struct member members', self.members or ['{0}']))
        out.append(self.table('struct operation_resource resources', self.resources or ['{0}']))
        out.append(self.table('struct operation_condition conditions', self.conditions or ['{0}']))
        out.append(self.table('struct operation_member_error member_errors', self.member_errors or ['{0}']))
        out.append(self.table('struct error_shape errors', self.errors or ['{0}']))
        out.append(self.table('uint16_t operation_errors', self.operation_errors))
        out.append(self.table('struct operation operations', braced(self.operations)))
        for shape in self.service.errors:
            code, status, is_sender = error_facts(shape)
            out.append(f'const struct call_error {name}_{shape.name} = '
                       f'{{{c_string(code)}, {status}, {str(is_sender).lower()}}};')
        out += ['', self.model(), '']
        out += self.wrappers()
        return '\n'.join(out)

    def model(self):
        service = self.service
        sigv4 = service.trait('sigv4', 'name')
        prefix = service.shape.name if {'awsJson1_0', 'awsJson1_1'} & set(service.shape.traits) else None
        targets = service.trait('targetPrefixes') or ([prefix] if prefix else [])
        signing = service.trait('signingNames') or [sigv4]
        source = service.trait('service', 'cloudTrailEventSource') or f'{sigv4}.amazonaws.com'
        fields = {
            'name': self.name, 'signing_name': signing[0], 'other_signing_name': (signing + [None])[1],
            'iam_prefix': service.trait('iamPrefix') or sigv4,
            'target_prefix': (targets + [None])[0], 'other_target_prefix': (targets + [None, None])[1],
            'version': service.shape.fields['version'].value,
            'xml_namespace': service.trait('xmlNamespace', 'uri'), 'event_source': source,
        }
        out = [f'const struct service_model {self.name}_model = {{']
        out += [f'    .{key} = {c_string(value)},' for key, value in fields.items() if value]
        protocols = ' | '.join(c for trait, c in PROTOCOLS.items() if trait in service.shape.traits)
        out.append(f'    .protocols = {protocols},')
        validation = service.trait('validationError')
        if validation:
            out.append(f'    .validation_error = {c_string(validation)},')
        out += [f'    .{table} = {table},' for table in (
            'strings', 'shapes', 'members', 'enums', 'operations', 'resources', 'conditions', 'errors',
            'operation_errors', 'member_errors')]
        out += [f'    .shapes_len = {len(self.rows)},', f'    .operations_len = {len(self.operations)},',
                f'    .errors_len = {len(self.errors)},', '};']
        return '\n'.join(out)

    def wrappers(self):
        """Function pointers must be called by their own type, so each handler gets a typed caller."""
        out, handlers, prepares = [], [], []
        for operation in self.service.operations:
            full = f'{self.name}_{operation.name}'
            handlers.append('NULL' if operation.is_planned else f'call_{operation.name}')
            prepares.append(f'prepare_{operation.name}' if not operation.is_planned and operation.has('prepare') else 'NULL')
            if operation.is_planned:
                continue
            out.append(f'static int call_{operation.name}(struct call *call, const void *in, void *out)\n'
                       f'{{\n    return {full}(call, in, out);\n}}\n')
            if operation.has('prepare'):
                out.append(f'static int prepare_{operation.name}(struct call *call, const void *in, void *out)\n'
                           f'{{\n    (void)out;\n    return {full}_prepare(call, in);\n}}\n')
        for table, rows in (('handlers', handlers), ('prepares', prepares)):
            body = ''.join(f'    {row},\n' for row in rows)
            out.append(f'call_handler *const {self.name}_{table}[] = {{\n{body}}};\n')
        return out


def braced(rows):
    return [f'{{{row}}}' for row in rows] or ['{0}']


def has_detail(shape):
    return any(name.lower() != 'message' for name in shape.members)


def error_facts(shape):
    """Code on the wire, HTTP status, and whether the sender is at fault."""
    is_sender = shape.traits['error'].value.value == 'client'
    status = shape.traits['httpError'].value.value if 'httpError' in shape.traits else 400 if is_sender else 500
    code = shape.name
    if 'awsQueryError' in shape.traits:
        facts = shape.traits['awsQueryError'].value.plain()
        code, status = facts.get('code', code), facts.get('httpResponseCode', status)
    return code, status, is_sender


def operation_flags(operation):
    flags = [
        ('readonly', 'OP_READONLY'), ('prepare', 'OP_PREPARE'), ('dataPlane', 'OP_DATA_PLANE'),
        ('planned', 'OP_PLANNED'), ('authorizeSelf', 'OP_AUTHORIZE_SELF'), ('noAuth', 'OP_NO_AUTH'),
        ('anonymous', 'OP_ANONYMOUS'), ('paginated', 'OP_PAGINATED'),
        ('s3UnwrappedXmlOutput', 'OP_UNWRAPPED_XML'),
    ]
    return [c for trait, c in flags if operation.has(trait)]


def error_for(member, kind, listed):
    """The modelled error for a member that is missing or malformed, if the operation lists one."""
    if 'memberErrors' in member.traits:
        said = member.traits['memberErrors'].value.plain().get(kind)
        return said if said in listed else None
    name = member.name[0].upper() + member.name[1:]
    names = [name, name[:-1] if name.endswith('s') else name + 's', name + 'List', name + 'Map']
    for candidate in names:
        error = f'{candidate}RequiredException' if kind == 'required' else f'Invalid{candidate}Exception'
        if error in listed:
            return error
    return None


def emit(service):
    """(header, source) as text."""
    emitter = Emitter(service)
    emitter.fill()
    return emitter.header(), emitter.source()
