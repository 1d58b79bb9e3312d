"""Changing many items at once: first seen, then done, and undone where nobody worked on (R86)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comms.actions.steps import require
from comms.planning.actions.entries import change_entry, change_removal, locked, shifted
from comms.planning.actions.steps import refusal_of
from comms.planning.enums import EntryStatus
from comms.planning.models import BulkChange, CalendarEntry, Campaign, plans
from cwn.accounts.models import User

MOVE, STATUS, PERSON, CAMPAIGN, REMOVE = "verplaats", "status", "persoon", "campagne", "weg"
#: More items than this are not a selection any more.
MOST_ITEMS = 200
MOMENTS = ("starts_at", "ends_at")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do with a selection."""

    what: str
    days: int = 0
    status: str = ""
    person: User | None = None
    campaign: Campaign | None = None

    def __str__(self) -> str:
        """Say it in words, for the button and the list of changes."""
        return {
            MOVE: _("Verplaats %(days)+d dagen") % {"days": self.days},
            STATUS: _("Zet op %(status)s") % {"status": EntryStatus(self.status).label if self.status else ""},
            PERSON: _("Laat doen door %(person)s") % {"person": self.person or _("niemand")},
            CAMPAIGN: _("Zet bij campagne %(campaign)s") % {"campaign": self.campaign or _("geen")},
            REMOVE: _("Haal weg"),
        }[self.what]


@dataclass(frozen=True, slots=True)
class Line:
    """What would happen to one item; with a refusal it stays as it is."""

    entry: CalendarEntry
    old: str
    new: str
    refusal: str = ""


def preview(entries: Iterable[CalendarEntry], wish: Wish) -> list[Line]:
    """Say for each item what changes, or why it cannot."""
    return [_line(entry, wish) for entry in entries]


def _line(entry: CalendarEntry, wish: Wish) -> Line:
    changes = _changes(entry, wish)
    old, new = _in_words(entry, wish)
    if not changes and wish.what != REMOVE:
        return Line(entry, old, new, _("Dit is al zo."))
    if wish.what == STATUS:
        return Line(entry, old, new, refusal_of(entry, wish.status))
    return Line(entry, old, new)


def _changes(entry: CalendarEntry, wish: Wish) -> dict[str, Any]:
    """Return the columns that would get another value."""
    if wish.what == MOVE:
        days = timedelta(days=wish.days)
        moments = {name: getattr(entry, name) for name in MOMENTS if getattr(entry, name)}
        return {name: shifted(value, days, entry.time_zone) for name, value in moments.items() if wish.days}
    wanted: dict[str, dict[str, Any]] = {
        STATUS: {"status": wish.status},
        PERSON: {"person": wish.person.pk if wish.person else None},
        CAMPAIGN: {"campaign": wish.campaign.pk if wish.campaign else None},
        REMOVE: {},
    }
    return {name: value for name, value in wanted[wish.what].items() if value != _value(entry, name)}


def _value(entry: CalendarEntry, name: str) -> Any:
    return getattr(entry, f"{name}_id" if name in ("person", "campaign") else name)


def _in_words(entry: CalendarEntry, wish: Wish) -> tuple[str, str]:
    if wish.what == MOVE:
        new = shifted(entry.starts_at, timedelta(days=wish.days), entry.time_zone)
        return _moment(entry.starts_at), _moment(new)
    if wish.what == REMOVE:
        return _moment(entry.starts_at), _("weg")
    if wish.what == STATUS:
        return str(entry.get_status_display()), str(EntryStatus(wish.status).label)
    if wish.what == PERSON:
        return str(entry.person or "–"), str(wish.person or "–")
    return str(entry.campaign or "–"), str(wish.campaign or "–")


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "D j M Y H:i")


@transaction.atomic
def change_many(entries: Iterable[CalendarEntry], *, wish: Wish, by: Any) -> BulkChange:
    """Do it with every item that can, and remember what was there; the desk only.

    Rows are locked in one order, so that two selections never wait for each other. What cannot be done is left alone.
    """
    require(plans(by))
    before: dict[str, Any] = {}
    for entry in sorted(entries, key=lambda one: one.pk)[:MOST_ITEMS]:
        current = locked(entry)
        if current.removed_at or _line(current, wish).refusal:
            continue
        changes = _changes(current, wish)
        was = {name: _plain(_value(current, name)) for name in changes}
        if wish.what == REMOVE:
            changed = change_removal(current, removed_at=timezone.now())
        else:
            changed = change_entry(current, changes)
        before[str(changed.pk)] = {"was": was, "edit_version": changed.edit_version}
    if not before:
        raise ValidationError(_("Er is niets veranderd: geen van deze items kan dit."))
    return BulkChange.objects.create(what=str(wish)[:200], before=before, by=by)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@transaction.atomic
def undo_bulk(change: BulkChange, *, by: Any) -> list[CalendarEntry]:
    """Put every item back as it was, but for those that somebody edited since: that work stays. Returns these."""
    require(plans(by) and change.by_id == by.pk)
    held = BulkChange.objects.select_for_update().get(pk=change.pk)
    if held.undone_at:
        raise ValidationError(_("Deze wijziging is al teruggedraaid."))
    kept = []
    rows = CalendarEntry.objects.select_for_update(of=("self",)).filter(pk__in=[int(key) for key in held.before])
    for entry in rows.order_by("pk"):
        record = held.before[str(entry.pk)]
        if entry.edit_version != record["edit_version"]:
            kept.append(entry)
        elif record["was"]:
            change_entry(entry, {name: _from_plain(name, value) for name, value in record["was"].items()})
        else:
            change_removal(entry, removed_at=None)
    held.undone_at = timezone.now()
    held.save(update_fields=["undone_at"])
    return kept


def _from_plain(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in MOMENTS else value
