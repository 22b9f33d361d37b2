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


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=12, help="how many processes to kill (12)")
    parser.addoption("--seed", type=int, default=None, help="repeat the choices of an earlier run")


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
    return request.config.getoption("--kills")
