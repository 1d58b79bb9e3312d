"""Planning an item: beginning it, saving what several people write, moving it, taking it away (R86, R87)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import merged, require
from comms.planning.actions.completeness import demand_completeness
from comms.planning.actions.deadlines import keep_deadline
from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry, plans
from cwn.core.guard import as_the_portal
from partners.models.organisations import represented_organisations_of

#: What a form may set; everything else that is sent is ignored (security.md A19).
COLUMNS = (
    "title", "starts_at", "ends_at", "is_all_day", "time_zone", "content", "message", "medium", "tlp", "readers",
    "functions", "embargo_until", "deadline_on",
)  # fmt: skip
KEYS = ("owner", "person", "campaign", "publication")
LINKS = ("audiences", "channels", "depends_on")
FIELDS = (*COLUMNS, *KEYS, *LINKS)
#: What a calendar program shows: a change of one of these is a new SEQUENCE (RFC 5545).
SHOWN_IN_FILES = ("title", "starts_at", "ends_at", "is_all_day", "time_zone", "content", "message", "status", "tlp")
MOMENTS = ("starts_at", "ends_at", "embargo_until")


def may_edit(entry: CalendarEntry, user: Any) -> bool:
    """Tell whether somebody may change an item: the desk all, representatives ideas of their organisation (R106)."""
    return CalendarEntry.objects.editable_by(user).filter(pk=entry.pk).exists()


def values_of(entry: CalendarEntry) -> dict[str, Any]:
    """Return what stands in an item as forms and merging use it: keys for people and things, moments to the minute."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in COLUMNS}
    values |= {name: _to_the_minute(values[name]) for name in MOMENTS}
    values |= {name: getattr(entry, f"{name}_id") for name in KEYS}
    return values | {name: sorted(getattr(entry, name).values_list("pk", flat=True)) for name in LINKS}


def _to_the_minute(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(second=0, microsecond=0) if moment else None


@transaction.atomic
def create_entry(*, values: Mapping[str, Any], by: Any) -> CalendarEntry:
    """Begin an item. Representatives begin ideas for their own organisation, the desk for everybody."""
    require(may_begin_for(values["owner"], by))
    entry = CalendarEntry(created_by=by)
    _set(entry, values)
    _store(entry, values)
    return entry


def may_begin_for(owner: int, user: Any) -> bool:
    """Tell whether somebody may plan something for an organisation."""
    return plans(user) or owner in represented_organisations_of(user)


@transaction.atomic
def save_entry(entry: CalendarEntry, *, values: Mapping[str, Any], base: Mapping[str, Any], by: Any) -> CalendarEntry:
    """Save what an editor changed since `base`, what the page showed when he or she began.

    What others changed meanwhile in other fields stays. Raises `StaleEditError` when two people changed the same
    field: nothing is written, and the merge page asks.
    """
    current = locked(entry)
    require(may_edit(current, by))
    wanted = {name: value for name, value in values.items() if name in FIELDS}
    stands = values_of(current)
    mine = merged(wanted, base=base, stands=stands, edit_version=current.edit_version)
    mine = {name: value for name, value in mine.items() if value != stands[name]}
    if "owner" in mine:
        require(may_begin_for(mine["owner"], by))
    return change_entry(current, mine) if mine else current


def locked(entry: CalendarEntry) -> CalendarEntry:
    """Return the row as it is now, held until the transaction ends."""
    return CalendarEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def change_entry(entry: CalendarEntry, changes: Mapping[str, Any]) -> CalendarEntry:
    """Write changes of a locked item, count them, and keep its reminders right; the caller asked who may."""
    _set(entry, changes)
    entry.edit_version += 1
    entry.sequence += any(name in SHOWN_IN_FILES for name in changes)
    _store(entry, changes)
    return entry


def _set(entry: CalendarEntry, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name in KEYS:
            setattr(entry, f"{name}_id", value)
        elif name not in LINKS:
            setattr(entry, name, value)


def _store(entry: CalendarEntry, values: Mapping[str, Any]) -> None:
    """Write the row and its links; with the rights of the portal, as a stricter label may take it from the writer."""
    entry.clean_fields(exclude=[field.name for field in entry._meta.fields if field.name not in values])
    entry.validate_constraints()
    try:
        with as_the_portal():
            entry.save()
            for name in LINKS:
                if name in values:
                    getattr(entry, name).set(values[name])
            demand_completeness(entry, values)
            keep_deadline(entry)
    except IntegrityError as refusal:
        if "as strict as its publication" not in str(refusal):
            raise
        raise ValidationError({"tlp": _("Het label mag niet ruimer zijn dan dat van de publicatie.")}) from refusal


@transaction.atomic
def move_entry(entry: CalendarEntry, *, day: date, seen: date | None = None, by: Any) -> CalendarEntry:
    """Put an item on another day; the time of day stays, also over the change to summer time, and so does its length.

    Days are those of the page. `seen` is the day on which the page showed it. Raises `StaleEditError` when somebody
    else moved it since.
    """
    current = locked(entry)
    stands = values_of(current)
    base = stands if seen is None else stands | {"starts_at": _on_day(stands["starts_at"], seen, current)}
    values = {"starts_at": _on_day(stands["starts_at"], day, current)}
    if current.ends_at:
        days = day - _shown_day(stands["starts_at"], current)
        values["ends_at"] = shifted(stands["ends_at"], days, current.time_zone)
    return save_entry(current, values=values, base=base, by=by)


def _on_day(moment: datetime, day: date, entry: CalendarEntry) -> datetime:
    return shifted(moment, day - _shown_day(moment, entry), entry.time_zone)


def _shown_day(moment: datetime, entry: CalendarEntry) -> date:
    """Return the day on which the page shows a moment: its own for a whole day, else that of the clocks here."""
    zone = ZoneInfo(entry.time_zone) if entry.is_all_day else timezone.get_current_timezone()
    return moment.astimezone(zone).date()


def shifted(moment: datetime, days: timedelta, zone: str) -> datetime:
    """Return the same time on the wall some days later, whatever the clocks did in between."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + days
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@transaction.atomic
def remove_entry(entry: CalendarEntry, *, by: Any) -> CalendarEntry:
    """Take an item out of the calendar; it can be put back, and calendar programs learn that it is gone."""
    current = locked(entry)
    require(may_edit(current, by))
    return change_removal(current, removed_at=timezone.now())


def change_removal(entry: CalendarEntry, *, removed_at: datetime | None) -> CalendarEntry:
    """Write that a locked item is gone, or back."""
    entry.removed_at = removed_at
    entry.edit_version += 1
    entry.sequence += 1
    with as_the_portal():
        entry.save(update_fields=["removed_at", "edit_version", "sequence", "updated_at"])
        keep_deadline(entry)
    return entry


def is_idea(entry: CalendarEntry) -> bool:
    """Tell whether an item is no more than an idea."""
    return entry.status == EntryStatus.IDEA
