"""The data folder (`CWN_DATA`): what must survive a restart, and who may use it."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cwn.core.up.problems import StartError

#: Bytes that must be free: a first start makes a database cluster, a later one only writes on.
FREE_AT_FIRST = 400_000_000
FREE_LATER = 50_000_000


class DataFolder:
    """One folder for everything that this machine keeps: databases, secrets, files and logs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "log"
        self.run = path / "run"

    def prepare(self) -> None:
        """Make the folder, or say in one sentence why it cannot be used."""
        # Nobody else's business; only when root starts us another account (PostgreSQL's) must pass.
        mode = 0o711 if os.geteuid() == 0 else 0o700
        try:
            for folder in (self.path, self.logs, self.run):
                folder.mkdir(mode, parents=True, exist_ok=True)
                probe = folder / f".probe-{os.getpid()}"
                probe.write_bytes(b"cwn")
                probe.unlink()
        except OSError as error:
            raise StartError(
                f"In de datamap {self.path} kan niet worden geschreven ({error.strerror}). "
                "Maak hem schrijfbaar of kies een andere: CWN_DATA=/pad/naar/map"
            ) from error
        self._refuse_full_disk()

    def _refuse_full_disk(self) -> None:
        """Stop before anything is written when the disk cannot hold it."""
        needed = FREE_LATER if (self.path / "postgres").exists() else FREE_AT_FIRST
        free = shutil.disk_usage(self.path).free
        if free < needed:
            raise StartError(
                f"De schijf van {self.path} is (bijna) vol: {free // 1_000_000} MB vrij, "
                f"{needed // 1_000_000} MB nodig. Maak ruimte vrij of kies een andere map: CWN_DATA=/pad/naar/map"
            )

    def kept(self, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
        """Return the secret of that name; it is made once and only its owner can read it."""
        file = self.path / name
        try:
            if not file.exists():
                partial = file.with_name(f"{name}.new")
                partial.unlink(missing_ok=True)
                partial.touch(mode=0o600, exist_ok=False)
                partial.write_text(make())
                partial.rename(file)
            return file.read_text().strip()
        except OSError as error:
            raise StartError(f"Het geheim {file} kan niet worden gelezen of gemaakt ({error.strerror}).") from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second `up` away from this folder; the kernel lets go when we end, however we end."""
        with (self.run / "lock").open("a+") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                stream.seek(0)
                raise StartError(
                    f"Het portaal draait al met de datamap {self.path} (proces {stream.read().strip()}). "
                    "Stop dat eerst, of kies een andere map: CWN_DATA=/pad/naar/map"
                ) from error
            stream.truncate(0)
            stream.write(str(os.getpid()))
            stream.flush()
            yield
