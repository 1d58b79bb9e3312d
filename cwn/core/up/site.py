"""The parts of the portal itself: web server, worker and clock."""

import http.client
import os
import socket
import sys
import time
from pathlib import Path

from cwn.core.up.problems import CannotStart, explain
from cwn.core.up.processes import Processes

BASE_DIR = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
WEB = "Webserver"
START_LIMIT = 60.0  # seconds
#: Each web process answers on as many requests at once as it has threads; the rest waits in the kernel.
THREADS_PER_WEB_PROCESS = "4"


def free_port_or_problem(given: str) -> int:
    """Return the port that was asked for, or say why it cannot be used."""
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65_536:
        raise CannotStart(f"PORT moet een getal van 1 tot en met 65535 zijn, niet {given!r}.")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise CannotStart(f"Poort {port} mag alleen root gebruiken. Kies een andere: make run PORT=8001") from error
        except OSError as error:
            other = port + 1 if port < 65_535 else 8001
            raise CannotStart(f"Poort {port} is bezet. Kies een andere: make run PORT={other}") from error
    return port


def start_web(processes: Processes, port: int) -> None:
    """Start the web server and wait until it answers."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += ["--workers", str(max(2, os.cpu_count() or 1)), "--blocking-threads", THREADS_PER_WEB_PROCESS]
    command += ["--respawn-failed-workers", "--no-ws", "--log-level", "warning", "cwn.wsgi:application"]
    child = processes.start(WEB, command, cwd=BASE_DIR)
    deadline = time.monotonic() + START_LIMIT
    while not _answers(port):
        if child.process.poll() is not None or time.monotonic() > deadline:
            raise explain(WEB, child.log)
        time.sleep(0.05)


def start_worker(processes: Processes) -> None:
    """Start the worker and the clock that gives it its work."""
    celery = [sys.executable, "-m", "celery", "--app", "cwn"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # there are no other workers to ask
    processes.start("Worker", [*celery, "worker", "--loglevel", "warning", "--concurrency", "2", *alone], cwd=BASE_DIR)
    schedule = processes.record.with_name("beat-schedule")
    processes.start("Klok", [*celery, "beat", "--loglevel", "warning", "--schedule", str(schedule), "--pidfile="], cwd=BASE_DIR)


def _answers(port: int) -> bool:
    """Say whether the web server gives any answer at all."""
    connection = http.client.HTTPConnection(HOST, port, timeout=START_LIMIT)
    try:
        connection.request("GET", "/gezond/live", headers={"Host": "localhost"})
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
