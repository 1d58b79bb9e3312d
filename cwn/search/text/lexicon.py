"""The dictionaries of simplemma, with folded keys, each loaded at first use.

The compact form of simplemma is used (13 MB instead of 52), in which a look-up takes 10 microseconds. Nine of
ten look-ups are for letters that are no word at all; a bitmap of hashes answers those in a fraction of one.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from cwn.search.text.tokens import fold

_SLOTS = 1 << 23


class Lexicon:
    """Which folded words exist, and their base form."""

    def __init__(self, lemmas: Mapping[str, str]) -> None:
        self._lemmas = lemmas
        self._accented: dict[str, str] = {}
        self._seen = bytearray(_SLOTS >> 3)
        for word in lemmas:
            folded = word
            if not word.isascii():
                folded = fold(word)
                self._accented.setdefault(folded, word)
            slot = hash(folded) & (_SLOTS - 1)
            self._seen[slot >> 3] |= 1 << (slot & 7)

    def lemma(self, word: str) -> str | None:
        """Return the folded base form, or None if the word is not in the dictionary."""
        slot = hash(word) & (_SLOTS - 1)
        if not self._seen[slot >> 3] & (1 << (slot & 7)):
            return None
        lemma = self._lemmas.get(word)
        if lemma is None and word in self._accented:
            lemma = self._lemmas.get(self._accented[word])
        if lemma is None:
            return None
        return "".join(letter for letter in fold(lemma) if letter.isalnum()) or None


@cache
def _lexicon(language: str) -> Lexicon:
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    return Lexicon(LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language))


@lru_cache(maxsize=65_536)
def lemma(word: str, language: str = "nl") -> str | None:
    """Return the folded base form of a folded word, or None if the dictionary does not know it."""
    return _lexicon(language).lemma(word)
