"""What a mail about a publication may hold, by its label (security.md chapter 3)."""

import re

import html5lib
import pytest

from comms.enums import Tlp
from comms.renderings import (
    MailAudience,
    NotToBeMailed,
    as_mail_block,
    as_mail_preview,
    mail_form,
)
from comms.sheet import CoverSheet
from tests.comms.reading import assert_in_order, words_of_html
from tests.comms.sheets import dutch_sheet

READERS = MailAudience.READERS


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN])
def test_what_is_open_to_all_readers_is_mailed_in_full(tlp):
    mail = mail_form(dutch_sheet(tlp=tlp), READERS)
    assert mail.subject == f"[{tlp.label}] {dutch_sheet().title}"
    for form in (mail.text, words_of_html(mail.html)):
        assert_in_order([action.text for action in dutch_sheet().actions], form)


@pytest.mark.parametrize("tlp", [Tlp.AMBER, Tlp.AMBER_STRICT])
def test_of_amber_a_mail_holds_title_and_address_only(tlp):
    sheet = dutch_sheet(tlp=tlp)
    mail = mail_form(sheet, READERS)
    assert mail.subject == f"[{tlp.label}] {sheet.title}"
    for form in (mail.text, mail.html):
        assert sheet.title in form
        assert sheet.url in form
        assert not [text for text in secrets_of(sheet) if text in form]


@pytest.mark.parametrize("discreet_url", ["", "https://cwn.example/informatie/b/42/"])
def test_of_red_a_mail_says_only_that_there_is_a_message(discreet_url):
    """The address of a page holds its title, so it stays away too."""
    sheet = dutch_sheet(tlp=Tlp.RED, discreet_url=discreet_url)
    mail = mail_form(sheet, READERS)
    assert mail.subject == "[TLP:RED] U heeft een bericht"
    for form in (mail.subject, mail.text, mail.html):
        assert not [text for text in (*secrets_of(sheet), sheet.title, sheet.url, "zeelink") if text in form]
    for form in (mail.text, mail.html):
        assert (discreet_url or "https://cwn.example/") in form


def secrets_of(sheet: CoverSheet) -> list[str]:
    return [sheet.summary, sheet.owner, sheet.message, *sheet.key_points, *(action.text for action in sheet.actions)]


@pytest.mark.parametrize("tlp", [label for label in Tlp if label != Tlp.CLEAR])
def test_nothing_but_clear_is_mailed_to_the_public(tlp):
    with pytest.raises(NotToBeMailed):
        mail_form(dutch_sheet(tlp=tlp), MailAudience.PUBLIC)
    assert mail_form(dutch_sheet(tlp=Tlp.CLEAR), MailAudience.PUBLIC)


def test_a_subject_is_one_line():
    assert mail_form(dutch_sheet(title="Titel\r\nBcc: x@y.example", tlp=Tlp.GREEN), READERS).subject == (
        "[TLP:GREEN] Titel Bcc: x@y.example"
    )


def test_a_mail_stands_on_its_own_and_its_preview_on_the_stylesheet():
    sheet = dutch_sheet(urgency_tone="warning", status_note="Concept")
    block = html5lib.parse(as_mail_block(sheet), namespaceHTMLElements=False)
    classed = [element for element in block.iter() if "class" in element.attrib]
    assert classed
    assert [element.attrib["class"] for element in classed if not element.attrib.get("style")] == []
    assert not {"link", "style", "img", "script"} & {element.tag for element in block.iter()}
    for dark in (False, True):
        preview = as_mail_preview(sheet, dark=dark)
        assert not re.search(r"\sstyle=|<style|<script", preview)
        assert ("cwn-mail-dark" in preview) is dark
