"""Which documents answer a query, and how well."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol

from cwn.search.text.query import And, Expression, Query, Term, Word

Ids = Any
"""A set of document numbers: `pyroaring.BitMap` or a plain set."""


class Postings(Protocol):
    """Which documents have a term.

    Hand in only what the reader may see: what counts as found decides on corrections and on the last resort
    of a word, so an answer would otherwise tell that a hidden document has a word.
    """

    def get(self, term: str, /) -> Ids | None:
        """Return the documents with this term, None or an empty set if there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Tiers:
    """The documents that match, each in the best tier only."""

    title: Ids
    """Every word stands in the title."""
    direct: Ids
    """Every word stands somewhere, inflected or not."""
    loose: Ids
    """Some word only matches as part of a compound, as a synonym or as a relative."""

    @property
    def all(self) -> Ids:
        """Every document that matches."""
        return self.title | self.direct | self.loose

    def __iter__(self) -> Any:
        return iter((self.title, self.direct, self.loose))

    def __bool__(self) -> bool:
        return bool(self.title or self.direct or self.loose)


def _match(expression: Expression, postings: Postings, empty: Ids) -> Ids:
    if isinstance(expression, Term):
        found = postings.get(expression.name)
        return empty if found is None else found
    sets = [_match(item, postings, empty) for item in expression.items]
    return reduce(and_ if isinstance(expression, And) else or_, sets) if sets else empty


def _readings(word: Word, postings: Postings, empty: Ids) -> tuple[Ids, Ids]:
    """Return the documents that have the word itself, and those that have it in any way."""
    direct = _match(word.direct, postings, empty)
    anyhow = direct | _match(word.loose, postings, empty)
    return direct, anyhow or _match(word.last, postings, empty)


def evaluate(query: Query, postings: Postings, empty: Ids = frozenset()) -> Tiers:
    """Return the documents that satisfy every word, in tiers.

    `empty` is an empty set of the kind that the postings hold. Nothing handed in is changed; the answer may
    be a set of the postings itself, so the caller must not change that either.
    """
    direct = anyhow = empty
    for number, word in enumerate(query.words):
        itself, found = _readings(word, postings, empty)
        direct, anyhow = (itself, found) if number == 0 else (direct & itself, anyhow & found)
        if not anyhow:
            return Tiers(empty, empty, empty)
    title = anyhow if query else empty
    for word in query.words:
        title = title & _match(word.title, postings, empty) if title else empty
    return Tiers(title, direct - title, anyhow - direct - title)


def without_one(query: Query, postings: Postings, empty: Ids = frozenset()) -> Ids:
    """Return the documents that have every word of a longer question but one.

    Two of three words that stand together in a document are no coincidence; one of two may well be.
    """
    if len(query.words) < 3:
        return empty
    sets = [_readings(word, postings, empty)[1] for word in query.words]
    found = empty
    for left_out in range(len(sets)):
        found = found | reduce(and_, (one for index, one in enumerate(sets) if index != left_out))
    return found


def missing(query: Query, postings: Postings, empty: Ids = frozenset()) -> list[Word]:
    """Return the words that no document has in any way."""
    return [word for word in query.words if not _readings(word, postings, empty)[1]]
