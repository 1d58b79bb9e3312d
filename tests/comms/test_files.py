"""Attachments: what may be kept, what is refused, and under which name it leaves (security.md B02–B08)."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from comms.files import ACCEPT, EICAR, MAX_BYTES, TYPES, content_disposition, inspect_file, safe_name
from tests.comms.uploads import HONEST, HTML, docx, inspected, odt, packed, picture, refusal


@pytest.mark.parametrize("extension", TYPES)
def test_an_honest_file_is_kept_under_its_name_with_our_content_type(extension):
    kept = inspected(HONEST[extension], f"Rapport.{extension.upper()}")
    content = kept.content.read()
    assert kept.name == f"Rapport.{extension}"
    assert (kept.content_type, kept.extension) == (TYPES[extension], extension)
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert content == HONEST[extension] or extension in {"png", "jpg", "webp"}


def test_the_field_of_a_form_can_say_what_is_accepted():
    assert {f".{extension}" for extension in TYPES} < set(ACCEPT.split(","))
    assert inspected(HONEST["jpg"], "foto.jpeg").name == "foto.jpg"


# --- types -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["a.svg", "a.html", "a.zip", "a.exe", "a.docm", "a.pdf.exe", "pdf", "a.", "", "a.php\x00.pdf.js"]
)
def test_other_types_are_refused(name):
    assert refusal(HONEST["pdf"], name or "x").startswith("Dit type bestand gaat niet")


@pytest.mark.parametrize("extension", TYPES)
@pytest.mark.parametrize("other", ["pdf", "png", "docx", "xlsx", "odt", "webp"])
def test_the_content_must_be_what_the_name_says(extension, other):
    if extension != other:
        assert refusal(HONEST[other], f"a.{extension}")


@pytest.mark.parametrize("extension", TYPES)
@pytest.mark.parametrize(
    "content", [HTML, b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", b"\x00" * 50, b"MZ\x90\x00"]
)
def test_pages_drawings_and_programs_are_refused_under_any_name(extension, content):
    assert refusal(content, f"a.{extension}")


@pytest.mark.parametrize("extension", TYPES)
def test_half_a_file_and_no_file_are_refused(extension):
    assert refusal(b"", f"a.{extension}") == "Het bestand is leeg. Kies een ander bestand."
    if extension not in {"txt", "csv"}:
        assert refusal(HONEST[extension][: len(HONEST[extension]) // 2], f"a.{extension}")


def test_a_large_file_is_refused_whatever_it_says_of_itself():
    upload = SimpleUploadedFile("a.txt", b"x" * (MAX_BYTES + 1))
    for size in (MAX_BYTES + 1, 10):
        upload.size = size
        with pytest.raises(ValidationError, match="25 MB"):
            inspect_file(upload)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (EICAR, "a.txt"),
        (b"kop\n" + EICAR, "a.csv"),
        (docx({"word/media/a.txt": EICAR}), "a.docx"),
        (docx({"word/media/a.txt": b"x" * (256 * 1024 - 9) + EICAR}), "a.docx"),
        (odt({"Pictures/a.txt": EICAR}), "a.odt"),
    ],
)
def test_the_file_of_virus_scanners_is_refused(content, name):
    assert "schadelijk" in refusal(content, name)


# --- pictures ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("extension", "form"), [("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP")])
def test_only_the_pixels_of_a_picture_are_kept(extension, form):
    exif = Image.Exif()
    exif[0x013B] = "kanarie-maker"
    marks = PngInfo()
    marks.add_text("Comment", "kanarie-commentaar")
    options = {"pnginfo": marks} if form == "PNG" else {"exif": exif}
    polyglot = picture(form, **options) + b"kanarie" + HTML + packed({"kanarie.txt": "x"})
    kept = inspected(polyglot, f"a.{extension}").content.read()
    assert b"kanarie" not in kept
    assert b"script" not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))
    with Image.open(io.BytesIO(kept)) as again:
        assert (again.format, again.size, dict(again.getexif())) == (form, (40, 20), {})


def test_a_picture_that_is_too_large_is_refused_before_it_is_drawn():
    assert "8.000" in refusal(picture("PNG", (8_001, 1)), "a.png")
    assert "25 megapixel" in refusal(picture("PNG", (6_000, 5_000)), "a.png")


def test_a_moving_picture_is_refused():
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    assert "beweegt" in refusal(file.getvalue(), "a.webp")


# --- text --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("cell", ["=1+1", " =cmd|'/c calc'!A0", "+SUM(A1)", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0"])
def test_a_table_with_formulas_is_refused(cell):
    assert "formules" in refusal(f"naam;waarde\na;{cell}\n".encode(), "a.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"[1, 2",
        b'"tekst"',
        b"NaN",
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a": "\xff"}',
        b"[" + b"1" * 5_000 + b"]",
    ],
)
def test_bad_json_is_refused(content):
    assert "JSON" in refusal(content, "a.json")


def test_json_has_its_own_limit():
    assert "5 MB" in refusal(json.dumps(["x" * 6_000_000]).encode(), "a.json")


# --- names and downloads -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Rapport 2026.pdf", "Rapport 2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Geheim\\plan.pdf", "plan.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie- x.pdf"),
        ("factuur\u202efdp.exe.pdf", "factuurfdp.exe.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("👩‍💻 uitleg.PDF", "👩‍💻 uitleg.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ('a<b>"c|d?.pdf', "a-b--c-d.pdf"),
        ("...", "bijlage"),
        ("", "bijlage"),
        (".pdf", "bijlage.pdf"),
        (" . .pdf", "bijlage.pdf"),
    ],
)
def test_names_are_harmless_and_still_themselves(name, safe):
    assert safe_name(name) == safe
    assert safe_name(safe) == safe


def test_a_long_name_keeps_its_ending():
    assert len(safe_name("é" * 300 + ".pdf")) == 120
    assert safe_name("é" * 300 + ".pdf").endswith("é.pdf")


@pytest.mark.parametrize("name", ["a.pdf", "é 👩‍💻.pdf", 'a"b\r\nX: y.pdf', "a;filename=evil.html"])
def test_a_download_has_one_header_line_and_is_no_page(name):
    header = content_disposition(name)
    assert header.startswith("attachment; filename")
    assert header.isascii()
    assert not {"\r", "\n"} & set(header)


# --- the scanner of the operator ---------------------------------------------------------------------
def says_no(file) -> None:
    if b"kwaad" in file.read():
        raise ValidationError("De scanner weigert dit bestand.")


def is_down(file) -> None:
    raise ConnectionError("no answer")


def test_the_scanner_is_asked_and_gets_what_will_be_kept(settings):
    settings.FILE_SCANNER = f"{__name__}.says_no"
    assert refusal(b"kwaad", "a.txt") == "De scanner weigert dit bestand."
    assert inspected(b"goed", "a.txt").content.read() == b"goed"


def test_without_an_answer_of_the_scanner_nothing_comes_in(settings):
    settings.FILE_SCANNER = f"{__name__}.is_down"
    assert "nu niet controleren" in refusal(b"goed", "a.txt")
