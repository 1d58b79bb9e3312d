"""Finding words and groups of words from a list, in one walk through a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comms.checker.prose import Word


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the list, and where it stands in a text."""

    phrase: str
    answer: str
    start: int
    end: int


class Phrases:
    """A list of phrases with an answer each, ready to be looked for."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, answer in answers.items():
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words, answer))
        for same_start in self._by_first.values():
            same_start.sort(key=lambda entry: -len(entry[0]))

    def in_words(self, words: Sequence[Word]) -> Iterator[Found]:
        """Yield what stands in a row of words, the longest phrase first, without overlap."""
        free = 0
        for place, word in enumerate(words):
            if place < free or word.lower not in self._by_first:
                continue
            for phrase, answer in self._by_first[word.lower]:
                row = words[place : place + len(phrase)]
                if tuple(one.lower for one in row) == phrase:
                    free = place + len(phrase)
                    yield Found(" ".join(phrase), answer, row[0].start, row[-1].end)
                    break


def with_capital_of(found: str, answer: str) -> str:
    """Begin the answer with a capital when the word it replaces does."""
    return answer[:1].upper() + answer[1:] if found[:1].isupper() else answer
