"""Logos of strangers: a picture comes in, a small clean picture of our own making is kept.

What is stored is drawn anew from the pixels, so that no script, position or second file inside the first can
come along (security.md B01, B02, B03, B05, B07).
"""

import io
import secrets
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 2 * 1024 * 1024
#: Pixels a side, checked before anything is decoded.
MAX_SIDE = 4_000
#: Pixels of the longest side of what we keep.
KEPT_SIDE = 512
FORMATS = ("PNG", "JPEG", "WEBP")


def clean_logo(upload: Any) -> ContentFile:
    """Return a picture that may be shown to everybody, under a name that nobody can guess.

    Raises `ValidationError` with one sentence for anything that is no honest PNG, JPEG or WebP.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Het plaatje is groter dan 2 MB. Kies een kleiner bestand."))
    no_picture = ValidationError(_("Kies een plaatje van het type PNG, JPEG of WebP. SVG en andere typen gaan niet."))
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(upload.read()), formats=FORMATS)
            if max(picture.size) > MAX_SIDE:
                raise ValidationError(_("Het plaatje is groter dan 4.000 bij 4.000 pixels. Maak het kleiner."))
            if getattr(picture, "n_frames", 1) > 1:
                raise ValidationError(_("Het plaatje beweegt. Kies een plaatje dat stilstaat."))
            kept = _drawn_anew(picture)
    except ValidationError:
        raise
    except Exception:
        # Pillow fails on a broken picture in dozens of ways, all of them the sender's.
        raise no_picture from None
    return ContentFile(kept, name=f"{secrets.token_urlsafe(18)}.webp")


def _drawn_anew(picture: Image.Image) -> bytes:
    """Turn a picture the right way up, shrink it, and write only its pixels."""
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    canvas = Image.new("RGBA", upright.size)
    canvas.paste(upright)
    kept = io.BytesIO()
    canvas.save(kept, format="WEBP", lossless=True, exif=b"", xmp=b"", icc_profile=None)
    return kept.getvalue()
