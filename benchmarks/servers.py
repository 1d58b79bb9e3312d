"""The servers of a run: PostgreSQL and Valkey of our own, the portal as `up` runs it, and the peers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil
import psycopg

from benchmarks import load, machine
from cwn.core.up import environment
from cwn.core.up.postgres import LocalPostgres
from cwn.core.up.processes import Child, Processes
from cwn.core.up.valkey import LocalValkey, free_port

ROOT = machine.ROOT
FOLDER = ROOT / "var" / "bench"
PEERS_VENV = ROOT / "var" / "bench-venv"
#: As `up` does on this machine.
WORKERS, THREADS = 2, 4
SEED = 1
MAKES_THE_DATA = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "partners/demo/*",
    "partners/documents.py",
    "comms/demo/*",
    "comms/documents.py",
    "cwn/search/indexing.py",
    "cwn/search/text/*.py",
    "benchmarks/peers/*.py",
)
LONGEST_STEP = 900  # seconds that making data or one measurement inside the portal may take


class Servers:
    """PostgreSQL, Valkey, and a database per size."""

    def __init__(self, processes: Processes, folder: Path) -> None:
        self.processes = processes
        self.folder = folder
        self.database = LocalPostgres(folder)
        self.broker = LocalValkey(folder / "valkey", password="only-for-measuring")  # noqa: S106
        self.database.start(processes)
        self.broker.start(processes)
        self.postgres = psutil.Process(processes.children[0].process.pid)

    def environment(self, name: str) -> dict[str, str]:
        """Return the environment of the portal with a database."""
        values = {
            key: value
            for key, value in os.environ.items()
            if key not in (*environment.SHARED, "DJANGO_SETTINGS_MODULE")
        }
        return values | {
            "SECRET_KEY": "only-for-measuring-only-for-measuring-only-for-measuring",
            "CWN_DEMO": "1",
            "CWN_DATA": str(self.folder / "data"),
            "DEMO_PASSWORD": "only-for-measuring",
            "DEMO_TOTP_SECRET": "JBSWY3DPEHPK3PXP",
            "DATABASE_URL": self.url(name),
            "PEERS_DATABASE_URL": self.url(name),
            "REDIS_URL": self.broker.url,
            "PYTHONWARNINGS": "ignore",
        }

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return self.database.url.replace("/cwn?", f"/{name}?")

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        """Open a connection of our own."""
        return psycopg.connect(self.url(name), autocommit=True)

    # --- data ----------------------------------------------------------------------------------------
    def data(self, size: int) -> tuple[str, float | None]:
        """Return the database with so many publications, and the seconds that making it took if it was made.

        There is an organisation for every five publications, up to two thousand.
        """
        return self._made(f"bench_{size}", f"--publications={size}", f"--organisations={min(2_000, size // 5)}")

    def organisations(self, size: int) -> tuple[str, float | None]:
        """Return the database with so many organisations and no publication, and the seconds that making it took."""
        return self._made(f"bench_organisations_{size}", "--publications=0", f"--organisations={size}")

    def _made(self, name: str, *options: str) -> tuple[str, float | None]:
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name, None
        new = f"{name}_new"
        self.copy(self.without_network(), new)
        start = time.perf_counter()
        self.manage(new, "load_demo", *options, f"--seed={SEED}")
        seconds = time.perf_counter() - start
        self.manage(new, "rebuild_search")
        self.run([peers_python(), "-m", "peers.fill"], new, cwd=ROOT / "benchmarks")
        with self.connect() as connection:
            connection.execute(f"ALTER DATABASE {new} RENAME TO {name}")
        return name, seconds

    def without_network(self) -> str:
        """Return a database with the reference data only, from which the others are copied."""
        name = "bench_0"
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
            connection.execute(f"DROP DATABASE IF EXISTS {name}_new WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}_new")
        self.manage(f"{name}_new", "migrate", "--verbosity=0")
        self.manage(f"{name}_new", "load_reference")
        with self.connect() as connection:
            connection.execute(f"ALTER DATABASE {name}_new RENAME TO {name}")
        return name

    @contextmanager
    def scratch(self, name: str) -> Iterator[str]:
        """Copy a database, and drop the copy afterwards."""
        copy = f"{name}_scratch"
        self.copy(name, copy)
        try:
            yield copy
        finally:
            with self.connect() as connection:
                connection.execute(f"DROP DATABASE {copy} WITH (FORCE)")

    def copy(self, name: str, copy: str) -> None:
        """Copy a database that nobody uses."""
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            connection.execute(f"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY file_copy")

    def million(self, size: int) -> None:
        """Make a database with a million documents out of a smaller one, if it is not there yet."""
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = 'bench_million'").fetchone():
                return
        name, _seconds = self.data(size)
        self.copy(name, "bench_million_new")
        self.inside("bench_million_new", "multiply")
        with self.connect() as connection:
            connection.execute("ALTER DATABASE bench_million_new RENAME TO bench_million")

    def drop_outdated(self, *, all_of_it: bool = False) -> None:
        """Forget the data of earlier runs when what makes it has changed."""
        mark, made_of = self.folder / "made-of", sha256()
        for pattern in MAKES_THE_DATA:
            for file in filter(Path.is_file, sorted(ROOT.glob(pattern))):
                made_of.update(file.read_bytes())
        if not all_of_it and mark.exists() and mark.read_text() == made_of.hexdigest():
            return
        mark.write_text(made_of.hexdigest())
        with self.connect() as connection:
            for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench%'").fetchall():
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def manage(self, name: str, *command: str) -> str:
        """Run a command of the portal."""
        return self.run([sys.executable, "manage.py", *command], name)

    def inside(self, name: str, what: str, **options: Any) -> Any:
        """Measure something inside a process of the portal and return what it found."""
        output = self.run([sys.executable, "-m", "benchmarks.inside", what, json.dumps(options)], name)
        return json.loads(output.splitlines()[-1])

    def run(self, command: list[str], name: str, cwd: Path = ROOT) -> str:
        """Run a command that ends by itself."""
        done = subprocess.run(
            command, cwd=cwd, env=self.environment(name), capture_output=True, text=True, timeout=LONGEST_STEP
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[1:4])} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    # --- web servers ---------------------------------------------------------------------------------
    @contextmanager
    def portal(self, name: str, module: str = "cwn.core.up.web") -> Iterator["Web"]:
        """Serve the portal with a database."""
        port = free_port()
        command = [sys.executable, "-m", module, load.HOST, str(port), str(WORKERS), str(THREADS)]
        with self._serve(command, name, port, ROOT, "/gezond/live") as web:
            yield web

    @contextmanager
    def peers(self, name: str) -> Iterator["Web"]:
        """Serve the peers with the same database, server and numbers."""
        port = free_port()
        command = [
            *(peers_python(), "-m", "granian", "--interface", "wsgi", "--host", load.HOST, "--port", str(port)),
            *("--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "peers.wsgi:application"),
        ]
        with self._serve(command, name, port, ROOT / "benchmarks", "/empty/") as web:
            yield web

    @contextmanager
    def _serve(self, command: list[str], name: str, port: int, cwd: Path, first: str) -> Iterator["Web"]:
        child = self.processes.start(f"web-{port}", command, env=self.environment(name), cwd=cwd, stdin=subprocess.PIPE)
        try:
            if child.process.stdin is not None:
                child.process.stdin.write(b"open\n")
                child.process.stdin.flush()
            wait_for(port, first, child)
            yield Web(port, psutil.Process(child.process.pid), self.postgres)
        finally:
            child.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(10)
            self.processes.children.remove(child)


class Web:
    """A web server that runs."""

    def __init__(self, port: int, process: psutil.Process, postgres: psutil.Process) -> None:
        self.port, self.process, self.postgres = port, process, postgres

    def load(self, address: Any, **options: Any) -> load.Load:
        """Put load on it, and see what the server and the database spent on that."""
        app, database = machine.seconds_of([self.process]), machine.seconds_of([self.postgres])
        result = load.run(self.port, address, **options)
        result.app_ms = (machine.seconds_of([self.process]) - app) / result.requests * 1000
        result.database_ms = (machine.seconds_of([self.postgres]) - database) / result.requests * 1000
        return result

    def warm(self, paths: list[str], headers: dict[str, str] | None = None) -> None:
        """Ask in every worker, and wait until the indexes are built: no first time is measured."""
        for _connection in range(WORKERS * 4):
            for path, status, _body, _seconds in load.one_by_one(self.port, paths, headers):
                if status != 200:
                    raise RuntimeError(f"{status} on {path}")
            self.settle()

    def settle(self) -> None:
        """Wait until the server does nothing any more."""
        end = time.monotonic() + LONGEST_STEP
        before = machine.seconds_of([self.process])
        while time.monotonic() < end:
            time.sleep(0.25)
            now = machine.seconds_of([self.process])
            if now - before < 0.03:
                return
            before = now


def wait_for(port: int, path: str, child: Child, seconds: float = 120.0) -> None:
    """Wait until an address answers with 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and child.process.poll() is None:
        try:
            if [status for _path, status, _body, _seconds in load.one_by_one(port, [path])] == [200]:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{child.name} does not answer:\n{child.log.read_text()[-2000:]}")


def peers_python() -> str:
    """Return the Python of the peers; their packages are installed the first time."""
    python = PEERS_VENV / "bin" / "python"
    mark = PEERS_VENV / "done"
    locked = ROOT / "benchmarks" / "requirements.txt"
    if not mark.exists() or mark.stat().st_mtime < locked.stat().st_mtime:
        uv = str(ROOT / ".venv" / "bin" / "uv")
        quiet = {"cwd": ROOT, "check": True}
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS_VENV)], **quiet)
        install = [uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(locked)]
        subprocess.run([*install, "--index-strategy", "unsafe-best-match"], **quiet)
        mark.touch()
    return str(python)


@contextmanager
def servers(folder: Path = FOLDER) -> Iterator[Servers]:
    """Start PostgreSQL and Valkey; the data stays in the folder for the next run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    peers_python()
    with ExitStack() as stack:
        yield Servers(stack.enter_context(Processes(folder, folder)), folder)
