"""Options of the fault tests: how often, and from which seed."""
import os
import pathlib
import random
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The demo's set-up is the tests' set-up.
sys.path.insert(0, str(ROOT / "tools/demo"))
sys.path.append(str(ROOT / "tests/support"))

from postgresql import Postgres  # noqa: E402

DEFAULT_KILLS = {"sqlite": 12, "postgres": 4}  # on each database


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=None,
                     help="how many processes to kill (12, and 4 on PostgreSQL)")
    parser.addoption("--seed", type=int, default=None, help="repeat the choices of an earlier run")
    parser.addoption("--db", choices=DEFAULT_KILLS, default=None,
                     help="the database of those tests that can run on either (both)")


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        metafunc.parametrize("database", [chosen] if chosen else list(DEFAULT_KILLS), indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("--db") == "postgres":  # the others have a database of their own choice
        items[:] = [item for item in items if "database" in item.fixturenames]
    items.sort(key=lambda item: "database" not in item.fixturenames)  # the longest first
    for item in items:  # what runs on one process: a file, or a test on one database
        name = item.name if "database" in item.fixturenames else item.path.stem
        item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture
def database(request):
    """The arguments of a server that say where its database is."""
    if request.param == "sqlite":
        yield []
        return
    postgres = Postgres()
    yield ["--database", postgres.url]
    postgres.remove()


@pytest.fixture
def dice(request):
    """Random choices that can be repeated: the seed is shown when the test fails."""
    seed = request.config.getoption("--seed")
    if seed is None:
        seed = int.from_bytes(os.urandom(4), "big")
    print(f"\nseed {seed}; repeat it with --seed={seed}")
    return random.Random(seed)


@pytest.fixture
def kills(request):
    return request.config.getoption("--kills") or DEFAULT_KILLS[request.node.callspec.params["database"]]
