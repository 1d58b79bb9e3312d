"""From a word to what it stands for: its stem, the parts of a compound and its family.

Snowball's Dutch stemmer makes one stem of *veilig* and *veiling*, and two of *melding* and *gemeld*. So the base
form comes from a dictionary, a compound is its parts, and only -ing, -en and -e are taken off by rule. Snowball
serves English.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from cwn.search.text import dutch, lexicon

_VOWELS = "aeiouy"
_WORDS_KEPT = 65_536
_LINKS = ("", "s", "en", "e", "n")
"""Letters between the parts of a compound, the usual ones first."""
_LINKED_BY_S = ("heid", "teit", "ing", "schap")
"""Endings after which a linking -s- is the rule: kwaliteit-s-eisen, not kwaliteit-seisen."""
_LONGEST_SPLIT = 50
_NO_FIRST_PART = dutch.PARTICLES | dutch.STOP_WORDS | dutch.SUFFIXES | dutch.CHANCE_PARTS


class Analysis(NamedTuple):
    """What a word stands for."""

    stem: str
    parts: tuple[str, ...] = ()
    """Stems of the parts of a compound, in order."""
    families: tuple[str, ...] = ()
    """Shared with looser relatives: coördinatie, coördineren, coördinator."""
    part_families: tuple[str, ...] = ()
    """The same for each part: what a text is also about, but not what a reader asks for."""
    base: str = ""
    """The base form: what a dictionary lists."""
    known: bool = False
    """Whether a dictionary has it, so it is no typing error; a compound with parts hardly ever is one."""


def _closed(stem: str) -> str:
    """Write an open syllable as a closed one: *geev* from geven becomes *geef*, *bell* becomes *bel*."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        stem = stem[:-1]
    elif (
        len(stem) > 1
        and stem[-1] not in _VOWELS + "wx"
        and stem[-2] in "aeou"
        and (len(stem) < 3 or stem[-3] not in _VOWELS)
        and (stem[-2] != "e" or not any(vowel in stem[:-2] for vowel in _VOWELS))
    ):
        stem = stem[:-1] + stem[-2] + stem[-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1:], stem[-1:])


_UNSTRESSED = re.compile(rf"([{_VOWELS}].*[^{_VOWELS}])ee([^{_VOWELS}])$")


def _root(lemma: str) -> str:
    """Return the stem of a base form: *melding* and *melden* give *meld*."""
    stem = lemma
    for ending, shortest in (("ing", 3), ("en", 3), ("e", 4)):
        rest = lemma[: -len(ending)]
        if lemma.endswith(ending) and len(rest) >= shortest and any(vowel in rest for vowel in _VOWELS):
            if rest[-1] not in _VOWELS:
                stem = _closed(rest)
            break
    return _UNSTRESSED.sub(r"\1e\2", stem)


def _inflected(word: str) -> str | None:
    """Return the base form of a word of which the dictionary has only another form."""
    for ending in ("e", "s", "en", "n", "er", "ste"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            rest = word[: -len(ending)]
            if rest in dutch.FIELD:
                return rest
            if found := lexicon.lemma(rest):
                return found
    return None


def _base(word: str) -> str | None:
    """Return the base form of a word that is known, if need be in another form."""
    if word in dutch.FIELD:
        return word
    if found := dutch.BASE_FORMS.get(word) or lexicon.lemma(word):
        return found[:-4] + "er" if found.endswith("ster") and "ster" not in word else found
    if word.endswith("heid") and _base(word[:-4]):
        return word
    return _inflected(word)


def _guess(word: str) -> str:
    """Take the plural off a word that nothing knows: *isacs*, *botnetten*."""
    if len(word) >= 4 and word[-1] == "s" and word[-2] not in "siuy0123456789":
        return word[:-1]
    return word


@lru_cache(maxsize=_WORDS_KEPT)
def _is_first_part(word: str) -> bool:
    if word in dutch.SHORT_PARTS or word in dutch.FIELD:
        return True
    if len(word) < 4 or word in _NO_FIRST_PART:
        return False
    base = lexicon.lemma(word)
    return base is not None and (word in (base, _root(base)) or (word[:3] == base[:3] and word.endswith(("en", "er"))))


@lru_cache(maxsize=_WORDS_KEPT)
def _is_last_part(word: str) -> bool:
    if word in dutch.SHORT_PARTS or word in dutch.FIELD:
        return True
    if len(word) < 4 or word in dutch.SUFFIXES or word in dutch.STOP_WORDS:
        return False
    return lexicon.lemma(word) is not None or (len(word) > 6 and _inflected(word) is not None)


@lru_cache(maxsize=_WORDS_KEPT)
def _split(word: str) -> tuple[str, ...]:
    """Split a compound in as few parts as possible; the longest first part before shorter ones."""
    if not 7 <= len(word) <= _LONGEST_SPLIT or word in dutch.WHOLE_WORDS or (len(word) == 7 and lexicon.lemma(word)):
        return ()
    cuts = [
        (position, part)
        for link in _LINKS
        for position in range(len(word) - 3, 2, -1)
        if word[:position].endswith(link) and _is_first_part(part := word[: position - len(link)])
    ]
    cuts.sort(key=lambda cut: not (cut[1].endswith(_LINKED_BY_S) and len(cut[1]) < cut[0]))
    for position, part in cuts:
        if _is_last_part(word[position:]):
            return _pieces(part) + _pieces(word[position:])
    for position, part in cuts:
        if rest := _split(word[position:]):
            return _pieces(part) + rest
    return ()


def _pieces(part: str) -> tuple[str, ...]:
    return _split(part) or _split(_base(part) or "") or (part,)


def _families(base: str) -> tuple[str, ...]:
    """Return what a word has in common with its looser relatives."""
    if base in dutch.DRIFTED:
        return ()
    return tuple(
        base[: -len(ending)]
        for ending, shortest in (("heid", 5), ("atie", 5), ("ator", 5), ("ering", 5), ("eren", 5))
        if base.endswith(ending) and len(base) - len(ending) >= shortest
    )


@lru_cache(maxsize=_WORDS_KEPT)
def dutch_word(word: str) -> Analysis:
    """Analyse one folded Dutch word."""
    known = _base(word)
    pieces = _split(known or word)
    base = known or (word if pieces else _guess(word))
    pieces = pieces or _split(base)
    if not pieces:
        loose = next((prefix for prefix in dutch.LOOSE_PREFIXES if base.startswith(prefix) and len(base) >= 11), "")
        head = lexicon.lemma(base[len(loose) :]) if loose else None
        parts = (_root(head),) if head else ()
        return Analysis(_root(base), parts, _families(base), (), base, bool(known or head))
    bases = [_base(piece) or piece for piece in pieces[:-1]]
    bases.append(pieces[-1] if lexicon.lemma(word) else _base(pieces[-1]) or pieces[-1])
    roots = [_root(part) for part in bases]
    families = dict.fromkeys(family for part in bases for family in _families(part))
    return Analysis(
        "".join(roots), tuple(dict.fromkeys(roots)), _families(base), tuple(families), base, known is not None
    )


@cache
def _snowball() -> Callable[[str], str]:
    import snowballstemmer

    return snowballstemmer.stemmer("english").stemWord


@lru_cache(maxsize=_WORDS_KEPT)
def english_word(word: str) -> Analysis:
    """Analyse one folded English word: only its stem, English writes its compounds apart."""
    base = lexicon.lemma(word, "en")
    return Analysis(_snowball()(word), base=base or word, known=base is not None)


def analyser(language: str) -> Callable[[str], Analysis]:
    """Return the function that analyses words of a language; Dutch unless English."""
    return english_word if language == "en" else dutch_word


def readings(word: str, language: str) -> tuple[Analysis, ...]:
    """Return what a word of a question may stand for: on an English page there are Dutch texts too."""
    return (english_word(word), dutch_word(word)) if language == "en" else (dutch_word(word),)


def stop_words(language: str) -> frozenset[str]:
    """Return the words that carry no meaning in a language."""
    return dutch.ENGLISH_STOP_WORDS if language == "en" else dutch.STOP_WORDS


def warm() -> None:
    """Load the dictionaries, so that not the first reader waits for them."""
    dutch_word("oefening")
    english_word("exercise")
