"""The address of a list page: everything a reader chose stands in it, so it can be shared (R12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlencode

from django.utils.translation import get_language

from cwn.search.queries import SearchRequest


@dataclass(frozen=True, slots=True)
class ListAddress:
    """An address of a list page, from which its neighbours follow: one filter more or less, another order."""

    path: str
    words: str = ""
    selected: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, path: str, request: SearchRequest, *, sort: str = "") -> "ListAddress":
        """Return the address of a request; `sort` only when the reader chose it."""
        pairs = [(facet, value) for facet, values in _merged(request).items() for value in values]
        return cls(path, request.words, tuple(pairs), sort, request.page)

    def __str__(self) -> str:
        """Write the address; an empty choice leaves nothing behind."""
        pairs = [*self._choice, *self._order]
        if self.page > 1:
            pairs.append(("pagina", str(self.page)))
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    @property
    def _choice(self) -> list[tuple[str, str]]:
        return [("q", self.words), *self.selected] if self.words else list(self.selected)

    @property
    def _order(self) -> list[tuple[str, str]]:
        return [("sorteer", self.sort)] if self.sort else []

    def toggled(self, facet: str, value: str) -> "ListAddress":
        """Return the address with one filter value on or off, from the first page."""
        pair = (facet, value)
        pairs = tuple(one for one in self.selected if one != pair) if pair in self.selected else (*self.selected, pair)
        return replace(self, selected=pairs, page=1)

    def toggles(self, facet: str, values: Iterable[str]) -> list[str]:
        """Write `toggled` for many values of a facet; what they have in common is encoded once."""
        choice, order = urlencode(self._choice), urlencode(self._order)
        before = f"{self.path}?{choice}&{facet}=" if choice else f"{self.path}?{facet}="
        after = f"&{order}" if order else ""
        return [
            str(self.toggled(facet, value))
            if (facet, value) in self.selected
            else f"{before}{quote_plus(value)}{after}"
            for value in values
        ]

    def cleared(self) -> "ListAddress":
        """Return the address without filters; the words stay."""
        return replace(self, selected=(), page=1)

    def sorted(self, sort: str) -> "ListAddress":
        """Return the address in another order, from the first page."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> "ListAddress":
        """Return the address of another page."""
        return replace(self, page=page)

    def searching(self, words: str) -> "ListAddress":
        """Return the address of other words with the same filters."""
        return replace(self, words=words, page=1)

    @property
    def atom(self) -> str:
        """The feed of this list."""
        return self.as_format("atom")

    def as_format(self, suffix: str) -> str:
        """Return the same list as data: `/partners.json?…`, `/.json?…`."""
        stem = self.path if self.path.count("/") == 1 or self.path in ("/en/",) else self.path.rstrip("/")
        return str(replace(self, path=f"{stem}.{suffix}", page=1))


def _merged(request: SearchRequest) -> Mapping[str, tuple[str, ...]]:
    merged = {facet: tuple(values) for facet, values in request.selected.items()}
    for facet, values in request.unknown.items():
        merged[facet] = merged.get(facet, ()) + values
    return merged


def localised(url: str) -> str:
    """Return an address of the portal in the language of the page."""
    language = get_language()
    return url if language in (None, "nl") else f"/{language}{url}"
