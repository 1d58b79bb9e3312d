"""The web server of `up`: loads the portal once, waits until the data is ready, and forks its workers.

Loading goes on while the database is brought up to date, and the workers share what was loaded: that is
the difference between two and five seconds. A line on standard input opens the door; end of input means
that `up` is gone.
"""

import multiprocessing
import sys
from importlib import import_module

from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server


def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Load everything, wait for the sign, and serve until a signal comes."""
    import_module("cwn.wsgi")
    get_resolver().url_patterns  # noqa: B018  every view is loaded before the workers part
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    server = Server(
        "cwn.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    if sys.stdin.readline():
        server.serve()


if __name__ == "__main__":
    serve(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
