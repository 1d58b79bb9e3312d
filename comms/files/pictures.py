"""Pictures are drawn anew, so that only the pixels are kept (security.md B02, B03, B05)."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

#: Pixels a side and in all, checked before anything is decoded.
MAX_SIDE = 8_000
MAX_PIXELS = 25_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
_OPTIONS: dict[str, dict[str, int]] = {"PNG": {}, "JPEG": {"quality": 90}, "WEBP": {"quality": 90}}


def redraw(content: bytes, extension: str) -> bytes:
    """Return a picture of the same type with the same pixels and nothing else.

    Place, author, thumbnail, and whatever was hidden before, in or behind the first picture stay behind.
    """
    wrong = ValidationError(_("Dit plaatje kunnen wij niet lezen. Sla het opnieuw op als PNG, JPEG of WebP."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[FORMATS[extension]]) as picture:
                _refuse_too_large(picture)
                return _pixels_of(picture, FORMATS[extension])
    except ValidationError:
        raise
    except Exception:
        # Pillow fails on a broken picture in dozens of ways, all of them the sender's.
        raise wrong from None


def _refuse_too_large(picture: Image.Image) -> None:
    if max(picture.size) > MAX_SIDE or picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(_("Het plaatje is groter dan 8.000 pixels of 25 megapixel. Maak het kleiner."))
    if getattr(picture, "n_frames", 1) > 1:
        raise ValidationError(_("Het plaatje beweegt. Kies een plaatje dat stilstaat."))


def _pixels_of(picture: Image.Image, form: str) -> bytes:
    mode = "RGB" if form == "JPEG" else "RGBA"
    upright = ImageOps.exif_transpose(picture).convert(mode)
    canvas = Image.new(mode, upright.size)
    canvas.paste(upright)
    kept = io.BytesIO()
    canvas.save(kept, form, **_OPTIONS[form])
    return kept.getvalue()
