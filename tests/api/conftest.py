"""The server and the accounts that these tests have in common with others."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from servers import *  # noqa: E402,F401,F403
