"""The cover sheet as PDF: the one-A4 "verplichte oplegger", accessible (PDF/UA-1), made by Typst (ADR 10).

What people wrote reaches Typst as JSON and is shown as text; `sheet.typ` is never put together from it. Only the
fonts in the package are used, so the same sheet gives the same bytes on every machine.
"""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from comms.renderings.data import as_dict
from comms.renderings.labels import BACKGROUND, COLOURS
from comms.renderings.logo import PlacedLogo
from comms.renderings.outline import cleaned, facts, headings, written_date
from comms.renderings.text import as_text
from comms.sheet import CoverSheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
#: What the fonts in the package can draw: European scripts, Hebrew, Arabic, Devanagari, and most signs.
#: PDF/UA forbids a box for an unknown character, so everything else is written as its name; see `drawn`.
DRAWABLE = (
    "\n\u0020-\u007e\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u0531-\u0556\u0559-\u058a"
    "\u0591-\u05c7\u05d0-\u05ea\u0606-\u060c\u061b\u061c\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066d\u0679-\u067b"
    "\u067e-\u0680\u06cc\u06f0-\u06f9\u0900-\u097f\u10d0-\u10ff\u1e00-\u1f15\u2000-\u2027\u202a-\u2064\u2066-\u2071"
    "\u2074-\u208e\u20a0-\u20c0\u2100-\u2151\u2153-\u2184\u2190-\u23ff\u2460-\u262f\u2638-\u268b\u2690-\u269c"
    "\u26a0-\u26a7\u2701-\u2704\u2706-\u2709\u270c-\u2727\u2729-\u274b\ufb00-\ufb06\ufe00-\ufe0f\ufeff"
)
_UNDRAWABLE = re.compile(f"[^{DRAWABLE}]")
#: Signs that belong to the letter before them, so that no line ends between the two.
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u200d\ufe00-\ufe0f"
#: Where a word that is wider than the page may break, and one that is wider than a narrow column.
_LONG_WORD = re.compile(rf"\S{{30}}(?=\S{{10}})(?![{_SIGNS}])")
_LONG_IN_COLUMN = re.compile(rf"\S{{12}}(?=\S{{12}})(?![{_SIGNS}])")
_NOWHERE = re.compile(r"(?!)")
ZERO_WIDTH_SPACE = "\u200b"
#: Characters of the owner's name in the footer; in full it stands under the title.
LONGEST_IN_FOOTER = 80
#: No A4 holds more characters than this, even in the smallest type.
MOST_ON_ONE_PAGE = 8000
#: What stands in a narrow column of the table of actions.
NARROW = {"deadline", "effort"}


def as_pdf(
    sheet: CoverSheet,
    *,
    brand: str = "Cyberweerbaarheidsnetwerk",
    tagline: str = "",
    mark: bytes = b"",
    logo: PlacedLogo | None = None,
) -> bytes:
    """Return a sheet as PDF: one A4 for what is usual, more pages for what is long, and nothing cut.

    `mark` is the brand mark of the network as PNG, if it has one, and `logo` that of the partner who passes it on. The
    label stands in the header and the footer of each page, as TLP 2.0 asks.
    """
    sheet = cleaned(sheet)
    with override(sheet.language):
        data = _for_typst({**as_dict(sheet), **_words(sheet), "brand": brand, "tagline": tagline})
        data |= {"mark": list(mark), "logo": _logo(logo)}
    return typst.compile(
        TEMPLATE,
        font_paths=_fonts(),
        sys_inputs={"sheet": json.dumps(data)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=_moment(sheet),
    )


def _logo(logo: PlacedLogo | None) -> dict[str, Any] | None:
    """Return the logo of a partner with its size in points, and what is said of it."""
    if logo is None:
        return None
    name = drawn(logo.name)
    words = {
        "alt": gettext("Beeldmerk van %(name)s") % {"name": name},
        "line": gettext("Doorgegeven door %(name)s") % {"name": name},
    }
    size = {"width": logo.width, "height": logo.height, "clear": logo.clear}
    return {"content": list(logo.content), **size, **words}


def drawn(text: str) -> str:
    """Return a text with each character that no font has, such as an emoji, as its name between brackets."""
    return _UNDRAWABLE.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    character = match[0]
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _words(sheet: CoverSheet) -> dict[str, Any]:
    """Return the fixed words of the page, in the language of now."""
    return {
        "title": sheet.title if sheet.title.strip() else gettext("Zonder titel"),
        "tlp_meaning": str(sheet.tlp.meaning),
        "tlp_colour": COLOURS[sheet.tlp],
        "tlp_background": BACKGROUND,
        "urgency_tone": sheet.urgency_tone,
        "may_fit_one_page": len(as_text(sheet)) < MOST_ON_ONE_PAGE,
        "facts": facts(sheet),
        "footer_owner": Truncator(sheet.owner).chars(LONGEST_IN_FOOTER),
        "written_date": written_date(sheet),
        "elements": headings(),
        "words": {
            "sheet": gettext("Oplegger"),
            "page": gettext("Pagina"),
            "of": gettext("van"),
            "version": gettext("versie"),
            "correction": gettext("Correctie"),
            "reader_roles": gettext("In de organisatie"),
            "tone": gettext("Toon"),
            "speaker": gettext("Woordvoerder"),
            "audience": gettext("Voor"),
            "action": gettext("Actie"),
            "deadline": gettext("Termijn"),
            "effort": gettext("Inspanning"),
            "developments": gettext("Ontwikkelingen"),
            "functions": gettext("Functies"),
            "more": gettext("Lees alles op"),
            "actions": gettext("Acties per doelgroep"),
        },
    }


def _for_typst(value: Any, long_word: re.Pattern[str] = _LONG_WORD) -> Any:
    """Prepare every text for paper: nothing that cannot be drawn, no word wider than its place."""
    if isinstance(value, str):
        return long_word.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", drawn(value))
    if isinstance(value, dict):
        # An address breaks at its own signs, and must be the same after copying.
        breaks = dict.fromkeys(NARROW, _LONG_IN_COLUMN) | {"url": _NOWHERE}
        return {key: _for_typst(item, breaks.get(key, long_word)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_for_typst(item, long_word) for item in value]
    return value


def _moment(sheet: CoverSheet) -> datetime:
    """Return the date that the file bears; a fixed one for a draft, so that equal sheets stay equal files."""
    day = sheet.published_on
    return datetime.combine(day, time(), UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
