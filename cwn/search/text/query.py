"""From what a reader types to an expression over index terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cwn.search.text import dutch
from cwn.search.text.index import BODY, PART, SURFACE, TITLE
from cwn.search.text.stems import analyser, readings, stop_words
from cwn.search.text.synonyms import LONGEST_PHRASE, Match, Synonyms, phrase_key
from cwn.search.text.tokens import Token, tokens

LONGEST_QUERY = 300
"""Characters that are read."""
MOST_WORDS = 12
"""Words that are looked for; whatever follows is ignored."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that have this term."""

    name: str


@dataclass(frozen=True, slots=True)
class And:
    """Documents that satisfy all; nothing satisfies an empty one."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that satisfy any."""

    items: tuple["Expression", ...]


Expression = Term | And | Or
NOTHING = Or(())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the question, from the strictest reading to the loosest."""

    text: str
    """As typed, folded."""
    title: Expression
    """The word itself in the title."""
    direct: Expression
    """The word itself anywhere, inflected or not."""
    loose: Expression = NOTHING
    """As part of a compound, as separate parts, as a synonym or as a relative."""
    last: Expression = NOTHING
    """What counts only if nothing else is found: compounds with a generic word."""
    known: bool = True
    """Whether it is a word of the language or has synonyms; if not, it may be a typing error."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question: each word must be found."""

    words: tuple[Word, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    """Synonyms in use: preferred phrase and explanation, for a hint above the results."""
    language: str = "nl"

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def terms(self) -> frozenset[str]:
        """Every term that can make a document a hit, for highlighting."""
        return frozenset(
            name for word in self.words for part in (word.direct, word.loose, word.last) for name in _names(part)
        )


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Term):
        yield expression.name
    else:
        for item in expression.items:
            yield from _names(item)


def any_of(items: Iterable[Expression]) -> Expression:
    """Combine alternatives, leaving out what can match nothing and doubles."""
    kept = tuple(dict.fromkeys(item for item in items if item != NOTHING))
    return kept[0] if len(kept) == 1 else Or(kept)


def all_of(items: Iterable[Expression]) -> Expression:
    """Combine demands."""
    kept = tuple(dict.fromkeys(items))
    if not kept or NOTHING in kept:
        return NOTHING
    return kept[0] if len(kept) == 1 else And(kept)


def _title(word: str, language: str) -> Expression:
    return any_of(Term(TITLE + reading.stem) for reading in readings(word, language))


def _direct(word: str, language: str) -> Expression:
    stems = dict.fromkeys(reading.stem for reading in readings(word, language))
    return Or((*(Term(kind + stem) for stem in stems for kind in (TITLE, BODY)), Term(SURFACE + word)))


def _stem_anywhere(stem: str) -> Expression:
    return Or((Term(TITLE + stem), Term(BODY + stem), Term(PART + stem)))


def _loose(word: str, language: str) -> Expression:
    """Match parts and relatives: *netwerkbeheer* for beheer, *beheer … netwerk* for netwerkbeheer."""
    return any_of(
        expression
        for reading in readings(word, language)
        for expression in (
            Term(PART + reading.stem),
            *(_stem_anywhere(family) for family in reading.families),
            all_of(_stem_anywhere(part) for part in reading.parts),
        )
    )


def _anyhow(words: Iterable[str], language: str) -> Expression:
    """Match each of some words, in any way."""
    return all_of(any_of((_direct(word, language), _loose(word, language))) for word in words)


def _phrase(words: tuple[str, ...], language: str) -> Expression:
    """Match a phrase of a synonym group, also written as one word."""
    return any_of(
        (_anyhow(words, language), _stem_anywhere(phrase_key(words, language)), Term(SURFACE + "".join(words)))
    )


def _is_known(word: str, language: str) -> bool:
    return any(reading.known for reading in readings(word, language))


class _Unit:
    """A typed word, hyphenated or not, on its way to a `Word`."""

    def __init__(self, token: Token, language: str) -> None:
        self.token = token
        self.language = language
        self.parts = tuple(part for part in token.parts if len(part) > 1) or token.parts
        self.joined = token.joined
        self.hyphenated = len(token.parts) > 1
        self.stem = analyser(language)(self.joined).stem
        self.more: list[Expression] = []
        self.has_synonyms = False

    def word(self, alone: bool) -> Word:
        """Return the finished word; `alone` if it is the whole question."""
        language = self.language
        title, direct, loose = (
            _title(self.joined, language),
            _direct(self.joined, language),
            _loose(self.joined, language),
        )
        if self.hyphenated:
            title = any_of((title, all_of(_title(part, language) for part in self.parts)))
            direct = any_of((direct, all_of(_direct(part, language) for part in self.parts)))
            loose = any_of((loose, _anyhow(self.parts, language)))
        generic = alone and any(reading.base in dutch.GENERIC for reading in readings(self.joined, language))
        return Word(
            text=self.joined,
            title=title,
            direct=direct,
            loose=any_of(self.more) if generic else any_of((loose, *self.more)),
            last=loose if generic else NOTHING,
            known=self.has_synonyms or all(_is_known(part, language) for part in {self.joined, *self.parts}),
        )


def parse_query(text: str, synonyms: Synonyms | None = None, language: str = "nl") -> Query:
    """Turn what was typed into a query; without any letter or digit it is empty."""
    units = [_Unit(token, language) for token in tokens(text[:LONGEST_QUERY])]
    stops = stop_words(language)
    telling = [unit for unit in units if unit.joined not in stops and (len(unit.joined) > 1 or unit.joined.isdigit())]
    if not telling:
        plain = (Word(unit.joined, Term(SURFACE + unit.joined), Term(SURFACE + unit.joined)) for unit in units)
        return Query(tuple(dict.fromkeys(plain))[:MOST_WORDS], language=language)
    telling = telling[:MOST_WORDS]
    matches = _apply_synonyms(telling, synonyms, language) if synonyms else []
    _apply_joins(telling, language)
    groups = tuple(dict.fromkeys((match.group.phrases[0], match.group.explanation) for match in matches))
    words = tuple(dict.fromkeys(unit.word(alone=len(telling) == 1) for unit in telling))
    return Query(words, groups, language)


def _apply_synonyms(units: list[_Unit], synonyms: Synonyms, language: str) -> list[Match]:
    """Let the longest phrases of the question, from left to right, also be found by their synonyms."""
    used: list[Match] = []
    start = 0
    while start < len(units):
        for end in range(min(len(units), start + LONGEST_PHRASE), start, -1):
            span = units[start:end]
            words = [part for unit in span for part in unit.parts]
            if matches := synonyms.lookup(words):
                others = [_phrase(phrase, language) for match in matches for phrase in match.alternatives]
                for unit in span:
                    unit.more += others
                    unit.has_synonyms = True
                used += matches
                start = end - 1
                break
        start += 1
    return used


def _apply_joins(units: list[_Unit], language: str) -> None:
    """Let neighbours also be found written as one word: *nis 2*, *surf cert*, *crisis oefening*."""
    for left, right in pairwise(units):
        stem, surface = left.stem + right.stem, left.joined + right.joined
        joined = any_of((_stem_anywhere(stem), Term(SURFACE + surface)))
        left.more.append(joined)
        right.more.append(joined)
