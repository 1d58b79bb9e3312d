"""What a reader may be about to type."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import get_language

from cwn.core.visibility import principals_of
from cwn.search import journal
from cwn.search.index import NEWEST, Criteria, Readable
from cwn.search.queries import LONGEST_QUESTION
from cwn.search.results import fetch
from cwn.search.text.index import SURFACE
from cwn.search.text.spelling import prefix_terms

MOST_TITLES, MOST_WORDS = 5, 3
#: Words with this beginning that are looked at.
MOST_CANDIDATES = 200
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title to go to, or a word to search for."""

    label: str
    kind: str = ""
    url: str = ""


def suggest(typed: str, *, user: Any) -> list[Suggestion]:
    """Return titles with all the words typed so far, the last one as a beginning; then words to complete it.

    Asks only documents that the reader may see: a word that only hidden documents have is never suggested.
    A process whose index is being built suggests nothing for that moment.
    """
    words = prefix_terms(typed[:LONGEST_QUESTION])
    if not words or len(words[-1]) < SHORTEST:
        return []
    words = [word for word in words if len(word) >= SHORTEST]  # the Z of Z-CERT is not in the index
    with journal.lock:
        index = journal.synchronise().index
        if index is None:
            return []
        readable = index.readable(principals_of(user), get_language() or "nl")
        postings = index.postings(readable)
        endings = list(islice(index.vocabulary.starting_with(words[-1]), MOST_CANDIDATES))
        found = postings.get("")
        for ending in endings:
            found = found | postings.get(SURFACE + ending)
        for word in words[:-1]:
            found = found & postings.get(SURFACE + word)
        page = index.answer(Criteria(sort=NEWEST, limit=40), Readable(found)).ids
        completions = [
            " ".join([*words[:-1], ending])
            for ending in sorted(endings, key=lambda ending: -len(postings.get(SURFACE + ending) & found))
            if postings.get(SURFACE + ending) & found and ending != words[-1]
        ]
    titles = [
        Suggestion(document.title, document.kind, document.url)
        for document in fetch(page, user=user)
        if any(part.startswith(words[-1]) for part in prefix_terms(document.title))
    ]
    return [*titles[:MOST_TITLES], *map(Suggestion, completions[:MOST_WORDS])]
