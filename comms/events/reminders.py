"""Reminders of an event in stages, each said once (security.md H01; R98).

A week and a day before count on the clock on the wall of the place: over a change to summer or winter time they come
at the same time of day as the event begins. The hour before is a real hour. A moved event has a new version.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.enums import SEATED, EventStatus
from comms.events.mails import COMING_KIND, OUTCOME_KIND, mail_registrations
from comms.events.models import Event
from cwn.delivery.actions.reminding import forget_reminders, remind
from cwn.delivery.clock import local_moment, reminder_kind
from cwn.delivery.models import Reminder

KIND = "event"
WEEK, DAY, HOUR, FOLLOW_UP = "week-ervoor", "dag-ervoor", "uur-ervoor", "terugblik"
#: At this time of the next day people hear what came of it, and for so long it is worth saying.
FOLLOW_UP_AT, FOLLOW_UP_DAYS = time(10), 14


def moments(event: Event) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield each stage with its moment and until when it is worth saying."""
    start, end = event.starts_there, event.ends_there
    for stage, days in ((WEEK, 7), (DAY, 1)):
        yield stage, local_moment(start.date() - timedelta(days=days), start.time(), event.time_zone), event.starts_at
    yield HOUR, event.starts_at - timedelta(hours=1), event.starts_at
    told = local_moment(end.date() + timedelta(days=1), FOLLOW_UP_AT, event.time_zone)
    yield FOLLOW_UP, told, told + timedelta(days=FOLLOW_UP_DAYS)


def put_on_the_clock(event: Event) -> None:
    """Put the stages that are still ahead on the clock, and take those of an earlier version off."""
    forget_reminders(kind=KIND, object_id=event.pk)
    if event.status != EventStatus.PUBLISHED:
        return
    for stage, moment, useful_until in moments(event):
        if moment > timezone.now():
            remind(
                kind=KIND,
                object_id=event.pk,
                stage=stage,
                version=event.sequence + 1,
                due_at=moment,
                useful_until=useful_until,
            )


@reminder_kind(KIND)
def announce(reminder: Reminder) -> str:
    """Mail everybody who has a seat; says why not when the event moved, is off or is gone."""
    event = Event.objects.filter(pk=reminder.object_id).first()
    if event is None or event.status in (EventStatus.DRAFT, EventStatus.CANCELLED):
        return _("De bijeenkomst gaat niet door.")
    if event.sequence + 1 != reminder.version:
        return _("De bijeenkomst is verplaatst.")
    is_follow_up = reminder.stage == FOLLOW_UP
    mail_registrations(
        event,
        event.registrations.filter(state__in=SEATED).select_related("user"),  # type: ignore[attr-defined]
        "follow_up" if is_follow_up else "reminder",
        key=f"event:{event.pk}:{reminder.stage}:{reminder.version}",
        kind=OUTCOME_KIND if is_follow_up else COMING_KIND,
        stage=reminder.stage,
    )
    return ""
