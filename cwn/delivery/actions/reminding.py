"""Putting moments on the clock, and taking them off."""

from datetime import datetime

from django.db import transaction

from cwn.delivery.enums import ReminderState
from cwn.delivery.models import Reminder


@transaction.atomic
def remind(
    *, kind: str, object_id: int, stage: str, due_at: datetime, version: int = 1, useful_until: datetime | None = None
) -> Reminder:
    """Put a moment on the clock; the same reminder of the same version is put there once.

    While it waits, asking again moves it. Older versions of it that still wait are forgotten.
    """
    values = {"due_at": due_at, "useful_until": useful_until}
    reminder, is_new = Reminder.objects.select_for_update().get_or_create(
        kind=kind, object_id=object_id, stage=stage, version=version, defaults=values
    )
    if not is_new and reminder.state == ReminderState.WAITING:
        Reminder.objects.filter(pk=reminder.pk).update(**values)
    older = Reminder.objects.filter(kind=kind, object_id=object_id, stage=stage, version__lt=version)
    older.filter(state=ReminderState.WAITING).delete()
    return reminder


def forget_reminders(*, kind: str, object_id: int, stage: str | None = None) -> int:
    """Take waiting reminders of a thing off the clock and return how many; what was said stays on record."""
    waiting = Reminder.objects.filter(kind=kind, object_id=object_id, state=ReminderState.WAITING)
    return (waiting.filter(stage=stage) if stage else waiting).delete()[0]
