"""What the log of the mail server says about mails of which we are in doubt (security.md chapter 5, step 6)."""

import gzip
import re
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


class MailLog(Protocol):
    """Somebody who knows which mails the mail server took."""

    def accepted(self, message_ids: Collection[str], *, since: datetime) -> set[str] | None:
        """Return those Message-IDs that the mail server took; None when that cannot be said from `since` on."""


def mail_log() -> MailLog | None:
    """Return the log of MAIL_LOG: a file of Postfix, or the dotted path of a function that makes one; None without."""
    where = settings.MAIL_LOG
    if not where:
        return None
    if "/" in where:
        return PostfixLog(Path(where))
    make: Callable[[], MailLog] = import_string(where)
    return make()


#: The cleanup daemon saw the headers; that is before the mail server says yes.
_SEEN = re.compile(rb"\b([0-9A-Za-z]{6,20}): (?:resent-)?message-id=(<[^>\s]+>)")
#: The queue manager has it: from here on it is the mail server's to deliver.
_QUEUED = re.compile(rb"\b([0-9A-Za-z]{6,20}): from=<[^>]*>, size=\d+, nrcpt=\d+ \(queue active\)")
_ISO = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))")
_JOURNAL = re.compile(rb"__REALTIME_TIMESTAMP=(\d+)")
_SYSLOG = re.compile(rb"^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) ")


class PostfixLog:
    """The log of Postfix in a file and its rotated predecessors; syslog, RFC 5424 and journal export alike."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def accepted(self, message_ids: Collection[str], *, since: datetime) -> set[str] | None:
        """Return those Message-IDs that came into Postfix's queue; None when the log does not reach back to `since`."""
        wanted = {message_id.encode() for message_id in message_ids}
        files = self._files()
        try:
            if not any(self._reaches(file, since) for file in files):
                return None
            return {found.decode() for found in self._queued(files, wanted)}
        except (OSError, EOFError):
            return None

    def _files(self) -> list[Path]:
        """Return the log and what was rotated away, the oldest first."""
        files = [file for file in self.path.parent.glob(f"{self.path.name}*") if file.is_file()]
        return sorted(files, key=lambda file: (file.stat().st_mtime, file.name != self.path.name))

    def _reaches(self, file: Path, since: datetime) -> bool:
        with _opened(file) as stream:
            for _number, line in zip(range(50), stream, strict=False):
                moment = _moment_of(line, datetime.fromtimestamp(file.stat().st_mtime, UTC))
                if moment is not None:
                    return moment <= since
        return False

    def _queued(self, files: list[Path], wanted: set[bytes]) -> Iterator[bytes]:
        names: dict[bytes, bytes] = {}  # queue id → Message-ID; an id may come back later for another mail
        for file in files:
            with _opened(file) as stream:
                for line in stream:
                    if b"message-id=" in line:
                        seen = _SEEN.search(line)
                        if seen:
                            names[seen[1]] = seen[2]
                    elif b"(queue active)" in line:
                        queued = _QUEUED.search(line)
                        if queued and names.get(queued[1]) in wanted:
                            yield names[queued[1]]


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file) if file.suffix == ".gz" else file.open("rb")  # type: ignore[return-value]


def _moment_of(line: bytes, written: datetime) -> datetime | None:
    """Return when a line was written; one without a year is of the last year before the file was closed."""
    if found := _JOURNAL.search(line):
        return datetime.fromtimestamp(int(found[1]) / 1_000_000, UTC)
    if found := _ISO.search(line):
        return datetime.fromisoformat(found[1].decode())
    if found := _SYSLOG.match(line):
        text = b" ".join(found.groups()).decode()
        here = timezone.get_default_timezone()
        for year in (written.year + 1, written.year, written.year - 1):
            try:
                moment = datetime.strptime(f"{year} {text}", "%Y %b %d %H:%M:%S").replace(tzinfo=here)
            except ValueError:
                continue  # 29 February
            if moment <= written.astimezone(here).replace(microsecond=999_999):
                return moment
    return None
