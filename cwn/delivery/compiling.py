"""A mail is composed once and filled per recipient: bytes with holes (performance.md M1).

Text and HTML are quoted-printable: 7-bit, no line over 76 bytes, and what fills a hole stands on lines of its own
between soft line breaks, so that filling never re-encodes anything. What fills a hole is escaped for the place where
it stands: for HTML, for plain text, or for a header, where a line break is refused (security.md B21).
"""

import binascii
import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from html import escape
from uuid import UUID

from django.conf import settings

from cwn.delivery.addresses import host_of_site

#: How a hole looks in what other code composes: letters and digits only, so that templates, MJML, Markdown and
#: sanitisers leave it alone, also in an address.
_MARK = re.compile(r"HOLE0([a-z][a-z_]{0,39})0ELOH")
#: How a hole looks in compiled bytes: NUL never stands in a mail. First its place, then its name or header.
_NUL = b"\0"
_TEXT, _HTML, _HEADER, _ENVELOPE = b"t", b"h", b"H", b"E"
#: Never in quoted-printable, where "=" is followed by two hexadecimal digits or the end of the line.
BOUNDARY, OUTER_BOUNDARY = "=_cwn_", "=_file_"
#: It says what is planned and asks for no answer: that is given on the portal.
CALENDAR = (
    b"Content-Type: text/calendar; charset=utf-8; method=PUBLISH\r\n"
    b'Content-Disposition: attachment; filename="afspraak.ics"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
)
LONGEST_LINE = 998  # bytes; RFC 5322
_SAFE_VALUE = re.compile(rb"[ !-<>-~]{0,70}")
_CONTROLS = re.compile(r"[\0-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]")
_NOT_IN_ADDRESS = re.compile(r"[\0-\x20\x7f\u0085\u2028\u2029<>,;]")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_HARD_BREAK = re.compile(r"\r\n|\r|\n")


def hole(name: str) -> str:
    """Return what to write where the value of that name comes; small letters and underscores only."""
    mark = f"HOLE0{name}0ELOH"
    if not _MARK.fullmatch(mark):
        raise ValueError(f"not a name for a hole: {name!r}")
    return mark


def compile_mail(
    *,
    subject: str,
    text: str,
    html: str = "",
    language: str,
    headers: Mapping[str, str] | None = None,
    holes: Collection[str] | None = None,
    calendar: str = "",
) -> bytes:
    """Compose a mail with holes: subject, text, HTML and extra headers such as List-Unsubscribe may hold them.

    Every mail says that a machine sent it and in which language; Message-ID, Date and To come when it is filled.
    `holes` names what will be filled. What looks like another hole in subject, text or HTML was typed by somebody and
    is read as it stands; in a header it is refused. `calendar` is a calendar file that goes along, without holes.
    Raises ValueError for what no header can hold.
    """
    if holes is not None:
        subject, text, html = (_only(holes, words) for words in (subject, text, html))
    lines = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Subject": subject,
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
        **(headers or {}),
        "MIME-Version": "1.0",
    }
    parts = [_NUL + _ENVELOPE + _NUL, *(_header(name, value) for name, value in lines.items())]
    body = _alternatives(text, html) if html else _part("plain", text, _TEXT)
    content = b"".join([*parts, _with_calendar(body, calendar) if calendar else body])
    if holes is not None and (unknown := holes_in(content) - set(holes)):
        raise ValueError(f"nobody fills {', '.join(sorted(unknown))}")
    return content


def holes_in(content: bytes) -> frozenset[str]:
    """Return the names of what must be filled."""
    return _pieces(content).names


def fill(
    content: bytes,
    values: Mapping[str, str],
    *,
    to: str,
    token: UUID | str,
    moment: datetime | None = None,
    is_dotted: bool = False,
) -> bytes:
    """Fill a compiled mail for one address and return it, as it goes over the line when `is_dotted` (see `dotted`).

    The Message-ID comes from the token, so it is the same at each attempt. Raises KeyError for a value that is
    missing and ValueError for a header that would get a line break.
    """
    pieces = _pieces(bytes(content))
    chunks = list(pieces.dotted if is_dotted else pieces.chunks)
    for index, place, what in pieces.holes:
        if place == _HEADER:
            name, template = pieces.headers[what]
            chunks[index] = _header_line(name, _MARK.sub(lambda found: str(values[found[1]]), template))
        elif place == _ENVELOPE:
            chunks[index] = _envelope_lines(to, token, moment)
        else:
            value = _quoted_value(escape(str(values[what])) if place == _HTML else str(values[what]))
            chunks[index] = dotted(value) if is_dotted else value
    return b"".join(chunks)


def dotted(lines: bytes) -> bytes:
    """Return lines with the dot at the start of each doubled, as they go over the line (RFC 5321, 4.5.2).

    In a large mail that takes longer than all the rest, so what everybody gets is done once.
    """
    doubled = lines.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def undotted(lines: bytes) -> bytes:
    """Return lines as they were before `dotted`."""
    return lines.replace(b"\r\n..", b"\r\n.").removeprefix(b".")


def message_id_of(token: UUID | str) -> str:
    """Return the Message-ID of a delivery."""
    return f"<{token}@{host_of_site()}>"


# --- taking apart --------------------------------------------------------------------------------------
class _Pieces:
    """A compiled mail, cut at its holes."""

    def __init__(self, content: bytes) -> None:
        self.chunks = content.split(_NUL)
        self.holes: list[tuple[int, bytes, str]] = []
        self.headers: dict[str, tuple[str, str]] = {}
        names: set[str] = set()
        for index in range(1, len(self.chunks), 2):
            place, what = self.chunks[index][:1], self.chunks[index][1:].decode()
            if place == _HEADER:
                name, _colon, template = what.partition(":")
                self.headers[what] = (name, template)
                names.update(_MARK.findall(template))
            elif what:
                names.add(what)
            self.holes.append((index, place, what))
        self.names = frozenset(names)
        self.dotted = [dotted(chunk) for chunk in self.chunks]


@lru_cache(maxsize=64)
def _pieces(content: bytes) -> _Pieces:
    return _Pieces(content)


# --- headers -------------------------------------------------------------------------------------------
def _header(name: str, value: str) -> bytes:
    if not _HEADER_NAME.fullmatch(name):
        raise ValueError(f"not a name of a header: {name!r}")
    if _MARK.search(value):
        _header_line(name, value)  # a line break of ours shows now, not at the first recipient
        return _NUL + _HEADER + f"{name}:{value}".encode() + _NUL
    return _header_line(name, value)


def _header_line(name: str, value: str) -> bytes:
    """Write a header as it goes over the line: ASCII as it is, other words encoded, long ones folded."""
    if _CONTROLS.search(value):
        raise ValueError(f"a line break in the header {name}")
    value = value.strip()
    if value.isascii() and len(value) + len(name) < 900:
        return f"{name}: {value}\r\n".encode()
    if name in ("From", "Reply-To", "Sender"):
        shown, address = parseaddr(value)
        encoded = f"{Header(shown, 'utf-8').encode()} <{address}>"
    else:
        encoded = Header(value, "us-ascii" if value.isascii() else "utf-8", header_name=name).encode()
    lines = f"{name}: {encoded}".splitlines()
    if any(len(line) > LONGEST_LINE for line in lines):
        raise ValueError(f"the header {name} is too long")
    return "\r\n".join(lines).encode() + b"\r\n"


def _envelope_lines(to: str, token: UUID | str, moment: datetime | None) -> bytes:
    if _NOT_IN_ADDRESS.search(to):
        raise ValueError("not an address")
    date = _date(int(moment.timestamp()) if moment else int(datetime.now(UTC).timestamp()))
    return f"Message-ID: {message_id_of(token)}\r\nDate: {date}\r\nTo: {to}\r\n".encode()


@lru_cache(maxsize=8)
def _date(seconds: int) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC))


# --- parts ---------------------------------------------------------------------------------------------
def _delimiter() -> bytes:
    return f"--{BOUNDARY}\r\n".encode()


def _alternatives(text: str, html: str) -> bytes:
    head = f'Content-Type: multipart/alternative; boundary="{BOUNDARY}"\r\n\r\n'.encode()
    parts = [head, _delimiter(), _part("plain", text, _TEXT), _delimiter(), _part("html", html, _HTML)]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def _with_calendar(body: bytes, calendar: str) -> bytes:
    """Put a calendar file beside what people read, as a file that every mail program shows (RFC 6047)."""
    edge = f"--{OUTER_BOUNDARY}".encode()
    head = f'Content-Type: multipart/mixed; boundary="{OUTER_BOUNDARY}"\r\n\r\n'.encode()
    return b"".join([head, edge, b"\r\n", body, edge, b"\r\n", CALENDAR, _quoted(calendar), b"\r\n", edge, b"--\r\n"])


def _only(holes: Collection[str], words: str) -> str:
    """Return words in which a mark that is none of these holes is no mark any more."""
    return _MARK.sub(lambda found: found[0] if found[1] in holes else found[0].replace("0", " ", 1), words)


def _part(kind: str, body: str, place: bytes) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    pieces = _MARK.split(body.replace("\0", ""))
    encoded = [_quoted(pieces[0])]
    for name, after in zip(pieces[1::2], pieces[2::2], strict=True):
        encoded += [b"=\r\n", _NUL, place, name.encode(), _NUL, b"=\r\n", _quoted(after)]
    return head.encode() + b"".join(encoded) + b"\r\n"


def _quoted(text: str) -> bytes:
    """Write text as quoted-printable with the line ends of the network; the last line stays open."""
    lines = (binascii.b2a_qp(line.encode(), istext=True) for line in _HARD_BREAK.split(text))
    return b"\r\n".join(lines).replace(b"=\n", b"=\r\n")


def _quoted_value(value: str) -> bytes:
    raw = value.encode()
    return raw if _SAFE_VALUE.fullmatch(raw) else _quoted(value)
