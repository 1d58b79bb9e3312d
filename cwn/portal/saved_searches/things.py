"""Sets of things that fit in a column: what somebody saw of a search, what a mail will tell.

Things are told apart by kind and primary key, not by document: documents are made anew at every change, and a
thing that was hidden and came back is still the same. Keys are kept as bitmaps, 12 kB for a hundred thousand.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping

from pyroaring import BitMap64

from cwn.search.results import Thing


class ThingSet:
    """A set of things, read from a JSON column and written to it."""

    def __init__(self, stored: Mapping[str, str] | None = None) -> None:
        self._keys = {kind: BitMap64.deserialize(b64decode(keys)) for kind, keys in (stored or {}).items()}

    def __contains__(self, thing: Thing) -> bool:
        kind, key = thing
        return key in self._keys.get(kind, ())

    def add(self, things: Iterable[Thing]) -> "ThingSet":
        """Add things; those that were there already stay."""
        for kind, key in things:
            self._keys.setdefault(kind, BitMap64()).add(key)
        return self

    def union(self, other: "ThingSet") -> "ThingSet":
        """Add all things of another set."""
        for kind, keys in other._keys.items():
            self._keys[kind] = self._keys.get(kind, BitMap64()) | keys
        return self

    def stored(self) -> dict[str, str]:
        """Return what goes into the column."""
        return {kind: b64encode(keys.serialize()).decode() for kind, keys in sorted(self._keys.items())}
