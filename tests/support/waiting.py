"""Waiting for what is true some time."""
import time

PATIENCE_SECONDS = 120
POLL_SECONDS = 0.02


def wait_for(look, what, seconds=PATIENCE_SECONDS):
    """Calls `look` until it returns something true, and returns that. `what` says what is waited
    for: text, or a function that gives it when the wait was in vain."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, \
            f"waited {seconds} seconds for {what() if callable(what) else what}"
        time.sleep(POLL_SECONDS)
