"""Dutch words that the rules treat in a special way; `dutch.toml` has them, with a reason for each list."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("dutch.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_DATA[name].split())


STOP_WORDS = _words("stop_words")
ENGLISH_STOP_WORDS = _words("english_stop_words")
GENERIC = _words("generic")
DRIFTED = _words("drifted")
FIELD = _words("field")
SHORT_PARTS = _words("short_parts")
PARTICLES = _words("particles")
SEPARABLE = _words("separable")
CHANCE_PARTS = _words("chance_parts")
SUFFIXES = _words("suffixes")
WHOLE_WORDS = _words("whole_words")
BASE_FORMS: dict[str, str] = _DATA["base_forms"]
LOOSE_PREFIXES = ("toe",)
"""Prefixes that leave the meaning of a long noun as it is: a toeleverancier is a leverancier."""
