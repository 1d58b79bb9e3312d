"""The filters and the map beside a list (R4–R9): written once per vocabulary and language, counted for each page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from cwn.core.fragments import FilterGroup, FilterOptions, Option, TileMap
from cwn.core.graphics import MapRegion
from cwn.core.searchable import searchables
from cwn.portal.addresses import ListAddress
from cwn.search.journal import Vocabulary
from cwn.search.queries import KIND_FACET, SearchPage

#: Values of a facet that are shown at once; the rest is behind "Toon … andere".
SHOWN_AT_ONCE = 8
REGION_FACET = "regio"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is the same on every page of a filter."""

    name: str
    group: FilterGroup
    options: FilterOptions


def filters(page: SearchPage) -> SafeString:
    """Write the filters; on a page about one kind those that divide it, with only its own finer kinds."""
    return mark_safe("".join(_shown_filters(page)))  # noqa: S308  escaped in FilterGroup and FilterOptions


def _shown_filters(page: SearchPage) -> Iterator[str]:
    kind = page.request.kind
    for one in _filters(page.vocabulary, page.language, kind):
        counts, chosen = page.counts.get(one.name, {}), page.request.selected.get(one.name, ())
        if one.options.values and (counts or chosen or not kind):
            yield _shown(one, counts, chosen)


def _shown(one: Filter, counts: Mapping[str, int], chosen: Sequence[str]) -> str:
    """Show the first values and every chosen one; the others wait behind a button, in their own order."""
    written = one.options.written(counts, chosen)
    first: list[str] = list(written)
    more: list[str] = []
    if len(written) > SHOWN_AT_ONCE + 2:
        at_once = {*one.options.values[:SHOWN_AT_ONCE], *chosen}
        first = []
        for value, html in zip(one.options.values, written, strict=True):
            (first if value in at_once else more).append(html)
    return one.group.written(
        first,
        more,
        chosen=_("%(number)s gekozen") % {"number": len(chosen)} if chosen else "",
        more_label=_("Toon %(number)s andere") % {"number": len(more)} if more else "",
    )


@lru_cache(maxsize=16)
def _filters(vocabulary: Vocabulary, language: str, kind: str) -> list[Filter]:
    """Write what does not change until somebody edits a value: a new vocabulary is another object."""
    with override(language):
        return [
            Filter(
                name,
                FilterGroup(name, str(facet.label), _("%(label)s, met aantal resultaten") % {"label": facet.label}),
                FilterOptions(name, _options(name, vocabulary, language, kind)),
            )
            for name, facet in vocabulary.facets.items()
        ]


def _options(name: str, vocabulary: Vocabulary, language: str, kind: str) -> Iterator[Option]:
    labels, depths = vocabulary.labels[language], dict[str, int]()
    above = searchables()[kind].slug if name == KIND_FACET and kind else ""
    for value, option in vocabulary.options[name].items():
        depths[value] = depths.get(option.parent, 0) + 1
        if option.parent == above or not above:
            yield Option(value, labels[name, value], 1 if above else _depth(name, depths[value]))


def _depth(name: str, depth: int) -> int:
    """Draw no more than three deep, the whole Kingdom and what lies directly below it on one line."""
    return min(max(1, depth - 1), 3) if name == REGION_FACET else depth


def shown_map(page: SearchPage, address: ListAddress) -> tuple[TileMap, SafeString]:
    """Return the map and its tiles, each with its count and the address that switches it on or off."""
    drawn = _map(page.vocabulary, page.language)
    counts, chosen = page.counts.get(REGION_FACET, {}), page.request.selected.get(REGION_FACET, ())
    return drawn, drawn.written(counts, chosen, address.toggles(REGION_FACET, drawn.values))


@lru_cache(maxsize=8)
def _map(vocabulary: Vocabulary, language: str) -> TileMap:
    labels = vocabulary.labels[language]
    with override(language):
        return TileMap(
            [
                MapRegion(option.value, labels[REGION_FACET, option.value], option.position, 0, selected=False, url="")
                for option in vocabulary.options.get(REGION_FACET, {}).values()
                if option.position is not None
            ]
        )
