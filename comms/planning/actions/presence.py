"""Who has the form of an item open: "wie werkt hieraan" (R86)."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from comms.planning.models import CalendarEntry, EntryEditor

#: Who was not heard of for so long is gone.
PRESENT = timedelta(seconds=60)


def note_editor(entry: CalendarEntry, *, by: Any) -> None:
    """Write down that somebody has the form open now."""
    EntryEditor.objects.update_or_create(entry=entry, user=by)


def other_editors(entry: CalendarEntry, user: Any) -> QuerySet[EntryEditor]:
    """Return who else has the form open."""
    recent = EntryEditor.objects.filter(entry=entry, seen_at__gt=timezone.now() - PRESENT)
    return recent.exclude(user=user.pk).select_related("user").order_by("user__name", "pk")
