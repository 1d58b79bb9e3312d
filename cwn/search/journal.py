"""Keeping the index of this process equal to PostgreSQL, at the start of each request.

One query asks the journal what changed since the last look. A line is read until every older transaction
has ended (`xid` against the snapshot), so lines that commit out of order are never missed. What changed
is fetched and put into the bitmaps; an index with much disorder is built again beside the old one.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import close_old_connections, connection

from cwn.core.searchable import Facet, FacetOption, facets
from cwn.search.index import Entry, Index
from cwn.search.indexing import BATCH, refresh_stale
from cwn.search.models import SynonymGroup
from cwn.search.text.synonyms import Group, Synonyms

#: Above this number of documents a process builds its first index beside the requests, not inside one.
BUILD_INLINE = 20_000
#: So many changes since the last build make a new build worth its second.
REBUILD_AFTER = 5_000
#: Seconds without a look at the journal after which lines may have been trimmed (see `trim_journal`).
TOO_OLD = 12 * 3_600
#: Passes over stale documents that one request makes before it leaves the rest to the worker.
PASSES = 2

ENTRY_COLUMNS = """
    id, sort_date - DATE '0001-01-01' + 1, sort_key, array_to_string(facets, ' '),
    array_to_string(visibility, ' '), array_to_string(languages, ' '), array_to_string(terms, ' ')
"""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What is read beside the documents: the values of the facets and the synonyms.

    Never changed: each reading is a new object, so what is made of one can be kept with it.
    """

    facets: dict[str, Facet]
    options: dict[str, dict[str, FacetOption]]
    synonyms: Synonyms
    labels: dict[str, dict[tuple[str, str], str]]
    """Language to the labels of (facet, value)."""
    placed: tuple[str, ...]
    """Facet words of the regions on the tile map."""

    @classmethod
    def read(cls) -> "Vocabulary":
        """Read the vocabulary as it is now."""
        known = {facet.name: facet for facet in facets()}
        options = {name: {option.value: option for option in facet.options()} for name, facet in known.items()}
        pairs = [(name, option) for name, values in options.items() for option in values.values()]
        groups = [Group(tuple(group.phrases), group.explanation) for group in SynonymGroup.objects.order_by("pk")]
        return cls(
            facets=known,
            options=options,
            synonyms=Synonyms.of(groups),
            labels={
                "nl": {(name, option.value): option.label for name, option in pairs},
                "en": {(name, option.value): option.label_en or option.label for name, option in pairs},
            },
            placed=tuple(f"{name}:{option.value}" for name, option in pairs if option.position is not None),
        )


@dataclass(slots=True)
class State:
    """What this process knows, and how far in the journal it knows it."""

    index: Index | None = None
    vocabulary: Vocabulary = None  # type: ignore[assignment]  # read at the first look
    version: int = 0
    """Grows with each change; pages that were kept for another version are old."""
    horizon: int = 0
    """The oldest transaction of which lines may still appear."""
    applied: set[int] = field(default_factory=set)
    """Lines after the horizon that were handled."""
    looked_at: float = 0.0
    """Monotonic seconds."""
    building: bool = False


#: Held while the index is read or changed; both take about a millisecond.
lock = threading.RLock()
state = State()


def forget() -> None:
    """Start without any knowledge, as after a fork and between tests."""
    global state
    with lock:
        state = State()


def synchronise() -> State:
    """Bring this process up to date and return what it knows; `index` is None while one is being built."""
    with lock:
        if state.vocabulary is None or time.monotonic() - state.looked_at > TOO_OLD:
            _start_over()
        stale = _follow_journal()
        for _pass in range(PASSES):
            if not stale:
                break
            stale = refresh_stale() >= BATCH
            _follow_journal()
        if state.index is not None and state.index.disorder > REBUILD_AFTER + len(state.index) // 10:
            _build_beside()
        return state


def _start_over() -> None:
    state.horizon, state.applied, state.looked_at = _now()[0], set(), time.monotonic()
    state.vocabulary = Vocabulary.read()
    state.version += 1
    if _count_of_first_documents() <= BUILD_INLINE:
        state.index = Index(read_entries())
    else:
        state.index = None
        _build_beside()


def _now() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return cursor.fetchone()


def _count_of_first_documents() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM search_document LIMIT %s) AS first_documents", [BUILD_INLINE + 1]
        )
        return cursor.fetchone()[0]


def _follow_journal() -> bool:
    """Apply the lines since the last look; tell whether documents went stale."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                   EXISTS (SELECT FROM core_staledocument)
                   OR EXISTS (SELECT FROM search_document WHERE holds_until <= now()), NULL::bigint, NULL::bigint
            UNION ALL
            SELECT NULL, NULL, id, document_id FROM search_change WHERE xid >= %s::text::xid8
            """,
            [state.horizon],
        )
        (horizon, stale, *_rest), *lines = cursor.fetchall()
    fresh = [(line, document_id) for _h, _s, line, document_id in lines if line not in state.applied]
    state.applied = {line for _h, _s, line, _document_id in lines}
    state.horizon, state.looked_at = horizon, time.monotonic()
    if fresh:
        _apply({document_id for _line, document_id in fresh})
    return stale


def _apply(document_ids: set[int | None]) -> None:
    state.version += 1
    if None in document_ids:
        state.vocabulary = Vocabulary.read()
    changed = [document_id for document_id in document_ids if document_id is not None]
    if not changed or state.index is None:
        return
    if len(changed) > REBUILD_AFTER:
        state.index = Index(read_entries())
        return
    gone = set(changed)
    for entry in read_entries(changed):
        state.index.put(entry)
        gone.discard(entry.id)
    for document_id in gone:
        state.index.remove(document_id)


def read_entries(document_ids: list[int] | None = None) -> Iterator[Entry]:
    """Read what the index needs of all documents, or of some, oldest first."""
    condition = "" if document_ids is None else "WHERE id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ENTRY_COLUMNS} FROM search_document {condition} ORDER BY sort_date, id",  # noqa: S608
            None if document_ids is None else [document_ids],
        )
        while rows := cursor.fetchmany(5_000):
            yield from map(Entry._make, rows)


def _build_beside() -> None:
    """Build a new index in a thread of its own; until it is there, the old one or SQL answers."""
    if not state.building:
        state.building = True
        threading.Thread(target=_build, args=(state,), name="search-index", daemon=True).start()


def _build(target: State) -> None:
    """Build, then catch up: lines that came meanwhile are read again from before the build."""
    try:
        horizon = _now()[0]
        index = Index(read_entries())
        with lock:
            target.index, target.horizon, target.applied = index, horizon, set()
            target.version += 1
    finally:
        target.building = False
        close_old_connections()
        connection.close()
