"""git over HTTP with a repository of about 50 MB, beside nginx + fcgiwrap + git-http-backend.

Both serve plain HTTP on loopback to the same git; Slipway also authenticates (a service-specific
credential) and seals what it stores. Clones are bare: what the client does is the same.
"""
import base64
import os
import random
import subprocess

from git_peer import GitHttpBackend
from pipeline import create_repository
from world import Directory, Row, Server, has_service, seconds, side_by_side

COMMITS, BLOB_BYTES, CLONES_AT_ONCE = 1500, 34000, 16
ROUNDS, PUSHES = 3, 9
CLONE_MOST, PUSH_MOST = 1.1, 1.5


def git(*arguments, **options):
    subprocess.run(["git", "-c", "protocol.version=2", "-c", "gc.auto=0", "-c",
                    "maintenance.auto=false", *map(str, arguments)], check=True,
                   stdout=subprocess.DEVNULL, env=ENVIRONMENT, **options)


ENVIRONMENT = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null",
                   GIT_TERMINAL_PROMPT="0", GIT_AUTHOR_NAME="Bench", GIT_COMMITTER_NAME="Bench",
                   GIT_AUTHOR_EMAIL="bench@example.com", GIT_COMMITTER_EMAIL="bench@example.com",
                   GIT_AUTHOR_DATE="1750000000 +0000", GIT_COMMITTER_DATE="1750000000 +0000")


def history():
    """A fast-import stream, the same each time: each commit brings new bytes and edits a text."""
    dice = random.Random(1)
    lines = [f"line {i} of the text that every commit edits\n" for i in range(200)]
    for n in range(COMMITS):
        blob = base64.encodebytes(dice.randbytes(BLOB_BYTES))
        lines[dice.randrange(len(lines))] = f"line edited by commit {n}: {dice.random()}\n"
        text = "".join(lines).encode()
        name = f"src/part{n % 40}/file{n % 200}.dat"
        yield (f"commit refs/heads/main\ncommitter Bench <bench@example.com> {1750000000 + n} +0000\n"
               f"data 12\ncommit {n:04d}\n").encode()
        for path, content in ((name, blob), ("text.txt", text)):
            yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def make_repository(path):
    git("init", "-q", "--bare", "-b", "main", path)
    importer = subprocess.Popen(["git", "-C", path, "fast-import", "--quiet"],
                                stdin=subprocess.PIPE, env=ENVIRONMENT)
    for piece in history():
        importer.stdin.write(piece)
    importer.stdin.close()
    if importer.wait() != 0:
        raise SystemExit("git fast-import failed")


class Side:
    """One of the two servers, seen by a client."""

    def __init__(self, name, directory, url, source):
        self.directory, self.url, self.clones = directory / name, url, 0
        self.directory.mkdir()
        self.first_push = seconds(git, "-C", source, "push", "-q", url, "main")
        self.work = self.directory / "work"
        git("clone", "-q", "--no-checkout", url, self.work)
        git("-C", self.work, "read-tree", "HEAD")

    def clone(self, path=None):
        self.clones += 1
        path = path or self.directory / f"clone{self.clones}"
        took = seconds(git, "clone", "-q", "--bare", self.url, path)
        subprocess.run(["rm", "-rf", path], check=True)
        return took

    def fetch(self):
        return seconds(git, "-C", self.work, "fetch", "-q")

    def push(self):
        tree = subprocess.run(["git", "-C", self.work, "write-tree"], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()
        git("-C", self.work, "update-index", "--add", "--cacheinfo", "100644," + subprocess.run(
            ["git", "-C", self.work, "hash-object", "-w", "--stdin"], check=True, text=True,
            input=f"pushed on {tree}\n", stdout=subprocess.PIPE).stdout.strip() + ",pushed.txt")
        git("-C", self.work, "commit", "-q", "-m", "one more")
        return seconds(git, "-C", self.work, "push", "-q", "origin", "HEAD:main")

    def clones_at_once(self):
        def all_of_them():
            running = [subprocess.Popen(
                ["git", "clone", "-q", "--bare", self.url, self.directory / f"many{i}"],
                env=ENVIRONMENT) for i in range(CLONES_AT_ONCE)]
            if any([process.wait() for process in running]):
                raise SystemExit("a clone failed")
        took = seconds(all_of_them)
        for i in range(CLONES_AT_ONCE):
            subprocess.run(["rm", "-rf", self.directory / f"many{i}"], check=True)
        return took


def rows():
    if not has_service("codecommit"):
        return
    with Directory() as directory, GitHttpBackend(directory) as peer, \
            Server(directory, "--tls", "off", "--workers", "0") as server:
        source = directory / "source.git"
        make_repository(source)
        ours = Side("ours", directory, create_repository(server, "bench"), source)
        peers = Side("theirs", directory, peer.url, source)
        yield Row("first push, 50 MB", ours.first_push, "s", peers.first_push)
        yield Row("clone, 50 MB", *both(ROUNDS, ours.clone, peers.clone, "s"), bound=CLONE_MOST)
        yield Row("fetch, nothing new", *both(PUSHES, ours.fetch, peers.fetch, "ms"))
        yield Row("push of one commit", *both(PUSHES, ours.push, peers.push, "ms"),
                  bound=PUSH_MOST)
        yield Row("16 clones at once", *both(1, ours.clones_at_once, peers.clones_at_once, "s"))


def both(rounds, ours, peers, unit):
    """Figure, unit, peer: as Row takes them."""
    scale = 1000 if unit == "ms" else 1
    figure, peer = side_by_side(rounds, ours, peers)
    return figure * scale, unit, peer * scale
