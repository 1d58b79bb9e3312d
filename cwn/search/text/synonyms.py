"""Groups of words that mean the same in this network; coordinators edit them as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cwn.search.text.stems import analyser, stop_words
from cwn.search.text.tokens import tokens

LONGEST_PHRASE = 6
"""Words of a phrase that are looked at."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that mean the same, the preferred one first, with an explanation for the reader."""

    phrases: tuple[str, ...]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a phrase of the reader also stands for."""

    alternatives: tuple[tuple[str, ...], ...]
    """Other phrases, each as its words."""
    group: Group


def phrase_words(phrase: str, language: str = "nl") -> tuple[str, ...]:
    """Return the words of a phrase that carry meaning; a hyphenated word counts as its parts."""
    words = tuple(part for token in tokens(phrase) for part in token.parts)
    stops = stop_words(language)
    return tuple(word for word in words if word not in stops and len(word) > 1) or words


def phrase_key(words: Sequence[str], language: str = "nl") -> str:
    """Return the key under which spellings of a phrase meet: *back-up*, *backups* and *back up*."""
    analyse = analyser(language)
    return "".join(analyse(word).stem for word in words)


@dataclass(frozen=True)
class Synonyms:
    """All groups, ready for look-up; build a new one when a row changes."""

    groups: tuple[Group, ...] = ()
    language: str = "nl"
    _matches: dict[str, tuple[Match, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, list[Match]] = {}
        for group in self.groups:
            for key, match in _group_matches(group, self.language):
                found.setdefault(key, []).append(match)
        self._matches.update((key, tuple(matches)) for key, matches in found.items())

    @classmethod
    def of(cls, groups: Iterable[Sequence[str] | Group], language: str = "nl") -> "Synonyms":
        """Build from lists of phrases, preferred phrase first."""
        return cls(
            tuple(group if isinstance(group, Group) else Group(tuple(group)) for group in groups), language=language
        )

    def lookup(self, words: Sequence[str]) -> tuple[Match, ...]:
        """Return what these words, taken together, also stand for."""
        return self._matches.get(phrase_key(words, self.language), ())

    def words(self) -> set[str]:
        """Return every word of every phrase, for the vocabulary of spelling correction."""
        return {word for group in self.groups for phrase in group.phrases for word in phrase_words(phrase)}


def _group_matches(group: Group, language: str) -> Iterable[tuple[str, Match]]:
    """Yield the key of each phrase with its alternatives.

    A phrase that sums up other members ("opleiden, trainen en oefenen") makes those members narrower:
    whoever looks for OTO wants all three, whoever looks for an oefening does not want an opleiding.
    """
    phrases = {phrase_key(words, language): words for phrase in group.phrases if (words := phrase_words(phrase))}
    stems = {key: frozenset(phrase_key([word], language) for word in words) for key, words in phrases.items()}
    narrower: set[str] = set()
    for whole in stems.values():
        summed = {key for key, part in stems.items() if part < whole}
        narrower |= summed if len(summed) > 1 else set()
    for key in phrases:
        others = (other for other in phrases if other != key and not (key in narrower and other in narrower))
        yield key, Match(tuple(phrases[other] for other in others), group)
