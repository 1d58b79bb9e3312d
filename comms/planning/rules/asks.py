"""Turning what readers are asked to do into something that can be compared.

"Installeer de update" and "Installeer geen update." ask the same, once with and once without "niet". What counts is
which words there are, not their order or endings: the rule is meant to be understood and checked by people.
"""

import re
from collections.abc import Iterable
from typing import Any

from comms.planning.rules.world import Ask, PlannedEntry

NEGATIONS = frozenset({"niet", "geen", "nooit", "not", "no", "never"})
#: Words that change nothing about what is asked.
EMPTY = frozenset({"de", "het", "een", "wel", "the", "a", "an", "do"})
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?\n]+")


def ask_of(text: str, *, deadline: str = "", audience: str = "") -> Ask | None:
    """Return a request in comparable form; None where nothing is left to compare."""
    words = _WORD.findall(text.casefold())
    kept = frozenset(words) - NEGATIONS - EMPTY
    if not kept:
        return None
    is_not = sum(word in NEGATIONS for word in words) % 2 == 1
    return Ask(kept, is_not, deadline, audience, text.strip())


def asks_of(message: str, action_perspective: Iterable[dict[str, Any]] = ()) -> tuple[Ask, ...]:
    """Return what an item asks: the sentences of its own message, and the actions of its publication."""
    own = (ask_of(sentence) for sentence in _SENTENCE.split(message))
    actions = (
        ask_of(row.get("action", ""), deadline=row.get("deadline", ""), audience=row.get("audience", ""))
        for row in action_perspective
    )
    return tuple(ask for ask in (*own, *actions) if ask is not None)


def clash(one: Ask, other: Ask, audience: str) -> bool:
    """Tell whether somebody of this audience cannot do both: do it and do not, or by two different days."""
    if one.words != other.words or {one.audience, other.audience} - {"", audience}:
        return False
    return one.is_not != other.is_not or bool(one.deadline and other.deadline and one.deadline != other.deadline)


def clashing(one: PlannedEntry, other: PlannedEntry) -> tuple[str, Ask, Ask] | None:
    """Return the first audience to which two items say what contradicts, with both sayings."""
    for audience in sorted(one.audiences & other.audiences):
        for first in one.asks:
            for second in other.asks:
                if clash(first, second, audience):
                    return audience, first, second
    return None
