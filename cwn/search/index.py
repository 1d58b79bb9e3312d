"""The index of one web process: a bitmap per facet value, per principal, per language and per term.

Documents are numbered in order of publication, the urgent ones as if they were some days newer, so the newest
matches are the last bits of an intersection. PostgreSQL stays the source of truth: `cwn.search.journal` keeps this
index equal to it, `cwn.search.sql` gives the same answers without it, and rows are always fetched through
`visible_to`, so a wrong bit can never show a restricted row (docs/adr/0003-search-index.md).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from heapq import merge
from itertools import islice
from operator import and_
from typing import Any, NamedTuple

from pyroaring import BitMap

from cwn.search.text.index import SURFACE
from cwn.search.text.spelling import Vocabulary

NEWEST, BY_NAME, RELEVANCE = "nieuwste", "naam", "relevantie"
EMPTY = BitMap()
#: Kinds of readers that are remembered between two changes; a bitmap of 100,000 documents takes 12 kB.
MOST_READERS = 500


class Entry(NamedTuple):
    """What the index keeps of a document; lists are joined by spaces, as PostgreSQL sends them."""

    id: int
    day: int
    """Proleptic ordinal of the day that counts for the order."""
    sort_key: str
    facets: str
    visibility: str
    languages: str
    terms: str


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a reader asks of the index, apart from the words."""

    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet to chosen values: within a facet any of them, between facets all."""
    sort: str = NEWEST
    offset: int = 0
    limit: int = 25
    placed: tuple[str, ...] = ()
    """Facet words that lie on the map; `Answer.unplaced` counts the matches with none of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many documents match, which stand on this page, and how many each facet value would give."""

    count: int
    ids: list[int]
    counts: dict[str, dict[str, int]]
    unplaced: int = 0


class Postings(defaultdict[str, BitMap]):
    """Term to the numbers of the documents that have it; reading an unknown term adds nothing."""

    def __init__(self) -> None:
        super().__init__(BitMap)

    def get(self, term: str, default: Any = EMPTY) -> Any:
        """Return the documents of a term, or an empty bitmap."""
        return super().get(term, default)


class Readable:
    """What a kind of reader may see, and the counts of the whole of it: most pages have few filters or none."""

    __slots__ = ("counts", "documents")

    def __init__(self, documents: BitMap) -> None:
        self.documents = documents
        self.counts: dict[str, dict[str, int]] = {}
        """Facet to its counts, as far as somebody asked for them."""


class ReadablePostings:
    """The documents of a term that a reader may see, asked once per term."""

    def __init__(self, terms: Postings, readable: Readable) -> None:
        self._terms, self._readable = terms, readable.documents
        self._known: dict[str, BitMap] = {}

    def get(self, term: str, /) -> BitMap:
        """Return the readable documents of a term, or an empty bitmap."""
        if term not in self._known:
            self._known[term] = self._terms.get(term) & self._readable
        return self._known[term]


def _count(values: Mapping[str, BitMap], documents: BitMap) -> dict[str, int]:
    """Return how many of the documents have each value; a value that none has is left out."""
    counts = {value: documents.intersection_cardinality(bits) for value, bits in values.items()}
    return {value: number for value, number in counts.items() if number}


class Index:
    """Bitmaps over all documents; not thread-safe by itself, the journal holds the lock."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.facets, self.visibility, self.languages, self.terms = Postings(), Postings(), Postings(), Postings()
        self._number: dict[int, int] = {}
        self._id = array("q")
        self._day = array("l")
        self._sort_key: list[str] = []
        self._principals: list[str] = []
        self._latest = (0, 0)
        """The last in order of date of all numbers that were given."""
        self._unordered = BitMap()
        """Numbers that were given out of date order since the index was built."""
        self._by_name: array | None = None
        self._unnamed = BitMap()
        """Numbers that were given since the order by name was made."""
        self._readable: dict[tuple[frozenset[str], str], Readable] = {}
        """Principals and language to what was asked since the last change."""
        self._grouped: dict[str, dict[str, BitMap]] = {}
        self._build(entries)
        self.vocabulary = Vocabulary(term.removeprefix(SURFACE) for term in self.terms if term.startswith(SURFACE))

    def __len__(self) -> int:
        return len(self._number)

    @property
    def disorder(self) -> int:
        """How many changes a rebuild would iron out: tombstones and numbers out of order."""
        return len(self._id) - len(self._number) + len(self._unordered)

    # --- writing -------------------------------------------------------------------------------------

    def _build(self, entries: Iterable[Entry]) -> None:
        """Fill the index from entries in order of date and id: gather numbers first, make bitmaps once."""
        gathered: list[dict[str, array]] = [defaultdict(lambda: array("I")) for _ in range(4)]
        facets, visibility, languages, terms = gathered
        for number, entry in enumerate(entries):
            self._register(number, entry)
            for postings, words in (
                (facets, entry.facets),
                (visibility, entry.visibility),
                (languages, entry.languages),
                (terms, entry.terms),
            ):
                for word in words.split():
                    postings[word].append(number)
        kept = (self.facets, self.visibility, self.languages, self.terms)
        for bitmaps, numbers in zip(kept, gathered, strict=True):
            for word in numbers:
                bitmaps[word] = BitMap(numbers[word])

    def _register(self, number: int, entry: Entry) -> None:
        self._number[entry.id] = number
        self._latest = max(self._latest, (entry.day, entry.id))
        self._id.append(entry.id)
        self._day.append(entry.day)
        self._sort_key.append(entry.sort_key)
        self._principals.append(entry.visibility)

    def put(self, entry: Entry) -> None:
        """Add a document or replace it; the old number becomes a tombstone that nobody can see."""
        self.remove(entry.id)
        self._readable.clear()
        number = len(self._id)
        if (entry.day, entry.id) < self._latest:
            self._unordered.add(number)
        self._unnamed.add(number)
        self._register(number, entry)
        for term in entry.terms.split():
            if term.startswith(SURFACE) and term not in self.terms:
                self.vocabulary.add(term.removeprefix(SURFACE))
        for postings, words in (
            (self.facets, entry.facets),
            (self.visibility, entry.visibility),
            (self.languages, entry.languages),
            (self.terms, entry.terms),
        ):
            for word in words.split():
                postings[word].add(number)

    def remove(self, document_id: int) -> None:
        """Take a document out of every reader's sight; its other bits wait for the next rebuild."""
        number = self._number.pop(document_id, None)
        if number is None:
            return
        self._readable.clear()
        for principal in self._principals[number].split():
            self.visibility[principal].discard(number)
        self._unordered.discard(number)
        self._unnamed.discard(number)

    # --- reading -------------------------------------------------------------------------------------

    def readable(self, principals: Iterable[str], language: str) -> Readable:
        """Return what a reader may see on pages in a language."""
        key = frozenset(principals), language
        known = self._readable.get(key)
        if known is None:
            if len(self._readable) >= MOST_READERS:
                self._readable.clear()
            documents = self._union(self.visibility, key[0]) & self.languages.get(language)
            known = self._readable[key] = Readable(documents)
        return known

    def postings(self, readable: Readable) -> ReadablePostings:
        """Return the postings for the text search of a reader."""
        return ReadablePostings(self.terms, readable)

    def answer(self, criteria: Criteria, readable: Readable, tiers: Sequence[BitMap] | None = None) -> Answer:
        """Answer a reader's question; `tiers` are the matches of the words, best first, if there were words."""
        if tiers is not None:
            readable = Readable(BitMap.union(*tiers))
        chosen = {
            facet: self._union(self.facets, (f"{facet}:{value}" for value in values))
            for facet, values in criteria.selected.items()
            if values
        }
        found = readable.documents
        for bits in chosen.values():
            found = found & bits
        return Answer(
            count=len(found),
            ids=[self._id[number] for number in self._page(found, tiers, criteria)],
            counts=self._counts(readable, chosen, found),
            unplaced=found.difference_cardinality(self._union(self.facets, criteria.placed)),
        )

    @staticmethod
    def _union(postings: Postings, words: Iterable[str]) -> BitMap:
        bitmaps = [postings[word] for word in words if word in postings]
        return BitMap.union(*bitmaps) if bitmaps else BitMap()

    def _counts(self, readable: Readable, chosen: dict[str, BitMap], found: BitMap) -> dict[str, dict[str, int]]:
        """Count each facet value over what the other facets leave (R4–R9)."""
        counts = {}
        for facet, values in self._values_of_facets().items():
            others = [bits for other, bits in chosen.items() if other != facet]
            if not others:
                if facet not in readable.counts:
                    readable.counts[facet] = _count(values, readable.documents)
                counts[facet] = readable.counts[facet]
            elif len(others) == len(chosen):
                counts[facet] = _count(values, found)
            else:
                counts[facet] = _count(values, reduce(and_, others, readable.documents))
        return {facet: numbers for facet, numbers in counts.items() if numbers}

    def _values_of_facets(self) -> dict[str, dict[str, BitMap]]:
        """Return facet to value to documents; grouped again when there is a value that was not there before."""
        if sum(map(len, self._grouped.values())) != len(self.facets):
            self._grouped = defaultdict(dict)
            for word, bits in self.facets.items():
                facet, _colon, value = word.partition(":")
                self._grouped[facet][value] = bits
        return self._grouped

    def _page(self, found: BitMap, tiers: Sequence[BitMap] | None, criteria: Criteria) -> list[int]:
        first, last = criteria.offset, criteria.offset + criteria.limit
        if criteria.sort == BY_NAME:
            return list(islice(self._in_name_order(found), first, last))
        if criteria.sort == RELEVANCE and tiers is not None:
            page: list[int] = []
            for tier in tiers:
                hits = tier & found
                if len(hits) > first and len(page) < criteria.limit:
                    page += self._newest(hits, max(first, 0), last)
                first, last = first - len(hits), last - len(hits)
                if last <= 0:
                    break
            return page
        return self._newest(found, first, last)

    def _newest(self, found: BitMap, first: int, last: int) -> list[int]:
        """Return the numbers from `first` up to `last`, newest first: the end of the bitmap, backwards."""
        first = max(first, 0)
        strays = found & self._unordered
        if not strays:
            size = len(found)
            return list(found[max(size - last, 0) : max(size - first, 0)])[::-1]

        def newest_first(number: int) -> tuple[int, int]:
            return -self._day[number], -self._id[number]

        ordered = found - strays
        tail = list(ordered[max(len(ordered) - last, 0) :])[::-1]
        return list(islice(merge(tail, sorted(strays, key=newest_first), key=newest_first), first, last))

    def _in_name_order(self, found: BitMap) -> Iterator[int]:
        """Walk the matches by name; few matches are sorted, many are picked from the order of all."""
        by_name = self._sort_key_and_id
        if len(found) * 20 < len(self._id):
            return iter(sorted(found, key=by_name))
        if self._by_name is None or len(self._unnamed) > 1_000:
            self._by_name = array("I", sorted(self._number.values(), key=by_name))
            self._unnamed.clear()
        strays = found & self._unnamed
        known = found - strays
        ordered = (number for number in self._by_name if number in known)
        return merge(ordered, sorted(strays, key=by_name), key=by_name) if strays else ordered

    def _sort_key_and_id(self, number: int) -> tuple[str, int]:
        return self._sort_key[number], self._id[number]
