"""From an address to a page of results: what a reader asks, and what the portal answers (R1–R12).

Every list page, feed, export and suggestion of the portal asks here, so counts, filters and visibility
are the same everywhere.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from cwn.core.searchable import FacetOption, searchables
from cwn.core.visibility import principals_of
from cwn.search import journal
from cwn.search.index import BY_NAME, EMPTY, NEWEST, RELEVANCE, Answer, Criteria
from cwn.search.journal import Vocabulary
from cwn.search.results import Result, fetch
from cwn.search.sql import SqlIndex
from cwn.search.text.query import Query
from cwn.search.text.spelling import Outcome, find

PAGE_SIZE = 25
#: Characters of a question that are read; the form says the same.
LONGEST_QUESTION = 200
#: Values that do not exist, per filter, that a page repeats to say so.
MOST_UNKNOWN = 5
SORTS = (RELEVANCE, NEWEST, BY_NAME)
KIND_FACET = "soort"


class InvalidPageError(Exception):
    """The address asks for a page that cannot exist."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What stands in the address, cleaned."""

    words: str = ""
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet to the chosen values that exist."""
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet to the chosen values that do not exist."""
    sort: str = NEWEST
    page: int = 1
    kind: str = ""
    """The kind that this list page is about, as in `/partners/`; the page shows no filter for it."""

    @property
    def is_filtered(self) -> bool:
        """Tell whether a filter is on."""
        return bool(self.selected or self.unknown)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet as a page shows it."""

    option: FacetOption
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results with the counts beside it."""

    request: SearchRequest
    count: int
    documents: list[Result]
    counts: dict[str, dict[str, int]]
    """Facet to value to how many results it would give; a value that would give none is left out."""
    vocabulary: Vocabulary
    language: str
    off_map: int
    """How many of the results lie in no region of the tile map."""
    outcome: Outcome | None
    """How far the search had to go for the words, if there were words."""
    version: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def query(self) -> Query | None:
        """The query that was answered, for highlighting."""
        return self.outcome.query if self.outcome else None

    @property
    def labels(self) -> dict[str, Any]:
        """Facet to its label."""
        return {name: facet.label for name, facet in self.vocabulary.facets.items()}

    @property
    def option_labels(self) -> dict[tuple[str, str], str]:
        """Facet and value to the label in the language of the reader."""
        return self.vocabulary.labels[self.language]

    @property
    def facets(self) -> dict[str, list[FacetValue]]:
        """Every value of every facet, the ones that would find nothing too."""
        return {
            name: [
                FacetValue(
                    option, self.counts.get(name, {}).get(value, 0), value in self.request.selected.get(name, ())
                )
                for value, option in options.items()
            ]
            for name, options in self.vocabulary.options.items()
        }


def parse(parameters: QueryDict, options: Mapping[str, Mapping[str, FacetOption]], *, kind: str = "") -> SearchRequest:
    """Read what an address asks for; unknown parameters are ignored, a page that cannot exist is refused."""
    selected: dict[str, tuple[str, ...]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for facet in options.keys() & parameters.keys():
        values = dict.fromkeys(value for value in parameters.getlist(facet) if value)
        known = [value for value in values if value in options[facet]]
        if kind and facet == KIND_FACET:  # the page is about one kind; only finer ones are a choice there
            known = [value for value in known if options[facet][value].parent == searchables()[kind].slug]
        if known:
            selected[facet] = tuple(known)
        if strange := tuple(value[:80] for value in values if value not in options[facet]):
            unknown[facet] = strange[:MOST_UNKNOWN]
    words = " ".join(parameters.get("q", "").split())[:LONGEST_QUESTION]
    return SearchRequest(
        words=words,
        selected=selected,
        unknown=unknown,
        sort=_sort(parameters.get("sorteer", ""), words, kind),
        page=_page_number(parameters.get("pagina", "1")),
        kind=kind,
    )


def _sort(asked: str, words: str, kind: str) -> str:
    if asked in SORTS and (asked != RELEVANCE or words):
        return asked
    if words:
        return RELEVANCE
    return BY_NAME if kind and not searchables()[kind].is_news else NEWEST


def _page_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 6 and int(text) >= 1):
        raise InvalidPageError(text[:20])
    return int(text)


def search(
    parameters: QueryDict, *, user: Any, kind: str = "", page_size: int = PAGE_SIZE, synchronised: bool = False
) -> SearchPage:
    """Answer an address with what this reader may see.

    Takes two queries however many documents there are: what changed, unless this request has `synchronised`
    already, and the rows of the page. Raises `InvalidPageError` for a page beyond the last.
    """
    language = get_language() or "nl"
    with journal.lock:
        state = journal.state if synchronised else journal.synchronise()
        vocabulary = state.vocabulary
        request = parse(parameters, vocabulary.options, kind=kind)
        first = (request.page - 1) * page_size
        answer, outcome = _answer(request, state, user, language, first, page_size)
    if request.page > 1 and first >= answer.count:
        raise InvalidPageError(str(request.page))
    return SearchPage(
        request=request,
        count=answer.count,
        documents=fetch(answer.ids, user=user),
        counts=answer.counts,
        vocabulary=vocabulary,
        language=language if language in vocabulary.labels else "nl",
        off_map=answer.unplaced,
        outcome=outcome,
        version=state.version,
    )


def find_all(parameters: QueryDict, *, user: Any, kind: str = "", synchronised: bool = False) -> list[int]:
    """Return the primary keys of all documents that answer an address for this reader, newest first."""
    with journal.lock:
        state = journal.state if synchronised else journal.synchronise()
        request = replace(parse(parameters, state.vocabulary.options, kind=kind), sort=NEWEST)
        answer, _outcome = _answer(request, state, user, get_language() or "nl", 0, sys.maxsize)
    return answer.ids


def _answer(
    request: SearchRequest, state: journal.State, user: Any, language: str, first: int, limit: int
) -> tuple[Answer, Outcome | None]:
    """Ask the index, or PostgreSQL while there is none: two ways to the same answers."""
    source: Any = state.index or SqlIndex()
    readable = source.readable(principals_of(user), language)
    outcome = None
    if request.words:
        postings = source.postings(readable)
        outcome = find(request.words, postings, source.vocabulary, state.vocabulary.synonyms, language, EMPTY)
    criteria = Criteria(_selected(request), request.sort, first, limit, state.vocabulary.placed)
    return source.answer(criteria, readable, outcome.tiers if outcome else None), outcome


def _selected(request: SearchRequest) -> dict[str, tuple[str, ...]]:
    """Return the chosen values with the kind of the page; a facet with only unknown values finds nothing."""
    selected = {facet: (*values, "") for facet, values in request.unknown.items()} | dict(request.selected)
    if request.kind and KIND_FACET not in selected:
        selected[KIND_FACET] = (searchables()[request.kind].slug,)
    return selected
