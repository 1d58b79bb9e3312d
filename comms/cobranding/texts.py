"""The texts of a template: a few marks, variables from a fixed list, and nothing that can be run (R92, R93).

An own small substitution, not a template language: `{{naam_partner}}` is replaced once, and what replaces it is never
looked at again. A line beginning with "## " is a heading, lines beginning with "- " are a list, an empty line ends a
paragraph. The marks are read before anything is filled in, so that a value cannot become a heading or a variable.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.renderings.outline import cleaned_text

#: What may stand between double braces, with what it becomes.
VARIABLES: dict[str, Any] = {
    "naam_partner": gettext_lazy("de naam van de partner"),
    "website": gettext_lazy("de website van de partner"),
    "contact": gettext_lazy("de contactregel van de partner"),
    "datum": gettext_lazy("de dag waarop het bestand is gemaakt"),
    "titel": gettext_lazy("de titel van de publicatie of de template"),
    "samenvatting": gettext_lazy("de samenvatting"),
    "kernpunten": gettext_lazy("de kernpunten, als lijst op een eigen regel"),
    "handelingsperspectief": gettext_lazy("de acties, op een eigen regel; staan er anders aan het eind"),
    "tlp_label": gettext_lazy("het TLP-label"),
    "pay_off": gettext_lazy("de pay-off van het netwerk"),
    "naam_netwerk": gettext_lazy("de naam van het netwerk"),
}
ACTIONS, KEY_POINTS = "handelingsperspectief", "kernpunten"
#: Variables that become more than one line, so they stand on a line of their own.
ON_THEIR_OWN = (ACTIONS, KEY_POINTS)
LONGEST_TITLE, LONGEST_TEXT, LONGEST_ALT = 150, 6000, 500

_VARIABLE = re.compile(r"\{\{ *([a-z_]{1,40}) *\}\}")
_BRACES = re.compile(r"\{\{[^{}\n]{0,60}\}{0,2}|\}\}")
_ALONE = re.compile(r"\{\{ *([a-z_]{1,40}) *\}\}\Z")
#: A label that somebody typed; the real one comes from the renderer.
_TYPED_LABEL = re.compile(r"\btlp\W{0,3}(?:clear|white|green|amber|red)", re.IGNORECASE)
#: Characters that XML cannot hold, beside the control codes.
_NO_XML = dict.fromkeys([*range(0xFDD0, 0xFDF0), *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))])  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: "heading", "paragraph", "list", or "actions", which the renderer fills."""

    kind: str
    lines: tuple[str, ...] = ()


def safe_text(text: str) -> str:
    """Return a text with visible characters, tabs and line ends only; every form can hold those."""
    return cleaned_text(text).translate(_NO_XML)


def one_line(text: str) -> str:
    """Return a text as one line, as for a mail header or a title."""
    return " ".join(safe_text(text).split())


def check_template_text(text: str, *, is_title: bool = False) -> None:
    """Refuse a text with unknown variables, a typed label, or the action perspective twice or inside a line."""
    for match in _BRACES.finditer(text):
        known = _VARIABLE.fullmatch(match[0])
        if not known or known[1] not in VARIABLES:
            raise ValidationError(
                _("Wij kennen “%(found)s” niet. U kunt kiezen uit: %(names)s.")
                % {"found": match[0], "names": ", ".join(VARIABLES)}
            )
    refuse_typed_label(text, _("Typ het TLP-label niet zelf. Het staat er altijd, en {{tlp_label}} noemt het."))
    lines = [line.strip() for line in text.splitlines()]
    for name in ON_THEIR_OWN:
        places = [line for line in lines if name in _VARIABLE.findall(line)]
        if (is_title and places) or any(not _ALONE.match(line) for line in places):
            raise ValidationError(_("Zet {{%(name)s}} alleen op een eigen regel in de tekst.") % {"name": name})
        if len(places) > 1:
            raise ValidationError(_("Gebruik {{%(name)s}} één keer.") % {"name": name})


def refuse_typed_label(text: str, sentence: str) -> None:
    """Refuse a label in what somebody typed, also with letters that only look like it or with invisible signs."""
    visible = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    if _TYPED_LABEL.search(visible):
        raise ValidationError(sentence)


def check_own_line(text: str) -> str:
    """Return what a partner adds as one line; it can hold words, and no variables and no label."""
    line = one_line(text)
    if "{{" in line or "}}" in line:
        raise ValidationError(_("Gebruik in uw eigen regel geen accolades."))
    refuse_typed_label(line, _("Het TLP-label staat al vast. Noem het niet in uw eigen regel."))
    return line


def uses(text: str, name: str) -> bool:
    """Tell whether a text names a variable."""
    return name in _VARIABLE.findall(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return one line with its variables filled in, once; what is filled in stays as it is."""
    return one_line(_VARIABLE.sub(lambda match: one_line(values.get(match[1], "")), text))


def blocks_of(text: str, values: Mapping[str, str], key_points: tuple[str, ...]) -> tuple[Block, ...]:
    """Return the blocks of a text; there is exactly one for the actions, at the end when the text names none."""
    blocks = [*_blocks(text, values, key_points)]
    places = [block for block in blocks if block.kind == "actions"]
    kept = [block for block in blocks if block.kind != "actions" or block is places[0]]
    return (*kept, *(() if places else (Block("actions"),)))


def _blocks(text: str, values: Mapping[str, str], key_points: tuple[str, ...]) -> Iterator[Block]:
    for kind, lines in _grouped(safe_text(text).splitlines()):
        if kind in ON_THEIR_OWN:
            points = tuple(filter(None, map(one_line, key_points)))
            if kind == ACTIONS:
                yield Block("actions")
            elif points:
                yield Block("list", points)
        elif words := tuple(filter(None, (filled(line, values) for line in lines))):
            yield Block(kind, words)


def _grouped(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield kind and lines of what belongs together."""
    kind = ""
    group: list[str] = []
    for line in [*map(str.strip, lines), ""]:
        found, words = _kind_of(line)
        if found != kind or found not in ("paragraph", "list"):
            if group:
                yield kind, group
            kind, group = found, []
        if words:
            group.append(words)


def _kind_of(line: str) -> tuple[str, str]:
    """Return what a line is, and its words."""
    alone = _ALONE.match(line)
    if alone and alone[1] in ON_THEIR_OWN:
        return alone[1], line
    if line.startswith("## "):
        return "heading", line[3:].strip()
    if line.startswith("- "):
        return "list", line[2:].strip()
    return ("paragraph", line) if line else ("", "")
