"""How reference data gets from a file into the database, without undoing what an editor did.

A file fills an empty portal. From then on a row belongs to the editors: `load_rows` adds what is missing
and leaves the rest alone. A row that somebody removed or merged away stays away, because the history still
knows it. With `refresh=True` the rows that are there get the values of the file back.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model

Row = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What loading one kind of rows did; `rows` holds those that are in the database, by key."""

    rows: dict[str, Any] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed)


def read_rows(folder: str, name: str, table: str) -> list[Row]:
    """Return the rows of one table of a TOML file."""
    with (Path(folder) / f"{name}.toml").open("rb") as file:
        rows: list[Row] = tomllib.load(file)[table]
    return rows


def in_file_order(rows: Iterable[Row]) -> list[Row]:
    """Number rows in the order of the file, with room between them for an editor's own rows."""
    return [{"order": number * 10, **row} for number, row in enumerate(rows, start=1)]


def load_rows(
    model: type[Model],
    rows: Iterable[Row],
    *,
    key: str = "slug",
    refers_to: str = "",
    initial: Row | None = None,
    refresh: bool = False,
) -> Outcome:
    """Add the rows that were never there; with `refresh` also give the others the values of the file.

    `refers_to` names a field that holds the key of a row earlier in the same file. `initial` are values
    for new rows only, which a refresh never touches.
    """
    outcome = Outcome({str(getattr(row, key)): row for row in model._default_manager.all()})
    removed = _once_known(model, key) - outcome.rows.keys()
    new = []
    for row in rows:
        name = str(row[key])
        values = {**row, refers_to: outcome.rows.get(row.get(refers_to, ""))} if refers_to else row
        if name in removed:
            outcome.left_out.add(name)
        elif name not in outcome.rows:
            outcome.rows[name] = model(**{**values, **(initial or {})})
            outcome.created.add(name)
            new.append(outcome.rows[name])
            if refers_to:
                new.pop().save()
        elif refresh and set_values(outcome.rows[name], values):
            outcome.changed.add(name)
    model._default_manager.bulk_create(new)
    return outcome


def set_values(row: Model, values: Row) -> bool:
    """Give a row these values and tell whether that changed anything; an equal row is not written."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save()
    return bool(different)


def _once_known(model: type[Model], key: str) -> set[str]:
    """Return every key that the history of a model knows; nothing for a model without history."""
    events = getattr(model, "pgh_event_model", None)
    return set(events.objects.values_list(key, flat=True)) if events else set()
