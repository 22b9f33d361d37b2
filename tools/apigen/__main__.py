"""apigen - makes C from api/<service>.smithy

    python3 tools/apigen --out build/src/gen api/sts.smithy ...

Writes <out>/<service>.h and .c for each file, only where they change. Wrong input: one
line `file:line:column: message` and exit code 1.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check
import emit
import idl


def write_if_changed(path, text):
    try:
        with open(path, encoding='utf-8') as stream:
            if stream.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path + '.new', 'w', encoding='utf-8') as stream:
        stream.write(text)
    os.replace(path + '.new', path)


def service_name(path):
    return os.path.splitext(os.path.basename(path))[0]


def load(path):
    return check.check(service_name(path), idl.read_file(path))


def main(arguments):
    parser = argparse.ArgumentParser(prog='apigen', description='makes C from API descriptions')
    parser.add_argument('--out', required=True, metavar='DIR')
    parser.add_argument('files', nargs='+', metavar='api/SERVICE.smithy')
    options = parser.parse_args(arguments)
    os.makedirs(options.out, exist_ok=True)
    for path in options.files:
        try:
            header, source = emit.emit(load(path))
        except (idl.IdlError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        base = os.path.join(options.out, service_name(path))
        write_if_changed(base + '.h', header)
        write_if_changed(base + '.c', source)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
