"""Copies for the named readers of TLP:RED carry a name and a moment (security.md chapter 3)."""

import io

import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from comms.files.pdf import inspect_pdf
from comms.watermark import watermark_image, watermark_pdf

NAME = "Rik #de Rooij é · 22 november 2026, 03:59"
REPORT = b"""
#set document(title: "Verslag")
#set text(lang: "nl")
#set page("a4")
= Eerste
Tekst van het verslag.
#pagebreak()
#set page(flipped: true)
= Tweede
"""


def report(rotation: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typst.compile(REPORT, format="pdf", pdf_standards=["ua-1"]))))
    for page in writer.pages:
        page.rotate(rotation)
        if crop:
            page.cropbox = RectangleObject(crop)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def words_on_pages(pdf: bytes) -> list[str]:
    """Return what can be read within the visible part of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize(("rotation", "crop"), [(0, None), (90, None), (270, (100, 100, 500, 500))])
def test_the_name_stands_on_every_page_as_it_is_shown(rotation, crop):
    marked = watermark_pdf(report(rotation, crop), NAME)
    pages = words_on_pages(marked)
    assert len(pages) == 2
    for words in pages:
        assert NAME in words


def test_the_text_itself_stays_and_the_name_is_no_part_of_it():
    before, after = PdfReader(io.BytesIO(report())), PdfReader(io.BytesIO(watermark_pdf(report(), NAME)))
    assert "Tekst van het verslag." in after.pages[0].extract_text()
    assert after.trailer["/Root"]["/StructTreeRoot"].keys() == before.trailer["/Root"]["/StructTreeRoot"].keys()
    marks = after.pages[0].get_contents().get_data()
    assert marks.count(b"/Artifact") > before.pages[0].get_contents().get_data().count(b"/Artifact")


def test_a_copy_is_still_a_file_that_we_accept():
    inspect_pdf(report())
    inspect_pdf(watermark_pdf(report(), NAME))


@pytest.mark.parametrize("text", ['"); #panic()', '#read("/etc/passwd")', "$x$ *a* `b`", "regel\neen", "名前 👩‍💻"])
def test_what_people_are_called_is_never_markup(text):
    assert len(words_on_pages(watermark_pdf(report(), text))) == 2


@pytest.mark.parametrize(
    ("form", "size", "colour"),
    [
        ("PNG", (600, 400), "white"),
        ("JPEG", (600, 400), "black"),
        ("WEBP", (600, 400), "grey"),
        ("PNG", (5, 5), "grey"),
        ("JPEG", (30, 900), "white"),
    ],
)
def test_a_picture_gets_the_name_and_a_large_one_in_every_quarter(form, size, colour):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    with Image.open(io.BytesIO(watermark_image(file.getvalue(), NAME))) as marked:
        assert (marked.format, marked.size) == (form, size)
        if size == (600, 400):
            changed = ImageChops.difference(marked.convert("RGB"), Image.new("RGB", size, colour))
            for left, top in ((0, 0), (300, 0), (0, 200), (300, 200)):
                assert max(high for _low, high in changed.crop((left, top, left + 300, top + 200)).getextrema()) > 20
