"""A template as presentation: real slide titles, a label and a maker on each slide, alternative texts (R92)."""

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from comms.cobranding.logos.placing import clear_space, inside
from comms.cobranding.renderings.material import Material, actions_heading
from comms.renderings.labels import BACKGROUND, COLOURS

#: 16 by 9, in English Metric Units.
WIDTH, HEIGHT = Emu(12192000), Emu(6858000)
MARGIN = Emu(609600)
BAR = Emu(420000)
"""The height of the bars above and below, which are kept for the label and the maker."""
LOGO_WIDTH, LOGO_HEIGHT = Emu(2600000), Emu(1150000)
TITLE_TOP = Emu(650000)
TITLE_HEIGHT = Emu(1150000)
BODY_TOP = Emu(2000000)
BODY_HEIGHT = Emu(HEIGHT - BAR - BODY_TOP - 250000)
INK, BRAND, PAPER = (RGBColor.from_string(one) for one in ("14211F", "0B5952", "FFFFFF"))
FONT = "Verdana"
#: Characters that are easily read on one slide; a longer line gets a slide of its own.
READABLE = 420
TITLE_ONLY = 5


def as_pptx(material: Material) -> bytes:
    """Return a presentation: the message, its parts, and the actions on slides of their own."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    facts = deck.core_properties
    facts.title, facts.author, facts.language = material.title, material.maker[:250], material.language
    facts.keywords, facts.subject = material.label, material.brand[:250]
    facts.created = facts.modified = datetime.combine(material.day, time())
    for title, lines, is_locked in _slides(material):
        _slide(deck, material, title, lines, is_locked=is_locked)
    kept = BytesIO()
    deck.save(kept)
    return kept.getvalue()


def _slides(material: Material) -> Iterator[tuple[str, list[str], bool]]:
    """Yield title, lines and whether it is locked, of each slide."""
    title, lines = material.title, [material.opening] if material.opening else []
    for block in material.blocks:
        if block.kind == "heading":
            yield from _split(title, lines)
            title, lines = block.lines[0], []
        elif block.kind == "actions":
            yield from _split(title, lines)
            yield from (
                (slide, part, True) for slide, part, _locked in _split(actions_heading(), list(material.actions))
            )
            title, lines = material.title, []
        else:
            lines.extend(block.lines)
    yield from _split(title, lines) if lines else ()
    yield _("Meer weten?"), [*filter(None, (material.contact,)), *material.closing_lines, material.day_in_words], False


def _split(title: str, lines: list[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Yield as many slides as the lines need to be read."""
    part: list[str] = []
    for line in lines:
        if part and sum(map(len, part)) + len(line) > READABLE:
            yield title, part, False
            part = []
        part.append(line)
    yield title, part, False


def _slide(deck: Any, material: Material, title: str, lines: list[str], *, is_locked: bool) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    room = WIDTH - 2 * MARGIN - (LOGO_WIDTH if material.logo_on_light else 0)
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = MARGIN, TITLE_TOP, Emu(room), TITLE_HEIGHT
    _fill(heading.text_frame, [title], material, size=30 if len(title) < 60 else 22, colour=BRAND, bold=True)
    body = slide.shapes.add_textbox(MARGIN, BODY_TOP, Emu(WIDTH - 2 * MARGIN), BODY_HEIGHT)
    body.name = "Handelingsperspectief" if is_locked else "Tekst"
    letters = sum(map(len, lines))
    size = 24 if letters < 260 else 20 if letters < READABLE else 14 if letters < 900 else 10
    _fill(body.text_frame, lines, material, size=size, colour=INK)
    if is_locked:
        _lock(body)
    _bar(slide, material, "TLP boven", Emu(0), f"{material.label}   {material.brand}")
    _bar(slide, material, "TLP onder", Emu(HEIGHT - BAR), f"{material.label}   {material.maker_line}")
    if material.logo_on_light:
        _logo(slide, material)


def _bar(slide: Any, material: Material, name: str, top: Emu, words: str) -> None:
    """Draw a bar with the label over the full width; it comes last, so nothing lies over it."""
    bar = slide.shapes.add_textbox(Emu(0), top, WIDTH, BAR)
    bar.name = name
    bar.fill.solid()
    bar.fill.fore_color.rgb = RGBColor.from_string(BACKGROUND.removeprefix("#"))
    _fill(bar.text_frame, [words], material, size=11, colour=RGBColor.from_string(COLOURS[material.tlp][1:]), bold=True)
    bar.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _lock(bar)


def _logo(slide: Any, material: Material) -> None:
    logo = material.logo_on_light
    assert logo is not None  # noqa: S101  for the type checker
    width, height = inside(LOGO_WIDTH, LOGO_HEIGHT, logo.width, logo.height)
    space = clear_space(height)
    left = WIDTH - MARGIN / 2 - space - width
    shape = slide.shapes.add_picture(
        BytesIO(logo.content), Emu(int(left)), Emu(int(TITLE_TOP + space)), Emu(int(width)), Emu(int(height))
    )
    shape.name = "Beeldmerk"
    shape._element.nvPicPr.cNvPr.set("descr", _("Beeldmerk van %(partner)s") % {"partner": material.partner})


def _fill(frame: Any, lines: list[str], material: Material, *, size: int, colour: RGBColor, bold: bool = False) -> None:
    """Write lines as paragraphs, in one type and in the language of the template."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size / 3)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.name, run.font.bold, run.font.color.rgb = Pt(size), FONT, bold, colour
        run._r.get_or_add_rPr().set("lang", {"nl": "nl-NL", "en": "en-GB"}.get(material.language, material.language))


def _lock(shape: Any) -> None:
    """Ask the program to let nobody move or write in a shape."""
    properties = shape._element.nvSpPr.cNvSpPr
    properties.append(
        parse_xml(f'<a:spLocks {nsdecls("a")} noGrp="1" noMove="1" noResize="1" noRot="1" noTextEdit="1"/>')
    )
