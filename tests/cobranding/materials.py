"""Material to render in tests, and reading back what came out of it."""

import io
from datetime import date
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

import docx
import pptx
import pypdfium2
from defusedxml.ElementTree import fromstring
from PIL import Image

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.renderings import LogoPicture, Material
from comms.cobranding.texts import blocks_of
from comms.enums import Tlp

ACTIONS = ("Werk vandaag uw firewall bij.", "Bel uw leverancier.")
TEXT = "Beste lezer,\n\n## Waarom\n\n- Punt een\n- Punt twee\n\n{{handelingsperspectief}}\n\nTot ziens."


def logo_picture(colour: str = "#0a2a6b", size: tuple[int, int] = (300, 120)) -> LogoPicture:
    """Return a plain logo."""
    kept = io.BytesIO()
    Image.new("RGBA", size, colour).save(kept, "PNG")
    return LogoPicture(kept.getvalue(), *size)


def material(form: TemplateFormat, *, text: str = TEXT, with_logo: bool = True, **fields: Any) -> Material:
    """Return complete material, with some of it changed."""
    logo = logo_picture() if with_logo else None
    values = {
        "format": form, "language": "nl", "title": "Werk uw systemen bij", "alt": "Een schild.",
        "blocks": blocks_of(text, {"naam_partner": "De Havenring"}, ("Kern een",)),
        "partner": "De Havenring", "opening": "Beste leden,", "contact": "Bel onze helpdesk.",
        "logo_on_light": logo, "logo_on_dark": logo, "tlp": Tlp.CLEAR, "actions": ACTIONS, "maker": "Het NCSC",
        "brand": "Cyberweerbaarheidsnetwerk", "tagline": "Samen sterker", "version": 3, "licence": "CC BY 4.0",
        "day": date(2026, 11, 22), "url": "https://cwn.example/x/",
    }  # fmt: skip
    return Material(**{**values, **fields})


def words_of(content: bytes, ending: str) -> str:
    """Return the words of a file as one line, as its reader gets them."""
    return " ".join(READERS[ending](content).replace("\u200b", "").split())


def _html(content: bytes) -> str:
    class Reader(HTMLParser):
        words: list[str] = []
        hidden = 0

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.hidden += tag in ("style", "script", "title")

        def handle_endtag(self, tag: str) -> None:
            self.hidden -= tag in ("style", "script", "title")

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                self.words.append(data)

    reader = Reader()
    reader.words = []
    reader.feed(content.decode())
    return " ".join(reader.words)


def _eml(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    return f"{message['Subject']} {text.get_content()} {_html(page.get_content().encode())}"


def _pdf(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    parts = [section.header._element, document.element.body, section.footer._element]
    return "\n".join("\n".join(paragraph_texts(part)) for part in parts)


def paragraph_texts(element: Any) -> list[str]:
    """Return the words of every paragraph of a part of a Word document, those in content controls too."""
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(text.text or "" for text in one.iter(f"{name}t")) for one in element.iter(f"{name}p")]


def _pptx(content: bytes) -> str:
    deck = pptx.Presentation(io.BytesIO(content))
    return "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)


def _png(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as picture:
        return str(picture.info["Description"])


READERS = {
    "html": _html, "eml": _eml, "txt": bytes.decode, "pdf": _pdf, "docx": _docx, "pptx": _pptx, "png": _png,
}  # fmt: skip


def xml_parts(content: bytes) -> list[Any]:
    """Return every XML part of an Office file, parsed by a parser that refuses entities."""
    with ZipFile(io.BytesIO(content)) as office:
        return [fromstring(office.read(name)) for name in office.namelist() if name.endswith((".xml", ".rels"))]
