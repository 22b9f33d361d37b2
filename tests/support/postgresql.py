"""A PostgreSQL of the tests' own, in a temporary directory (tests/support/postgres)."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import uuid

import pytest


class Postgres:
    def __init__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="slipway-pg-"))
        self.url = None
        self.start()

    def _command(self, verb):
        done = subprocess.run([pathlib.Path(__file__).with_name("postgres"), verb, self.directory],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode == 77 and not os.environ.get("CI"):
            pytest.skip("PostgreSQL is not installed")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self):
        self.url = self._command("start")

    def stop(self):
        self._command("stop")

    def remove(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.directory)


def new_database(url):
    """Another database of the same PostgreSQL: its servers have nothing in common."""
    name = "own_" + uuid.uuid4().hex
    subprocess.run(["psql", "-qAt", "-d", url, "-c", "create database " + name], check=True)
    return url.replace("/postgres?", "/%s?" % name)
