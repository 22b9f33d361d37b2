"""Judges a document and resolves it: shape names to shapes, traits to facts.

The result is a Service: what emit.py and coverage.py walk. Every refusal is an
IdlError with the position of the thing that is wrong.
"""

import re
from dataclasses import dataclass, field

from idl import IdlError, SIMPLE_KINDS

PRELUDE = {
    'String': 'string', 'Blob': 'blob', 'Boolean': 'boolean', 'Byte': 'byte', 'Short': 'short',
    'Integer': 'integer', 'Long': 'long', 'Float': 'float', 'Double': 'double',
    'Timestamp': 'timestamp', 'Document': 'document',
}
SCALARS = SIMPLE_KINDS | {'enum', 'intEnum'}
AGGREGATES = {'structure', 'union', 'list', 'map'}
NUMBERS = {'byte', 'short', 'integer', 'long', 'float', 'double', 'intEnum'}

# trait -> (namespace, where it may stand, kinds of value; 'none' is @trait alone)
TRAITS = {}


def _traits(namespace, text):
    for line in text.strip().splitlines():
        name, where, values = line.split()
        TRAITS[name] = (namespace, set(where.split('|')), set(values.split('|')))


_traits('smithy.api', '''
    required           member                       none
    length             string|blob|list|map|member  object
    range              number|member                object
    pattern            string|member                string
    enumValue          enumvalue                    string|number
    sensitive          any|member                   none
    deprecated         any|member|operation|enumvalue none|object
    uniqueItems        list                         none
    input              structure                    none
    output             structure                    none
    error              structure                    string
    httpError          structure                    number
    retryable          structure                    none|object
    readonly           operation                    none
    idempotent         operation                    none
    paginated          operation                    none|object
    http               operation                    object
    idempotencyToken   member                       none
    httpLabel          member                       none
    httpHeader         member                       string
    httpPrefixHeaders  member                       string
    httpQuery          member                       string
    httpQueryParams    member                       none
    httpPayload        member                       none
    httpResponseCode   member                       none
    streaming          blob|union|member            none
    mediaType          string|blob                  string
    timestampFormat    timestamp|member             string
    jsonName           member                       string
    xmlName            structure|union|member       string
    xmlFlattened       member                       none
    xmlAttribute       member                       none
    xmlNamespace       structure|member|service     object
''')
_traits('aws.api', 'service service object')
_traits('aws.auth', 'sigv4 service object')
_traits('aws.protocols', '''
    awsJson1_0         service                      none|object
    awsJson1_1         service                      none|object
    awsQuery           service                      none
    ec2Query           service                      none
    restJson1          service                      none|object
    restXml            service                      none|object
    awsQueryError      structure                    object
''')
_traits('aws.customizations', 's3UnwrappedXmlOutput operation none')
_traits('smithy.protocols', 'rpcv2Cbor service none|object')
_traits('slipway', '''
    arn                operation                    string|array
    action             operation                    string
    prepare            operation                    none
    dataPlane          operation                    none
    planned            operation                    none
    authorizeSelf      operation                    none
    noAuth             operation                    none
    anonymous          operation                    none
    conditionKeys      operation                    object
    keep               aggregate                    none
    memberErrors       member                       object
    iamPrefix          service                      string
    validationError    service                      string
    targetPrefixes     service                      array
    signingNames       service                      array
''')

PROTOCOLS = {
    'awsJson1_0': 'PROTOCOL_JSON10', 'awsJson1_1': 'PROTOCOL_JSON11', 'awsQuery': 'PROTOCOL_QUERY',
    'restXml': 'PROTOCOL_REST_XML', 'restJson1': 'PROTOCOL_REST_JSON', 'ec2Query': 'PROTOCOL_EC2',
    'rpcv2Cbor': 'PROTOCOL_CBOR',
}
REST = {'restXml', 'restJson1'}
TIMESTAMP_FORMATS = {'epoch-seconds', 'date-time', 'http-date'}
ARN_VARIABLES = {'region', 'account'}
MAX_SHAPES = 65000


@dataclass
class Operation:
    name: str
    shape: object
    input: object = None  # Shape
    output: object = None
    errors: list = field(default_factory=list)  # of Shape
    resources: list = field(default_factory=list)  # of (action or '', arn)
    conditions: list = field(default_factory=list)  # of (key, path)
    is_planned: bool = False

    def has(self, trait):
        return trait in self.shape.traits


@dataclass
class Service:
    name: str  # of the file: "codecommit"
    document: object
    shape: object
    operations: list
    errors: list  # error shapes that supported operations use, by name

    def trait(self, name, key=None):
        trait = self.shape.traits.get(name)
        if trait is None:
            return None
        plain = trait.value.plain() if trait.value else None
        return plain if key is None else (plain or {}).get(key)


class Checker:
    def __init__(self, name, document):
        self.name = name
        self.document = document
        self.shapes = dict(document.shapes)

    def fail(self, pos, message):
        raise IdlError(self.document.path, pos, message)

    def check(self):
        for shape in self.document.shapes.values():
            self.check_shape(shape)
        services = [s for s in self.document.shapes.values() if s.kind == 'service']
        if len(services) != 1:
            pos = services[1].pos if services else (1, 1)
            self.fail(pos, f'a file describes exactly one service, found {len(services)}')
        return self.service(services[0])

    # ---- shapes ----

    def target(self, name, pos):
        if name in self.shapes:
            return self.shapes[name]
        if name in PRELUDE:
            from idl import Shape
            self.shapes[name] = Shape(PRELUDE[name], name, {}, pos)
            return self.shapes[name]
        self.fail(pos, f"unknown shape '{name}'")

    def check_shape(self, shape):
        self.check_traits(shape.traits, self.places(shape.kind), f"{shape.kind} '{shape.name}'")
        self.check_constraints(shape.traits, shape.kind)
        if shape.kind in ('enum', 'intEnum'):
            self.check_enum(shape)
            return
        wanted = {'list': ['member'], 'map': ['key', 'value']}.get(shape.kind)
        if wanted and list(shape.members) != wanted:
            self.fail(shape.pos, f"{shape.kind} '{shape.name}' must have the members: {', '.join(wanted)}")
        if shape.kind == 'union' and not shape.members:
            self.fail(shape.pos, f"union '{shape.name}' has no members")
        for member in shape.members.values():
            self.check_member(shape, member)

    def places(self, kind):
        found = {kind}
        if kind in NUMBERS:
            found.add('number')
        if kind in AGGREGATES:
            found.add('aggregate')
        if kind == 'enum':
            found.add('string')
        if kind not in ('operation', 'service', 'member', 'enumvalue'):
            found.add('any')
        return found

    def check_traits(self, traits, places, what):
        for trait in traits.values():
            if trait.name not in TRAITS:
                self.fail(trait.pos, f'unknown trait @{trait.name}')
            namespace, where, values = TRAITS[trait.name]
            if namespace != 'smithy.api' and self.document.uses.get(trait.name, ('',))[0] != namespace:
                self.fail(trait.pos, f'@{trait.name} needs: use {namespace}#{trait.name}')
            if not where & places:
                self.fail(trait.pos, f'@{trait.name} may not stand on {what}')
            kind = trait.value.kind if trait.value else 'none'
            if kind not in values:
                self.fail(trait.pos, f"@{trait.name} takes {' or '.join(sorted(values))}, found {kind}")

    def check_constraints(self, traits, kind):
        for name in ('length', 'range'):
            if name not in traits:
                continue
            trait = traits[name]
            bounds = trait.value.plain()
            for key, value in bounds.items():
                if key not in ('min', 'max') or isinstance(value, (str, bool)) or value is None:
                    self.fail(trait.pos, f'@{name} takes numbers min and max')
            if not bounds or bounds.get('min', -1 << 63) > bounds.get('max', 1 << 63):
                self.fail(trait.pos, f'@{name} leaves no value: min is above max')
        if 'timestampFormat' in traits:
            value = traits['timestampFormat'].value
            if value.value not in TIMESTAMP_FORMATS:
                self.fail(value.pos, f"unknown timestamp format \"{value.value}\"")
        if 'error' in traits and traits['error'].value.value not in ('client', 'server'):
            self.fail(traits['error'].pos, '@error takes "client" or "server"')

    def check_enum(self, shape):
        seen = {}
        if not shape.members:
            self.fail(shape.pos, f"{shape.kind} '{shape.name}' has no values")
        for member in shape.members.values():
            self.check_traits(member.traits, {'enumvalue'}, f"value '{member.name}'")
            if shape.kind == 'intEnum' and (member.value is None or member.value.kind != 'number'):
                self.fail(member.pos, f"'{member.name}' of an intEnum needs a number")
            if shape.kind == 'enum' and member.value is not None and member.value.kind != 'string':
                self.fail(member.value.pos, f"'{member.name}' of an enum needs a string")
            value = member.value.value if member.value else member.name
            if value in seen:
                self.fail(member.pos, f"value \"{value}\" stands twice in '{shape.name}'")
            seen[value] = member

    def check_member(self, shape, member):
        what = f"member '{shape.name}${member.name}'"
        target = self.target(member.target, member.target_pos)
        if target.kind in ('operation', 'service'):
            self.fail(member.target_pos, f"{what} cannot be of the {target.kind} '{target.name}'")
        if target.kind in ('byte', 'short', 'bigInteger', 'bigDecimal'):
            self.fail(member.target_pos, f"{what}: {target.kind} shapes are not supported")
        self.check_traits(member.traits, {'member'}, what)
        self.check_constraints(member.traits, target.kind)
        for name in ('length', 'range', 'pattern'):
            if name in member.traits:
                self.fail(member.traits[name].pos, f'@{name} on members is not supported: put it on the shape')
        if shape.kind == 'map' and member.name == 'key' and target.kind not in ('string', 'enum'):
            self.fail(member.target_pos, f"the keys of map '{shape.name}' must be strings")
        if 'xmlFlattened' in member.traits and target.kind not in ('list', 'map'):
            self.fail(member.traits['xmlFlattened'].pos, f'{what} is flattened but no list or map')
        if 'memberErrors' in member.traits:
            self.check_member_errors(member.traits['memberErrors'])

    def check_member_errors(self, trait):
        for key, node in trait.value.value.items():
            if key not in ('required', 'invalid') or node.kind not in ('id', 'string'):
                self.fail(node.pos, '@memberErrors takes required and invalid, each an error')
            if 'error' not in self.target(node.value, node.pos).traits:
                self.fail(node.pos, f"'{node.value}' is not an error")

    # ---- operations ----

    def service(self, shape):
        for name in ('version', 'operations'):
            if name not in shape.fields:
                self.fail(shape.pos, f"service '{shape.name}' has no {name}")
        if not any(name in shape.traits for name in PROTOCOLS):
            self.fail(shape.pos, f"service '{shape.name}' has no protocol trait")
        if 'sigv4' not in shape.traits:
            self.fail(shape.pos, f"service '{shape.name}' has no @sigv4")
        self.is_rest = any(name in shape.traits for name in REST)
        operations, seen = [], set()
        for node in shape.fields['operations'].value:
            target = self.target(node.value, node.pos)
            if target.kind != 'operation':
                self.fail(node.pos, f"'{node.value}' is not an operation")
            if node.value in seen:
                self.fail(node.pos, f"operation '{node.value}' is listed twice")
            seen.add(node.value)
            operations.append(self.operation(target))
        for other in self.document.shapes.values():
            if other.kind == 'operation' and other.name not in seen:
                self.fail(other.pos, f"operation '{other.name}' is not listed in service '{shape.name}'")
        operations.sort(key=lambda operation: operation.name)
        errors = {e.name: e for o in operations if not o.is_planned for e in o.errors}
        errors.update({e.name: e for e in self.error_list(shape)})
        service = Service(self.name, self.document, shape, operations, [errors[n] for n in sorted(errors)])
        self.check_errors_of(shape, service)
        return service

    def check_errors_of(self, shape, service):
        if 'validationError' in shape.traits:
            trait = shape.traits['validationError']
            if trait.value.value not in self.document.shapes:
                self.fail(trait.value.pos, f"unknown shape '{trait.value.value}'")

    def operation(self, shape):
        operation = Operation(shape.name, shape, is_planned='planned' in shape.traits)
        for name in ('input', 'output'):
            if name in shape.fields:
                node = shape.fields[name]
                target = self.target(node.value, node.pos)
                if target.kind != 'structure':
                    self.fail(node.pos, f"{name} of '{shape.name}' must be a structure")
                setattr(operation, name, target)
        operation.errors = self.error_list(shape)
        self.check_http(operation)
        self.check_authorization(operation)
        return operation

    def error_list(self, shape):
        found = []
        for node in shape.fields['errors'].value if 'errors' in shape.fields else []:
            target = self.target(node.value, node.pos)
            if 'error' not in target.traits:
                self.fail(node.pos, f"'{node.value}' is not an error")
            found.append(target)
        return found

    def check_http(self, operation):
        shape = operation.shape
        if 'http' not in shape.traits:
            if self.is_rest:
                self.fail(shape.pos, f"operation '{shape.name}' of a REST service has no @http")
            return
        trait = shape.traits['http']
        http = trait.value.plain()
        if not isinstance(http.get('method'), str) or not isinstance(http.get('uri'), str):
            self.fail(trait.pos, '@http needs method and uri')
        labels = set(re.findall(r'\{(\w+)\+?\}', http['uri']))
        bound = {m.name for m in operation.input.members.values() if 'httpLabel' in m.traits} \
            if operation.input else set()
        for name in sorted(labels ^ bound):
            where = 'the input' if name in labels else f"\"{http['uri']}\""
            self.fail(trait.pos, f"label '{name}' of '{shape.name}' is missing in {where}")

    def check_authorization(self, operation):
        shape = operation.shape
        said = [n for n in ('arn', 'action', 'authorizeSelf', 'noAuth', 'anonymous') if n in shape.traits]
        if not said and not operation.is_planned:
            self.fail(shape.pos, f"operation '{shape.name}' says nothing about authorization: "
                      'give it @arn, @action, @authorizeSelf or @noAuth')
        for one, other in (('authorizeSelf', 'arn'), ('authorizeSelf', 'noAuth'), ('noAuth', 'arn'),
                           ('authorizeSelf', 'action'), ('noAuth', 'action')):
            if one in said and other in said:
                self.fail(shape.pos, f"operation '{shape.name}' has both @{one} and @{other}")
        action = shape.traits['action'].value.value if 'action' in shape.traits else ''
        if 'arn' in shape.traits:
            operation.resources = list(self.arns(operation, shape.traits['arn'].value, action))
        elif action:
            operation.resources = [(action, '*')]
        for got, _ in operation.resources:
            if got and not re.fullmatch(r'[a-z0-9-]+:[A-Za-z0-9]+', got):
                self.fail(shape.pos, f"\"{got}\" is not an action (prefix:Name)")
        if 'conditionKeys' in shape.traits:
            for key, node in shape.traits['conditionKeys'].value.value.items():
                if node.kind != 'string' or not re.fullmatch(r'[a-z0-9-]+:[A-Za-z0-9:_./-]+', key):
                    self.fail(node.pos, '@conditionKeys takes "prefix:Key": "member"')
                template = node.value if '{' in node.value else '{' + node.value + '}'
                self.check_template(operation, template, node.pos, needs_value=False)
                operation.conditions.append((key, node.value))

    def arns(self, operation, node, action):
        for item in node.value if node.kind == 'array' else [node]:
            own, arn = action, item
            if item.kind == 'object':
                if set(item.value) != {'action', 'arn'} or any(v.kind != 'string' for v in item.value.values()):
                    self.fail(item.pos, '@arn takes strings and { action, arn }')
                own, arn = item.value['action'].value, item.value['arn']
            if arn.kind != 'string':
                self.fail(arn.pos, '@arn takes strings and { action, arn }')
            text = arn.value
            if text != '*' and not re.match(r'arn:aws:[a-z0-9-]+:[^:]*:[^:]*:.|\{\w+(=\*)?\}$', text):
                self.fail(arn.pos, f'"{text}" is not an ARN template')
            self.check_template(operation, text, arn.pos, needs_value=not operation.is_planned)
            yield own, text

    def check_template(self, operation, text, pos, needs_value):
        rest = re.sub(r'\{([A-Za-z0-9_.]+)(=[^{}]*)?\}', '', text)
        if '{' in rest or '}' in rest:
            self.fail(pos, f'"{text}" has a brace without its partner')
        for path, preset in re.findall(r'\{([A-Za-z0-9_.]+)(=[^{}]*)?\}', text):
            if path in ARN_VARIABLES:
                continue
            shape, required = operation.input, True
            for step in path.split('.'):
                members = shape.members if shape and shape.kind in ('structure', 'union') else {}
                if step not in members:
                    self.fail(pos, f"'{{{path}}}' names no member of the input of '{operation.name}'")
                required = required and 'required' in members[step].traits
                shape = self.target(members[step].target, pos)
            if needs_value and not required and not preset:
                self.fail(pos, f"'{{{path}}}' may be absent in '{operation.name}': "
                          f"give it a default ({{{path}=*}}) or use @authorizeSelf")
            if needs_value and shape.kind not in ('string', 'enum'):
                self.fail(pos, f"'{{{path}}}' in '{operation.name}' is not a string")


def check(name, document):
    checker = Checker(name, document)
    service = checker.check()
    service.shapes = checker.shapes
    return service
