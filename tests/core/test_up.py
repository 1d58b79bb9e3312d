"""`manage.py up` really started, stopped, killed and refused, on a site as small as can be."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from cwn.core.up.folder import DataFolder
from cwn.core.up.processes import MARK
from cwn.core.up.valkey import free_port

BASE_DIR = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "CWN_DATA", "CWN_DEMO", "PORT", "MAKELEVEL")


class Portal:
    """One `up` on one data folder, as a person at a terminal has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def launch(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start the command with a clean environment."""
        env = {name: value for name, value in os.environ.items() if name not in OURS}
        env |= {"DJANGO_SETTINGS_MODULE": "tests.core.up_site.settings", "CWN_DATA": str(self.folder)}
        env |= {"PORT": str(self.port), **variables}
        command = [sys.executable, "manage.py", "up", *arguments]
        self.process = subprocess.Popen(
            command, cwd=BASE_DIR, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return self.process

    def start(self, *arguments: str, **variables: str) -> str:
        """Start, and return what it said when it stood."""
        process = self.launch(*arguments, **variables)
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Stoppen:"):
                return said
        raise AssertionError(f"it did not start: {said}")

    def refuse(self, *arguments: str, **variables: str) -> str:
        """Start what cannot start, and return its last line; it must be one sentence, and no success."""
        said, _ = self.launch(*arguments, **variables).communicate()
        assert self.process is not None
        assert self.process.returncode not in (0, None)
        assert "Traceback" not in said
        assert self.family() == []
        return said.strip().splitlines()[-1]

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait()

    def page(self) -> str:
        """Read the page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/") as response:
            return str(response.read().decode())

    def family(self) -> list[psutil.Process]:
        """Return every process that works for this data folder, found by what only they carry."""
        found = []
        for process in psutil.process_iter():
            try:
                env = process.environ()
            except (psutil.Error, OSError):
                continue
            if MARK in env and env.get("CWN_DATA") == str(self.folder):
                found.append(process)
        return found


@pytest.fixture
def portal():
    """Give a portal on an empty data folder that any account can enter, and leave nothing of it running."""
    above = Path(tempfile.mkdtemp(prefix="cwn up "))
    above.chmod(0o755)
    portal = Portal(above / "var")
    portal.folder.mkdir(mode=0o755)
    yield portal
    if portal.process is not None:
        portal.process.kill()
        portal.process.wait()
    psutil.wait_procs(portal.family(), timeout=10)
    if (cluster := portal.folder / "postgres").is_symlink():
        shutil.rmtree(cluster.resolve().parent, ignore_errors=True)
    shutil.rmtree(above, ignore_errors=True)


def test_a_start_a_stop_and_a_second_start_that_keeps_the_data(portal):
    said = portal.start()
    assert f"http://localhost:{portal.port}/account/demo/" in said
    assert portal.page() == "1"
    names = " ".join(" ".join(process.cmdline()) for process in portal.family())
    assert all(part in names for part in ("postgres", "valkey-server", "cwn.core.up.web", "worker", "beat"))
    password = (portal.folder / "demo_password").read_text()
    assert password in said
    assert (portal.folder / "secret_key").stat().st_mode & 0o077 == 0

    second = Portal(portal.folder)
    refusal, _ = second.launch().communicate()
    assert second.process is not None
    assert second.process.returncode == 1
    assert "draait al" in refusal.splitlines()[-1]
    assert portal.page() == "1"

    assert portal.end(signal.SIGINT) == 0
    assert portal.family() == []

    assert password in portal.start()
    assert portal.page() == "1"
    assert portal.end(signal.SIGTERM) == 0
    assert portal.family() == []


def is_alive(process: psutil.Process) -> bool:
    """Tell whether a process still does something; one that nobody has counted yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_killed_parent_takes_its_children_along_and_the_next_start_works(portal):
    portal.start()
    first = portal.family()
    portal.end(signal.SIGKILL)
    portal.start("--no-worker")
    assert portal.page() == "1"
    assert [process for process in first if is_alive(process)] == []


@pytest.mark.parametrize("part", ["valkey-server", "cwn.core.up.web"])
def test_the_end_of_one_part_ends_all_with_a_sentence(portal, part):
    portal.start()
    parts = [process for process in portal.family() if part in " ".join(process.cmdline())]
    assert parts
    for process in parts:
        process.kill()
    said, _ = portal.process.communicate()
    assert portal.process.returncode == 1
    assert "is gestopt" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert portal.family() == []


def test_a_busy_port_names_another(portal):
    with closing(socket.create_server(("127.0.0.1", portal.port))):
        assert f"Poort {portal.port} is bezet" in portal.refuse()
    assert not (portal.folder / "postgres").exists()


@pytest.mark.parametrize("port", ["abc", "70000", "８０００"])
def test_a_port_that_is_none(portal, port):
    assert "PORT moet een getal" in portal.refuse(PORT=port)


@pytest.mark.parametrize("url", ["foo", "postgres://u:geheim@h:x/db", "mysql://u:geheim@h/db", "postgres://u@h/"])
def test_an_unreadable_database_address_is_explained_without_its_password(portal, url):
    sentence = portal.refuse(DATABASE_URL=url)
    assert sentence.startswith("DATABASE_URL is geen leesbaar PostgreSQL-adres")
    assert "geheim" not in sentence


def test_a_given_database_or_broker_that_does_not_answer(portal):
    port = free_port()
    assert "database van DATABASE_URL is niet bereikbaar" in portal.refuse(
        DATABASE_URL=f"postgres://u:geheim@127.0.0.1:{port}/db", REDIS_URL=f"redis://127.0.0.1:{port}/0"
    )
    given = os.environ["DATABASE_URL"]
    assert "server van REDIS_URL is niet bereikbaar" in portal.refuse(
        DATABASE_URL=given.replace("/cwn?", "/postgres?"), REDIS_URL=f"redis://127.0.0.1:{port}/0"
    )
    assert not (portal.folder / "postgres").exists()


def test_the_data_of_another_postgresql_is_left_alone(portal):
    cluster = portal.folder / "postgres"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("16\n")
    assert "zijn van PostgreSQL 16" in portal.refuse()
    assert [file.name for file in cluster.iterdir()] == ["PG_VERSION"]


def test_a_data_folder_that_cannot_be_written(portal):
    file = portal.folder / "bestand"
    file.write_text("")
    assert "kan niet worden geschreven" in portal.refuse(CWN_DATA=str(file / "var"))


def test_a_full_disk_is_said_before_anything_is_written(portal, tmp_path):
    disk = tmp_path / "schijf"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk")
    try:
        assert "is (bijna) vol" in portal.refuse(CWN_DATA=str(disk / "var"))
        assert not (disk / "var" / "postgres").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as another account")
def test_root_below_a_folder_that_others_may_not_enter(portal):
    portal.folder.parent.chmod(0o700)
    try:
        portal.start("--no-web", "--no-worker")
        cluster = portal.folder / "postgres"
        assert cluster.is_symlink()
        assert (cluster / "PG_VERSION").exists()
        assert cluster.stat().st_uid != 0
        assert portal.folder.parent.stat().st_mode & 0o077 == 0
    finally:
        portal.folder.parent.chmod(0o755)


def test_a_secret_is_made_once_and_survives_a_broken_write(tmp_path):
    folder = DataFolder(tmp_path)
    (tmp_path / "secret_key.new").write_text("half")
    secret = folder.kept("secret_key")
    assert len(secret) > 40
    assert folder.kept("secret_key") == secret
