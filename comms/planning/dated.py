"""What of planning stands in calendars: milestones, key moments, campaigns and sessions of the working group.

Each source asks `visible_to` itself. `removed_items` says what was taken away lately: a calendar program keeps what it
read until it is told that it is cancelled.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.enums import Tlp
from comms.planning.enums import CampaignStatus, EntryReaders, MilestoneStatus
from comms.planning.models import CalendarEntry, Campaign, KeyMoment, Milestone, WorkingGroupSession
from comms.planning.models.year_plan import levels_of
from comms.planning.rules.loading import zone_of
from comms.planning.sources import CalendarItem, calendar_source
from cwn.core.guard import as_the_portal
from cwn.core.history import event_model

#: How public a row is, as the label that a calendar file shows.
LABELS = {EntryReaders.PUBLIC: Tlp.CLEAR, EntryReaders.MEMBERS: Tlp.GREEN, EntryReaders.PLANNERS: Tlp.GREEN}


@calendar_source
def milestones(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name the milestones of these days, on the day on which they were reached or else are due."""
    rows = Milestone.objects.visible_to(user).exclude(status=MilestoneStatus.DROPPED)
    in_range = Q(reached_on__range=(first, last)) | Q(reached_on=None, due_on__range=(first, last))
    for row in rows.filter(in_range):
        yield milestone_item(row)


def milestone_item(row: Milestone) -> CalendarItem:
    """Return a milestone as it stands in a calendar."""
    is_reached = row.status == MilestoneStatus.REACHED
    return CalendarItem(
        uid=f"milestone-{row.uid}@cwn",
        kind="mijlpaal",
        title=_("Mijlpaal: %(title)s") % {"title": row.title},
        starts=row.reached_on or row.due_on,
        ends=None,
        url=reverse("milestone_detail", args=[row.uid]),
        sequence=row.sequence,
        changed_at=row.updated_at,
        description=row.description,
        is_cancelled=row.status == MilestoneStatus.DROPPED,
        is_tentative=row.status == MilestoneStatus.AHEAD,
        status=str(row.get_status_display()),
        tone="success" if is_reached else "info",
        label=LABELS[EntryReaders(row.readers)],
        functions=frozenset([row.function]),
    )


@calendar_source
def key_moments(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name the moments that touch these days; one for the whole network belongs to every function."""
    rows = KeyMoment.objects.visible_to(user).filter(starts_on__lte=last)
    for row in rows.filter(Q(ends_on__gte=first) | Q(ends_on=None, starts_on__gte=first)):
        yield _moment_item(row, reverse("year_plan", args=[row.starts_on.year]))


def _moment_item(row: Any, url: str, *, is_cancelled: bool = False, changed_at: datetime | None = None) -> CalendarItem:
    return CalendarItem(
        uid=f"moment-{row.uid}@cwn",
        kind="moment",
        title=row.title,
        starts=row.starts_on,
        ends=row.ends_on,
        url=url,
        sequence=row.sequence + is_cancelled,
        changed_at=changed_at or row.updated_at,
        description=row.description,
        is_cancelled=is_cancelled,
        label=LABELS[EntryReaders(row.readers)],
        functions=frozenset([row.function] if row.function else []),
    )


@calendar_source
def campaigns(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name the campaigns that run in these days, without those that were stopped."""
    rows = Campaign.objects.visible_to(user).exclude(status=CampaignStatus.STOPPED).prefetch_related("partners")
    for row in rows.filter(starts_on__lte=last, ends_on__gte=first):
        yield CalendarItem(
            uid=f"campaign-{row.pk}@cwn",
            kind="campagne",
            title=_("Campagne: %(title)s") % {"title": row.name},
            starts=row.starts_on,
            ends=row.ends_on,
            url=row.get_absolute_url(),
            sequence=row.edit_version - 1,
            changed_at=row.updated_at,
            description=row.goal,
            is_tentative=row.status == CampaignStatus.DRAFT,
            status=str(row.get_status_display()),
            tone=CampaignStatus(row.status).tone,
            label=Tlp.GREEN,
            functions=frozenset(row.functions),
            organisations=frozenset([row.owner_id, *(partner.pk for partner in row.partners.all())]),
            campaign=row.pk,
        )


@calendar_source
def working_group_sessions(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name the sessions of the working group, for those who read along."""
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1)))
    for row in WorkingGroupSession.objects.visible_to(user).filter(starts_at__lt=end, ends_at__gt=start):
        yield session_item(row)


def session_item(row: WorkingGroupSession) -> CalendarItem:
    """Return a session as it stands in a calendar, on the clock of the Netherlands."""
    zone = zone_of("Europe/Amsterdam")
    return CalendarItem(
        uid=f"session-{row.uid}@cwn",
        kind="werkgroep",
        title=row.title,
        starts=row.starts_at.astimezone(zone),
        ends=row.ends_at.astimezone(zone),
        url=reverse("session_detail", args=[row.uid]),
        sequence=row.sequence,
        changed_at=row.updated_at,
        place=row.place,
        label=Tlp.GREEN,
    )


def removed_items(user: Any, since: datetime) -> Iterator[CalendarItem]:
    """Name what was taken out of the calendar since a moment, for whoever may have read it there."""
    for milestone in Milestone.objects.visible_to(user).filter(status=MilestoneStatus.DROPPED, updated_at__gte=since):
        yield milestone_item(milestone)
    with as_the_portal():  # the second guard shows what is gone to those who may put it back; this tells only that
        entries = list(CalendarEntry.objects.removed_for(user, since))
    for entry in entries:
        zone = zone_of(entry.time_zone)
        yield CalendarItem(
            uid=f"entry-{entry.uid}@cwn",
            kind="item",
            title=_("Vervallen"),
            starts=entry.starts_at.astimezone(zone).date() if entry.is_all_day else entry.starts_at.astimezone(zone),
            ends=None,
            url=reverse("year_plan"),
            sequence=entry.sequence + 1,
            changed_at=entry.removed_at,
            is_cancelled=True,
            label=entry.tlp,
            functions=frozenset(entry.functions),
            organisations=frozenset([entry.owner_id]),
            campaign=entry.campaign_id,
        )
    events: Any = event_model(KeyMoment)
    deleted = events.objects.filter(pgh_label="delete", pgh_created_at__gte=since).order_by("pgh_id")
    for event in deleted.filter(readers__in=levels_of(user)):
        yield _moment_item(event, reverse("year_plan"), is_cancelled=True, changed_at=event.pgh_created_at)
