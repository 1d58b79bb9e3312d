"""How far an item is: from an idea to having learned from it, each step with what it needs (R86)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comms.actions.steps import require
from comms.planning.actions.completeness import missing_fields, sentence_of
from comms.planning.actions.entries import change_entry, locked, may_edit
from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry, EntryComment, plans
from comms.planning.models.calendar import COMPLETE

#: What comes after what; one may always go back to work on it again.
ORDER = tuple(EntryStatus)


def refusal_of(entry: CalendarEntry, status: str, *, note: str = "") -> str:
    """Say why an item cannot take a step, in one sentence; empty when it can."""
    old, new = ORDER.index(EntryStatus(entry.status)), ORDER.index(EntryStatus(status))
    if new > old + 1 and not (old == 0 and new == ORDER.index(EntryStatus.REVIEW)):
        return _("Van %(old)s kan dit niet in één keer naar %(new)s.") % {
            "old": entry.get_status_display().lower(),
            "new": str(EntryStatus(status).label).lower(),
        }
    missing = missing_fields(entry) if status in COMPLETE else []
    if missing:
        return sentence_of(missing)
    if status == EntryStatus.LIVE and entry.publication_id is None and not note.strip():
        return _("Kies een publicatie, of schrijf waar het live staat.")
    return ""


@transaction.atomic
def step_entry(entry: CalendarEntry, *, status: str, note: str = "", by: Any) -> CalendarEntry:
    """Take an item a step further or back; only the desk plans (R86). A note is kept beside the item.

    Raises ValidationError with a sentence when the item is not ready for it. The same status again changes nothing.
    """
    current = locked(entry)
    require(may_edit(current, by) and plans(by))
    if status not in EntryStatus.values:
        raise ValidationError({"status": _("Deze status bestaat niet.")})
    if status == current.status:
        return current
    refusal = refusal_of(current, status, note=note)
    if refusal:
        raise ValidationError({"status": refusal})
    if note.strip():
        EntryComment.objects.create(entry=current, text=f"{EntryStatus(status).label}: {note.strip()}"[:2000], by=by)
    return change_entry(current, {"status": status})
