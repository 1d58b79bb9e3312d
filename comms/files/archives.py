"""The package inside an Office file: a ZIP that must be exactly that, and not unpack to a flood."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What a package may become when unpacked, in bytes and as a multiple of its own size, and how many parts it has.
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_RATIO = 150
MAX_PARTS = 5_000
#: Small packages may have a large ratio.
ALWAYS_ALLOWED_BYTES = 2 * 1024 * 1024
_PIECE = 256 * 1024
_END_OF_ARCHIVE = b"PK\x05\x06"


class Package:
    """An Office file that was unpacked once, to its end, within limits.

    Raises `ValidationError` for what is no honest package: something before, between or behind its parts (a
    second file for another program), encryption, strange names, or more than the limits.
    """

    def __init__(self, content: bytes, *, forbidden: bytes) -> None:
        self._content = content
        self._archive = self._opened()
        self.names = self._archive.namelist()
        self._refuse_floods()
        self._refuse_strange_parts()
        self._refuse_second_files()
        for name in self.names:
            self._read_through(name, forbidden)

    def read(self, name: str) -> bytes:
        """Return one part, or nothing where there is none."""
        return self._archive.read(name) if name in self.names else b""

    def parts(self, ending: str) -> Iterator[bytes]:
        """Yield the parts whose names end so."""
        return (self.read(name) for name in self.names if name.endswith(ending))

    def _opened(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(io.BytesIO(self._content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise not_an_office_file() from None

    def _refuse_floods(self) -> None:
        """Refuse by what the package says of itself, before anything is unpacked."""
        unpacked = sum(entry.file_size for entry in self._archive.infolist())
        allowed = max(ALWAYS_ALLOWED_BYTES, min(MAX_UNPACKED_BYTES, MAX_RATIO * len(self._content)))
        if unpacked > allowed or len(self.names) > MAX_PARTS:
            raise ValidationError(_("Dit bestand wordt uitgepakt te groot. Verdeel het over meer bestanden."))

    def _refuse_strange_parts(self) -> None:
        for entry in self._archive.infolist():
            if entry.flag_bits & 0x1:
                raise ValidationError(_("Dit bestand is versleuteld. Haal het wachtwoord eraf."))
            if re.search(r"(?:^|/)\.\.(?:/|$)|^/|\\|:|[\x00-\x1f]", entry.filename):
                raise not_an_office_file()
            if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise not_an_office_file()
        if len({name.lower() for name in self.names}) < len(self.names):
            raise not_an_office_file()

    def _refuse_second_files(self) -> None:
        """Nothing may stand before the first part or behind the last, and parts may not overlap."""
        entries = sorted(self._archive.infolist(), key=lambda entry: entry.header_offset)
        end = self._content.rfind(_END_OF_ARCHIVE)
        is_whole = bool(entries) and entries[0].header_offset == 0 and end == len(self._content) - 22
        starts = [entry.header_offset for entry in entries[1:]]
        ends = [entry.header_offset + 30 + entry.compress_size for entry in entries[:-1]]
        if not is_whole or any(end > start for end, start in zip(ends, starts, strict=True)):
            raise not_an_office_file()

    def _read_through(self, name: str, forbidden: bytes) -> None:
        """Unpack a part piece by piece: its size and checksum must be what it says, and it must be harmless."""
        before = b""
        try:
            with self._archive.open(name) as part:
                while piece := part.read(_PIECE):
                    if forbidden in before + piece:
                        raise ValidationError(_("Dit bestand is herkend als schadelijk en wordt geweigerd."))
                    before = piece[-len(forbidden) :]
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
            raise not_an_office_file() from None


def not_an_office_file() -> ValidationError:
    """Say that a file is not what its name says."""
    return ValidationError(_("Dit is geen goed Office-bestand. Sla het opnieuw op in het programma van dit bestand."))
