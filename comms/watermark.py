"""Who downloaded it stands on every page: copies for the named readers of TLP:RED (security.md chapter 3).

A watermark stops nobody; it makes each copy the copy of one reader. The text is drawn slanting over the page and
small along its foot, as an artefact, so that a screen reader does not say it on every page.
"""

import io
from typing import Literal

import typst
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter

#: Types of files that can be given a watermark; others do not leave the portal under TLP:RED.
MARKABLE = ("application/pdf", "image/png", "image/jpeg", "image/webp")
#: The layer over one page; size and words come in as data, so nothing that somebody typed is read as markup.
_LAYER = """
#let measure = name => float(sys.inputs.at(name)) * 1pt
#let (width, height) = (measure("width"), measure("height"))
#let short = calc.min(width, height)
#let words = sys.inputs.at("words")
#let columns = calc.clamp(int(calc.round(width / height)), 1, 8)
#let rows = calc.clamp(int(calc.round(3 * height / width)), 3, 24)
#set page(width: width, height: height, margin: 0pt, fill: none)
#set text(lang: "nl", size: calc.max(6pt, short / 28), fill: rgb(60, 60, 60, 70))
#set text(stroke: short / 1000 + rgb(255, 255, 255, 80))
#pdf.artifact(kind: "page")[
  #for row in range(rows) {
    for column in range(columns) {
      let place-of-one = (dx: width / columns * column, dy: height / rows * (row + 0.4))
      place(top + left, ..place-of-one, box(width: width / columns, align(center, rotate(-30deg, words))))
    }
  }
  #place(bottom + center, dy: -6pt, text(size: calc.max(6pt, short / 85), fill: rgb(60, 60, 60), stroke: none, words))
]
"""


def watermark_pdf(pdf: bytes, text: str) -> bytes:
    """Return a PDF with a text on each page, such as a name and a moment.

    The file is one that `comms.files.inspect_file` accepted; pypdf's own errors come through for others.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    layers: dict[tuple[float, float], PageObject] = {}
    for page in writer.pages:
        page.transfer_rotation_to_content()
        box = page.cropbox
        size = float(box.width), float(box.height)
        if size not in layers:
            layers[size] = PdfReader(io.BytesIO(_layer_of(size, text, "pdf"))).pages[0]
        page.merge_translated_page(layers[size], float(box.left), float(box.bottom))
        page.compress_content_streams()
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def watermark_image(picture: bytes, text: str) -> bytes:
    """Return a picture of the same type with a text over it; it is one that `inspect_file` accepted."""
    with Image.open(io.BytesIO(picture), formats=["PNG", "JPEG", "WEBP"]) as opened:
        form, base = opened.format or "PNG", opened.convert("RGBA")
    with Image.open(io.BytesIO(_layer_of(base.size, text, "png"))) as layer:
        marked = Image.alpha_composite(base, layer.convert("RGBA").resize(base.size))
    file = io.BytesIO()
    (marked.convert("RGB") if form == "JPEG" else marked).save(file, form, quality=90)
    return file.getvalue()


def _layer_of(size: tuple[float, float], text: str, form: Literal["pdf", "png"]) -> bytes:
    """Draw the transparent layer for a page, its sides in points; in a picture a point is a pixel."""
    inputs = {"width": str(size[0]), "height": str(size[1]), "words": " ".join(text.split())}
    made = typst.compile(_LAYER.encode(), format=form, sys_inputs=inputs, ppi=72)
    if not isinstance(made, bytes):
        raise TypeError("one layer is one page")
    return made
