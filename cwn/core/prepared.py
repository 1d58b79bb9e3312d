"""Questions that every request of somebody who is logged in asks, with their SQL written once.

Django writes the SQL of a queryset anew each time: a millisecond for a joined one, ten times what PostgreSQL
needs for the answer. Only for a question of every request; everywhere else a plain queryset reads better.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

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

    def rows(self, value: Any) -> list[Row]:
        """Return the rows for a value."""
        sql, parameters = self._sql
        filled_in = [value if isinstance(parameter, Open) else parameter for parameter in parameters]
        return list(self._queryset.model._default_manager.raw(sql, filled_in))
