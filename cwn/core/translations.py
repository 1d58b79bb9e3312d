"""From marked strings to a catalogue that Django reads, without GNU gettext (docs/adr/0007-translations.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

#: What marks a string in Python, and in what `templatize` makes of a template.
MARKERS = {
    "_": ("text",), "gettext": ("text",), "gettext_lazy": ("text",), "gettext_noop": ("text",),
    "ngettext": ("text", "plural"), "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"), "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"), "npgettext_lazy": ("context", "text", "plural"),
}  # fmt: skip
STRING = r"""\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*"""
CALL = re.compile(rf"\b({'|'.join(MARKERS)})\({STRING}(?:,{STRING})?(?:,{STRING})?")


class Marked(NamedTuple):
    """A string that wants a translation."""

    text: str
    plural: str = ""
    context: str = ""


def marked_in_python(source: str) -> Iterator[Marked]:
    """Find the strings that are marked in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            yield from _marked(name, [word for word in words if isinstance(word, str)])


def marked_in_template(source: str) -> Iterator[Marked]:
    """Find the strings that are marked in a Django template."""
    for call in CALL.finditer(templatize(source)):
        name, *literals = call.groups()
        yield from _marked(name, [ast.literal_eval(literal) for literal in literals if literal])


def _marked(name: str, words: list[str]) -> Iterator[Marked]:
    parts = MARKERS.get(name, ())
    if parts and len(words) >= len(parts) and all(words):
        yield Marked(**dict(zip(parts, words, strict=False)))


def marked_strings(root: Path, folders: tuple[str, ...]) -> dict[Marked, list[str]]:
    """Return every marked string below the folders with the files that it stands in."""
    found: dict[Marked, list[str]] = {}
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*")):
        finder = {".py": marked_in_python, ".html": marked_in_template, ".txt": marked_in_template}.get(path.suffix)
        if finder is None or "migrations" in path.parts:
            continue
        for marked in finder(path.read_text()):
            files = found.setdefault(marked, [])
            if (name := str(path.relative_to(root))) not in files:
                files.append(name)
    return found


def compile_catalogue(catalogue: Path) -> bool:
    """Write the compiled form beside a catalogue, unless it is newer already; tell whether it was written."""
    compiled = catalogue.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns > catalogue.stat().st_mtime_ns:
        return False
    unfinished = compiled.with_suffix(".part")
    polib.pofile(str(catalogue)).save_as_mofile(str(unfinished))
    unfinished.replace(compiled)
    return True


def collect(catalogue: Path, strings: dict[Marked, list[str]]) -> tuple[int, int]:
    """Give a catalogue every marked string, keep what was translated, and return how many came and went."""
    entries = polib.pofile(str(catalogue))
    known = {Marked(entry.msgid, entry.msgid_plural, entry.msgctxt or ""): entry for entry in entries}
    for entry in [entry for marked, entry in known.items() if marked not in strings]:
        entries.remove(entry)
    for marked, files in strings.items():
        entry = known.get(marked)
        if entry is None:
            entry = polib.POEntry(msgid=marked.text, msgid_plural=marked.plural, msgctxt=marked.context or None)
            if marked.plural:
                entry.msgstr_plural = {0: "", 1: ""}
            entries.append(entry)
        entry.occurrences = [(name, "") for name in files]
        entry.flags = ["python-format"] if "%(" in marked.text else []
    entries.sort(key=lambda entry: (entry.occurrences, entry.msgctxt or "", entry.msgid))
    entries.save(str(catalogue))
    return len(strings.keys() - known.keys()), len(known.keys() - strings.keys())
