"""The server and the accounts of tests/api, for tests with real clients."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from servers import *  # noqa: E402,F401,F403


def pytest_configure(config):
    config.addinivalue_line("markers", "once: does not depend on the database; run on SQLite only")
