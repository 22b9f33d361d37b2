"""Wrong git passwords: who guesses is refused for a while, and nobody else is."""
import contextlib
import re
import socket
import threading

import pytest

from test_git import Git, git_password

ALLOW = {"Effect": "Allow", "Action": "codecommit:*", "Resource": "*"}


@pytest.fixture
def repository(account):
    account.client("codecommit").create_repository(repositoryName="demo")


@contextlib.contextmanager
def elsewhere(server, source):
    """A port whose connections come to the server from another address."""
    port = int(server.endpoint.rpartition(":")[2])
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(one, other):
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", port), source_address=(source, 0))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def look(account, home, credentials, port=None):
    """What `git ls-remote` says, from here or through a port."""
    git = Git(account, home, credentials=credentials)
    url = re.sub(r":\d+/", ":%d/" % port, git.url) if port else git.url
    done = git.run("ls-remote", url)
    return "" if done.returncode == 0 else done.stdout


def test_who_guesses_is_refused_for_a_while_and_nobody_else(account, repository, tmp_path):
    alice, bob = git_password(account, "alice", ALLOW), git_password(account, "bob", ALLOW)
    wrong = (alice[0], "x" * 44)
    with elsewhere(account.server, "127.0.0.2") as attacker:
        for _ in range(5):
            assert "403" in look(account, tmp_path, wrong, attacker)
        said = look(account, tmp_path, wrong, attacker)
        assert re.search(r"remote: Too many wrong passwords for this user from this address. "
                         r"Try again in \d+ seconds", said) and "429" in said
        assert "429" in look(account, tmp_path, alice, attacker)  # the right one is not looked at either
        assert look(account, tmp_path, bob, attacker) == ""
        assert look(account, tmp_path, alice) == ""


def test_the_right_password_forgets_wrong_ones(account, repository, tmp_path):
    alice = git_password(account, "alice", ALLOW)
    for _ in range(2):
        for _ in range(4):
            assert "403" in look(account, tmp_path, (alice[0], "x" * 44))
        assert look(account, tmp_path, alice) == ""


def test_unknown_names_are_limited_like_known_ones(account, repository, tmp_path):
    nobody = ("nobody-at-" + account.id, "x" * 44)
    for _ in range(5):
        assert "403" in look(account, tmp_path, nobody)
    assert "429" in look(account, tmp_path, nobody)
