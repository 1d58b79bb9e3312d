"""Questions that every request of somebody who is logged in asks, with their SQL written once.

Django writes the SQL of a queryset anew each time: a millisecond for a joined one, ten times what PostgreSQL
needs for the answer. Only for a question of every request; everywhere else a plain queryset reads better.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Expression, Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Open(Expression):
    """The place in a prepared question where the value comes."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave the value open."""
        return "%s", [self]


class Prepared(Generic[Row]):
    """A queryset with one open value, asked for many values.

    `make` gets what stands for the value; what it annotates is on the rows, as with any queryset.
    """

    def __init__(self, make: Callable[[Open], QuerySet[Row]]) -> None:
        self._make = make

    @cached_property
    def _queryset(self) -> QuerySet[Row]:
        return self._make(Open())

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        return self._queryset.query.sql_with_params()

    @cached_property
    def _fields(self) -> list[str]:
        """The columns that come first, as the model names them; what was annotated comes after them."""
        fields = self._queryset.model._meta.concrete_fields
        if converted := [field.name for field in fields if field.get_db_converters(connection)]:
            raise ImproperlyConfigured(f"A prepared question cannot read {converted}: PostgreSQL has them otherwise.")
        return [field.attname for field in fields]

    def rows(self, value: Any) -> list[Row]:
        """Return the rows for a value."""
        sql, parameters = self._sql
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if isinstance(one, Open) else one for one in parameters])
            return [self._row(columns) for columns in cursor.fetchall()]

    def _row(self, columns: tuple[Any, ...]) -> Row:
        row = self._queryset.model.from_db(connection.alias, self._fields, columns[: len(self._fields)])
        for name, column in zip(self._queryset.query.annotation_select, columns[len(self._fields) :], strict=True):
            setattr(row, name, column)
        return row
