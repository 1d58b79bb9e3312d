"""Tables of strangers: read what is one, refuse the rest in one sentence (security.md B08, B10, B23)."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cwn.core import sheets
from cwn.core.sheets import escape_formula, read_sheet, unescape_formula, write_csv, write_xlsx

HEADER = ["naam", "bron"]
DANGEROUS = ["=1+1", "+31", "-5", "@sum", "\t=1", "\r=1", "'=1", '=HYPERLINK("https://evil.example")']


def _excel(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _read(content: bytes) -> list[dict[str, str]]:
    return [row.cells for row in read_sheet(io.BytesIO(content))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_as_people_save_it(encoding, delimiter):
    text = f'Naam {delimiter}BRON\r\n"Café; De, Ring"{delimiter}Ünie\r\n'

    assert _read(text.encode(encoding)) == [{"naam": "Café; De, Ring", "bron": "Ünie"}]


def test_excel_is_read_with_the_types_that_people_use():
    content = _excel(
        [["naam", "kvk-nummer", "lid", "leeg"], ["Ring", 12345678, True, None], ["Kring", 12.0, False, ""]]
    )

    assert _read(content) == [
        {"naam": "Ring", "kvk-nummer": "12345678", "lid": "ja", "leeg": ""},
        {"naam": "Kring", "kvk-nummer": "12", "lid": "nee", "leeg": ""},
    ]


def test_rows_keep_the_number_that_people_see():
    rows = read_sheet(io.BytesIO(b"naam;bron\r\nA;x\r\n;\r\nB;y\r\n"))

    assert [(row.number, row.cells["naam"]) for row in rows] == [(2, "A"), (4, "B")]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_no_cell_that_leaves_is_a_formula(write):
    content = write(HEADER, [[text, "x"] for text in DANGEROUS])

    if write is write_csv:
        cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
        cells = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert len(cells) == len(DANGEROUS) + 1
    assert not [cell for cell in cells if cell.startswith(sheets.FORMULA_STARTS)]


def test_a_character_that_xml_cannot_hold_spoils_no_file():
    assert _read(write_xlsx(HEADER, [["A\x0bB\ufffe", "=\x00x"]])) == [dict(zip(HEADER, ["AB", "=x"], strict=True))]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_what_leaves_comes_back_the_same(write):
    rows = [["=1+1", "-"], ["'=1", "''+2"], ["Gewoon", "met\nregels | en ; tekens"], ["'t Gooi", "'"]]

    assert [list(row.values()) for row in _read(write(HEADER, rows))] == rows


@given(st.text())
def test_escaping_can_be_undone_and_leaves_no_formula(text):
    assert unescape_formula(escape_formula(text)) == text
    assert not escape_formula(text).startswith(sheets.FORMULA_STARTS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "geen CSV"),
        (b"naam;bron\r\nA\x00B;x", "geen CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excelbestand"),
        (b"PK\x03\x04 geen zip", "kunnen wij niet lezen"),
        (b"naam;naam\r\nA;B", "eigen naam"),
        (b"naam;;bron\r\nA;B;C", "eigen naam"),
        (b'naam;bron\r\n"' + b"x" * 200_000, "geen goed CSV"),
        (b"x" * (sheets.MAX_BYTES + 1), "10 MB"),
        (b"naam\r\n" + b"a\r\n" * (sheets.MAX_ROWS + 1), "20.000"),
    ],
    ids=["empty", "png", "nul", "old", "zip", "twice", "gap", "endless", "large", "rows"],
)
def test_what_is_no_table_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        read_sheet(io.BytesIO(content))


def _with_part(name: str, text: bytes) -> bytes:
    """Return an Excel file of which one part is replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_excel([HEADER, ["A", "x"]]))) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for entry in old.namelist():
            new.writestr(entry, text if entry == name else old.read(entry))
    return changed.getvalue()


BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c t="inlineStr">
<is><t>&b;</t></is></c></row></sheetData></worksheet>"""
EXTERNAL = BILLION_LAUGHS.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("text", [BILLION_LAUGHS, EXTERNAL])
def test_entities_are_refused(part, text):
    with pytest.raises(ValidationError, match=r"weigeren|kunnen wij niet lezen"):
        read_sheet(io.BytesIO(_with_part(part, text)))


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked():
    bomb = _with_part("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert len(bomb) < 100_000

    with pytest.raises(ValidationError, match="te groot"):
        read_sheet(io.BytesIO(bomb))


def test_a_cell_far_away_costs_nothing():
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>naam</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )

    with pytest.raises(ValidationError, match=r"20\.000"):
        read_sheet(io.BytesIO(_with_part("xl/worksheets/sheet1.xml", far)))
