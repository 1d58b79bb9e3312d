"""Files of plain text: notes, tables and indicators."""

import csv
import io
import json
import re
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Bytes of JSON; in memory it becomes many times as much.
MAX_JSON_BYTES = 5 * 1024 * 1024
#: A text that begins like this is a page or a drawing to a browser that guesses.
_LOOKS_LIKE_A_PAGE = re.compile(
    r"\s*<(?:!--|(?:!doctype|\?xml|html|head|body|script|svg|iframe|a|img|meta|style)\b)", re.IGNORECASE
)
#: Documents that are made of readable signs.
_OTHER_DOCUMENTS = ("%PDF-", "%!PS", "{\\rtf")
#: A cell that a spreadsheet program would run; a number with a sign is none.
_FORMULA = re.compile(r"\s*(?:=|[+\-@][^;|(!]{0,200}[|(!])")


def inspect_text(content: bytes) -> str:
    """Return the text of a file, or refuse what is no text."""
    text = _decoded(content)
    if text.startswith(_OTHER_DOCUMENTS) or any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in set(text)):
        raise ValidationError(_("Dit is geen tekstbestand. Sla het opnieuw op als tekst (UTF-8)."))
    if _LOOKS_LIKE_A_PAGE.match(text):
        raise ValidationError(_("Dit is een webpagina of tekening. Die kunt u niet bijvoegen."))
    return text


def inspect_csv(content: bytes) -> None:
    """Refuse a table with cells that a spreadsheet program would run (security.md B10)."""
    text = inspect_text(content)
    delimiter = max(";,\t", key=text.split("\n", 1)[0].count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(_FORMULA.match(cell) for cell in line):
                raise ValidationError(_("In dit CSV-bestand staan formules. Sla het op met alleen waarden."))
    except csv.Error:
        raise ValidationError(_("Dit bestand is geen goed CSV-bestand. Sla het opnieuw op als CSV (UTF-8).")) from None


def inspect_json(content: bytes) -> None:
    """Refuse what is not one object or list of strict JSON, such as a STIX bundle."""
    if len(content) > MAX_JSON_BYTES:
        raise ValidationError(_("Dit JSON-bestand is groter dan 5 MB. Verdeel het over meer bestanden."))
    wrong = ValidationError(_("Dit bestand is geen goede JSON. Exporteer het opnieuw, bijvoorbeeld als STIX."))
    try:
        read = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(read, dict | list):
        raise wrong


def _decoded(content: bytes) -> str:
    """Decode UTF-8, with or without a mark, or else what an older Windows writes."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("Dit is geen tekstbestand. Sla het opnieuw op als tekst (UTF-8)."))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that says a thing twice: two programs would read two different files."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("repeated key")
    return found
