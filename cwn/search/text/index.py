"""The terms under which a document is found.

The first letter of a term is its class: T a stem in the title, B a stem in the body, S a word as it is written
(folded), P a part of a compound or a looser relative.
"""

from collections.abc import Iterator
from functools import lru_cache

from cwn.search.text import dutch
from cwn.search.text.stems import analyser, stop_words
from cwn.search.text.tokens import LONGEST_WORD, Token, tokens

TITLE, BODY, SURFACE, PART = "T", "B", "S", "P"


@lru_cache(maxsize=65_536)
def _word_terms(word: str, stem_class: str, language: str) -> tuple[str, ...]:
    """Return the terms of one word of a text."""
    analysis = analyser(language)(word)
    parts = (*analysis.parts, *analysis.families, *analysis.part_families)
    return (SURFACE + word, stem_class + analysis.stem, *(PART + part for part in parts))


def _words(text: str, language: str) -> Iterator[str]:
    """Yield the words of a text, hyphenated ones also in parts and divided ones also in full."""
    waiting: Token | None = None
    before = last = ""
    for token in tokens(text):
        if last == "te" and before in dutch.SEPARABLE:
            yield before + token.joined
        before, last = last, token.joined
        if len(token.parts) > 1:
            yield from (part for part in token.parts if len(part) > 1)
        yield token.joined
        if waiting and token.joined not in ("en", "of", "and", "or"):
            if full := _completed(waiting, token, language):
                yield full
            waiting = None
        if token.open:
            waiting = token


def _completed(start: Token, end: Token, language: str) -> str | None:
    """Return *doelwitnotificatie* for *doelwit-* … *slachtoffernotificatie*."""
    parts = analyser(language)(end.joined).parts
    position = end.joined.rfind(parts[-1][:4]) if len(parts) > 1 else 0
    return (start.joined + end.joined[position:])[:LONGEST_WORD] if position > 0 else None


def analyse(title: str, body: str, language: str = "nl") -> list[str]:
    """Return the index terms of a document, without doubles, in a fixed order.

    Stop words count in the title only, and only as they are written.
    """
    stops = stop_words(language)
    found: dict[str, None] = {}
    for word in _words(title, language):
        if word in stops:
            found[SURFACE + word] = None
        else:
            found.update(dict.fromkeys(_word_terms(word, TITLE, language)))
    for word in _words(body, language):
        if word not in stops and (len(word) > 1 or word.isdigit()):
            found.update(dict.fromkeys(_word_terms(word, BODY, language)))
    return list(found)
