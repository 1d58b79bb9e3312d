"""The rows of one page of results, fetched by primary key."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from cwn.core.visibility import principals_of

#: Written out because a page spends a fifth of its time in the ORM otherwise. The condition on `visibility` is
#: that of `DocumentQuerySet.visible_to`; a test holds the two together. What still waits to be made anew is left
#: out: after a large change a reader may miss a card for a moment, but never sees one that was just hidden.
READABLE = """
    FROM search_document AS document WHERE id = ANY(%s) AND visibility && %s::varchar[] AND NOT EXISTS (
        SELECT FROM core_staledocument AS stale
        WHERE stale.kind = document.kind AND stale.object_id = document.object_id
    )
"""
COLUMNS = "id, kind, object_id, language, title, summary, url, date, array_to_string(facets, ' '), card"

#: What a document is about: the kind and the primary key. It stays the same when the documents are made anew.
Thing = tuple[str, int]


class Result(NamedTuple):
    """What a list, a feed or an export shows of a document."""

    pk: int
    kind: str
    object_id: int
    language: str
    title: str
    summary: str
    url: str
    date: date
    facets: str
    """Facet words joined by spaces."""
    card: str
    """JSON, as PostgreSQL sends it: most cards were written before and need no reading."""


def fetch(ids: Sequence[int], *, user: Any) -> list[Result]:
    """Return the documents of a page in their order, as far as the reader may see them (once more)."""
    rows = {row[0]: Result._make(row) for row in _read(COLUMNS, ids, user)}
    return [rows[pk] for pk in ids if pk in rows]


def things_of(ids: Sequence[int], *, user: Any) -> dict[int, Thing]:
    """Return what each document is about, as far as the reader may see it (once more)."""
    return {pk: (kind, object_id) for pk, kind, object_id in _read("id, kind, object_id", ids, user)}


def _read(columns: str, ids: Sequence[int], user: Any) -> list[Any]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} {READABLE}", [list(ids), sorted(principals_of(user))])
        return cursor.fetchall()
