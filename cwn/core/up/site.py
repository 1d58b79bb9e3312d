"""The parts of the portal itself: web server, worker and clock."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from cwn.core.up.problems import StartError, explain
from cwn.core.up.processes import Child, Processes

BASE_DIR = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
START_LIMIT = 60.0  # seconds
#: Each web process answers on as many requests at once as it has threads; the rest waits in the kernel.
THREADS_PER_WEB_PROCESS = 4


def free_port_or_problem(given: str) -> int:
    """Return the port that was asked for, or say why it cannot be used."""
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65_536:
        raise StartError(f"PORT moet een getal van 1 tot en met 65535 zijn, niet {given!r}.")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise StartError(f"Poort {port} mag alleen root gebruiken. Kies een andere: make run PORT=8001") from error
        except OSError as error:
            other = port + 1 if port < 65_535 else 8001
            raise StartError(f"Poort {port} is bezet. Kies een andere: make run PORT={other}") from error
    return port


def load_web(processes: Processes, port: int) -> Child:
    """Start loading the web server; it waits with its port closed until `open_web`."""
    workers = max(2, os.cpu_count() or 1)
    command = [sys.executable, "-m", "cwn.core.up.web", HOST, *map(str, (port, workers, THREADS_PER_WEB_PROCESS))]
    return processes.start("Webserver", command, cwd=BASE_DIR, stdin=subprocess.PIPE)


def open_web(child: Child, port: int) -> None:
    """Let the web server open its port, and wait until it answers."""
    with suppress(BrokenPipeError):  # it ended while loading, which shows below
        if child.process.stdin:
            child.process.stdin.write(b"open\n")
            child.process.stdin.flush()
    deadline = time.monotonic() + START_LIMIT
    while not _answers(port):
        if child.ended() or time.monotonic() > deadline:
            raise explain(child.name, child.log)
        time.sleep(0.03)


def start_worker(processes: Processes) -> None:
    """Start the worker and the clock that gives it its work."""
    celery = [sys.executable, "-m", "celery", "--app", "cwn"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # there are no other workers to ask
    processes.start("Worker", [*celery, "worker", "--loglevel", "warning", "--concurrency", "2", *alone], cwd=BASE_DIR)
    schedule = processes.record.with_name("beat-schedule")
    processes.start(
        "Klok", [*celery, "beat", "--loglevel", "warning", "--schedule", str(schedule), "--pidfile="], cwd=BASE_DIR
    )


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
