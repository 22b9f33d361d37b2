"""slipway policy suggest, and waiting until what it tells of is written."""
import json
import pathlib
import subprocess

import servers
from errors import code_of
from waiting import wait_for


def run(server, *arguments):
    return subprocess.run([str(servers.binary()), "policy", "suggest", "--data",
                           str(pathlib.Path(server.data) / "d"), *arguments], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def suggest(server, *arguments, status=0):
    done = run(server, *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    return done


def statements_of(policy):
    """(action, resource) pairs."""
    return sorted((a, r) for s in policy["Statement"] for a in s["Action"] for r in s["Resource"])


class Ledger:
    """What the server has noted so far: a user's call is noted after all that was done before it."""

    def __init__(self, server, account):
        self.server, self.account, self.marks = server, account, 0

    def arn(self, kind, name):
        return "arn:aws:iam::%s:%s/%s" % (self.account.id, kind, name)

    def written(self):
        self.marks += 1
        name = "mark%d" % self.marks
        assert code_of(self.account.user(name).client("iam").list_users) == "AccessDenied"
        wait_for(lambda: "iam:ListUsers" in run(self.server, "--user", self.arn("user", name)).stderr,
                 "the note of " + name)

    def of(self, kind, name, *arguments):
        """The policy and the remarks."""
        done = suggest(self.server, "--" + kind, self.arn(kind, name), *arguments)
        return json.loads(done.stdout), done.stderr
