"""The mix of channels and media: what is planned for whom along which channel, and where nobody is reached (R91)."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from comms.models import Audience
from comms.planning.models import CalendarEntry, Channel


@dataclass(frozen=True, slots=True)
class Cell:
    """One audience along one channel."""

    planned: int
    reaches: bool
    """Whether the channel says that it reaches this audience."""


@dataclass(frozen=True, slots=True)
class Line:
    """One channel, for every audience."""

    channel: Channel
    cells: list[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class MediaMix:
    """The table: audiences across, channels down, with what each audience gets and can get."""

    audiences: list[Audience]
    lines: list[Line]
    planned: list[int]
    """Planned items per audience, along whichever channel."""
    reach: list[int]
    """Readers of all channels that reach an audience; people who read several count several times."""
    gaps: list[Audience]
    """Audiences for which nothing is planned."""


def media_mix(user: Any) -> MediaMix:
    """Count what a reader may see of what is planned from today on; the queries do not grow with the table."""
    audiences = list(Audience.objects.all())
    channels = list(
        Channel.objects.visible_to(user)
        .filter(is_active=True)
        .select_related("organisation")
        .prefetch_related("audiences")
        .order_by("organisation__name", "name", "pk")
    )
    ahead = CalendarEntry.objects.visible_to(user).filter(starts_at__gte=timezone.now()).values("pk")
    by_audience = _links(CalendarEntry.audiences.through, ahead, "audience_id")
    by_channel = _links(CalendarEntry.channels.through, ahead, "channel_id")
    pairs = Counter(
        (channel, audience) for entry, found in by_channel.items() for channel in found
        for audience in by_audience.get(entry, ())
    )  # fmt: skip
    planned = Counter(audience for found in by_audience.values() for audience in found)
    lines = [_line(channel, audiences, pairs, by_channel) for channel in channels]
    return MediaMix(
        audiences=audiences,
        lines=lines,
        planned=[planned[audience.pk] for audience in audiences],
        reach=[_reach(channels, audience) for audience in audiences],
        gaps=[audience for audience in audiences if not planned[audience.pk]],
    )


def _links(through: Any, entries: Any, column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for entry, key in through.objects.filter(calendarentry__in=entries).values_list("calendarentry_id", column):
        found.setdefault(entry, set()).add(key)
    return found


def _line(
    channel: Channel, audiences: list[Audience], pairs: Counter[tuple[int, int]], by_channel: dict[int, set[int]]
) -> Line:
    reached = {audience.pk for audience in channel.audiences.all()}
    cells = [Cell(pairs[channel.pk, audience.pk], audience.pk in reached) for audience in audiences]
    return Line(channel, cells, sum(channel.pk in found for found in by_channel.values()))


def _reach(channels: list[Channel], audience: Audience) -> int:
    return sum(channel.reach or 0 for channel in channels if audience in channel.audiences.all())
