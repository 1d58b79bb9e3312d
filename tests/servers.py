"""Real servers for the whole test run, shared by all its processes.

Loaded with `-p tests.servers`, so that the addresses stand in the environment before pytest-django reads the
settings. The first process starts PostgreSQL and Valkey in a temporary folder unless DATABASE_URL or
REDIS_URL is given; the workers of xdist inherit the addresses, pytest-django gives each a database of its
own, and we give each a Valkey database of its own.
"""

import atexit
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from cwn.core.translations import compile_catalogue
from cwn.core.up.postgres import FAST, LocalPostgres
from cwn.core.up.processes import Processes
from cwn.core.up.valkey import LocalValkey, free_port

PREFIX = f"cwn-test-{os.geteuid()}-"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ENGLISH = Path(__file__).resolve().parent.parent / "cwn/locale/en/LC_MESSAGES/django.po"
running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Give the settings what they need: before pytest-django loads them."""
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + secrets.token_urlsafe(32))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        compile_catalogue(ENGLISH)
        atexit.register(running.close)  # for an end so early that pytest tells nobody
        running.enter_context(local_servers())
    number = int(worker.removeprefix("gw")) + 1 if worker else 0
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()


def pytest_unconfigure() -> None:
    """Stop what this process started, also after Ctrl-C; when it is killed the kernel tells the servers."""
    running.close()


@contextmanager
def local_servers() -> Iterator[None]:
    """Start the servers that nobody gave, and put their addresses in the environment."""
    given = {name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if len(given) == 2:
        yield
        return
    with temporary_folder() as folder, Processes(folder, folder) as processes:
        if "DATABASE_URL" not in given:
            database = LocalPostgres(folder, settings=FAST)
            database.start(processes)
            os.environ["DATABASE_URL"] = database.url
        if "REDIS_URL" not in given:
            broker = LocalValkey(folder / "valkey", password=secrets.token_urlsafe(16))
            broker.start(processes)
            os.environ["REDIS_URL"] = broker.url
        yield


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder for one run, and remove it and those of runs that were killed."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with (old / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # that run goes on
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # PostgreSQL runs under another account when root runs the tests
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class Mailbox(Message):
    """A real SMTP server on loopback that keeps what it received, in order of arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.messages = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        return self.controller.port

    def handle_message(self, message) -> None:
        """Keep one message; X-MailFrom and X-RcptTo say what was on the envelope."""
        self.messages.append(message)


@pytest.fixture
def smtp_server(settings):
    """Receive all mail of this test over real SMTP; `smtp_server.messages` holds it."""
    mailbox = Mailbox()
    mailbox.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield mailbox
    mailbox.controller.stop()


def chromium_path() -> str | None:
    """Return the browser on the PATH, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)
