"""The wrong moment: before an embargo, before what it waits for, in a warm phase, or already past (R87, R110)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from comms.planning.enums import EntryStatus
from comms.planning.rules.world import Finding, PlannedEntry, Subject, Threshold, World, subject_of

#: Somebody works on it, or readers have it; an idea has no moment yet, and of what was evaluated nothing can change.
SERIOUS = frozenset({
    EntryStatus.CONCEPT.value, EntryStatus.REVIEW.value, EntryStatus.PLANNED.value, EntryStatus.LIVE.value,
})  # fmt: skip
#: Not with the readers yet.
BEFORE_LIVE = frozenset({EntryStatus.CONCEPT.value, EntryStatus.REVIEW.value, EntryStatus.PLANNED.value})
#: Audiences within the network: they may read before the public does (R110, first internal, then external).
INSIDE = frozenset({"schakelorganisaties"})


def embargo_broken(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find items that go out, or of which the publication goes out, before an embargo ends.

    An embargo is that of the item, or of any item for which it waits, near or far. For readers outside the network
    the moment until which the publication is for partners first counts as well.
    """
    known = {entry.key: entry for entry in world.entries}
    for entry in world.entries:
        if entry.status not in SERIOUS:
            continue
        until = max(_embargoes(entry, known), default=None)
        moments = [entry.starts, *([entry.published] if entry.published else [])]
        early = until is not None and min(moments) < until
        first_for_partners = entry.public_from is not None and not (entry.audiences and entry.audiences <= INSIDE)
        if first_for_partners and entry.public_from is not None and entry.starts < entry.public_from:
            early, until = True, max(entry.public_from, until or entry.public_from)
        if early and until is not None:
            yield _about(entry, words={"moment": f"{until.astimezone(entry.starts.tzinfo):%d-%m-%Y %H:%M}"})


def _embargoes(entry: PlannedEntry, known: dict[str, PlannedEntry]) -> Iterator[datetime]:
    """Yield the embargo of an item and those of all it waits for; a circle is walked once."""
    waiting, seen = [entry.key], set()
    while waiting:
        key = waiting.pop()
        if key in seen or key not in known:
            continue
        seen.add(key)
        waiting += known[key].needs
        if (embargo := known[key].embargo_until) is not None:
            yield embargo


def waits_for_later(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find items that stand before the item for which they wait."""
    known = {entry.key: entry for entry in world.entries}
    for entry in world.entries:
        if entry.status not in BEFORE_LIVE | {EntryStatus.IDEA.value}:
            continue
        for key in sorted(entry.needs & known.keys()):
            needed = known[key]
            if needed.starts > entry.starts:
                yield Finding(
                    key=f"{entry.key}|{needed.key}",
                    first=entry.day,
                    last=max(entry.day, needed.day),
                    subjects=(subject_of(entry), subject_of(needed)),
                    words={"item": entry.title, "ander": needed.title},
                )


def planned_in_warm_phase(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find what begins within `days` days, or runs now, for a function that is in the warm phase."""
    last = world.today + timedelta(days=limit.days)
    for entry in world.entries:
        if entry.status in BEFORE_LIVE and world.today <= entry.day <= last and entry.functions & world.warm:
            yield _about(entry, words={"item": entry.title})
    for campaign in world.campaigns:
        is_near = campaign.first <= last and campaign.last >= world.today
        if not campaign.is_over and is_near and campaign.functions & world.warm:
            yield Finding(
                key=f"campagne:{campaign.key}",
                first=campaign.first,
                last=campaign.last,
                subjects=(Subject("campagne", campaign.key, campaign.title),),
                words={"item": campaign.title},
            )


def past_but_unfinished(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find concepts and items under review of which the day is more than `days` days ago."""
    for entry in world.entries:
        is_unfinished = entry.status in (EntryStatus.CONCEPT, EntryStatus.REVIEW)
        if is_unfinished and entry.day < world.today - timedelta(days=limit.days):
            yield _about(entry, words={"item": entry.title})


def _about(entry: PlannedEntry, *, words: dict[str, str]) -> Finding:
    return Finding(
        key=entry.key, first=entry.day, last=entry.day, subjects=(subject_of(entry),),
        words={"item": entry.title, **words},
    )  # fmt: skip
