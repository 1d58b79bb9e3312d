"""Which words of a text answer the question."""

from functools import lru_cache

from cwn.search.text.index import BODY, PART, SURFACE, TITLE
from cwn.search.text.query import Query
from cwn.search.text.stems import readings, stop_words
from cwn.search.text.tokens import Token, tokens

_BEFORE = 40
"""Characters of a snippet that come before its first hit."""


@lru_cache(maxsize=16_384)
def _terms(word: str, language: str) -> frozenset[str]:
    terms = {SURFACE + word}
    for reading in readings(word, language):
        parts = (reading.stem, *reading.parts, *reading.families, *reading.part_families)
        terms.update((TITLE + reading.stem, BODY + reading.stem, *(PART + part for part in parts)))
    return frozenset(terms)


class Highlighter:
    """Finds the words of one question in many texts, such as those of a page of results."""

    def __init__(self, query: Query) -> None:
        self._wanted, self._language = query.terms, query.language
        self._stops = stop_words(query.language)
        if all(word.text in self._stops for word in query.words):
            self._stops = frozenset()
        self._known: dict[tuple[str, ...], bool] = {}

    def _hits(self, text: str) -> list[Token]:
        known = self._known
        hits = []
        for token in tokens(text):
            is_hit = known.get(token.parts)
            if is_hit is None:
                is_hit = known[token.parts] = self._is_hit(token)
            if is_hit:
                hits.append(token)
        return hits

    def _is_hit(self, token: Token) -> bool:
        words = {token.joined, *token.parts}
        return token.joined not in self._stops and any(
            not self._wanted.isdisjoint(_terms(word, self._language)) for word in words
        )

    def highlight(self, text: str) -> list[tuple[str, bool]]:
        """Cut a text in segments, each with whether it is a hit; together they are the text.

        The segments are not escaped.
        """
        segments, position = [], 0
        for hit in self._hits(text):
            end = hit.end - 1 if hit.open else hit.end
            if hit.start > position:
                segments.append((text[position : hit.start], False))
            segments.append((text[hit.start : end], True))
            position = end
        if position < len(text):
            segments.append((text[position:], False))
        return segments

    def snippet(self, text: str, length: int = 200) -> str:
        """Return about so many characters of a text, around the place with most hits; "…" where it is cut."""
        text = " ".join(text.split())
        if len(text) <= length:
            return text
        starts = [hit.start for hit in self._hits(text)]
        best = max(
            starts, key=lambda start: (sum(start <= other < start + length for other in starts), -start), default=0
        )
        start = 0 if best <= _BEFORE else text.find(" ", best - _BEFORE) + 1
        start = min(start, best)
        end = len(text) if len(text) - start <= length else text.rfind(" ", start, start + length)
        if end <= start:
            end = start + length
        return ("… " if start else "") + text[start:end].rstrip(" ,;:") + (" …" if end < len(text) else "")
