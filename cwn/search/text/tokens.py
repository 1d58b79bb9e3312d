"""From text to words: where they stand, folded to plain lower-case letters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 60
"""Letters of a word that count; the longest real Dutch compounds stay below."""

_LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
_TOKEN = re.compile(rf"{_LETTER}+(?:[-\u2010\u2011'\u2019\u02bc]{_LETTER}+)*[-\u2010\u2011]?")
_HYPHENS = "-\u2010\u2011"
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_ENDING = re.compile(r"['\u2019\u02bc](?:s|er|ers|en|tje|tjes|je|jes|ing)$", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['\u2019\u02bc]")


class Token(NamedTuple):
    """A word in a text, with the parts between its hyphens."""

    start: int
    end: int
    parts: tuple[str, ...]
    """Folded; one part unless hyphenated."""
    open: bool
    """Whether it waits for the end of the next word: *doelwit-* en slachtoffernotificatie."""

    @property
    def joined(self) -> str:
        """The word without its hyphens."""
        return "".join(self.parts)[:LONGEST_WORD]


def fold(text: str) -> str:
    """Return the text in lower case without accents: *Coöperatie* becomes *cooperatie*."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    parts = []
    for piece in _HYPHEN.split(word):
        for part in _APOSTROPHE.split(_ENDING.sub("", piece)):
            folded = "".join(letter for letter in fold(part)[:LONGEST_WORD] if letter.isalnum())
            if folded:
                parts.append(folded)
    return tuple(parts)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order."""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if parts := _parts(word):
            yield Token(match.start(), match.end(), parts, word[-1] in _HYPHENS)
