"""The action perspective, the label and who made it: in every form, whatever somebody types (R93)."""

import io
import re
from email import message_from_bytes, policy
from zipfile import ZipFile

import docx
import pdfua
import pptx
import pypdfium2
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.renderings import OUTPUTS, TooLongError, preview, render
from comms.cobranding.renderings.document import as_docx
from comms.cobranding.renderings.mail import as_mail_html, preview_policy
from comms.cobranding.texts import blocks_of, one_line
from comms.enums import Tlp
from tests.cobranding.materials import ACTIONS, TEXT, logo_picture, material, paragraph_texts, words_of, xml_parts

EVERY = [(form, ending) for form, endings in OUTPUTS.items() for ending in endings]
#: Texts that try to leave the locked parts out, to push them away, or to say something else in their place.
ATTEMPTS = {
    "left out": "Alleen dit.",
    "empty": "",
    "pushed to the end": "\n\n".join(f"Alinea {number} met woorden." for number in range(60)),
    "imitated": "## Wat kunt u doen?\n\n- Niets.\n\n{{handelingsperspectief}}",
    "repeated": "{{handelingsperspectief}}\n\n{{handelingsperspectief}}",
    "markup": "#place(top, [weg])\n\n</w:t><w:br/>\n\n<!-- \n\n<style>*{display:none}</style>\n\n]]> --> ${x}",
}
HOSTILE = (
    "</td>\"'<script>alert(1)</script><![CDATA[ #text(white)[x] $x$ \\u{41} =cmd|x!A1 @ref &lt; %0d%0aBcc: a@b.example"
)


@pytest.mark.parametrize(("form", "ending"), EVERY)
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_text_takes_the_locked_parts_away(form, ending, attempt):
    words = words_of(render(material(form, text=ATTEMPTS[attempt]), ending).content, ending)
    for action in ACTIONS:
        assert action in words
    assert "TLP:CLEAR" in words
    if ending != "png" and (form, ending) != (TemplateFormat.IMAGE, "txt"):  # there who made it is drawn, see below
        assert "Het NCSC" in words


@pytest.mark.parametrize(
    "form", [TemplateFormat.MAIL, TemplateFormat.ONE_PAGER, TemplateFormat.WORD, TemplateFormat.SLIDES]
)
@pytest.mark.parametrize("tlp", [Tlp.GREEN, Tlp.AMBER])
def test_the_label_stands_above_and_below(form, tlp):
    for ending in OUTPUTS[form]:
        words = words_of(render(material(form, tlp=tlp), ending).content, ending)
        assert words.count(str(tlp.label)) >= 2
        assert "TLP:CLEAR" not in words


def test_every_page_of_a_pdf_has_label_and_maker():
    long = "\n\n".join("Een zin die wat ruimte kost op het papier. " * 8 for _number in range(40))
    with pypdfium2.PdfDocument(render(material(TemplateFormat.ONE_PAGER, text=long), "pdf").content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 2
    assert all(page.count("TLP:CLEAR") >= 2 and "Het NCSC" in page for page in pages)


@pytest.mark.parametrize("form", [TemplateFormat.ONE_PAGER, TemplateFormat.PRESS])
@pytest.mark.parametrize("text", [TEXT, HOSTILE, "x" * 4000, "🚨 中文 \u202e rtl"])
def test_a_pdf_is_accessible_whatever_stands_in_it(form, text, tmp_path):
    """PDF/UA-1: title, language, alternative text of the logo, and every part named."""
    file = tmp_path / "blad.pdf"
    file.write_bytes(render(material(form, text=text, title=text[:150], opening=text[:200]), "pdf").content)
    assert [finding for outcome in pdfua.validate(str(file)).outcomes for finding in outcome.findings] == []


def test_word_keeps_the_actions_closed_to_changes():
    document = docx.Document(io.BytesIO(as_docx(material(TemplateFormat.WORD))))
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    control = document.element.body.find(f"{name}sdt")
    assert control.find(f"{name}sdtPr/{name}lock").get(f"{name}val") == "sdtContentLocked"
    assert paragraph_texts(control) == ["Wat kunt u doen?", *ACTIONS]
    section = document.sections[0]
    for part in (section.header, section.footer):
        assert "TLP:CLEAR" in part.paragraphs[0].text
    assert "Het NCSC" in section.footer.paragraphs[1].text
    assert document.core_properties.language == "nl"


def test_each_slide_has_a_title_and_bars_that_nothing_covers():
    deck = pptx.Presentation(io.BytesIO(render(material(TemplateFormat.SLIDES, text="woord " * 900), "pptx").content))
    assert len(deck.slides) >= 3
    for slide in deck.slides:
        shapes = list(slide.shapes)
        assert slide.shapes.title.text_frame.text
        bars = {shape.name: shape for shape in shapes if shape.name.startswith("TLP")}
        assert set(bars) == {"TLP boven", "TLP onder"}
        for bar in bars.values():
            assert "TLP:CLEAR" in bar.text_frame.text
            assert bar.width == deck.slide_width
            over = shapes[shapes.index(bar) + 1 :]
            others = [shape for shape in shapes if not shape.name.startswith("TLP")]
            assert not any(overlap(bar, shape) for shape in (*over, *others) if shape.name != bar.name)
        assert "Het NCSC" in bars["TLP onder"].text_frame.text
        for picture in (shape for shape in shapes if shape.name == "Beeldmerk"):
            assert picture._element.nvPicPr.cNvPr.get("descr") == "Beeldmerk van De Havenring"
            assert not any(overlap(picture, shape) for shape in shapes if shape.name != picture.name)
    locked = [shape for slide in deck.slides for shape in slide.shapes if shape.name == "Handelingsperspectief"]
    assert [shape.text_frame.text for shape in locked] == ["\n".join(ACTIONS)]
    assert all(b"noTextEdit" in _xml(shape) for shape in locked)


def _xml(shape) -> bytes:
    return etree.tostring(shape._element)


def overlap(one, other) -> bool:
    """Tell whether two shapes share room."""
    return (
        one.left < other.left + other.width and other.left < one.left + one.width
        and one.top < other.top + other.height and other.top < one.top + one.height
    )  # fmt: skip


# --- the picture: what is locked has a place of its own ----------------------------------------------------
def drawn(**fields) -> Image.Image:
    return Image.open(io.BytesIO(render(material(TemplateFormat.IMAGE, **fields), "png").content)).convert("RGB")


#: Left, top, right and bottom of the places for the label, the actions, and label and maker below.
PLACES = {"label": (0, 0, 400, 56), "actions": (0, 292, 1200, 482), "foot": (0, 560, 820, 610)}


@pytest.mark.parametrize("text", [ATTEMPTS["left out"], ATTEMPTS["pushed to the end"], "regel\n" * 40, "W" * 900])
@pytest.mark.parametrize(
    "title", ["Kort", "Een titel die over de hele breedte gaat en dan nog een keer zo lang is als dat"]
)
def test_in_the_picture_no_text_reaches_a_locked_place(text, title):
    plain, other = drawn(text="", title="x"), drawn(text=text, title=title, opening=text[:200])
    assert plain.size == other.size == (1200, 630)
    for name, place in PLACES.items():
        assert plain.crop(place).tobytes() == other.crop(place).tobytes(), name
    assert len(plain.crop(PLACES["actions"]).getcolors(100_000)) > 10


def test_the_picture_shows_another_label_in_its_place():
    assert drawn().crop(PLACES["label"]).tobytes() != drawn(tlp=Tlp.GREEN).crop(PLACES["label"]).tobytes()


def test_actions_that_do_not_fit_are_refused_and_never_shortened():
    actions = tuple(f"Doe nummer {number} van deze lange lijst, met alles wat erbij hoort." for number in range(14))
    with pytest.raises(TooLongError, match="te lang"):
        render(material(TemplateFormat.IMAGE, actions=actions), "png")


# --- nothing that is typed acts --------------------------------------------------------------------------
FIELDS = ("title", "opening", "contact", "partner", "maker", "alt", "tagline", "licence")


@pytest.mark.parametrize(("form", "ending"), EVERY)
def test_hostile_words_are_words(form, ending):
    given = dict.fromkeys(FIELDS, HOSTILE) | {"text": f"{HOSTILE}\n\n- {HOSTILE}\n\n## {HOSTILE}"}
    content = render(material(form, **given), ending).content
    if ending in ("docx", "pptx"):
        assert xml_parts(content)
        with ZipFile(io.BytesIO(content)) as office:
            assert b'TargetMode="External"' not in b"".join(map(office.read, office.namelist()))
    if ending == "html":
        assert b"<script" not in content
    if ending == "eml":
        message = message_from_bytes(content, policy=policy.default)
        assert {name.lower() for name in message.keys()} == {  # noqa: SIM118
            "subject", "x-unsent", "content-language", "mime-version", "content-type",
        }  # fmt: skip
        assert message["Subject"].startswith("[TLP:CLEAR] ")
    if ending not in ("png",):
        words = words_of(content, ending)
        assert "alert(1)" in words or form == TemplateFormat.IMAGE
        assert all(action in words for action in ACTIONS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=120), form_and_ending=st.sampled_from(EVERY))
def test_any_words_can_be_rendered(text, form_and_ending):
    form, ending = form_and_ending
    line = one_line(text)
    given = {"title": line or "Titel", "opening": line, "contact": line, "partner": line or "Partner", "text": text}
    words = words_of(render(material(form, **given), ending).content, ending)
    assert all(action in words for action in ACTIONS)


def test_the_mail_preview_allows_its_own_styles_and_nothing_else():
    page = as_mail_html(material(TemplateFormat.MAIL))
    policy_words = preview_policy(page)
    assert "unsafe-inline" not in policy_words
    assert "sandbox" in policy_words
    assert "default-src 'none'" in policy_words
    assert not re.search(r"(?:src|href|url\()=?[\"']?https?://(?!cwn\.example)", page)


def test_a_mail_carries_its_logo_and_a_text_part():
    message = message_from_bytes(render(material(TemplateFormat.MAIL), "eml").content, policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png"]
    assert "cid:beeldmerk" in message.get_body(("html",)).get_content()
    assert 'alt="De Havenring"' in message.get_body(("html",)).get_content()


def test_without_a_logo_nothing_is_broken():
    for form, ending in EVERY:
        assert render(material(form, with_logo=False, partner="", opening="", contact=""), ending).content


def test_the_language_of_a_template_is_that_of_its_fixed_words():
    with override("nl"):
        english = material(TemplateFormat.WORD, language="en")
        assert docx.Document(io.BytesIO(render(english, "docx").content)).core_properties.language == "en"


def test_a_logo_keeps_its_clear_space_on_paper_and_slides():
    wide = logo_picture(size=(560, 60))
    deck = pptx.Presentation(io.BytesIO(render(material(TemplateFormat.SLIDES, logo_on_light=wide), "pptx").content))
    slide = deck.slides[0]
    logo = next(shape for shape in slide.shapes if shape.name == "Beeldmerk")
    space = logo.height * 0.25 - 2
    for other in (shape for shape in slide.shapes if shape.name != logo.name):
        beside = other.left + other.width <= logo.left - space or other.left >= logo.left + logo.width + space
        apart = other.top + other.height <= logo.top - space or other.top >= logo.top + logo.height + space
        assert beside or apart, other.name


@pytest.mark.parametrize("form", TemplateFormat)
def test_every_form_has_a_picture_to_look_at(form):
    with Image.open(io.BytesIO(preview(material(form)))) as picture:
        assert min(picture.size) > 500


def test_the_actions_stand_where_the_template_puts_them():
    blocks = blocks_of("Voor.\n\n{{handelingsperspectief}}\n\nNa.", {}, ())
    words = words_of(render(material(TemplateFormat.MAIL, blocks=blocks), "txt").content, "txt")
    assert words.index("Voor.") < words.index(ACTIONS[0]) < words.index("Na.")
