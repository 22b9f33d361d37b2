#!/usr/bin/python3
"""gates.py - the figures that do not depend on the hour, each against its ceiling

The ceilings stand in the table of docs/specification.md, and only there. Prints every figure;
exits 1 if one is above its ceiling.
"""
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import bench_start
from pipeline import create_four_stages, create_role
from world import BINARY, ROOT, Directory, Server

SPECIFICATION = ROOT / "docs/specification.md"
FEW, MANY = 40, 240  # calls; the difference of two runs is free of start and stop


def ceilings():
    """{figure: ceiling} of the table's rows `| figure | number unit | ...`."""
    rows = re.findall(r"(?m)^\| ([^|]+?) \| ([\d.,]+) ", SPECIFICATION.read_text())
    return {name: float(number.replace(",", "")) for name, number in rows}


def caller_identity(server):
    return server.client("sts").get_caller_identity


def pipeline_state(server):
    server.client("codecommit").create_repository(repositoryName="gate")
    create_four_stages(server, "gate", create_role(server, "codepipeline"), "gate")
    client = server.client("codepipeline")
    return lambda: client.get_pipeline_state(name="gate")


def instructions(prepare, calls):
    """What a server executes that answers so many of the call, from its start to its end."""
    with Directory() as directory:
        counts = directory / "callgrind"
        wrapper = directory / "slipway"
        wrapper.write_text(f'#!/bin/sh\nexec valgrind -q --tool=callgrind '
                           f'--callgrind-out-file={counts} {BINARY} "$@"\n')
        wrapper.chmod(0o755)
        with Server(directory, "--tls", "off", "--workers", "0", binary=wrapper) as server:
            call = prepare(server)
            for _ in range(calls):
                call()
        return int(re.search(r"(?m)^(?:summary|totals): (\d+)", counts.read_text()).group(1))


def figures():
    resident, private = bench_start.idle_memory()
    yield "binary, stripped", bench_start.stripped_mb()
    yield "idle, resident", resident
    yield "idle, private", private
    for name, prepare in (("GetCallerIdentity", caller_identity), ("GetPipelineState", pipeline_state)):
        per_call = (instructions(prepare, MANY) - instructions(prepare, FEW)) / (MANY - FEW)
        yield f"instructions of a signed {name}", per_call


def main():
    if not shutil.which("valgrind"):
        print("gates: missing valgrind: tools/install-deps test", file=sys.stderr)
        return 2
    limits, failed = ceilings(), False
    for name, figure in figures():
        if name not in limits:
            print(f"gates: {SPECIFICATION.name} has no ceiling for \"{name}\"", file=sys.stderr)
            return 2
        passed = figure <= limits[name]
        failed = failed or not passed
        print(f"{'ok  ' if passed else 'HIGH'} {name}: {figure:,.2f} (ceiling {limits[name]:,g})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
