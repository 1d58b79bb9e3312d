"""A template on paper and as picture, set by Typst (ADR 10, ADR 18).

All that people wrote reaches Typst as JSON and is shown as text; the two documents are never put together from it.
"""

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from PIL import Image, PngImagePlugin

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.logos.placing import CLEAR_SPACE, inside
from comms.cobranding.renderings.material import LogoPicture, Material, TooLongError, actions_heading
from comms.renderings.labels import BACKGROUND, COLOURS
from comms.renderings.pdf import ZERO_WIDTH_SPACE, drawn

FOLDER = Path(__file__).parent
PAGE, PICTURE = FOLDER / "page.typ", FOLDER / "picture.typ"
#: Points a side of the social picture, one pixel each.
PICTURE_SIZE = (1200, 630)
#: The places for a logo: on paper and in the picture, in points.
PAGE_LOGO, PICTURE_LOGO = (170, 68), (300, 110)
PREVIEW_PPI = 72
_LONG_WORD = re.compile(r"\S{24}(?=\S{8})")
#: What `picture.typ` says when the locked parts do not fit.
TOO_LONG = "te-lang"


def as_pdf(material: Material) -> bytes:
    """Return an accessible PDF (PDF/UA-1) with the label above and below each page."""
    pdf: bytes = typst.compile(
        PAGE,
        font_paths=_fonts(),
        sys_inputs={"sheet": json.dumps(_data(material, material.logo_on_light, PAGE_LOGO))},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(material.day, time(), UTC),
    )
    return pdf


def page_picture(material: Material) -> bytes:
    """Return the first page as PNG, for the library."""
    pages: Any = typst.compile(
        PAGE,
        font_paths=_fonts(),
        sys_inputs={"sheet": json.dumps(_data(material, material.logo_on_light, PAGE_LOGO))},
        format="png",
        ppi=PREVIEW_PPI,
    )
    return bytes(pages[0] if isinstance(pages, list) else pages)


def as_picture(material: Material) -> bytes:
    """Return the picture of 1200 by 630 with its alternative text inside; refuse what would not fit."""
    data = _data(material, material.logo_on_dark, PICTURE_LOGO)
    try:
        drawing: Any = typst.compile(
            PICTURE, font_paths=_fonts(), sys_inputs={"sheet": json.dumps(data)}, format="png", ppi=72
        )
    except typst.TypstError as problem:
        if TOO_LONG not in str(problem):
            raise
        raise TooLongError(
            _("Het handelingsperspectief is te lang voor een afbeelding. Het mag niet worden ingekort.")
        ) from None
    return _with_alt_text(bytes(drawing[0] if isinstance(drawing, list) else drawing), material)


def _with_alt_text(drawing: bytes, material: Material) -> bytes:
    """Write title and alternative text into the file, for programs that read them."""
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Title", material.title, lang=material.language)
    words.add_itxt("Description", material.alt_text, lang=material.language)
    kept = BytesIO()
    with Image.open(BytesIO(drawing)) as picture:
        picture.save(kept, "PNG", pnginfo=words)
    return kept.getvalue()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _data(material: Material, logo: LogoPicture | None, place: tuple[int, int]) -> dict[str, Any]:
    """Return everything that Typst shows."""
    words = {
        "title": material.title or _("Zonder titel"),
        "blocks": [{"kind": block.kind, "lines": block.lines} for block in material.blocks],
        "partner": material.partner,
        "opening": material.opening,
        "contact": material.contact,
        "label": material.label,
        "label_line": material.label_line,
        "actions": material.actions,
        "actions_heading": actions_heading(),
        "maker": material.maker_line,
        "closing": material.closing_lines,
        "brand": material.brand,
        "tagline": material.tagline,
        "kicker": f"{_('Persbericht')} · {material.day_in_words}" if material.format == TemplateFormat.PRESS else "",
        "words": {
            "page": _("Pagina"),
            "of": _("van"),
            "logo": _("Beeldmerk van"),
            "editors": _("Noot voor de redactie"),
        },
    }
    return {
        **_for_typst(words),
        "is_press": material.format == TemplateFormat.PRESS,
        "language": material.language,
        "author": drawn(material.maker),
        "tlp_colour": COLOURS[material.tlp],
        "tlp_background": BACKGROUND,
        "logo": _placed(logo, place) if logo else None,
        "mark": list(material.mark),
    }


def _placed(logo: LogoPicture, place: tuple[int, int]) -> dict[str, Any]:
    """Return a logo with its size in a place that also holds the space around it."""
    width, height = inside(*place, logo.width, logo.height)
    return {"content": list(logo.content), "width": width, "height": height, "clear": height * CLEAR_SPACE}


def _for_typst(value: Any) -> Any:
    """Prepare every text: nothing that cannot be drawn, no word wider than the page."""
    if isinstance(value, str):
        return _LONG_WORD.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", drawn(value))
    if isinstance(value, dict):
        return {key: _for_typst(item) for key, item in value.items()}
    return [_for_typst(item) for item in value]
