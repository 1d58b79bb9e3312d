"""Messages that contradict each other (R87)."""

from collections.abc import Iterator
from itertools import combinations

from comms.planning.enums import EntryStatus
from comms.planning.rules.asks import clashing
from comms.planning.rules.world import Finding, Threshold, World, subject_of

#: What is agreed on or with the readers.
HEARD = frozenset({EntryStatus.PLANNED.value, EntryStatus.LIVE.value})


def messages_contradict(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find pairs of items of which one reader cannot do what both ask.

    Two items contradict each other when all of this holds:

    1. both are planned or live;
    2. they share an audience, and a function or a theme;
    3. their days lie at most `days` days apart;
    4. for a shared audience one asks to do what the other asks not to do, or they ask the same with different
       deadlines. Two requests are the same when they have the same words, apart from order, capitals, articles,
       "wel" and "niet"; see `asks`.
    """
    heard = sorted((entry for entry in world.entries if entry.status in HEARD), key=lambda one: (one.day, one.key))
    for one, other in combinations(heard, 2):
        if (other.day - one.day).days > limit.days:
            continue
        if not (one.functions & other.functions or one.themes & other.themes):
            continue
        if (found := clashing(one, other)) is not None:
            audience, first, second = found
            yield Finding(
                key="|".join(sorted((one.key, other.key))),
                first=one.day,
                last=other.day,
                subjects=(subject_of(one), subject_of(other)),
                words={
                    "item": one.title,
                    "ander": other.title,
                    "doelgroep": world.audiences.get(audience, audience),
                    "eerste": _said(first.text, first.deadline),
                    "tweede": _said(second.text, second.deadline),
                },
            )


def _said(text: str, deadline: str) -> str:
    return f"{text} ({deadline})" if deadline else text
