"""One cover sheet in every form says the same, in the same order, and nothing that people wrote becomes active."""

import json
import re
from dataclasses import fields, replace
from io import BytesIO

import html5lib
import pypdf
import pytest
from django.utils.translation import override
from hypothesis import given, settings

from comms.enums import Tlp
from comms.renderings import (
    MailAudience,
    as_dict,
    as_json,
    as_mail_block,
    as_mail_preview,
    as_pdf,
    as_text,
)
from comms.renderings.outline import cleaned_text, headings
from comms.renderings.pdf import drawn
from comms.sheet import CoverSheet
from tests.comms.reading import READABLE, assert_in_order, flat, full_mail, page_part, pages_of
from tests.comms.sheets import HOSTILE, dutch_sheet, english_sheet, hostile_sheet, sheets

READERS = MailAudience.READERS
#: What our own templates consist of; anything else came from what somebody wrote.
ELEMENTS_OF_OURS = re.compile(
    "html|head|meta|title|style|link|body|main|section|div|table|caption|thead|tbody|tr|t[hd]|h[123]|p|br|span|bdi|strong"
    "|a|[uod]l|li|d[td]|blockquote"
)


# --- every form says the same ------------------------------------------------------------------------
@given(sheets())
@settings(max_examples=25, deadline=None)
def test_every_form_gives_each_action_as_written_in_order_under_the_label(sheet):
    for form, read in READABLE.items():
        words = read(sheet)
        assert sheet.tlp.label in words, form
        assert_in_order([action.text for action in sheet.actions], words)
    assert all(action.text in as_text(sheet) for action in sheet.actions)


@given(sheets())
@settings(max_examples=25, deadline=None)
def test_every_form_has_the_six_elements_in_the_order_of_the_source(sheet):
    elements = [
        [sheet.urgency, sheet.urgency_reason],
        [*sheet.audiences, *sheet.reader_roles, sheet.audience_reason],
        [*sheet.key_points],
        [sheet.message, *(words for pair in sheet.channel_messages for words in pair), sheet.tone, sheet.speaker],
        [words for action in sheet.actions for words in (action.text, action.deadline, action.effort)],
        [sheet.wider_developments, *sheet.developments, *sheet.functions],
    ]
    with override(sheet.language):
        names = [name for name, _question in headings().values()]
    for form, read in READABLE.items():
        words = read(sheet)
        if form != "json":
            assert_in_order(names, words)
        for element in elements:
            for text in element:
                assert flat(text) in flat(words), form
        # One word of each, so that columns which stand side by side do not matter.
        assert_in_order([element[-1] for element in elements if element is not elements[4]], words)


@pytest.mark.parametrize("sheet", [dutch_sheet(), english_sheet()], ids=["nl", "en"])
@pytest.mark.parametrize("tlp", Tlp)
def test_a_usual_sheet_has_everything_under_every_label(sheet, tlp):
    sheet = replace(sheet, tlp=tlp)
    for form, read in READABLE.items():
        words = flat(read(sheet))
        for text in (tlp.label, sheet.owner, str(sheet.version), sheet.correction, *sheet.key_points, sheet.phase):
            assert flat(text) in words, form


def vars_of(sheet: CoverSheet) -> dict[str, object]:
    return {field.name: getattr(sheet, field.name) for field in fields(sheet)}


def test_a_sheet_with_gaps_still_renders():
    """The writer of a draft looks at it from the first word."""
    full = dutch_sheet(published_on=None, urgency_tone="neutral", tlp=Tlp.CLEAR)
    texts = {name: type(value)() for name, value in vars_of(full).items() if type(value) in (str, tuple)}
    empty = replace(full, **{**texts, "language": "nl", "urgency_tone": "neutral"})
    for title in ("", " ", "\u200b", "\u00ad", "\u200e\u2060"):
        for form, read in READABLE.items():
            assert "TLP:CLEAR" in read(replace(empty, title=title)), form


# --- nothing becomes active --------------------------------------------------------------------------
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("make", [page_part, as_mail_block, as_mail_preview, full_mail])
def test_what_people_wrote_never_becomes_active_content(make, text):
    usual = html5lib.parse(make(dutch_sheet(status_note="Concept")), namespaceHTMLElements=False)
    ours = {value for element in usual.iter() for name, value in element.attrib.items() if name == "style"}
    tree = html5lib.parse(make(hostile_sheet(text)), namespaceHTMLElements=False)
    for element in tree.iter():
        assert ELEMENTS_OF_OURS.fullmatch(element.tag)
        assert not [name for name in element.attrib if name.startswith("on")]
        assert element.attrib.get("style", "") in ours | {""}
        assert element.attrib.get("href", "https:").startswith(("https:", "/static/"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", '"><script>'])
def test_only_a_web_address_becomes_a_link(url):
    for html in (as_mail_block(dutch_sheet(url=url)), page_part(dutch_sheet(url=url))):
        assert not {"a", "script"} & {
            element.tag for element in html5lib.parse(html, namespaceHTMLElements=False).iter()
        }
    pages = pypdf.PdfReader(BytesIO(as_pdf(dutch_sheet(url=url)))).pages
    assert [page["/Annots"] for page in pages if "/Annots" in page] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_no_typst(text):
    """It is data: shown sign by sign, whatever it means to Typst."""
    words = "\n".join(pages_of(as_pdf(hostile_sheet(text))))
    if not re.search(r"[\u0590-\u06ff]", text):  # readers of PDF give right-to-left words back in another order
        assert flat(words).count(flat(drawn(cleaned_text(text)))) > 15


def test_codes_that_steer_a_terminal_or_turn_words_around_are_left_out():
    sheet = hostile_sheet("a\x1b[31mb\x07\u202ec\u2066d\x9b\ud800e\tf")
    for form, read in READABLE.items():
        assert not re.search(
            r"[\x00\x01\x03-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", read(sheet).replace("\r", "")
        ), form
    assert as_dict(sheet)["title"] == "a[31mbcde f"


# --- text and data -----------------------------------------------------------------------------------
def test_the_text_opens_and_closes_with_its_label_and_fits_a_terminal():
    sheet = dutch_sheet(tlp=Tlp.AMBER_STRICT)
    lines = as_text(sheet).splitlines()
    assert (lines[0], lines[-1]) == ("TLP:AMBER+STRICT", "TLP:AMBER+STRICT")
    copied = {sheet.message, *(text for _channel, text in sheet.channel_messages)}
    copied |= {f"{number}) {action.text}" for number, action in enumerate(sheet.actions, start=1)}
    assert copied <= set(lines)
    assert max(len(line) for line in lines if line not in copied) <= 72


def test_the_data_keeps_its_shape():
    data = as_dict(dutch_sheet())
    assert list(data)[9:15] == list(headings())
    assert data["tlp"] == "TLP:AMBER"
    assert data["published_on"] == "2026-11-21"
    assert data["urgency"]["level"] == "Direct handelen"
    assert set(data["action_perspective"][0]) == {"audience", "action", "deadline", "effort"}
    assert json.loads(as_json(dutch_sheet())) == data
