"""A server whose clock a test moves: days go by in a moment.

    def test_something(server, account):
        ...
        server.advance(days=7)

It is the program built with -Dfaults=true (src/cmd/fault_door.c), without a worker. Clients of the
test go by the server's clock, whatever they sign with. Time only goes on, so tests that share a
server look at their own accounts only.
"""
import contextlib
import datetime
import os
import pathlib
import socket
import sys
import types

import botocore.auth  # noqa: F401
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from servers import *  # noqa: E402,F401,F403
from servers import Server, _failed, binary  # noqa: E402
from builds import wait_for  # noqa: E402
from postgresql import new_database  # noqa: E402
import raw  # noqa: E402

# In this order: a job that is due is taken between two looks, and would be seen by neither of the other.
UNDER_WAY = ("slipway_jobs_oldest_seconds", 'slipway_jobs{state="leased"}')


class MovableServer(Server):
    def __init__(self, database=None, arguments=("--workers", "0"), master_key=None):
        self.ahead = datetime.timedelta()
        self.door, end = socket.socketpair()
        with end:
            super().__init__(binary(), database, arguments, master_key, **self._doors(end))

    @staticmethod
    def _doors(end, **faults):
        return {"pass_fds": [end.fileno()],
                "env": {**os.environ, "SLIPWAY_CLOCK": str(end.fileno()), **faults}}

    def _move(self, step):
        self.door.sendall(b"%d\n" % (step / datetime.timedelta(milliseconds=1)))
        assert self.door.recv(16) == b"ok\n"

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.door.close()

    def start_again(self, fault=None):
        """After its end, at the time that it was. `fault`: it kills itself there ("commit:3"). Whether it
        is up."""
        self.door, end = socket.socketpair()
        with end:
            self.options = self._doors(end, **({"SLIPWAY_FAULT": fault} if fault else {}))
            try:
                self._start()
            except AssertionError:
                assert fault and self.process.wait() == -9
                self.process.stdout.close()
                return False
        with contextlib.suppress(*[OSError, AssertionError] if fault else []):
            self._move(self.ahead)
        return True

    def advance(self, **duration):
        """Moves the clock by a datetime.timedelta(**duration); what has become due then is done."""
        step = datetime.timedelta(**duration)
        (pathlib.Path(self.data) / "ahead").write_text(  # for its rotation hooks
            str((self.ahead + step).total_seconds()))
        self._move(step)
        self.ahead += step
        wait_for(lambda: not any(raw.metric(self, name) for name in UNDER_WAY), "the jobs that are due")

    def now(self):
        return datetime.datetime.now(datetime.timezone.utc) + self.ahead

    def stop(self, keep_log):
        self.door.close()
        super().stop(keep_log)


@pytest.fixture(scope="session")
def server(request, database_url):
    running = MovableServer(database_url)
    yield running
    running.stop(keep_log=request.session.stash.get(_failed, False))


@pytest.fixture(autouse=True)
def clients_time(monkeypatch):
    """`follow(server)`: from then on botocore signs with that server's time; at first with `server`'s."""
    class Time(datetime.datetime):
        ahead_of = None

        @classmethod
        def utcnow(cls):
            ahead = cls.ahead_of.ahead if cls.ahead_of else datetime.timedelta()
            return datetime.datetime.utcnow() + ahead

    def follow(running):
        Time.ahead_of = running

    for module in ("botocore.auth", "botocore.crt.auth"):  # the second, if the first found awscrt
        if module in sys.modules:
            monkeypatch.setattr(sys.modules[module], "datetime", types.SimpleNamespace(
                datetime=Time, timezone=datetime.timezone))
    return follow


@pytest.fixture
def account(server, clients_time):
    clients_time(server)
    return server.new_account()


@pytest.fixture
def new_server(request, database_url, clients_time):
    """Starts a server whose time begins now; from then on clients follow that."""
    with contextlib.ExitStack() as stack:
        def start(*arguments):
            running = MovableServer(database_url and new_database(database_url), arguments)
            stack.callback(lambda: running.stop(request.session.stash.get(_failed, False)))
            clients_time(running)
            return running
        yield start
