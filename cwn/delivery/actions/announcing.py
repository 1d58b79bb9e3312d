"""Saying what is due: each reminder once, whatever the clock, the beat and the worker do (security.md H01–H06)."""

import structlog
from django.db import connection, transaction
from django.utils import timezone

from cwn.delivery.clock import announcer_of
from cwn.delivery.enums import ReminderState
from cwn.delivery.models import Reminder

log = structlog.get_logger("cwn.delivery")

#: Key of the advisory lock; any number that nothing else in the portal uses.
LOCK = 7_104_193
#: Reminders in one transaction, so that a run ends well within the time limit of a task; the next run goes on.
MOST = 200
#: After this many failures a reminder waits for a person.
MOST_TRIES = 5


@transaction.atomic
def announce_due(most: int = MOST) -> int:
    """Let every reminder that is due write its mails in the outbox, and return how many did.

    One run at a time, even with two beats; the mark and the mails are in one transaction, so a crash undoes both.
    A reminder that fails stops no other and is tried again by the next run.
    """
    if not _is_alone():
        return 0
    due = Reminder.objects.due(timezone.now()).order_by("tries", "due_at", "pk").select_for_update(skip_locked=True)
    return sum(_announce(reminder) for reminder in due[:most])


def _announce(reminder: Reminder) -> bool:
    if reminder.useful_until and reminder.useful_until < timezone.now():
        return _end(reminder, ReminderState.SKIPPED, "het moment was al voorbij")
    try:
        with transaction.atomic():
            reason = announcer_of(reminder.kind)(reminder)
    except Exception as problem:
        # Whatever one app does wrong, the reminders of the others must go out.
        log.exception("reminder_failed", reminder=reminder.pk, kind=reminder.kind, problem=type(problem).__name__)
        return _failed(reminder)
    return _end(reminder, ReminderState.SKIPPED if reason else ReminderState.DONE, reason)


def _end(reminder: Reminder, state: ReminderState, reason: str) -> bool:
    Reminder.objects.filter(pk=reminder.pk).update(state=state, reason=reason[:200], done_at=timezone.now())
    return state == ReminderState.DONE


def _failed(reminder: Reminder) -> bool:
    tries = reminder.tries + 1
    if tries >= MOST_TRIES:
        return _end(reminder, ReminderState.SKIPPED, "lukt niet; zie het logboek")
    Reminder.objects.filter(pk=reminder.pk).update(tries=tries)
    return False


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
