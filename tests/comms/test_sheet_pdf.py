"""The cover sheet as PDF: one A4, accessible, whatever stands in it."""

import re

import pdfua
import pypdf
import pypdfium2
import pytest

from comms.enums import Tlp
from comms.renderings import (
    as_pdf,
    forward_pack,
)
from comms.renderings.pdf import DRAWABLE, drawn
from comms.sheet import Action
from tests.comms.reading import flat, pages_of
from tests.comms.sheets import dutch_sheet, english_sheet, hostile_sheet


def test_a_usual_sheet_is_one_a4_in_type_that_can_be_read():
    with pypdfium2.PdfDocument(as_pdf(dutch_sheet(), tagline="Samen sterker")) as document:
        assert len(document) == 1
        assert [round(side) for side in document[0].get_size()] == [595, 842]
        page = document[0].get_textpage()
        real = [at for at in range(page.count_chars()) if not pypdfium2.raw.FPDFText_IsGenerated(page.raw, at)]
        assert min(pypdfium2.raw.FPDFText_GetFontSize(page.raw, at) for at in real) >= 9
        assert "Cyberweerbaarheidsnetwerk – Samen sterker" in page.get_text_bounded()


@pytest.mark.parametrize("text", ["Zoek in de logboeken en meld wat u vindt. " * 240, "x" * 10_000, "regel\n" * 1500])
def test_a_long_sheet_flows_on_under_its_label_and_loses_nothing(text):
    actions = (Action("Bestuurder", text, "Direct", "Een dag"), Action("CISO", "Als laatste dit.", "Direct", "Een dag"))
    pages = pages_of(as_pdf(dutch_sheet(tlp=Tlp.AMBER_STRICT, actions=actions)))
    assert len(pages) > 1
    assert [page.count("TLP:AMBER+STRICT") >= 2 for page in pages] == [True] * len(pages)
    assert [f"Pagina {number} van {len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )
    for frame in ("TLP:AMBER+STRICT", "Cyberweerbaarheidsnetwerk"):
        pages = [page.replace(frame, "") for page in pages]
    letters = sum(page.count(letter) for page in pages for letter in set(flat(text)))
    assert letters >= len(flat(text))


@pytest.mark.parametrize("sheet", [dutch_sheet(), english_sheet(), hostile_sheet("x " * 900)], ids=["nl", "en", "long"])
def test_the_pdf_is_accessible(sheet, tmp_path):
    """PDF/UA-1: title, language, and every part named for who hears it."""
    file = tmp_path / "oplegger.pdf"
    file.write_bytes(as_pdf(sheet))
    assert [finding for outcome in pdfua.validate(str(file)).outcomes for finding in outcome.findings] == []
    reader = pypdf.PdfReader(file)
    assert reader.metadata.title == sheet.title.strip() or sheet.title.startswith("x ")
    assert reader.root_object["/Lang"] == sheet.language
    tags = list(tags_of(reader.root_object["/StructTreeRoot"]))
    assert [tag for tag in tags if re.fullmatch(r"/H\d", tag)] == ["/H1", *["/H2"] * 6]
    assert tags.count("/TH") == 4
    assert {"/Table", "/L", "/LI", "/Link"} <= set(tags)


def tags_of(node: pypdf.generic.DictionaryObject) -> list[str]:
    """Walk the structure of a PDF in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        return [tag for item in node for tag in tags_of(item)]
    if not isinstance(node, dict):
        return []
    return [*([node["/S"]] if "/S" in node else []), *tags_of(node.get("/K", pypdf.generic.ArrayObject()))]


def test_equal_sheets_give_equal_files():
    for sheet in (dutch_sheet(tlp=Tlp.GREEN), dutch_sheet(tlp=Tlp.GREEN, published_on=None)):
        assert as_pdf(sheet) == as_pdf(sheet)
        assert forward_pack(sheet) == forward_pack(sheet)
    assert as_pdf(dutch_sheet()) != as_pdf(dutch_sheet(version=3))


def test_the_fonts_have_every_character_that_is_said_to_be_drawable():
    """A character without a shape is an error in PDF/UA, so this fails when a new Typst drops one."""
    known = re.compile(f"[{DRAWABLE}]")
    characters = [chr(code) for code in range(0x20, 0x10000) if known.match(chr(code))]
    assert len(characters) > 3000
    assert as_pdf(dutch_sheet(summary=" ".join(characters)))


def test_a_character_without_a_shape_is_written_as_its_name():
    assert drawn("🚨 Nu 中") == "[police cars revolving light] Nu [cjk unified ideograph-4e2d]"
    assert drawn("Curaçao: 5 € – ‘ja’ → α ж א ع") == "Curaçao: 5 € – ‘ja’ → α ж א ع"
    assert drawn("\ue000") == "[u+e000]"
