"""Tables that people exchange: reading CSV and Excel files of strangers, and writing them without traps.

A file is judged by its content, never by its name. Every refusal is one Dutch sentence (security.md B08,
B10, B23). openpyxl reads XML through defusedxml, which refuses entities.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

import openpyxl
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 60
#: What an Excel file may become when unpacked, in bytes and as a multiple of its own size.
MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_RATIO = 150

#: A cell that begins like this is a formula to a spreadsheet program (ASVS 1.2.10).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: What XML 1.0, so Excel and Atom too, cannot hold in any spelling.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with the number that people see beside it in their spreadsheet."""

    number: int
    cells: dict[str, str]


def escape_formula(text: str) -> str:
    """Put an apostrophe before what a spreadsheet program would run; `unescape_formula` takes it away."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unescape_formula(text: str) -> str:
    """Return what `escape_formula` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def fit_for_xml(text: str) -> str:
    """Drop the characters that XML cannot hold; one of them would spoil the whole file."""
    return _NOT_IN_XML.sub("", text)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file that a Dutch Excel opens as a table: UTF-8 with a mark, and semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an Excel file with text cells only."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(header)
    for row in rows:
        sheet.append([escape_formula(fit_for_xml(cell)) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_sheet(file: BinaryIO) -> list[SheetRow]:
    """Read the rows below the header of a CSV or Excel file; column names come back in lower case.

    Raises `ValidationError` with one sentence for a file that is too large, no table, or harmful.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Het bestand is groter dan 10 MB. Verdeel het over meer bestanden."))
    if content.startswith(_OLD_EXCEL):
        raise ValidationError(_("Dit is een oud Excelbestand (.xls). Sla het op als .xlsx of .csv."))
    lines = _excel_lines(content) if content.startswith(_ZIP) else _csv_lines(content)
    return _with_names(lines)


def _csv_lines(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            lines.append(line[: MAX_COLUMNS + 1])
            if len(lines) > MAX_ROWS + 1:
                break
    except csv.Error:
        raise ValidationError(_("Dit bestand is geen goed CSV-bestand. Sla het opnieuw op als CSV (UTF-8).")) from None
    return lines


def _decoded(content: bytes) -> str:
    """Decode UTF-8, with or without a mark, or else what an older Windows writes."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _has_control_characters(text):
            return text
    raise ValidationError(_("Dit is geen CSV- of Excelbestand. Kies een bestand dat eindigt op .csv of .xlsx."))


def _excel_lines(content: bytes) -> list[list[str]]:
    unreadable = ValidationError(_("Dit Excelbestand kunnen wij niet lezen. Sla het opnieuw op als .xlsx."))
    try:
        _refuse_bombs(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        return [[_cell_text(cell) for cell in row] for row in rows]
    except DefusedXmlException:
        raise ValidationError(_("Dit Excelbestand bevat onderdelen die wij om veiligheid weigeren.")) from None
    except ValidationError:
        raise
    except Exception:
        raise unreadable from None


def _refuse_bombs(content: bytes) -> None:
    """Refuse a file that unpacks to far more than an honest table does, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * len(content):
        raise ValidationError(_("Dit Excelbestand wordt uitgepakt te groot. Verdeel het over meer bestanden."))


def _cell_text(value: Any) -> str:
    """Write a cell as people would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _with_names(lines: list[list[str]]) -> list[SheetRow]:
    """Give each cell the name of its column and each row its number; empty rows are left out."""
    if not lines or not any(lines[0]):
        raise ValidationError(_("Het bestand is leeg. De eerste regel moet de namen van de kolommen bevatten."))
    if len(lines) > MAX_ROWS + 1:
        raise ValidationError(_("Het bestand heeft meer dan 20.000 regels. Verdeel het over meer bestanden."))
    names = [name.strip().lower() for name in lines[0]]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS or "" in names or len(set(names)) < len(names):
        raise ValidationError(_("Elke kolom heeft één eigen naam nodig, zonder lege kolommen ertussen."))
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [unescape_formula(cell).strip() for cell in line[: len(names)]]
        if any(_has_control_characters(cell) for cell in cells):
            raise ValidationError(_("Regel %(number)d bevat tekens die wij niet kunnen lezen.") % {"number": number})
        if any(cells):
            cells += [""] * (len(names) - len(cells))
            rows.append(SheetRow(number, dict(zip(names, cells, strict=True))))
    return rows


def _has_control_characters(text: str) -> bool:
    """Tell whether a text holds what no table holds: NUL and its kin, and half characters."""
    return any((ord(sign) < 32 and sign not in "\t\r\n") or "\ud800" <= sign <= "\udfff" for sign in text)
