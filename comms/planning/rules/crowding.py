"""Too much at once: for one audience, or on one channel (R87)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from comms.planning.enums import EntryStatus
from comms.planning.rules.world import Finding, PlannedEntry, Threshold, World, subject_of

#: What readers get or got; an idea or a concept hits nobody yet.
GOES_OUT = frozenset({EntryStatus.PLANNED.value, EntryStatus.LIVE.value, EntryStatus.EVALUATED.value})


def audience_hit_too_often(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find each largest group of items for one audience within `days` days that has more than `most` of them.

    The first and the last day of a group count along: two items on Monday and Tuesday lie within two days.
    """
    by_audience: dict[str, list[PlannedEntry]] = defaultdict(list)
    for entry in _going_out(world):
        for audience in entry.audiences:
            by_audience[audience].append(entry)
    for audience, entries in sorted(by_audience.items()):
        name = world.audiences.get(audience, audience)
        for group in largest_groups(entries, limit.days):
            if len(group) > limit.most:
                yield _crowd(audience, group, {"doelgroep": name})


def channel_full(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find each day on which a channel carries more than `most` items; a continuous channel is never full."""
    for key, name, _every, entries in _on_channels(world):
        by_day: dict[object, list[PlannedEntry]] = defaultdict(list)
        for entry in entries:
            by_day[entry.day].append(entry)
        for group in by_day.values():
            if len(group) > limit.most:
                yield _crowd(str(key), group, {"kanaal": name})


def channel_too_soon(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find each pair of neighbouring days on a channel that lie closer together than it comes out."""
    for key, name, every, entries in _on_channels(world):
        days = sorted({entry.day for entry in entries})
        for earlier, later in pairwise(days):
            if (later - earlier).days < every:
                group = [entry for entry in entries if entry.day in (earlier, later)]
                yield _crowd(str(key), group, {"kanaal": name})


def largest_groups(entries: Iterable[PlannedEntry], days: int) -> Iterator[Sequence[PlannedEntry]]:
    """Yield the groups within `days` days that are part of no larger one, in order of time."""
    ordered = sorted(entries, key=lambda entry: (entry.day, entry.key))
    reached = 0
    for position, first in enumerate(ordered):
        end = position
        while end < len(ordered) and ordered[end].day < first.day + timedelta(days=days):
            end += 1
        if end > reached:
            reached = end
            yield ordered[position:end]


def _going_out(world: World) -> Iterator[PlannedEntry]:
    return (entry for entry in world.entries if entry.status in GOES_OUT)


def _on_channels(world: World) -> Iterator[tuple[int, str, int, list[PlannedEntry]]]:
    for channel in world.channels:
        if not channel.is_continuous:
            entries = [entry for entry in _going_out(world) if channel.key in entry.channels]
            yield channel.key, channel.name, channel.every_days, entries


def _crowd(where: str, group: Sequence[PlannedEntry], words: dict[str, str]) -> Finding:
    ordered = sorted(group, key=lambda entry: (entry.day, entry.key))
    members = ",".join(sorted(entry.key for entry in group))
    return Finding(
        key=f"{where}|{hashlib.sha256(members.encode()).hexdigest()[:32]}",  # a crowd has no largest size, a key has
        first=ordered[0].day,
        last=ordered[-1].day,
        subjects=tuple(subject_of(entry) for entry in ordered),
        words={**words, "aantal": str(len(ordered))},
    )
