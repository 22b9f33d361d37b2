"""git over HTTPS with the real git.

Most tests use a service-specific credential of an IAM user; those of the credential helper run
the real aws CLI, which takes a second to start.
"""
import concurrent.futures
import json
import os
import pathlib
import signal
import subprocess

import pytest

from git_client import ALLOW_ALL, AWS, Git, git_password
from waiting import wait_for

PUSH_DENIED = "not authorized to perform: codecommit:GitPush"


@pytest.fixture
def codecommit(account):
    client = account.client("codecommit")
    client.create_repository(repositoryName="demo")
    return client


@pytest.fixture
def password(account):
    return git_password(account, "author", ALLOW_ALL)


@pytest.fixture
def git(account, codecommit, password, tmp_path):
    return Git(account, tmp_path / "home", credentials=password)


@pytest.fixture
def pushed(git):
    git.clone("work")
    git.commit("a.txt", "hello\n")
    git("push", "-q", "origin", "HEAD:refs/heads/main")
    return git


def tip(codecommit, branch="main"):
    return codecommit.get_branch(repositoryName="demo", branchName=branch)["branch"]["commitId"]


def test_push_and_clone(codecommit, pushed):
    assert tip(codecommit) == pushed("rev-parse", "HEAD")
    metadata = codecommit.get_repository(repositoryName="demo")["repositoryMetadata"]
    assert metadata["defaultBranch"] == "main"
    head = pushed("rev-parse", "HEAD")
    pushed.clone("copy")
    assert pushed("rev-parse", "HEAD") == head
    pushed("fsck", "--strict")


def test_clone_of_an_empty_repository(git):
    git.clone("work")
    assert git("branch", "-r") == ""


@pytest.mark.parametrize("version", ["0", "1", "2"])
def test_protocol_versions(pushed, version):
    pushed("tag", "-a", "v1", "-m", "one")
    pushed("push", "-q", "origin", "v1")
    pushed("-c", f"protocol.version={version}", "clone", "-q", pushed.url, "copy", cwd=pushed.home)
    refs = pushed("-c", f"protocol.version={version}", "ls-remote", "--symref", "origin")
    assert "ref: refs/heads/main\tHEAD" in refs
    assert "refs/tags/v1^{}" in refs


def test_shallow_and_partial_clone(codecommit, pushed):
    pushed.commit("b.txt", "more\n")
    pushed("push", "-q", "origin", "main")
    pushed.clone("shallow", "--depth=1")
    assert pushed("rev-list", "--count", "HEAD") == "1"
    commit = pushed.commit("c.txt", "from a shallow clone\n")
    pushed("push", "-q", "origin", "main")
    assert tip(codecommit) == commit
    pushed("fetch", "-q", "--unshallow")
    assert pushed("rev-list", "--count", "HEAD") == "3"
    pushed.clone("partial", "--filter=blob:none", "--no-checkout")
    assert "?" in pushed("rev-list", "--objects", "--missing=print", "HEAD")
    pushed("checkout", "-q", "main")
    assert (pushed.work / "c.txt").read_text() == "from a shallow clone\n"


def test_force_delete_and_tags(codecommit, pushed):
    pushed("push", "-q", "origin", "main:other")
    pushed("commit", "-q", "--amend", "-m", "amended")
    assert "non-fast-forward" in pushed.fails("push", "origin", "main")
    pushed("push", "-q", "--force", "origin", "main")
    assert tip(codecommit) == pushed("rev-parse", "HEAD")
    pushed("push", "-q", "origin", ":other")
    assert codecommit.list_branches(repositoryName="demo")["branches"] == ["main"]
    assert "deletion of the current branch prohibited" in pushed.fails("push", "origin", ":main")
    pushed("tag", "light")
    pushed("push", "-q", "--tags")
    assert "refs/tags/light" in pushed("ls-remote", "origin")


def test_atomic_push_with_a_protected_branch(account, codecommit, pushed, tmp_path):
    dev = git_password(account, "dev", ALLOW_ALL, {
        "Effect": "Deny", "Action": "codecommit:GitPush", "Resource": "*",
        "Condition": {"StringEqualsIfExists": {"codecommit:References": ["refs/heads/main"]},
                      "Null": {"codecommit:References": "false"}}})
    dev = Git(account, tmp_path / "dev", credentials=dev).clone("work")
    before = tip(codecommit)
    commit = dev.commit("b.txt", "x\n")
    assert PUSH_DENIED in dev.fails("push", "--atomic", "origin", "main", "main:refs/heads/topic")
    assert codecommit.list_branches(repositoryName="demo")["branches"] == ["main"]
    assert PUSH_DENIED in dev.fails("push", "origin", "main", "main:refs/heads/topic")
    assert tip(codecommit) == before
    assert tip(codecommit, "topic") == commit


def test_denied_and_unknown(account, codecommit, git, tmp_path):
    reader = git_password(account, "reader", {
        "Effect": "Allow", "Action": "codecommit:GitPull", "Resource": "*"})
    reader = Git(account, tmp_path / "reader", credentials=reader).clone("work")
    reader.commit("a", "a")
    assert "403" in reader.fails("push", "origin", "main")
    stranger = Git(account, tmp_path / "stranger", credentials=git_password(account, "stranger"))
    assert "403" in stranger.fails("clone", stranger.url)
    git.url += "-not"
    assert "not found" in git.fails("clone", git.url)


def test_the_credential_helper(account, codecommit, tmp_path):
    git = Git(account, tmp_path / "home").clone("work")
    git.commit("a", "a")
    git("push", "-q", "origin", "main")
    assert tip(codecommit) == git("rev-parse", "HEAD")


def test_wrong_credentials(account, codecommit, password, tmp_path):
    wrong = account.with_key(account.access_key, "x" * 40)
    assert "403" in Git(wrong, tmp_path / "helper").fails("clone", Git(wrong, tmp_path / "h").url)
    static = Git(account, tmp_path / "static", credentials=(password[0], "x" * 40))
    assert "403" in static.fails("clone", static.url)


def test_role_session(account, codecommit, tmp_path):
    account.client("iam").create_role(RoleName="dev", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"AWS": f"arn:aws:iam::{account.id}:root"}}]}))
    account.client("iam").put_role_policy(RoleName="dev", PolicyName="git", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "codecommit:Git*", "Resource": "*"}]}))
    user = account.user("caller", {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
    session = user.client("sts").assume_role(
        RoleArn=f"arn:aws:iam::{account.id}:role/dev", RoleSessionName="session")["Credentials"]
    role = account.with_key(session["AccessKeyId"], session["SecretAccessKey"],
                            session["SessionToken"])
    git = Git(role, tmp_path / "role").clone("work")
    git.commit("a", "a")
    git("push", "-q", "origin", "main")
    assert tip(codecommit) == git("rev-parse", "HEAD")


def test_a_broken_commit_is_refused(codecommit, pushed):
    tree = pushed("rev-parse", "HEAD^{tree}")
    (pushed.work / "bad").write_text(f"tree {tree}\nauthor nobody\ncommitter nobody\n\nx\n")
    bad = pushed("hash-object", "-t", "commit", "--literally", "-w", "bad")
    assert "missingEmail" in pushed.fails("push", "origin", f"{bad}:refs/heads/bad")
    assert codecommit.list_branches(repositoryName="demo")["branches"] == ["main"]


def test_of_concurrent_pushes_to_one_branch_one_wins(
        account, codecommit, pushed, password, tmp_path):
    clones = [Git(account, tmp_path / f"c{i}", credentials=password).clone("work") for i in range(6)]
    commits = [clone.commit("race.txt", str(i)) for i, clone in enumerate(clones)]
    with concurrent.futures.ThreadPoolExecutor(len(clones)) as pool:
        done = list(pool.map(lambda clone: clone.run("push", "origin", "main").returncode, clones))
    assert done.count(0) == 1
    assert tip(codecommit) == commits[done.index(0)]


def test_many_small_pushes_leave_few_packs(account, codecommit, pushed):
    for number in range(60):
        pushed.commit("counter", str(number))
        pushed("push", "-q", "origin", "main")
    identity = codecommit.get_repository(
        repositoryName="demo")["repositoryMetadata"]["repositoryId"]
    packs = pathlib.Path(account.server.data, "d/cache/git", identity, "objects/pack")

    def are_few():
        pushed("-c", "protocol.version=0", "fetch", "-q", "--refetch", "origin")
        return len(list(packs.glob("*.pack"))) <= 24
    wait_for(are_few, "few packs")
    head = pushed("rev-parse", "HEAD")
    pushed.clone("copy")
    pushed("fsck", "--strict", "--full")
    assert pushed("rev-parse", "HEAD") == head


def resident_kib(pid, field="VmHWM"):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(field)))


def test_a_big_push_streams(account, codecommit, pushed):
    pushed.commit_big(120)
    pid = account.server.process.pid
    before = resident_kib(pid)
    pushed("push", "-q", "origin", "main")
    head = pushed("rev-parse", "HEAD")
    assert tip(codecommit) == head
    pushed.clone("copy")
    assert pushed("rev-parse", "HEAD") == head
    assert resident_kib(pid) - before < 40 << 10


def quarantines(account):
    cache = pathlib.Path(account.server.data, "d", "cache", "git")
    return [path for path in cache.glob("*/incoming/*")]


def test_a_client_that_vanishes_leaves_nothing(account, codecommit, pushed):
    pushed.commit_big(60)
    before = tip(codecommit)
    known = quarantines(account)
    client = subprocess.Popen(["git", "push", "-q", "origin", "main"], cwd=pushed.work,
                              env=pushed.env, start_new_session=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(quarantines(account)) > len(known) or client.poll() is not None,
             "the push to begin")
    os.killpg(client.pid, signal.SIGKILL)
    client.wait()
    wait_for(lambda: quarantines(account) == known, "the quarantine to go")
    assert tip(codecommit) in (before, pushed("rev-parse", "HEAD"))
    pushed("push", "-q", "origin", "main")
    assert tip(codecommit) == pushed("rev-parse", "HEAD")
