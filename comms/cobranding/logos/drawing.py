"""A logo comes in, two small clean pictures of our own making are kept: for light and for dark grounds (R93).

Only pixels are kept (security.md B01, B02, B03, B05). Whether a logo can be seen is computed: the WCAG ratio between
the ground and the colour that shows most. Below 3 to 1 the logo stands on a plate.
"""

import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from comms.cobranding.logos.placing import CLEAR_SPACE
from comms.cobranding.logos.vector import draw_svg
from comms.files import EICAR
from comms.files.names import extension_of
from comms.files.pictures import redraw

Colour = tuple[int, int, int]

MAX_BYTES = 2 * 1024 * 1024
ACCEPT = ".svg,.png,.jpg,.jpeg,.webp"
#: Pixels of what is kept: sharp on paper at the size that a template gives it, and small enough for a mail.
KEPT_WIDTH, KEPT_HEIGHT = 560, 280
#: A logo with fewer pixels looks torn on paper.
LEAST_SIDE = 24
MAX_RATIO = 12
LIGHT: Colour = (0xFF, 0xFF, 0xFF)
DARK: Colour = (0x0C, 0x3D, 0x3B)
LEAST_CONTRAST = 3.0
#: From here on a pixel shows, out of 255.
VISIBLE = 128


@dataclass(frozen=True, slots=True)
class DrawnLogo:
    """A logo that may be used, with what was measured of it."""

    sha256: str
    on_light: bytes
    on_dark: bytes
    width: int
    height: int
    colour: str
    contrast_light: float
    contrast_dark: float
    has_own_ground: bool
    plate_on_light: bool
    plate_on_dark: bool


def draw_logo(upload: Any) -> DrawnLogo:
    """Return a logo drawn anew; raises `ValidationError` with one Dutch sentence for what cannot be used."""
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Het plaatje is groter dan 2 MB. Kies een kleiner bestand."))
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    picture = _cropped(_opened(content, extension_of(upload.name)))
    ground = own_ground(picture)
    colour = visible_colour(picture, ground)
    if colour == ground:  # a block of one colour is no ground: it is all there is to see
        ground = None
    light, dark = contrast(colour, LIGHT), contrast(colour, DARK)
    plate_on_light, plate_on_dark = (ground is None and ratio < LEAST_CONTRAST for ratio in (light, dark))
    return DrawnLogo(
        sha256=hashlib.sha256(content).hexdigest(),
        on_light=_png(_on_plate(picture, DARK) if plate_on_light else picture),
        on_dark=_png(_on_plate(picture, LIGHT) if plate_on_dark else picture),
        width=picture.width,
        height=picture.height,
        colour="#{:02x}{:02x}{:02x}".format(*colour),
        contrast_light=round(light, 2),
        contrast_dark=round(dark, 2),
        has_own_ground=ground is not None,
        plate_on_light=plate_on_light,
        plate_on_dark=plate_on_dark,
    )


def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of WCAG between two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def visible_colour(picture: Image.Image, ground: Colour | None) -> Colour:
    """Return the colour that shows most, beside the ground that a logo brings itself; that one, if it is all."""
    counted: Counter[Colour] = Counter()
    for colour, number in _colours(picture):
        if ground is None or max(abs(one - other) for one, other in zip(colour, ground, strict=True)) > 40:
            counted[colour] += number
    if not counted and ground is not None:
        return ground
    if not counted:
        raise ValidationError(_("In dit plaatje is niets te zien. Kies een ander bestand."))
    return counted.most_common(1)[0][0]


def own_ground(picture: Image.Image) -> Colour | None:
    """Return the colour of the ground that a logo brings itself: all of its edge is one colour that covers."""
    edge = picture.load()
    width, height = picture.size
    pixels = [edge[x, y] for x in range(width) for y in (0, height - 1)]  # type: ignore[index]
    pixels += [edge[x, y] for y in range(height) for x in (0, width - 1)]  # type: ignore[index]
    first = pixels[0]
    same = sum(max(abs(one - other) for one, other in zip(pixel, first, strict=True)) <= 12 for pixel in pixels)  # type: ignore[arg-type]
    covers = first[3] > 250 and same >= 0.98 * len(pixels)  # type: ignore[index]
    return (first[0], first[1], first[2]) if covers else None  # type: ignore[index,return-value]


def _opened(content: bytes, extension: str) -> Image.Image:
    """Return the pixels of a file that is what its name says."""
    if EICAR in content:
        raise ValidationError(_("Dit bestand is herkend als schadelijk en wordt geweigerd."))
    if extension == "svg":
        png = draw_svg(content, KEPT_WIDTH * 2)
    elif extension in ("png", "jpg", "webp"):
        png = redraw(content, extension)
    else:
        raise ValidationError(_("Kies een plaatje van het type SVG, PNG, JPEG of WebP."))
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGBA")


def _cropped(picture: Image.Image) -> Image.Image:
    """Cut off what is empty around a logo, so that its clear space counts from what one sees, and make it small."""
    box = picture.getchannel("A").point(lambda alpha: 255 if alpha > 16 else 0).getbbox()
    if box is None:
        raise ValidationError(_("In dit plaatje is niets te zien. Kies een ander bestand."))
    cut = picture.crop(box)
    if min(cut.size) < LEAST_SIDE:
        raise ValidationError(_("Uw beeldmerk is te klein. Het moet ten minste 24 bij 24 beeldpunten zijn."))
    if max(cut.width / cut.height, cut.height / cut.width) > MAX_RATIO:
        raise ValidationError(_("Uw beeldmerk is te lang of te smal. Kies een andere uitsnede."))
    cut.thumbnail((KEPT_WIDTH, KEPT_HEIGHT))
    clean = Image.new("RGBA", cut.size)
    clean.paste(cut)
    return clean


def _colours(picture: Image.Image) -> list[tuple[Colour, int]]:
    """Return the colours that show, those that are nearly equal as one."""
    small = picture.copy()
    small.thumbnail((160, 160))
    flat = Image.new("RGB", small.size, LIGHT)
    flat.paste(small, mask=small.getchannel("A"))
    few = flat.quantize(16, method=Image.Quantize.MEDIANCUT)
    palette = few.getpalette() or []
    seen = Counter(
        index for index, alpha in zip(few.tobytes(), small.getchannel("A").tobytes(), strict=True) if alpha >= VISIBLE
    )
    return [((palette[3 * at], palette[3 * at + 1], palette[3 * at + 2]), number) for at, number in seen.items()]


def _luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _on_plate(picture: Image.Image, colour: Colour) -> Image.Image:
    """Return a logo on a plate that leaves its clear space free."""
    space = round(picture.height * CLEAR_SPACE)
    plate = Image.new("RGBA", (picture.width + 2 * space, picture.height + 2 * space))
    corners = ImageDraw.Draw(plate)
    corners.rounded_rectangle((0, 0, plate.width - 1, plate.height - 1), radius=space / 2, fill=(*colour, 255))
    plate.alpha_composite(picture, (space, space))
    return plate


def _png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
