"""Files that people attach: what comes in, what is refused, and under which name it leaves (security.md B02–B08).

A file is judged by its content; its name must agree. Pictures are drawn anew, everything else is kept as it came
or refused, because a document that was cleaned is no longer the one that somebody signed. Downloads go out as
attachments with the content type from here, never with one that the sender named.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from comms.files.names import extension_of, safe_name
from comms.files.office import inspect_open_document, inspect_open_xml
from comms.files.pdf import inspect_pdf
from comms.files.pictures import redraw
from comms.files.texts import inspect_csv, inspect_json, inspect_text

__all__ = ["ACCEPT", "MAX_BYTES", "TYPES", "InspectedFile", "content_disposition", "inspect_file", "safe_name"]

logger = logging.getLogger(__name__)

MAX_BYTES = 25 * 1024 * 1024
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
#: What may be attached: the extension and the content type with which it is sent.
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "odt": f"{_OPEN_DOCUMENT}.text",
    "ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    "odp": f"{_OPEN_DOCUMENT}.presentation",
}
#: For the `accept` attribute of a file field.
ACCEPT = ",".join(f".{extension}" for extension in (*TYPES, "jpeg"))
#: The harmless file with which virus scanners are tested; in two parts, so that this module is not refused itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """A file that may be kept."""

    content: ContentFile
    """What to keep, which for a picture is not what came in."""
    content_type: str
    extension: str
    size: int
    """In bytes."""
    sha256: str
    name: str
    """What people see and get; the storage uses a name that nobody can guess."""


def inspect_file(upload: Any) -> InspectedFile:
    """Return what may be kept of an upload.

    Raises `ValidationError` with one Dutch sentence for everything else.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Het bestand is groter dan 25 MB. Kies een kleiner bestand."))
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise ValidationError(_("Het bestand is leeg. Kies een ander bestand."))
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Het bestand is groter dan 25 MB. Kies een kleiner bestand."))
    extension = extension_of(upload.name)
    if extension not in TYPES:
        raise ValidationError(
            _("Dit type bestand gaat niet. Kies PDF, PNG, JPEG, WebP, CSV, TXT, JSON of Office zonder macro's.")
        )
    if EICAR in content:
        raise ValidationError(_("Dit bestand is herkend als schadelijk en wordt geweigerd."))
    harmless = _inspected(content, extension)
    if len(harmless) > MAX_BYTES:  # a picture that was drawn anew
        raise ValidationError(_("Het plaatje is te groot. Maak het kleiner."))
    kept = ContentFile(harmless, name=safe_name(upload.name, extension))
    _scan(kept)
    return InspectedFile(
        content=kept,
        content_type=TYPES[extension],
        extension=extension,
        size=len(harmless),
        sha256=hashlib.sha256(harmless).hexdigest(),
        name=str(kept.name),
    )


def content_disposition(name: str) -> str:
    """Return the header with which a file is downloaded under its own name and never shown as a page (RFC 6266)."""
    return str(content_disposition_header(as_attachment=True, filename=safe_name(name)))


def _inspected(content: bytes, extension: str) -> bytes:
    """Look into a file of a type and return what may be kept."""
    if extension in {"png", "jpg", "webp"}:
        return redraw(content, extension)
    if extension == "pdf":
        inspect_pdf(content)
    elif extension in {"xlsx", "docx", "pptx"}:
        inspect_open_xml(content, extension, forbidden=EICAR)
    elif extension in {"odt", "ods", "odp"}:
        inspect_open_document(content, TYPES[extension], forbidden=EICAR)
    else:
        {"csv": inspect_csv, "txt": inspect_text, "json": inspect_json}[extension](content)
    return content


def _scan(kept: ContentFile) -> None:
    """Ask the virus scanner of the operator, if there is one; without an answer the file is refused.

    `FILE_SCANNER` names a function that takes the file and raises `ValidationError` to refuse it.
    """
    if not settings.FILE_SCANNER:
        return
    try:
        import_string(settings.FILE_SCANNER)(kept)
    except ValidationError:
        raise
    except Exception:
        logger.exception("file_scanner_failed")
        raise ValidationError(_("Wij kunnen dit bestand nu niet controleren. Probeer het straks opnieuw.")) from None
    finally:
        kept.seek(0)
