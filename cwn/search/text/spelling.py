"""What a reader probably meant: corrections and look-alikes of words that are not found."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cwn.search.text.matching import Ids, Postings, evaluate, missing, without_one
from cwn.search.text.query import Query, Word, parse_query
from cwn.search.text.stems import analyser, dutch_word, readings
from cwn.search.text.synonyms import Synonyms
from cwn.search.text.tokens import fold, tokens

SHORTEST = 4
"""Letters; shorter words are mostly abbreviations, all of which look alike."""
LONG = 9
"""Letters of a compound in which one strange letter is a slip."""
LIKENESS = 0.5
"""Share of trigrams that look-alikes have in common."""
_TRIED = 20
_COMPARED = 100


class Vocabulary:
    """The words of the index as they are written, in alphabetical order.

    Comparing a word with all 50,000 takes some milliseconds and needs no index of its own, and it is only done
    for a question that finds nothing.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = sorted(set(words))

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: str) -> bool:
        position = bisect_left(self._words, word)
        return position < len(self._words) and self._words[position] == word

    def add(self, word: str) -> None:
        """Add a word of a new document."""
        if word not in self:
            insort(self._words, word)

    def discard(self, word: str) -> None:
        """Forget a word that no document has any more."""
        if word in self:
            del self._words[bisect_left(self._words, word)]

    def starting_with(self, prefix: str) -> Iterator[str]:
        """Yield the words with this beginning, in alphabetical order."""
        for position in range(bisect_left(self._words, prefix), len(self._words)):
            if not self._words[position].startswith(prefix):
                return
            yield self._words[position]

    def near(self, word: str, edits: int, language: str = "nl") -> list[str]:
        """Return words at most so many edits away (a swap of neighbours is one), nearest first.

        The base form of a word counts too: *apoteker* is one edit away from the *apothekers* that we have.
        """
        distances = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=edits + 2, limit=_COMPARED)
        base = analyser(language)
        found = [(min(distance, OSA.distance(word, base(other).base)), other) for other, distance, _ in distances]
        return [other for distance, other in sorted(found)[:_TRIED] if distance <= edits]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question found, and how far the search had to go for it."""

    query: Query
    """The query that was answered, so the corrected one if it was corrected."""
    tiers: tuple[Ids, ...]
    """Documents, best first."""
    corrected: str | None = None
    """The question that was answered instead of the one typed."""
    alike: bool = False
    """Whether these only look like an answer: "Lijkt op uw zoekopdracht"."""


def prefix_terms(prefix: str) -> list[str]:
    """Return the words typed so far, folded; the last is the one to complete."""
    return [part for token in tokens(prefix) for part in token.parts]


def _edits(word: Word, language: str) -> int:
    """Return how many slips of the finger a word may have; none if it is a word of the language.

    A new compound of known words (voetbaluitslag) is most likely meant, unless it is long and we have one
    that differs in a single letter.
    """
    if word.known or len(word.text) < SHORTEST or word.text.isdigit():
        return 0
    if any(reading.parts for reading in readings(word.text, language)):
        return 1 if len(word.text) >= LONG else 0
    return max(1, len(word.text) // 5)


def correct(
    text: str,
    vocabulary: Vocabulary,
    postings: Postings,
    synonyms: Synonyms | None = None,
    language: str = "nl",
    empty: Ids = frozenset(),
) -> str | None:
    """Return the question with its unknown words corrected, or None if that finds nothing either.

    A word of the language is never corrected: *parkeervergunning* is no slip, we just do not have it.
    """
    query = parse_query(text, synonyms, language)
    lost = missing(query, postings, empty)
    if not lost or not all(_edits(word, language) for word in lost):
        return None
    corrected = fold(text)
    for word in lost:
        for other in _candidates(word, vocabulary, synonyms, language):
            if len(word.text) < 6 and other[0] != word.text[0]:
                continue
            attempt = parse_query(other, synonyms, language)
            if evaluate(attempt, postings, empty):
                corrected = _replace(corrected, word.text, other)
                break
        else:
            return None
    return corrected if evaluate(parse_query(corrected, synonyms, language), postings, empty) else None


@lru_cache(maxsize=8)
def _synonym_words(synonyms: Synonyms) -> Vocabulary:
    return Vocabulary(synonyms.words())


def _candidates(word: Word, vocabulary: Vocabulary, synonyms: Synonyms | None, language: str) -> list[str]:
    """Return what may have been meant: words of the index first, then of synonyms."""
    edits = _edits(word, language)
    found = vocabulary.near(word.text, edits, language)
    return found + _synonym_words(synonyms).near(word.text, edits, language) if synonyms else found


def _replace(text: str, word: str, other: str) -> str:
    for token in tokens(text):
        if token.joined == word:
            return text[: token.start] + other + text[token.end :]
    return text


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _alike(word: str, other: str) -> bool:
    ours, theirs = _trigrams(word), _trigrams(other)
    return len(ours & theirs) >= LIKENESS * len(ours | theirs)


def look_alikes(
    query: Query, vocabulary: Vocabulary, postings: Postings, synonyms: Synonyms | None = None, empty: Ids = frozenset()
) -> Ids:
    """Return documents for "Lijkt op uw zoekopdracht": only for a question that finds nothing, corrected or not.

    A word of the language counts only as the beginning of a word that we have (netbeheer, netbeheerder); any
    other word also by likeness. A question of three words or more may miss one.
    """
    found: Ids = None
    for word in query.words:
        documents = evaluate(Query((word,), language=query.language), postings, empty).all
        if not documents:
            for other in _similar_words(word, vocabulary, query.language):
                documents = documents | evaluate(parse_query(other, synonyms, query.language), postings, empty).all
        found = documents if found is None else found & documents
        if not found:
            return without_one(query, postings, empty)
    return empty if found is None else found


def _similar_words(word: Word, vocabulary: Vocabulary, language: str) -> list[str]:
    text = word.text
    if len(text) < SHORTEST + 1:
        return []
    similar = [other for other in vocabulary.starting_with(text) if len(other) <= len(text) + 4]
    if not similar and _edits(word, language) and not dutch_word(text).parts:
        similar = [
            other
            for other in vocabulary.near(text, max(2, len(text) // 4), language)
            if _alike(text, analyser(language)(other).base)
        ]
    return similar[:_TRIED]


def find(
    text: str,
    postings: Postings,
    vocabulary: Vocabulary,
    synonyms: Synonyms | None = None,
    language: str = "nl",
    empty: Ids = frozenset(),
) -> Outcome:
    """Answer a question: as typed, else corrected, else with what looks like it."""
    query = parse_query(text, synonyms, language)
    tiers = evaluate(query, postings, empty)
    if tiers or not query:
        return Outcome(query, tuple(tiers))
    if corrected := correct(text, vocabulary, postings, synonyms, language, empty):
        query = parse_query(corrected, synonyms, language)
        return Outcome(query, tuple(evaluate(query, postings, empty)), corrected=corrected)
    alike = look_alikes(query, vocabulary, postings, synonyms, empty)
    return Outcome(query, (empty, empty, alike), alike=bool(alike))
