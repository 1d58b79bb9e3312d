"""Making the world of the rules from the calendar, as one reader may see it: a hidden item is not in it (A08)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from comms.checking import is_warm
from comms.enums import ISSUED
from comms.models import Audience, Publication
from comms.planning.enums import Cadence, CampaignStatus, CelebrationState, MilestoneStatus
from comms.planning.models import CalendarEntry, Campaign, Celebration, Channel, Milestone
from comms.planning.rules.asks import asks_of
from comms.planning.rules.world import PlannedCampaign, PlannedEntry, PlannedMilestone, UsedChannel, World
from cwn.core.enums import CwnFunction

#: Days between two times that a channel comes out; the shortest month and quarter count.
EVERY_DAYS = {
    Cadence.DAILY: 1, Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 28, Cadence.QUARTERLY: 90,
    Cadence.YEARLY: 365,
}  # fmt: skip
OVER = (CampaignStatus.FINISHED, CampaignStatus.EVALUATED, CampaignStatus.STOPPED)


def world_for(user: Any, first: date, last: date) -> World:
    """Return what a reader may see of the days from `first` to `last`, and what those wait for."""
    entries = _entries(user, first, last)
    campaigns = list(Campaign.objects.visible_to(user).filter(starts_on__lte=last, ends_on__gte=first))
    return World(
        today=timezone.localdate(),
        entries=tuple(_planned(user, entries)),
        campaigns=tuple(
            PlannedCampaign(
                key=campaign.slug,
                title=campaign.name,
                first=campaign.starts_on,
                last=campaign.ends_on,
                is_over=campaign.status in OVER,
                functions=frozenset(campaign.functions),
            )
            for campaign in campaigns
        ),
        milestones=tuple(_milestones(user, first, last)),
        channels=tuple(
            UsedChannel(
                key=channel.pk,
                name=channel.name,
                every_days=EVERY_DAYS.get(Cadence(channel.cadence), 0),
                is_continuous=channel.cadence == Cadence.CONTINUOUS,
            )
            for channel in Channel.objects.visible_to(user)
        ),
        audiences={audience.slug: audience.label for audience in Audience.objects.all()},
        warm=frozenset(function for function in CwnFunction.values if is_warm([function])),
    )


def day_of(moment: datetime, zone: str) -> date:
    """Return the day of a moment where it happens."""
    return moment.astimezone(zone_of(zone)).date()


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone; that of the portal for a name that nobody knows."""
    return ZoneInfo(name if name in available_timezones() else "Europe/Amsterdam")


def _entries(user: Any, first: date, last: date) -> list[CalendarEntry]:
    """Return the items of these days, and after them the items outside these days for which they wait."""
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1)))
    visible = CalendarEntry.objects.visible_to(user).prefetch_related("audiences", "channels", "depends_on")
    rows = {row.pk: row for row in visible.filter(starts_at__gte=start, starts_at__lt=end)}
    missing = _needed(rows.values()) - rows.keys()
    while missing:
        found = {row.pk: row for row in visible.filter(pk__in=missing)}
        rows |= found
        missing = _needed(found.values()) - rows.keys() - missing
    return list(rows.values())


def _needed(rows: Iterable[CalendarEntry]) -> set[int]:
    return {needed.pk for row in rows for needed in row.depends_on.all()}


def _planned(user: Any, rows: list[CalendarEntry]) -> Iterable[PlannedEntry]:
    known = {row.pk: str(row.uid) for row in rows}
    publications = Publication.objects.visible_to(user).prefetch_related("developments").in_bulk(
        [row.publication_id for row in rows if row.publication_id]
    )  # fmt: skip
    functions = {
        campaign.pk: campaign.functions
        for campaign in Campaign.objects.visible_to(user).filter(
            pk__in=[row.campaign_id for row in rows if row.campaign_id]
        )
    }
    for row in rows:
        publication = publications.get(row.publication_id or 0)
        zone = zone_of(row.time_zone)
        yield PlannedEntry(
            key=known[row.pk],
            title=row.title,
            starts=row.starts_at.astimezone(zone),
            day=day_of(row.starts_at, row.time_zone),
            status=row.status,
            audiences=frozenset(audience.slug for audience in row.audiences.all()),
            functions=frozenset([*row.functions, *functions.get(row.campaign_id or 0, [])]),
            themes=frozenset(theme.slug for theme in publication.developments.all()) if publication else frozenset(),
            channels=frozenset(channel.pk for channel in row.channels.all()),
            embargo_until=row.embargo_until,
            needs=frozenset(known[needed.pk] for needed in row.depends_on.all() if needed.pk in known),
            published=_out(publication) if publication else None,
            public_from=publication.public_from if publication else None,
            asks=asks_of(row.message, publication.action_perspective or () if publication else ()),
        )


def _out(publication: Publication) -> datetime | None:
    return publication.published_at if publication.status in ISSUED else publication.publish_at


def _milestones(user: Any, first: date, last: date) -> Iterable[PlannedMilestone]:
    rows = list(
        Milestone.objects.visible_to(user)
        .exclude(status=MilestoneStatus.DROPPED)
        .filter(due_on__range=(first - timedelta(days=366), last + timedelta(days=366)))
    )
    celebrations = CalendarEntry.objects.visible_to(user).in_bulk(
        [row.celebration_entry_id for row in rows if row.celebration_entry_id]
    )
    declined = set(
        Celebration.objects.filter(milestone__in=rows, state=CelebrationState.DECLINED).values_list(
            "milestone_id", flat=True
        )
    )
    for row in rows:
        entry = celebrations.get(row.celebration_entry_id or 0)
        yield PlannedMilestone(
            key=str(row.uid),
            title=row.title,
            function=row.function,
            day=row.reached_on or row.due_on,
            celebrated_on=day_of(entry.starts_at, entry.time_zone) if entry else None,
            is_declined=row.pk in declined,
        )
