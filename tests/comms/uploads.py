"""Files as people send them, honest ones and those with something more."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Link

from comms.files import TYPES, InspectedFile, inspect_file

HTML = b"<html><script>alert(1)</script></html>"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def inspected(content: bytes, name: str) -> InspectedFile:
    return inspect_file(SimpleUploadedFile(name, content, content_type="text/html"))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as refused:
        inspected(content, name)
    [sentence] = refused.value.messages
    return sentence


# --- honest files ------------------------------------------------------------------------------------
def picture(form: str, size: tuple[int, int] = (40, 20), **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, form, **options)
    return file.getvalue()


def packed(parts: dict[str, str | bytes], *, first: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == first else None)
    return file.getvalue()


def relation(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="a" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
    return f'{XML}<Relationships xmlns="x">{one}</Relationships>'


def docx(extra: dict[str, str | bytes] | None = None, *, types: str = MAIN, body: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="x"><Override PartName="/a" ContentType="{types}"/></Types>',
        "_rels/.rels": relation("officeDocument", "word/document.xml", external=False),
        "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return packed({**parts, **(extra or {})})


def xlsx(cell: str = "tekst") -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = cell
    book.active["A2"].hyperlink = "https://www.ncsc.nl/"
    book.save(file)
    return file.getvalue()


def odt(extra: dict[str, str | bytes] | None = None, *, body: str = "", kind: str = TYPES["odt"]) -> bytes:
    namespaces = (
        " ".join(f'xmlns:{short}="urn:{short}"' for short in ("office", "text", "draw", "script", "table"))
        + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    parts: dict[str, str | bytes] = {
        "mimetype": kind,
        "content.xml": f"{XML}<office:document {namespaces}>{body}</office:document>",
        "META-INF/manifest.xml": f"{XML}<manifest/>",
        "Configurations2/accelerator/current.xml": "",
    }
    return packed({**parts, **(extra or {})}, first="mimetype")


def pdf(change: Callable[[PdfWriter], object] | None = None) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    writer.write(file)
    return file.getvalue()


HONEST = {
    "pdf": pdf(lambda writer: writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://www.ncsc.nl/"))),
    "png": picture("PNG"),
    "jpg": picture("JPEG"),
    "webp": picture("WEBP"),
    "csv": "naam;waarde\nŁódź;-5,2\n+31 6;1\n".encode(),
    "txt": "Twee regels,\nmet <haken> en é.".encode("cp1252"),
    "json": b'{"type": "bundle", "id": "bundle--1", "objects": []}',
    "xlsx": xlsx(),
    "docx": docx({"word/_rels/document.xml.rels": relation("hyperlink", "https://www.ncsc.nl/")}),
    "pptx": docx(types=MAIN.replace("wordprocessingml.document", "presentationml.presentation")),
    "odt": odt(body='<text:a xlink:href="https://www.ncsc.nl/">x</text:a><draw:image xlink:href="Pictures/a.png"/>'),
    "ods": odt(kind=TYPES["ods"]),
    "odp": odt(kind=TYPES["odp"]),
}
