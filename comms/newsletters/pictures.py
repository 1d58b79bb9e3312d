"""Pictures for a mail: inspected and drawn anew as every file is, then as small as a mail needs them (B02-B05)."""

import io
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

from comms.files import TYPES, inspect_file

#: What may come in; programs for mail show no WebP, so that leaves as JPEG or PNG.
EXTENSIONS = ("png", "jpg", "webp")
MAX_UPLOAD = 10 * 1024 * 1024  # bytes
#: Twice what a mail shows, for screens with small points.
MAX_WIDTH, MAX_HEIGHT = 1_280, 1_600
#: Below this width a picture is blurred over the width of a mail.
LEAST_WIDTH = 600
#: Above this size a picture appears late on a phone.
LARGEST = 500_000  # bytes
ACCEPT = ",".join(f".{extension}" for extension in (*EXTENSIONS, "jpeg"))


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture as it is kept."""

    content: ContentFile
    width: int
    """In pixels."""
    size: int
    """In bytes."""


def mail_picture(upload: Any) -> MailPicture:
    """Return what is kept of an upload: pixels, no place, camera or author; raises ValidationError for the rest."""
    if upload.size > MAX_UPLOAD:
        raise ValidationError(_("Het beeld is groter dan 10 MB. Kies een kleiner beeld."))
    inspected = inspect_file(upload)
    if inspected.extension not in EXTENSIONS:
        raise ValidationError(_("Kies een beeld van het type PNG, JPEG of WebP."))
    with Image.open(inspected.content, formats=[TYPES[inspected.extension].removeprefix("image/")]) as picture:
        picture.thumbnail((MAX_WIDTH, MAX_HEIGHT))
        kept, name = _drawn(picture.convert("RGBA"))
    return MailPicture(ContentFile(kept, name=name), picture.width, len(kept))


def _drawn(picture: Image.Image) -> tuple[bytes, str]:
    """Return a picture as JPEG, or as PNG where one looks through it."""
    kept = io.BytesIO()
    if picture.getchannel("A").getextrema()[0] == 255:
        picture.convert("RGB").save(kept, "JPEG", quality=82, optimize=True, progressive=True)
        return kept.getvalue(), "beeld.jpg"
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue(), "beeld.png"
