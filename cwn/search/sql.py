"""The same answers from PostgreSQL alone: the yardstick of the bitmap index, and its stand-in.

A web process uses it while its index is not built yet. It takes one pass over the arrays of the matching
documents for all facets at once, and shares the text logic with the index: only the postings differ.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import F, QuerySet
from pyroaring import BitMap

from cwn.search.index import BY_NAME, RELEVANCE, Answer, Criteria
from cwn.search.models import Document
from cwn.search.text.spelling import Vocabulary


class SqlPostings:
    """Term to the primary keys of its readable documents, asked from the GIN index."""

    def __init__(self, readable: QuerySet[Document]) -> None:
        self._readable = readable
        self._known: dict[str, BitMap] = {}

    def get(self, term: str, /) -> BitMap:
        """Return the readable documents of a term, or an empty bitmap."""
        if term not in self._known:
            matches = self._readable.filter(terms__contains=[term]).order_by().values_list("pk", flat=True)
            self._known[term] = BitMap(matches)
        return self._known[term]


class SqlIndex:
    """Answers as `Index` does; without a vocabulary it corrects no typing errors."""

    vocabulary = Vocabulary()

    def readable(self, principals: Iterable[str], language: str) -> QuerySet[Document]:
        """Return what a reader may see on pages in a language."""
        return Document.objects.filter(visibility__overlap=sorted(principals), languages__contains=[language])

    def postings(self, readable: QuerySet[Document]) -> SqlPostings:
        """Return the postings for the text search of a reader."""
        return SqlPostings(readable)

    def answer(self, criteria: Criteria, readable: QuerySet[Document], tiers: Sequence[BitMap] | None = None) -> Answer:
        """Answer a reader's question; `tiers` are the matches of the words, best first, if there were words."""
        if tiers is not None:
            matching = BitMap.union(*tiers)
            if not matching:
                return Answer(count=0, ids=[], counts={})
            readable = readable.filter(pk__in=list(matching))
        chosen = {
            facet: [f"{facet}:{value}" for value in values] for facet, values in criteria.selected.items() if values
        }
        found = readable
        for words in chosen.values():
            found = found.filter(facets__overlap=words)
        return Answer(
            count=found.count(),
            ids=_page(found, tiers, criteria),
            counts=_counts(readable, chosen),
            unplaced=found.exclude(facets__overlap=list(criteria.placed)).count(),
        )


def _page(found: QuerySet[Document], tiers: Sequence[BitMap] | None, criteria: Criteria) -> list[int]:
    first, last = criteria.offset, criteria.offset + criteria.limit
    newest = found.order_by("-sort_date", "-pk").values_list("pk", flat=True)
    if criteria.sort == BY_NAME:
        return list(found.order_by("sort_key", "pk").values_list("pk", flat=True)[first:last])
    if criteria.sort == RELEVANCE and tiers is not None:
        ranked = sorted(newest, key=lambda pk: next(rank for rank, tier in enumerate(tiers) if pk in tier))
        return ranked[first:last]
    return list(newest[first:last])


def _counts(readable: QuerySet[Document], chosen: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """Count every facet value in one pass: a row counts for a facet when all *other* facets match."""
    inner, params = readable.order_by().values(match_facets=F("facets")).query.sql_with_params()
    groups = list(chosen.values())
    missed = " + ".join(["CASE WHEN match_facets && %s::varchar[] THEN 0 ELSE 1 END"] * len(groups)) or "0"
    failing = " ".join(f"WHEN NOT match_facets && %s::varchar[] THEN '{facet}'" for facet in chosen)
    failing = f"CASE {failing} END" if failing else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT word, count(*) FROM (
                SELECT match_facets, {missed} AS missed, {failing} AS failing FROM ({inner}) AS readable
            ) AS matched, unnest(match_facets) AS word
            WHERE missed = 0 OR (missed = 1 AND split_part(word, ':', 1) = failing)
            GROUP BY word
            """,  # noqa: S608  only names of our own facets
            [*groups, *groups, *params],
        )
        counts: dict[str, dict[str, int]] = {}
        for word, number in cursor.fetchall():
            facet, _colon, value = word.partition(":")
            counts.setdefault(facet, {})[value] = number
    return counts
