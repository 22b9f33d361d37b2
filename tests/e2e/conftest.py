"""The server and the accounts of tests/api, for tests with real clients."""
import importlib.util
import pathlib

_spec = importlib.util.spec_from_file_location(
    "api_conftest", pathlib.Path(__file__).resolve().parents[1] / "api/conftest.py")
_api = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_api)


def pytest_configure(config):
    config.addinivalue_line("markers", "once: does not depend on the database; run on SQLite only")


globals().update({name: value for name, value in vars(_api).items() if not name.startswith("__")})
