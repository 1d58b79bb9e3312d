"""Making documents: what went stale is made anew from the app that owns it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import structlog
from django.db import connection, transaction

from cwn.core.bulk import copy_rows
from cwn.core.guard import as_the_portal
from cwn.core.models import StaleDocument
from cwn.core.searchable import Searchable, SearchDocument, searchables
from cwn.search.models import Document
from cwn.search.text.index import analyse
from cwn.search.text.tokens import fold

log = structlog.get_logger("cwn.search")
#: Documents that one pass makes anew; a reader waits for one pass at most.
BATCH = 500
#: Documents that one INSERT writes.
INSERT_SIZE = 1_000
FACET_VALUES = "facet"


def document_row(source: SearchDocument) -> Document:
    """Return the row of a document: analysed, with its kind as a facet like any other."""
    return Document(
        kind=source.kind,
        object_id=source.object_id,
        language=source.language,
        title=source.title[:250],
        sort_key=fold(source.title)[:250],
        summary=source.summary,
        url=source.url,
        date=source.date,
        sort_date=source.sort_date or source.date,
        holds_until=source.holds_until,
        facets=sorted(source.facets | {f"soort:{searchables()[source.kind].slug}"}),
        visibility=sorted(source.visibility),
        languages=sorted(source.languages),
        terms=analyse(source.title, f"{source.summary}\n{source.body}", language=source.language),
        card=source.card,
    )


def refresh_stale(*, limit: int = BATCH) -> int:
    """Make stale documents anew and return how many things that were; another pass may be needed.

    Concurrent readers wait for each other on the rows they take, so each of them sees the new documents. Whoever
    asks first does it for everybody, so it reads with the rights of the portal; who may find a document stands in it.
    """
    with as_the_portal():
        _take_what_time_made_stale()
        taken = list(StaleDocument.objects.select_for_update().order_by("pk")[:limit])
        if not taken:
            return 0
        for kind, object_ids in _by_kind(taken).items():
            if kind == FACET_VALUES:
                note_vocabulary_change()
            elif kind in searchables():
                _replace_or_hide(searchables()[kind], object_ids)
        StaleDocument.objects.filter(pk__in=[stale.pk for stale in taken]).delete()
    return len(taken)


def _take_what_time_made_stale() -> None:
    """Mark the documents that held until now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO core_staledocument (kind, object_id)
            SELECT DISTINCT kind, object_id FROM search_document WHERE holds_until <= now()
            """
        )


def _by_kind(taken: Iterable[StaleDocument]) -> dict[str, list[int]]:
    object_ids: dict[str, set[int]] = {}
    for stale in taken:
        object_ids.setdefault(stale.kind, set()).add(stale.object_id)
    return {kind: sorted(ids) for kind, ids in object_ids.items()}


def _replace_or_hide(searchable: Searchable, object_ids: Sequence[int]) -> None:
    """Make documents anew; one thing that cannot be read is hidden and logged, and stops no list (G14, G18)."""
    try:
        with transaction.atomic():
            _replace(searchable, object_ids)
    except Exception as problem:
        if len(object_ids) > 1:
            for object_id in object_ids:
                _replace_or_hide(searchable, [object_id])
            return
        log.exception("search_document_failed", kind=searchable.kind, object_id=object_ids[0], problem=repr(problem))
        Document.objects.filter(kind=searchable.kind, object_id__in=object_ids).delete()


def _replace(searchable: Searchable, object_ids: Sequence[int]) -> None:
    """Write the documents of some things and remove those that they no longer have."""
    rows = [document_row(source) for source in searchable.documents(object_ids)]
    written = write_documents(rows)
    Document.objects.filter(kind=searchable.kind, object_id__in=object_ids).exclude(pk__in=written).delete()


def write_documents(rows: Sequence[Document]) -> list[int]:
    """Insert or update documents in bulk and return their primary keys."""
    changing = [f.name for f in Document._meta.fields if f.name not in ("id", "kind", "object_id", "language")]
    written = Document.objects.bulk_create(
        rows,
        batch_size=INSERT_SIZE,
        update_conflicts=True,
        unique_fields=["kind", "object_id", "language"],
        update_fields=changing,
    )
    return [row.pk for row in written]


def rebuild(kinds: Iterable[str] | None = None) -> int:
    """Make all documents of the given kinds anew, of all kinds without any; return how many there are.

    For a first load and after a change of the text analysis; everything else goes by itself.
    """
    columns = [field.attname for field in Document._meta.concrete_fields if not field.primary_key]
    total = 0
    for kind in kinds or searchables():
        with as_the_portal():
            StaleDocument.objects.filter(kind=kind).delete()
            Document.objects.filter(kind=kind).delete()
            for sources in _chunks(searchables()[kind].documents(None)):
                rows = (document_row(source) for source in sources)
                total += copy_rows(Document, columns, ([getattr(row, name) for name in columns] for row in rows))
    return total


def _chunks(sources: Iterator[SearchDocument]) -> Iterator[list[SearchDocument]]:
    while chunk := list(islice(sources, INSERT_SIZE)):
        yield chunk


def note_vocabulary_change() -> None:
    """Tell every process to read facet values, brand and synonyms again."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_change (document_id, xid) VALUES (NULL, pg_current_xact_id())")


def trim_journal(*, keep_hours: int) -> int:
    """Delete journal lines that every process has read or is too old to need; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_change WHERE written_at < now() - %s * interval '1 hour'", [keep_hours])
        return cursor.rowcount
