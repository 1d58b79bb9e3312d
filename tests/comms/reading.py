"""Reading back what a rendering made: its words, in the order in which a reader meets them."""

import json
import re
from dataclasses import replace

import html5lib
import pypdfium2
from django.template import engines

from comms.enums import Tlp
from comms.renderings import (
    MailAudience,
    as_json,
    as_mail_block,
    as_mail_preview,
    as_pdf,
    as_text,
    mail_form,
)
from comms.sheet import CoverSheet


def page_part(sheet: CoverSheet) -> str:
    return engines["django"].from_string("{% load cover_sheets %}{% cover_sheet sheet %}").render({"sheet": sheet})


def full_mail(sheet: CoverSheet) -> str:
    return mail_form(replace(sheet, tlp=Tlp.GREEN), MailAudience.READERS).html


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]


def words_of_html(html: str) -> str:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return "\n".join("".join(body.itertext()) for body in tree.iter("body"))


def words_of_data(value: object) -> str:
    if isinstance(value, dict | list):
        return "\n".join(words_of_data(item) for item in (value.values() if isinstance(value, dict) else value))
    return str(value)


def flat(text: str) -> str:
    """Leave out what lines and columns change: blanks, places to break, and a hyphen at the end of a line."""
    return re.sub(r"[\s\x02\u00ad\u200b-]+", "", text)


#: Form → the words that its reader sees.
READABLE = {
    "page": lambda sheet: words_of_html(page_part(sheet)),
    "text": as_text,
    "mail": lambda sheet: words_of_html(as_mail_block(sheet)),
    "preview": lambda sheet: words_of_html(as_mail_preview(sheet)),
    "pdf": lambda sheet: "\n".join(pages_of(as_pdf(sheet))),
    "json": lambda sheet: words_of_data(json.loads(as_json(sheet))),
}


def assert_in_order(texts: list[str], whole: str) -> None:
    """Find each text after the one before it."""
    place, whole = 0, flat(whole)
    for text in map(flat, texts):
        place = whole.find(text, place)
        assert place >= 0, f"{text!r} is missing or stands too early"
        place += len(text)
