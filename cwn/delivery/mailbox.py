"""The mailbox for bounces: over IMAP, or a Maildir on the same machine."""

import imaplib
import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

#: Seconds that one answer of the mail server may take.
TIMEOUT = 20
#: Mails in one run, so that a run ends well within the time limit of a task; the next run goes on.
MOST = 200


def take_mails(address: str, most: int = MOST) -> Iterator[bytes]:
    """Yield the mails of a mailbox, and remove each one once the next is asked for: a crash reads one again.

    Raises `ValueError` for an address that is no mailbox, and `OSError` or `imaplib.IMAP4.error` when it is away.
    """
    parts = urlsplit(address)
    if parts.scheme == "maildir":
        yield from _of_maildir(Path(unquote(parts.path)), most)
    elif parts.scheme in ("imap", "imaps"):
        yield from _of_imap(parts, most)
    else:
        raise ValueError("BOUNCE_MAILBOX must start with imaps:// or maildir://")


def _of_maildir(folder: Path, most: int) -> Iterator[bytes]:
    box = mailbox.Maildir(str(folder), create=False)
    for key in sorted(box.keys())[:most]:
        yield box.get_bytes(key)
        box.discard(key)


def _of_imap(parts: SplitResult, most: int) -> Iterator[bytes]:
    with _logged_in(parts) as server:
        server.select(unquote(parts.path.lstrip("/")) or "INBOX")
        _answer, found = server.uid("SEARCH", "UNDELETED")
        for uid in found[0].split()[:most]:
            _answer, data = server.uid("FETCH", uid, "(BODY.PEEK[])")
            yield next((piece[1] for piece in data if isinstance(piece, tuple)), b"")
            server.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")
        server.expunge()


@contextmanager
def _logged_in(parts: SplitResult) -> Iterator[imaplib.IMAP4]:
    client = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    with client(parts.hostname or "", parts.port or client.port, timeout=TIMEOUT) as server:  # type: ignore[attr-defined]
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        yield server
