"""What happened to a record: who changed what, when and why, read from the events of pghistory."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pghistory.models import Event

#: Fields that say which row of a record something happened to, the best one first.
NAMING = ("name", "question", "goal", "label", "what", "description", "evidence")
#: Events of one kind that the page shows at most; older ones stay in the database.
MOST_EVENTS = 300


@dataclass(slots=True)
class HistoryLine:
    """One change, in words."""

    when: datetime
    who: str
    why: str
    what: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """Field, old value and new value."""


def history_of(record: models.Model, related: Iterable[tuple[type[models.Model], str]] = ()) -> list[HistoryLine]:
    """Return the changes of a record, newest first, and those of the rows that belong to it.

    `related` names tables with their column for the record: inlines, and links to many values.
    """
    sources = [(tracked, "pgh_obj") for tracked in [type(record)._meta.concrete_model] if event_model(tracked)]
    sources += [(tracked, column) for tracked, column in related if event_model(tracked)]
    events = [event for tracked, column in sources for event in _events(tracked, column, record.pk)]
    people, values = _people(events), _labels_of_keys(events)
    lines = [
        HistoryLine(
            when=event.pgh_created_at,
            who=people.get(_context(event).get("user"), _("het portaal")),
            why=_context(event).get("reason", ""),
            what=_what(event, record, values),
            changes=_changes(event, previous, record, values),
        )
        for event, previous in events
    ]
    return sorted(lines, key=lambda line: line.when, reverse=True)


def event_model(tracked: type[models.Model] | None) -> type[Event] | None:
    """Return the table that keeps the events of a model, if it has one."""
    known = getattr(tracked, "pgh_event_models", None)
    return next(iter(known.values())) if known else None


def _events(tracked: Any, column: str, key: Any) -> Iterable[tuple[Any, Any]]:
    """Yield the events of one table with the event before it on the same row."""
    table: Any = event_model(tracked)
    newest = table.objects.filter(**{f"{column}_id": key}).select_related("pgh_context").order_by("-pgh_id")
    last: dict[Any, Any] = {}
    for event in reversed(newest[:MOST_EVENTS]):
        row = getattr(event, "id", None)
        yield event, last.get(row)
        last[row] = event


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context is not None else {}


def _people(events: Iterable[tuple[Any, Any]]) -> dict[Any, str]:
    keys = {_context(event).get("user") for event, _previous in events} - {None}
    return {user.pk: str(user) for user in get_user_model()._default_manager.filter(pk__in=keys)}


def _labels_of_keys(events: Iterable[tuple[Any, Any]]) -> dict[tuple[Any, Any], str]:
    """Fetch what the foreign keys in the events point to, one question per table."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for event, _previous in events:
        for one in _fields(event):
            if one.is_relation and getattr(event, one.attname) is not None:
                wanted[one.related_model].add(getattr(event, one.attname))
    return {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }


def _fields(event: Any) -> Iterable[Any]:
    """Yield the fields of an event that say something: not its own administration, keys and clocks."""
    for one in event._meta.fields:
        clock = getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
        if not one.name.startswith("pgh_") and one.name != "id" and not clock:
            yield one


def _what(event: Any, record: models.Model, values: dict[tuple[Any, Any], str]) -> str:
    """Say what happened to what: "Contact toegevoegd: …"."""
    tracked = event.pgh_tracked_model
    verb = {"insert": _("toegevoegd"), "update": _("gewijzigd"), "delete": _("verwijderd")}[event.pgh_label]
    if tracked._meta.auto_created or tracked._meta.proxy:
        other = next(one for one in _fields(event) if one.is_relation and one.related_model is not type(record))
        return f"{capfirst(other.related_model._meta.verbose_name)} {verb}: {_text(event, other, values)}"
    what = f"{capfirst(tracked._meta.verbose_name)} {verb}"
    if isinstance(record, tracked):
        return what
    name = next((getattr(event, one) for one in NAMING if getattr(event, one, "")), "")
    return f"{what}: {name}" if name else what


def _changes(
    event: Any, previous: Any, record: models.Model, values: dict[tuple[Any, Any], str]
) -> list[tuple[str, str, str]]:
    if event.pgh_label == "delete" or event.pgh_tracked_model._meta.proxy:
        return []
    changes = []
    for one in _fields(event):
        if one.is_relation and one.related_model is type(record) and getattr(event, one.attname) == record.pk:
            continue  # that it belongs to this record is said already
        new = _text(event, one, values)
        old = _text(previous, one, values) if previous is not None else ""
        if old != new and (previous is not None or event.pgh_label == "insert"):
            label = event.pgh_tracked_model._meta.get_field(one.name).verbose_name
            changes.append((capfirst(label), old, new))
    return changes


def _text(event: Any, one: Any, values: dict[tuple[Any, Any], str]) -> str:
    """Write the value of a field as people would say it."""
    value = getattr(event, one.attname)
    if value is None or value == "" or value == []:
        return ""
    if one.is_relation:
        return values.get((one.related_model, value), f"#{value}")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        labels = dict(getattr(getattr(one, "base_field", None), "flatchoices", None) or [])
        return ", ".join(_pairs(item) if isinstance(item, dict) else str(labels.get(item, item)) for item in value)
    if isinstance(value, dict):
        return _pairs(value)
    return str(dict(one.flatchoices).get(value, localize(value)))


def _pairs(value: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {item}" for name, item in value.items())
