"""Questions to the index that nobody asked before, drawn from what it knows."""

from random import Random
from typing import Any

from cwn.search.index import BY_NAME, EMPTY, NEWEST, RELEVANCE, Answer, Criteria, Index
from cwn.search.text.index import SURFACE
from cwn.search.text.spelling import find

SEED = 7
VISITOR = frozenset({"public"})
#: Who asks, which filters, which word, in which order.
Question = tuple[frozenset[str], dict[str, tuple[str, ...]], str, str]


def words_by_frequency(index: Index) -> list[str]:
    """Return the words of the index as they are written, the most common first."""
    visible = index.readable(VISITOR, "nl").documents
    found = {
        term.removeprefix(SURFACE): bits.intersection_cardinality(visible)
        for term, bits in index.terms.items()
        if term.startswith(SURFACE) and len(term) > 4 and not any(map(str.isdigit, term))
    }
    return sorted((word for word, number in found.items() if number), key=lambda word: (-found[word], word))


def questions(index: Index, number: int, *, words: bool) -> list[Question]:
    """Draw questions: who asks, which filters, which word that nobody asked before, in which order."""
    chance = Random(SEED)
    values: dict[str, list[str]] = {}
    for word in index.facets:
        facet, _colon, value = word.partition(":")
        values.setdefault(facet, []).append(value)
    principals = sorted(index.visibility)
    common = iter(words_by_frequency(index)[: number * 4 : 4])
    drawn = []
    for turn in range(number):
        reader = VISITOR | (frozenset(chance.sample(principals, min(8, len(principals)))) if turn % 2 else frozenset())
        chosen = {
            facet: tuple(chance.sample(sorted(values[facet]), min(chance.randint(1, 2), len(values[facet]))))
            for facet in chance.sample(sorted(values), chance.randint(0, 2))
        }
        word = next(common, "") if words else ""
        drawn.append((reader, chosen, word, RELEVANCE if word else chance.choice((NEWEST, BY_NAME))))
    return drawn


def ask(source: Any, question: Question, placed: tuple[str, ...]) -> Answer:
    """Ask the bitmaps or SQL."""
    reader, chosen, word, order = question
    readable = source.readable(reader, "nl")
    tiers = find(word, source.postings(readable), source.vocabulary, empty=EMPTY).tiers if word else None
    return source.answer(Criteria(chosen, order, 0, 25, placed), readable, tiers)


def same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers are equal."""
    return (one.count, one.counts, one.ids, one.unplaced) == (other.count, other.counts, other.ids, other.unplaced)
