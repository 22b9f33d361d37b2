"""coverage - docs/coverage.md from the API descriptions and the tests

    python3 tools/apigen/coverage.py            writes docs/coverage.md
    python3 tools/apigen/coverage.py --check    exit code 1 if it is not up to date

A test covers an operation when its function
  - calls it through a boto3 client: `codecommit.get_branch(...)` where `codecommit` is the
    name of a service, of a fixture, or of a variable made by `....client('codecommit')`
    (a name that begins with a service's, `codecommit_as_alice`, counts too);
  - or says so in a line `# covers: codecommit:GetBranch codecommit:ListBranches`, for tests
    that use other clients. Such a line outside of any test speaks for the whole file.
"""

import argparse
import ast
import os
import re
import sys
import textwrap

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check
import idl

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEST_FOLDERS = ('tests/api', 'tests/e2e', 'tests/time', 'tests/fault')
COVERS = re.compile(r'#\s*covers:\s*(.+)')


def snake(name):
    """The name of an operation's method in boto3: ListObjectsV2 is list_objects_v2."""
    name = re.sub(r'(.)([A-Z][a-z]+)', r'\1_\2', name)
    return re.sub(r'([a-z0-9])([A-Z])', r'\1_\2', name).lower()


def services(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith('.smithy'):
            yield check.check(name[:-len('.smithy')], idl.read_file(os.path.join(folder, name)))


def built_apis(root):
    """Services that some src/**/meson.build adds to `apis`: those that are in the program."""
    found = set()
    for folder, _, files in os.walk(os.path.join(root, 'src')):
        if 'meson.build' in files:
            with open(os.path.join(folder, 'meson.build'), encoding='utf-8') as stream:
                for words in re.findall(r'^apis \+= (.+)$', stream.read(), re.MULTILINE):
                    found.update(re.findall(r"'(\w+)'", words))
    return found


class TestFile:
    """Which operations one file of tests names: {(service, operation): {test, ...}}."""

    def __init__(self, path, text, methods):
        self.path, self.methods, self.found = path, methods, {}
        self.lines = text.splitlines()
        self.tree = ast.parse(text, path)
        self.clients = {}

    def read(self):
        self.find_clients()
        ends = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith('test_'):
                ends.append((node.lineno, node.end_lineno, node.name))
                for inner in ast.walk(node):
                    self.note_call(inner, node.name)
        for number, line in enumerate(self.lines, 1):
            self.note_marker(line, next((n for a, b, n in ends if a <= number <= b), ''))
        return self.found

    def find_clients(self):
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                service = self.made_client(node.value)
                for target in node.targets:
                    if service and isinstance(target, ast.Name):
                        self.clients[target.id] = service

    def made_client(self, call):
        name = getattr(call.func, 'attr', getattr(call.func, 'id', ''))
        if name != 'client' or not call.args or not isinstance(call.args[0], ast.Constant):
            return None
        return call.args[0].value if call.args[0].value in self.methods else None

    def service_of(self, node):
        if isinstance(node, ast.Call):
            return self.made_client(node)
        name = getattr(node, 'id', getattr(node, 'attr', ''))
        if name in self.clients:
            return self.clients[name]
        return next((s for s in self.methods if name == s or name.startswith(s + '_')), None)

    def note_call(self, node, test):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return
        service = self.service_of(node.func.value)
        if not service:
            return
        method = node.func.attr
        if method in ('get_paginator', 'get_waiter', 'generate_presigned_url') and node.args \
                and isinstance(node.args[0], ast.Constant):
            method = node.args[0].value
        operation = self.methods[service].get(method)
        if operation:
            self.found.setdefault((service, operation), set()).add(test)

    def note_marker(self, line, test):
        match = COVERS.search(line)
        for word in match.group(1).split() if match else []:
            service, _, operation = word.rstrip(',').partition(':')
            if operation not in self.methods.get(service, {}).values():
                raise SystemExit(f'{self.path}: "covers: {word}" names no operation')
            self.found.setdefault((service, operation), set()).add(test)


def read_tests(root, methods):
    """{(service, operation): {file: {test, ...}}}"""
    found = {}
    for folder in TEST_FOLDERS:
        top = os.path.join(root, folder)
        for name in sorted(os.listdir(top)) if os.path.isdir(top) else []:
            if not name.endswith('.py'):
                continue
            path = f'{folder}/{name}'
            with open(os.path.join(top, name), encoding='utf-8') as stream:
                tests = TestFile(path, stream.read(), methods).read()
            for key, names in tests.items():
                found.setdefault(key, {})[path] = names
    return found


def shown_tests(files):
    """One test by name where there are few, else how many there are in each file."""
    parts = []
    for path, names in sorted(files.items()):
        link = f'[{os.path.basename(path)}](../{path})'
        names = sorted(n for n in names if n)
        parts.append(f'{link} ({len(names)})' if len(names) > 1 else f'{link} `{names[0]}`' if names else link)
    return ', '.join(parts)


def split(service, built):
    """(supported, planned) names; a service that is not in the program has only plans."""
    supported = [o.name for o in service.operations if not o.is_planned and service.name in built]
    return supported, [o.name for o in service.operations if o.name not in supported]


def report(all_services, tests, built):
    out = ['# Coverage', '',
           'Which operations of which service are supported, and the tests that show it. Made by',
           '`make coverage` from `api/*.smithy` and the tests; `make lint` checks that it is up to date.',
           'A planned operation is answered with an error that says so. A figure behind a file is the',
           'number of its tests that call the operation; a name is the one test that does.', '',
           '| service | operations | supported | with tests |', '|---|---:|---:|---:|']
    for service in all_services:
        supported, _ = split(service, built)
        tested = sum((service.name, o) in tests for o in supported)
        out.append(f'| [{service.name}](#{service.name}) | {len(service.operations)} | {len(supported)} | {tested} |')
    out.append('')
    for service in all_services:
        out += [f'## {service.name}', '']
        supported, planned = split(service, built)
        if supported:
            out += ['| supported | tests |', '|---|---|']
            out += [f'| {o} | {shown_tests(tests.get((service.name, o), {}))} |' for o in supported] + ['']
        if planned:
            out += textwrap.wrap(f"Planned: {', '.join(planned)}.", 110) + ['']
    return '\n'.join(out).rstrip('\n') + '\n'


def main(arguments):
    parser = argparse.ArgumentParser(prog='coverage', description='writes docs/coverage.md')
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--root', default=ROOT)
    options = parser.parse_args(arguments)
    found = list(services(os.path.join(options.root, 'api')))
    methods = {s.name: {snake(o.name): o.name for o in s.operations} for s in found}
    text = report(found, read_tests(options.root, methods), built_apis(options.root))
    path = os.path.join(options.root, 'docs/coverage.md')
    if not options.check:
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(text)
        return 0
    try:
        with open(path, encoding='utf-8') as stream:
            if stream.read() == text:
                return 0
    except FileNotFoundError:
        pass
    print('docs/coverage.md: is not up to date: run `make coverage`')
    return 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
