"""git at two servers on one PostgreSQL and one blob store."""
import concurrent.futures

import pytest

from servers import Account, Postgres, Server, binary
from git_client import ALLOW_ALL, Git, git_password


@pytest.fixture(scope="module")
def servers():
    database = Postgres()
    first = Server(binary(), database.url)
    second = Server(binary(), database.url, ["--blobs", first.data + "/d/blobs"],
                    master_key=first.data + "/d/master.key")
    yield first, second
    second.stop(keep_log=True)
    first.stop(keep_log=True)
    database.remove()


@pytest.fixture
def both(servers, tmp_path):
    """The same user of the same repository at both servers."""
    account = servers[0].new_account()
    account.client("codecommit").create_repository(repositoryName="demo")
    password = git_password(account, "author", ALLOW_ALL)
    there = Account(servers[1], account.id, account.access_key, account.secret)
    return (Git(account, tmp_path / "here", credentials=password).clone("work"),
            Git(there, tmp_path / "there", credentials=password).clone("work"))


def test_a_push_is_seen_at_the_other_server_at_once(both):
    here, there = both
    for number in range(5):
        commit = here.commit("file", f"here {number}")
        here("push", "-q", "origin", "HEAD:main")
        there("pull", "-q", "origin", "main")
        assert there("rev-parse", "HEAD") == commit
        commit = there.commit("file", f"there {number}")
        there("push", "-q", "origin", "HEAD:main")
        here("pull", "-q", "origin", "main")
        assert here("rev-parse", "HEAD") == commit
    there("fsck", "--strict")


def test_of_two_pushes_at_two_servers_one_wins(both):
    here, there = both
    here.commit("file", "first")
    here("push", "-q", "origin", "HEAD:main")
    there("pull", "-q", "origin", "main")
    for number in range(8):
        for git in both:
            git("fetch", "-q", "origin", "main")
            git("reset", "-q", "--hard", "FETCH_HEAD")
        commits = [git.commit("file", f"{name} {number}") for git, name in zip(both, "ab")]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            codes = list(pool.map(lambda git: git.run("push", "origin", "HEAD:main").returncode,
                                  both))
        assert codes.count(0) == 1
        tips = {git("ls-remote", "origin", "refs/heads/main").split()[0] for git in both}
        assert tips == {commits[codes.index(0)]}
