"""What an item needs before it can be planned, and keeps as long as it is (R86)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comms.planning.models import CalendarEntry
from comms.planning.models.calendar import COMPLETE

#: The six fields to coordinate that can be empty; timing, medium and owner always stand. A CHECK holds the texts.
TEXTS, LINKED = ("content", "message"), ("audiences", "channels")


def missing_fields(entry: CalendarEntry) -> list[str]:
    """Return the fields that an item misses before it can be planned, in words."""
    missing = [name for name in TEXTS if not getattr(entry, name).strip()]
    missing += [name for name in LINKED if not getattr(entry, name).exists()]
    return [capfirst(str(CalendarEntry._meta.get_field(name).verbose_name)) for name in missing]  # type: ignore[union-attr]


def demand_completeness(entry: CalendarEntry, changed: Iterable[str]) -> None:
    """Refuse a change that takes one of the six fields away from an item that is planned, live or evaluated."""
    concerns = entry.status in COMPLETE and not {"status", *TEXTS, *LINKED}.isdisjoint(changed)
    missing = missing_fields(entry) if concerns else []
    if missing:
        raise ValidationError(sentence_of(missing))


def sentence_of(missing: list[str]) -> str:
    """Say which fields are asked first."""
    return _("Vul eerst in: %(fields)s.") % {"fields": ", ".join(missing).lower()}
