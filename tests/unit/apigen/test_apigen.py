"""apigen: bad input gets exact messages, good input becomes C that compiles and says what the IDL says."""

import importlib.machinery
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, os.path.join(ROOT, 'tools/apigen'))

import check
import coverage
import emit
import idl

CC = shlex.split(os.environ.get('CC', 'cc'))
FLAGS = ['-std=gnu11', '-Wall', '-Wextra', '-Wshadow', '-Wstrict-prototypes', '-Wmissing-prototypes', '-Werror',
         '-include', 'stdlib.h', '-include', 'sys/types.h', '-I', os.path.join(ROOT, 'src')]


def load(text):
    return check.check('x', idl.read_text('x.smithy', text))


def message(text):
    with pytest.raises(idl.IdlError) as caught:
        load(text)
    return str(caught.value)


# ---- text that is no IDL ----

@pytest.mark.parametrize('text, expected', [
    ('', "1:1: expected 'namespace', found end of file"),
    ('structure A {}', "1:1: expected 'namespace', found 'structure'"),
    ('$version: "1.0"\nnamespace a', '1:11: version "1.0" is not supported: write "2.0"'),
    ('$strict: true\nnamespace a', '1:2: unknown control $strict'),
    ('namespace a\nstring "x', '2:8: string is not closed'),
    ('namespace a\n%', "2:1: unexpected character '%'"),
    ('namespace a\nuse b', "2:5: 'b' is not a whole shape name (namespace#Name)"),
    ('namespace a\nuse b#c\nuse d#c', "3:5: 'c' is used twice"),
    ('namespace a\nstring A\nuse b#c', "3:1: 'use' must stand before the first shape"),
    ('namespace a\nstructure A {', "2:14: expected the name of a member, found end of file"),
    ('namespace a\nstructure A { b }', "2:17: expected ':', found '}'"),
    ('namespace a\nstructure A { b: }', "2:18: expected the shape of 'b', found '}'"),
    ('namespace a\nstructure A {\n  b: String\n  b: String\n}', "4:3: member 'b' is defined twice in 'A'"),
    ('namespace a\nstring A\nstring A', "3:8: shape 'A' is defined twice (first in line 2)"),
    ('namespace a\nthing A', "2:1: unknown kind of shape 'thing'"),
    ('namespace a\nresource A {}', '2:1: resource shapes are not supported'),
    ('namespace a\napply A @b', '2:1: apply statements are not supported'),
    ('namespace a\nstructure A with [B] {}', '2:13: mixins are not supported'),
    ('namespace a\nstructure A { b: Integer = 1 }', '2:26: default values are not supported'),
    ('namespace a\nstructure A { $b }', '2:15: elided members ($name) are not supported'),
    ('namespace a\n@b(\n  c: 1\n  c: 2)\nstring A', "4:3: key 'c' is given twice"),
    ('namespace a\n@b @b\nstring A', '2:4: trait @b is given twice'),
    ('namespace a\n@b("\\q")\nstring A', "2:4: unknown escape '\\q' in string"),
    ('namespace a\n@b([)\nstring A', "2:5: expected a value, found ')'"),
    ('namespace a\noperation A { result: B }', "2:15: unexpected 'result' in operation 'A'"),
    ('namespace a\n@b(' + '[' * 70, '2:69: values are nested deeper than 64'),
])
def test_text_that_is_no_idl_is_refused_where_it_goes_wrong(text, expected):
    assert message(text) == 'x.smithy:' + expected


# ---- shapes and traits ----

@pytest.mark.parametrize('text, expected', [
    ('structure A { b: Missing }', "4:18: unknown shape 'Missing'"),
    ('@made.up\nstring A', '4:1: unknown trait @made.up'),
    ('@planned\noperation A {}', '4:1: @planned needs: use slipway#planned'),
    ('@readonly\nstring A', "4:1: @readonly may not stand on string 'A'"),
    ('@pattern(3)\nstring A', '4:1: @pattern takes string, found number'),
    ('@length(low: 1)\nstring A', '4:1: @length takes numbers min and max'),
    ('@length(min: 2, max: 1)\nstring A', '4:1: @length leaves no value: min is above max'),
    ('@timestampFormat("rfc822")\ntimestamp A', '4:18: unknown timestamp format "rfc822"'),
    ('@error("user")\nstructure A {}', '4:1: @error takes "client" or "server"'),
    ('enum A {}', "4:6: enum 'A' has no values"),
    ('enum A { B = "x", C = "x" }', "4:19: value \"x\" stands twice in 'A'"),
    ('enum A { B = 1 }', "4:14: 'B' of an enum needs a string"),
    ('intEnum A { B }', "4:13: 'B' of an intEnum needs a number"),
    ('list A { item: String }', "4:6: list 'A' must have the members: member"),
    ('map A { value: String key: String }', "4:5: map 'A' must have the members: key, value"),
    ('map A { key: Integer value: String }', "4:14: the keys of map 'A' must be strings"),
    ('union A {}', "4:7: union 'A' has no members"),
    ('structure A { b: Byte }', "4:18: member 'A$b': byte shapes are not supported"),
    ('structure A { @xmlFlattened b: String }', "4:15: member 'A$b' is flattened but no list or map"),
    ('structure A { @length(max: 3) b: String }', '4:15: @length on members is not supported: put it on the shape'),
    ('structure A { @memberErrors(required: A) b: String }', "4:39: 'A' is not an error"),
])
def test_shapes_that_cannot_be_are_refused(text, expected):
    assert message('namespace a\nuse slipway#memberErrors\n\n' + text) == 'x.smithy:' + expected


# ---- services and operations ----

HEAD = '''namespace a
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use aws.protocols#restXml
use slipway#arn
use slipway#action
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#noAuth
@sigv4(name: "s") @awsJson1_1 service S { version: "1" operations: [O] }
structure In { @required name: String, note: String, size: Integer, inner: In }
'''


@pytest.mark.parametrize('text, expected', [
    ('operation O {}', "12:11: operation 'O' says nothing about authorization: "
     'give it @arn, @action, @authorizeSelf or @noAuth'),
    ('@noAuth @authorizeSelf operation O {}', "12:34: operation 'O' has both @authorizeSelf and @noAuth"),
    ('@noAuth @arn("*") operation O {}', "12:29: operation 'O' has both @noAuth and @arn"),
    ('@arn("bucket") operation O {}', '12:6: "bucket" is not an ARN template'),
    ('@arn("arn:aws:s3:::{name}") operation O {}', "12:6: '{name}' names no member of the input of 'O'"),
    ('@arn("arn:aws:s3:::{note}") operation O { input: In }',
     "12:6: '{note}' may be absent in 'O': give it a default ({note=*}) or use @authorizeSelf"),
    ('@arn("arn:aws:s3:::{inner.name}") operation O { input: In }',
     "12:6: '{inner.name}' may be absent in 'O': give it a default ({inner.name=*}) or use @authorizeSelf"),
    ('@arn("arn:aws:s3:::{size=1}") operation O { input: In }', "12:6: '{size}' in 'O' is not a string"),
    ('@arn("arn:aws:s3:::{name") operation O { input: In }',
     '12:6: "arn:aws:s3:::{name" has a brace without its partner'),
    ('@arn([{ action: "s3:X" }]) operation O { input: In }', '12:7: @arn takes strings and { action, arn }'),
    ('@action("X") operation O {}', '12:24: "X" is not an action (prefix:Name)'),
    ('@noAuth @conditionKeys("s:K": "nome") operation O { input: In }',
     "12:31: '{nome}' names no member of the input of 'O'"),
    ('@noAuth operation O { input: String }', "12:30: input of 'O' must be a structure"),
    ('@noAuth operation O { errors: [In] }', "12:32: 'In' is not an error"),
    ('@noAuth operation O {}\n@noAuth operation P {}', "13:19: operation 'P' is not listed in service 'S'"),
    ('structure O {}', "10:69: 'O' is not an operation"),
    ('', "10:69: unknown shape 'O'"),
])
def test_operations_say_what_they_touch(text, expected):
    assert message(HEAD + text) == 'x.smithy:' + expected


@pytest.mark.parametrize('text, expected', [
    ('', '1:1: a file describes exactly one service, found 0'),
    ('service S { version: "1" }', "6:9: service 'S' has no operations"),
    ('service S { version: "1" operations: [] }', "6:9: service 'S' has no protocol trait"),
    ('@restXml service S { version: "1" operations: [] }', "6:18: service 'S' has no @sigv4"),
    ('@restXml @sigv4(name: "s") service S { version: "1" operations: [O] } @noAuth operation O {}',
     "6:89: operation 'O' of a REST service has no @http"),
    ('@restXml @sigv4(name: "s") service S { version: "1" operations: [O] }\n'
     '@noAuth @http(method: "GET", uri: "/{Bucket}") operation O {}',
     "7:9: label 'Bucket' of 'O' is missing in the input"),
])
def test_services_are_whole(text, expected):
    uses = ''.join(f'use {u}\n' for u in ('aws.auth#sigv4', 'aws.protocols#restXml', 'slipway#noAuth'))
    assert message('namespace a\n' + uses + '\n' + text) == 'x.smithy:' + expected


# ---- C ----

def generate(folder, path):
    os.makedirs(folder / 'gen', exist_ok=True)
    return subprocess.run([sys.executable, os.path.join(ROOT, 'tools/apigen'), '--out', str(folder / 'gen'), path],
                          capture_output=True, text=True)


def test_generated_tables_say_what_the_idl_says(tmp_path):
    assert generate(tmp_path, os.path.join(HERE, 'sample.smithy')).returncode == 0
    subprocess.run(CC + FLAGS + ['-I', str(tmp_path), str(tmp_path / 'gen/sample.c'), os.path.join(HERE, 'sample_main.c'),
                                 '-o', str(tmp_path / 'sample')], check=True)
    out = subprocess.run([str(tmp_path / 'sample')], capture_output=True, text=True, check=True).stdout
    with open(os.path.join(HERE, 'sample.expected'), encoding='utf-8') as stream:
        assert out == stream.read()


def test_an_operation_without_a_handler_does_not_link(tmp_path):
    generate(tmp_path, os.path.join(HERE, 'sample.smithy'))
    main = tmp_path / 'main.c'
    main.write_text('#include "gen/sample.h"\nint main(void) { return sample_handlers[0] != NULL; }\n')
    run = subprocess.run(CC + FLAGS + ['-I', str(tmp_path), str(tmp_path / 'gen/sample.c'), str(main),
                                       '-o', str(tmp_path / 'main')], capture_output=True, text=True)
    assert run.returncode != 0
    assert 'sample_GetThing' in run.stderr


def test_what_only_planned_operations_use_is_left_out():
    header, source = emit.emit(check.check('sample', idl.read_file(os.path.join(HERE, 'sample.smithy'))))
    assert 'OnlyPlanned' not in header + source and 'DropThingInput' not in header + source
    assert 'struct sample_Stored {' in header  # @keep


def test_files_are_written_only_when_they_change(tmp_path):
    generate(tmp_path, os.path.join(HERE, 'sample.smithy'))
    path = tmp_path / 'gen/sample.c'
    os.utime(path, (1, 1))
    generate(tmp_path, os.path.join(HERE, 'sample.smithy'))
    assert path.stat().st_mtime == 1
    path.write_text('changed')
    generate(tmp_path, os.path.join(HERE, 'sample.smithy'))
    assert path.read_text() != 'changed'


def test_wrong_input_is_one_line_and_no_file(tmp_path):
    bad = tmp_path / 'bad.smithy'
    bad.write_text('namespace a\nstring\n')
    run = generate(tmp_path, str(bad))
    assert (run.returncode, run.stderr) == (1, f'{bad}:3:1: expected the name of the string, found end of file\n')
    assert os.listdir(tmp_path / 'gen') == []


def test_strings_survive_as_c():
    assert emit.c_string('a"b\\c?é\n') == '"a\\"b\\\\c\\077\\303\\251\\012"'


def test_the_readme_shows_what_is_generated():
    with open(os.path.join(ROOT, 'tools/apigen/README.md'), encoding='utf-8') as stream:
        readme = stream.read()
    shown = re.search(r'```smithy\n(.*?)```', readme, re.DOTALL).group(1)
    header, source = emit.emit(check.check('notes', idl.read_text('notes.smithy', shown)))
    made = set((header + source).splitlines())
    for block in re.findall(r'```c\n(.*?)```', readme, re.DOTALL):
        for line in filter(None, block.splitlines()):
            assert line in made, line


# ---- the descriptions of this tree ----

def import_api():
    loader = importlib.machinery.SourceFileLoader('import_api', os.path.join(ROOT, 'tools/import-api'))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('import_api', loader))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize('name', sorted(os.listdir(os.path.join(ROOT, 'api'))))
def test_every_description_is_valid_and_compiles(name, tmp_path):
    path = os.path.join(ROOT, 'api', name)
    run = generate(tmp_path, path)
    assert (run.returncode, run.stderr) == (0, '')
    source = tmp_path / 'gen' / name.replace('.smithy', '.c')
    subprocess.run(CC + FLAGS + ['-fsyntax-only', '-I', str(tmp_path), str(source)], check=True)
    tool = import_api()
    for shape in idl.read_file(path).shapes.values():
        if 'pattern' in shape.traits:
            pattern = shape.traits['pattern'].value.value
            assert tool.pattern_error(pattern) is None, (shape.name, pattern)


# ---- the importer ----

FACTS = {
    'metadata': {'apiVersion': '2020-01-01', 'endpointPrefix': 'tiny', 'jsonVersion': '1.1', 'protocol': 'json',
                 'protocols': ['json'], 'serviceId': 'Tiny', 'targetPrefix': 'Tiny_1'},
    'operations': {
        'GetThing': {'name': 'GetThing', 'http': {}, 'input': {'shape': 'GetThingInput'}, 'errors': [{'shape': 'Gone'}]},
        'PutThing': {'name': 'PutThing', 'http': {}, 'input': {'shape': 'GetThingInput'}},
    },
    'shapes': {
        'GetThingInput': {'type': 'structure', 'required': ['thingName'], 'members': {'thingName': {'shape': 'ThingName'}}},
        'ThingName': {'type': 'string', 'min': 1, 'max': 9, 'pattern': '[\\u0020-\\u00FF]+'},
        'Gone': {'type': 'structure', 'exception': True, 'error': {'httpStatusCode': 404}, 'members': {}},
    },
}
AUTHORIZATION = {
    'actions': {'getthing': {'name': 'GetThing', 'accessLevel': 'Read', 'conditionKeys': [],
                             'resourceTypes': [{'name': 'thing', 'required': True}]}},
    'resourceTypes': {'thing': {'arn': 'arn:${Partition}:tiny:${Region}:${Account}:${ThingName}'}},
}


def run_import(folder, *more):
    (folder / 'facts.json').write_text(json.dumps(FACTS))
    (folder / 'authorization.json').write_text(json.dumps(AUTHORIZATION))
    return subprocess.run([sys.executable, os.path.join(ROOT, 'tools/import-api'), 'facts.json', 'authorization.json',
                           '--supported', 'GetThing', '--out', 'tiny.smithy', *more],
                          cwd=folder, capture_output=True, text=True)


def test_the_importer_drafts_a_valid_description(tmp_path):
    assert run_import(tmp_path).returncode == 0
    service = check.check('tiny', idl.read_file(str(tmp_path / 'tiny.smithy')))
    get, put = service.operations
    assert get.resources == [('', 'arn:aws:tiny:{region}:{account}:{thingName}')]
    assert get.has('readonly') and not get.is_planned and put.is_planned
    assert service.shapes['ThingName'].traits['pattern'].value.value == '[\\x{0020}-\\x{00FF}]+'
    assert emit.error_facts(get.errors[0]) == ('Gone', 404, True)


def test_the_importer_keeps_edits(tmp_path):
    (tmp_path / 'tiny.smithy').write_text('by hand')
    assert 'tiny.smithy.draft' in run_import(tmp_path).stderr
    assert (tmp_path / 'tiny.smithy').read_text() == 'by hand'
    assert (tmp_path / 'tiny.smithy.draft').exists()
    run_import(tmp_path, '--overwrite')
    assert (tmp_path / 'tiny.smithy').read_text() != 'by hand'


@pytest.mark.parametrize('java, pcre2', [
    ('[\\u0009\\u000A]+', '[\\x{0009}\\x{000A}]+'),
    ('[\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF]*', '[\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]*'),
    ('[\\w-_]*', '[\\w\\-_]*'),
])
def test_java_patterns_become_pcre2(java, pcre2):
    tool = import_api()
    assert tool.translate_pattern(java) == pcre2
    assert tool.pattern_error(pcre2) is None


def test_a_broken_pattern_is_told_with_its_place():
    assert import_api().pattern_error('a(b') == 'missing closing parenthesis at 3'


# ---- coverage ----

METHODS = {'codecommit': {'get_branch': 'GetBranch', 'list_branches': 'ListBranches'}, 's3': {'list_objects_v2': 'ListObjectsV2'}}


def covered(text):
    return coverage.TestFile('t.py', text, METHODS).read()


@pytest.mark.parametrize('name, method', [
    ('GetBranch', 'get_branch'), ('ListObjectsV2', 'list_objects_v2'), ('CreateSAMLProvider', 'create_saml_provider'),
])
def test_operations_have_the_names_of_boto3s_methods(name, method):
    assert coverage.snake(name) == method


@pytest.mark.parametrize('line', [
    'codecommit.get_branch(repositoryName="r")',
    'codecommit_as_alice.get_branch()',
    'world.codecommit.get_branch()',
    'world.client("codecommit").get_branch()',
    'codecommit.get_paginator("get_branch")',
    'client.get_branch()',
    'run()  # covers: codecommit:GetBranch',
])
def test_a_test_covers_what_it_calls(line):
    text = f'def test_it(world):\n    client = boto3.client("codecommit")\n    {line}\n'
    assert covered(text) == {('codecommit', 'GetBranch'): {'test_it'}}


def test_helpers_and_other_methods_cover_nothing():
    assert covered('def helper(codecommit):\n    codecommit.get_branch()\n') == {}
    assert covered('def test_it(codecommit):\n    codecommit.close()\n') == {}


def test_a_marker_that_names_no_operation_is_refused():
    with pytest.raises(SystemExit, match='t.py: "covers: codecommit:GetBrunch" names no operation'):
        covered('# covers: codecommit:GetBrunch\n')
