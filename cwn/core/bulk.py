"""Writing many rows at once: COPY, about ten times as fast as INSERT through the ORM.

Triggers, constraints and history work as with any other write.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model
from django.utils import timezone


def next_keys(model: type[Model], number: int) -> list[int]:
    """Take primary keys for rows that are going to be copied, so that other rows can refer to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [key for (key,) in cursor.fetchall()]


def copy_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copy rows with values for the named fields; other fields get their default. Returns how many."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    rest = [field for name, field in by_name.items() if name not in fields and not field.primary_key]
    columns = [by_name[name] for name in fields] + rest
    defaults = [_database_value(field, _default(field)) for field in rest]
    json_places = [place for place, name in enumerate(fields) if isinstance(by_name[name], JSONField)]
    names = ", ".join(f'"{field.column}"' for field in columns)
    copied = 0
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
        for row in rows:
            values = list(row)
            for place in json_places:
                values[place] = json.dumps(values[place])
            copy.write_row(values + defaults)
            copied += 1
    return copied


def _default(field: Any) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()


def _database_value(field: Any, value: Any) -> Any:
    return json.dumps(value) if isinstance(field, JSONField) else value
