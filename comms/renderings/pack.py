"""The pack that a partner passes on to its constituency: the sheet in each form, and what is attached (R107).

Nobody needs the portal to read it. The same sheet with the same attachments gives the same bytes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from comms.enums import MessageChannel, Tlp
from comms.renderings.labels import refuse_to_forward
from comms.renderings.logo import PlacedLogo
from comms.renderings.mail import as_mail_block, framed
from comms.renderings.outline import cleaned, facts
from comms.renderings.pdf import as_pdf
from comms.renderings.text import as_text
from comms.sheet import CoverSheet

#: Where everybody reads along, so a ready message for it goes out with TLP:CLEAR only.
PUBLIC_CHANNELS = (MessageChannel.SOCIAL, MessageChannel.PRESS)
#: The longest name of a file, without its ending, that every file system and zip program takes.
LONGEST_NAME = 80
#: Names that Windows keeps for devices.
DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}


def forward_pack(
    sheet: CoverSheet,
    *,
    attachments: Iterable[tuple[str, bytes]] = (),
    brand: str = "Cyberweerbaarheidsnetwerk",
    tagline: str = "",
    mark: bytes = b"",
    logo: PlacedLogo | None = None,
) -> bytes:
    """Return a zip with the sheet as PDF, text and mail, the ready messages, and the attachments by name.

    With `logo` the PDF stands under the logo of the partner who passes it on; nothing else of it changes.

    Raises `NotToBeForwarded` for TLP:AMBER+STRICT and TLP:RED.
    """
    refuse_to_forward(sheet)
    sheet = cleaned(sheet)
    with override(sheet.language):
        attached = ((f"{gettext('bijlagen')}/{safe_name(name)}", content) for name, content in attachments)
        files: dict[str, bytes] = {}
        pdf = as_pdf(sheet, brand=brand, tagline=tagline, mark=mark, logo=logo)
        for name, content in (("oplegger.pdf", pdf), *_files(sheet, brand, tagline), *attached):
            files[_free_name(name, files)] = content
        readme = {"sheet": sheet, "facts": facts(sheet), "clear": sheet.tlp == Tlp.CLEAR, "files": list(files)}
    with override("nl"):
        read_me = render_to_string("comms/forward_pack.txt", {**readme, "label": sheet.tlp.label}).strip() + "\n"
    return _zipped({"LEESMIJ.txt": read_me.encode(), **files}, sheet.published_on)


def safe_name(name: str) -> str:
    """Return a file name that no system stumbles over and that leads to no other folder."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode())
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem, ending = stem.strip("-._")[:LONGEST_NAME] or "bestand", ending.strip("-._")[:10]
    if stem.lower().split(".")[0] in DEVICES:
        stem = f"bestand-{stem}"
    return f"{stem}.{ending}" if ending else stem


def _files(sheet: CoverSheet, brand: str, tagline: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what the pack always has, and of the messages that may be used."""
    yield "oplegger.txt", as_text(sheet).encode()
    subject = f"[{sheet.tlp.label}] {sheet.title}"
    mail = framed(as_mail_block(sheet), subject, sheet.language, brand=brand, tagline=tagline)
    yield "mailblok.html", mail.encode()
    if sheet.body:
        yield "toelichting.txt", _labelled(sheet, sheet.body)
    public = _names_of_public_channels()
    for channel, text in sheet.channel_messages:
        if sheet.tlp == Tlp.CLEAR:
            yield f"berichten/{safe_name(channel + '.txt')}", f"{text}\n".encode()
        elif channel not in public:
            yield f"berichten/{safe_name(channel + '.txt')}", _labelled(sheet, text)


def _names_of_public_channels() -> set[str]:
    """Return their names in every language: a sheet names its channels in words."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            names |= {str(channel.label) for channel in PUBLIC_CHANNELS}
    return names


def _labelled(sheet: CoverSheet, text: str) -> bytes:
    return f"{sheet.tlp.label}\n\n{text}\n\n{sheet.tlp.label}\n".encode()


def _free_name(name: str, taken: dict[str, bytes]) -> str:
    """Return the name, or the first of name-2, name-3 … that no other file has, in capitals or not."""
    path, number = PurePosixPath(name), 2
    known = {other.lower() for other in taken}
    while name.lower() in known:
        name, number = str(path.with_stem(f"{path.stem}-{number}")), number + 1
    return name


def _zipped(files: dict[str, bytes], day: date | None) -> bytes:
    """Pack the files with one date, so that equal files give an equal pack."""
    moment = (*(day or date(2000, 1, 1)).timetuple()[:3], 0, 0, 0)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as pack:
        for name, content in files.items():
            entry = ZipInfo(name, date_time=moment)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            pack.writestr(entry, content)
    return buffer.getvalue()
