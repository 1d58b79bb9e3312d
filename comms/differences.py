"""What differs between two texts of a publication, in words that a reader understands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.text import capfirst

from comms.enums import Effort, MessageChannel
from comms.models import Publication
from comms.models.guards import CONTENT
from comms.sheets import audience_names, deadline_label

#: Words and blanks beyond which lines are compared, and lines beyond which a text is shown whole, old and new:
#: comparing would take too long.
MOST_PIECES = 6_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a publication that changed."""

    field: str
    label: str
    old: str
    new: str
    pieces: list[tuple[str, str]]
    """Pairs of "same", "gone" or "new" and words."""


def differences(old: Mapping[str, Any], new: Mapping[str, Any], names: Iterable[str] = CONTENT) -> list[Difference]:
    """Return the parts that differ, in the order of the cover sheet."""
    return [
        _difference(name, old.get(name), new.get(name))
        for name in names
        if name in old and name in new and old[name] != new[name]
    ]


def label_of(name: str) -> str:
    """Return what a column is called on pages."""
    return capfirst(str(Publication._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _difference(name: str, old: Any, new: Any) -> Difference:
    before, after = in_words(name, old), in_words(name, new)
    return Difference(name, label_of(name), before, after, compared(before, after))


def in_words(name: str, value: Any) -> str:
    """Write the value of a column as people would say it: a list as lines, a choice by its name."""
    if value in (None, "", [], {}):
        return ""
    if name == "action_perspective":
        known = audience_names()
        return "\n".join(_action_in_words(row, known) for row in value)
    if name == "channel_messages":
        return "\n".join(f"{MessageChannel(channel).label}: {text}" for channel, text in value.items())
    if name == "audiences":
        known = audience_names()
        return "\n".join(known.get(slug, slug) for slug in value)
    field: Any = Publication._meta.get_field(name)
    if isinstance(value, list):
        labels = dict(field.base_field.flatchoices)
        return "\n".join(str(labels.get(item, item)) for item in value)
    return str(dict(field.flatchoices).get(value, value))


def _action_in_words(row: Mapping[str, str], known: Mapping[str, str]) -> str:
    effort = row.get("effort", "")
    parts = [
        known.get(row.get("audience", ""), row.get("audience", "")),
        row.get("action", ""),
        deadline_label(row.get("deadline", "")),
        str(Effort(effort).label) if effort in Effort.values else effort,
    ]
    return " · ".join(part for part in parts if part)


def compared(old: str, new: str) -> list[tuple[str, str]]:
    """Return a text in pieces: what stayed, what went and what came."""
    before, after = _words(old), _words(new)
    if len(before) + len(after) > MOST_PIECES:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) + len(after) > MOST_PIECES:
        return [("gone", old), ("new", new)]
    pieces: list[tuple[str, str]] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(before[start:end])))
            continue
        if end > start:
            pieces.append(("gone", "".join(before[start:end])))
        if new_end > new_start:
            pieces.append(("new", "".join(after[new_start:new_end])))
    return pieces


def _words(text: str) -> list[str]:
    """Split a text into words and what stands between them, so that joining gives the text again."""
    return [piece for piece in re.split(r"(\s+)", text) if piece]
