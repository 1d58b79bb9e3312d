"""PDF files: pages to read, nothing that runs, opens or hides (B08).

Two looks, because programs disagree about broken files: the objects as a reader finds them, and the bytes as a
program finds them that repairs the file.
"""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, StreamObject

MAX_OBJECTS = 200_000
MAX_PAGES = 2_000
#: What the packed objects may become, in bytes.
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
#: Bytes behind the last mark of the end: a line break, no second file.
MAX_TAIL = 8

#: Keys that only a PDF has which does more than being read.
_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/Encrypt"})
#: Values that mean an action other than going to a page or following a link, or something that is no page.
_VALUES = frozenset(
    f"/{name}"
    for name in (
        *("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE", "GoToR", "Rendition", "RichMediaExecute"),
        *("Movie", "Sound", "GoTo3DView", "FileAttachment", "RichMedia", "3D"),
    )
)
#: Names long enough never to stand in compressed data by chance.
_NAMES_IN_BYTES = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|GoToR|FileAttachment)(?![\w#])"
)
_HEADER = re.compile(rb"\s{0,8}(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}obj")
_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_PAGE = re.compile(rb"<(?:html|script|svg|!doctype)\b", re.IGNORECASE)


def inspect_pdf(content: bytes) -> None:
    """Refuse a PDF that is more than pages."""
    end = content.rfind(b"%%EOF")
    if not content.startswith(b"%PDF-") or end < 0 or len(content) - end - len(b"%%EOF") > MAX_TAIL:
        raise _unreadable()
    if _PAGE.search(content, 0, 64) or b"PK\x05\x06" in content[-1024:]:
        raise _unreadable()
    if _NAMES_IN_BYTES.search(_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)):
        raise _does_more()
    _inspect_objects(content)


def _inspect_objects(content: bytes) -> None:
    log = logging.getLogger("pypdf")
    level, log.level = log.level, logging.CRITICAL  # its complaints hold words of strangers
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        _refuse_floods(reader, content)
        if reader.is_encrypted:
            raise _encrypted()
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise _unreadable()
        _inspect_value(reader.trailer)
        for one in _objects_of(reader):
            _inspect_value(one)
    except ValidationError:
        raise
    except Exception:
        # pypdf fails on a broken file in dozens of ways, all of them the sender's.
        raise _unreadable() from None
    finally:
        log.level = level


def _refuse_floods(reader: PdfReader, content: bytes) -> None:
    """Refuse what would keep a reader busy: objects that are not where the index says, and packed floods."""
    if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > MAX_OBJECTS:
        raise _unreadable()
    for generation, table in reader.xref.items():
        for number, place in table.items():
            header = _HEADER.match(content, place)
            is_free = reader.xref_free_entry.get(generation, {}).get(number, False)
            if not is_free and (header is None or (int(header[1]), int(header[2])) != (number, generation)):
                raise _unreadable()
    known = {number for table in (*reader.xref.values(), reader.xref_objStm) for number in table}
    if any(not is_free and number not in known for number, is_free in reader.xref_free_entry.get(0, {}).items()):
        raise _unreadable()  # the reader leaves it out, another program may find it
    unpacked = 0
    for number in {stream for stream, _index in reader.xref_objStm.values()}:
        packed = reader.get_object(number)
        unpacked += len(packed.get_data()) if isinstance(packed, StreamObject) else 0
        if unpacked > MAX_UNPACKED_BYTES:
            raise _unreadable()


def _objects_of(reader: PdfReader) -> Iterator[Any]:
    """Yield every object of the file, also those that no page uses."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _inspect_value(value: Any) -> None:
    """Look into one object with all that it holds itself; what it points at is an object too."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            _inspect_dictionary(one)
            waiting += list(one.values())
        elif isinstance(one, ArrayObject):
            waiting += list(one)
        elif isinstance(one, NameObject) and one in _VALUES:
            raise _does_more()


def _inspect_dictionary(one: DictionaryObject) -> None:
    if "/Encrypt" in one:
        raise _encrypted()
    keeps_elsewhere = isinstance(one, StreamObject) and "/F" in one
    opening = one.get("/OpenAction", NullObject()).get_object()
    calls_on_opening = isinstance(opening, DictionaryObject) and opening.get("/S") == "/URI"
    if keeps_elsewhere or calls_on_opening or not _KEYS.isdisjoint(one.keys()):
        raise _does_more()


def _unreadable() -> ValidationError:
    return ValidationError(_("Dit is geen goede PDF. Maak hem opnieuw, bijvoorbeeld met “Opslaan als PDF”."))


def _encrypted() -> ValidationError:
    return ValidationError(_("Deze PDF is versleuteld. Haal het wachtwoord eraf."))


def _does_more() -> ValidationError:
    return ValidationError(
        _("In deze PDF zitten programma's of andere bestanden. Maak hem opnieuw met “Afdrukken naar PDF”.")
    )
