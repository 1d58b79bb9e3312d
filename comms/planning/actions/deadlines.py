"""The deadline of an item on the clock: two days before and on the day itself, to who does it."""

from datetime import time, timedelta

from django.utils import timezone

from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry
from cwn.delivery.actions.reminding import forget_reminders, remind
from cwn.delivery.clock import local_moment

REMINDER = "entry"
AT = time(8)
#: Stage → days before the deadline.
STAGES = {"twee-dagen": 2, "vandaag": 0}
#: Then there is nothing left to make ready.
READY = (EntryStatus.LIVE, EntryStatus.EVALUATED)


def keep_deadline(entry: CalendarEntry) -> None:
    """Make the clock say what the item says: a moved, finished, removed or unassigned item forgets its reminders.

    The day itself is the version of a reminder, so another deadline is announced again and the same one is not.
    """
    forget_reminders(kind=REMINDER, object_id=entry.pk)
    if entry.deadline_on is None or entry.person_id is None or entry.removed_at or entry.status in READY:
        return
    ends = local_moment(entry.deadline_on + timedelta(days=1), time(0), entry.time_zone)
    for stage, days in STAGES.items():
        due_at = local_moment(entry.deadline_on - timedelta(days=days), AT, entry.time_zone)
        if due_at > timezone.now():
            remind(
                kind=REMINDER,
                object_id=entry.pk,
                stage=stage,
                due_at=due_at,
                version=entry.deadline_on.toordinal(),
                useful_until=ends,
            )
