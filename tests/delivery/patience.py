"""Waiting for another process."""

import time

#: Seconds after which a test gives up on a machine that stands still.
PATIENCE = 240


def wait_until(condition):
    """Wait for another process to get somewhere."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
