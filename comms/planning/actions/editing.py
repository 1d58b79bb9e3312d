"""Saving what may have changed meanwhile: columns are merged, and sets of links by what was added and taken away."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from comms.actions.steps import merged
from cwn.core.history import event_model


def save_columns(row: Any, *, values: Mapping[str, Any], edit_version: int, besides: Mapping[str, Any]) -> None:
    """Write columns of a row that the caller holds locked, and count the edit.

    `edit_version` is that of the page on which `values` were typed; `besides` are columns that no form sends. What two
    editors changed in different columns is kept from both; raises `StaleEditError` when they changed the same one.
    """
    columns = dict(values)
    if edit_version != row.edit_version:
        stands = {name: getattr(row, name) for name in columns}
        base = columns_at(row, edit_version, columns)
        columns = merged(columns, base=base, stands=stands, edit_version=row.edit_version)
    for name, value in (columns | dict(besides)).items():
        setattr(row, name, value)
    row.edit_version += 1
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in columns])
    row.validate_constraints()
    row.save(update_fields=[*columns, *besides, "edit_version", "updated_at"])


def columns_at(row: models.Model, edit_version: int, names: Iterable[str]) -> dict[str, Any]:
    """Return what a row said when it had an edit version; empty when that never was."""
    events: Any = event_model(type(row))
    event = events.objects.filter(pgh_obj_id=row.pk, edit_version=edit_version).order_by("-pgh_id").first()
    return {name: getattr(event, name) for name in names} if event else {}


def change_links(links: Any, *, chosen: Iterable[Any], shown: Iterable[Any]) -> None:
    """Add what an editor chose beside what the page showed, and take away what he or she unticked.

    Links that somebody else added meanwhile stay: this editor never saw them.
    """
    before, after = set(shown), set(chosen)
    links.add(*(after - before))
    links.remove(*(before - after))
