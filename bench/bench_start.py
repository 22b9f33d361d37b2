"""Start-up time, idle memory and the size of the binary.

Ready is when the line that says so can be read, counted from before the process is made; TLS is
on and the certificate authority is made at the first start. Memory is the server's process after
one request to each service, from smaps_rollup; the installed binary is the stripped one.
"""
import os
import statistics
import subprocess
import time

from world import BINARY, Directory, Row, Server

ROUNDS = 9
SETTLE_SECONDS = 2
READY_EMPTY_MS, READY_EXISTING_MS = 100, 50
RESIDENT_MIB, PRIVATE_MIB, BINARY_MB = 24, 6, 12

READS = {"sts": "get_caller_identity", "iam": "list_users", "kms": "list_keys",
         "logs": "describe_log_groups", "codecommit": "list_repositories", "s3": "list_buckets",
         "codebuild": "list_projects", "codepipeline": "list_pipelines",
         "codedeploy": "list_applications", "cloudtrail": "lookup_events"}


def ready_times():
    empty, existing, loader = [], [], []
    for _ in range(ROUNDS):
        with Directory() as directory:
            with Server(directory) as server:
                empty.append(server.ready_ms)
            with Server(directory) as server:
                existing.append(server.ready_ms)
        started = time.perf_counter()
        subprocess.run([BINARY, "version"], check=True, stdout=subprocess.DEVNULL)
        loader.append((time.perf_counter() - started) * 1000)
    return [statistics.median(times) for times in (empty, existing, loader)]


def memory_of(pid):
    """MiB resident and MiB private: written pages of this process alone. Clean pages of libraries
    count as private when no other process happens to map them: that depends on the machine."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        fields = [line.split() for line in file.readlines()[1:]]
    kib = {words[0]: int(words[1]) for words in fields}
    return kib["Rss:"] / 1024, kib["Private_Dirty:"] / 1024


def idle_memory():
    with Directory() as directory, Server(directory) as server:
        from world import has_service
        for service, read in READS.items():
            if service in ("sts", "iam") or has_service(service):
                getattr(server.client(service), read)()
        time.sleep(SETTLE_SECONDS)  # what is idle is what is measured
        return memory_of(server.process.pid)


def stripped_mb():
    with Directory() as directory:
        stripped = directory / "slipway"
        subprocess.run(["strip", "-o", stripped, BINARY], check=True)
        return os.stat(stripped).st_size / 1e6


def rows():
    empty, existing, loader = ready_times()
    yield Row("ready, empty data directory", empty, "ms", bound=READY_EMPTY_MS)
    yield Row("ready, existing data directory", existing, "ms", bound=READY_EXISTING_MS)
    yield Row("of which a start of the program (`slipway version`)", loader, "ms")
    resident, private = idle_memory()
    yield Row("idle, resident", resident, "MiB", bound=RESIDENT_MIB)
    yield Row("idle, private", private, "MiB", bound=PRIVATE_MIB)
    yield Row("binary, stripped", stripped_mb(), "MB", bound=BINARY_MB)
