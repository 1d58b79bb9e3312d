"""What the overview shows: from a page of the search to the parts of the list page."""

from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cwn.core.fragments import Card, Option, card_html, filter_options, map_tiles, marked
from cwn.core.graphics import MapRegion
from cwn.core.searchable import FacetOption, searchables
from cwn.portal.addresses import ListAddress
from cwn.search.index import BY_NAME, NEWEST, RELEVANCE
from cwn.search.models import Document
from cwn.search.queries import KIND_FACET, SearchPage
from cwn.search.text.highlight import highlight, snippet

#: Values of a facet that are shown at once; the rest is behind "Toon … andere".
SHOWN_AT_ONCE = 8
#: Characters of a summary on a card.
SUMMARY_LENGTH = 240
TONES = {
    "partner": "success", "kandidaat": "info", "prospect": "neutral", "geraadpleegd": "neutral",
    "geschorst": "danger", "voormalig": "warning",
    "gekoppeld": "success", "opgenomen": "info", "naast": "neutral", "concept": "warning",
}  # fmt: skip
SORT_LABELS = {RELEVANCE: lambda: _("Relevantie"), NEWEST: lambda: _("Nieuwste"), BY_NAME: lambda: _("Naam")}


def overview(page: SearchPage, address: ListAddress) -> dict[str, Any]:
    """Return what the template of the list needs."""
    tiles, drawing = map_tiles(_regions(page, address))
    return {
        "page": page,
        "address": address,
        "count_label": ngettext("%(n)d resultaat", "%(n)d resultaten", page.count) % {"n": page.count},
        "filter_groups": list(_filter_groups(page)),
        "chosen": len(address.selected),
        "chips": list(_chips(page, address)),
        "unknown": [value for values in page.request.unknown.values() for value in values],
        "clear_url": str(address.cleared()),
        "sorts": _sorts(page, address),
        "cards": SafeString("".join(card_html(card_of(document, page)) for document in page.documents)),
        "tiles": tiles,
        "drawing": drawing,
        "off_map": page.off_map,
        "page_links": _page_links(page, address),
        "formats": [(suffix, address.as_format(suffix.lower())) for suffix in ("JSON", "CSV", "Atom")],
        "hints": [(preferred, explanation) for preferred, explanation in page.query.groups if explanation]
        if page.query
        else [],
        "as_typed": page.request.words,
    }


def _label(option: FacetOption) -> str:
    return option.label_en if option.label_en and get_language() == "en" else option.label


def _filter_groups(page: SearchPage) -> Iterator[dict[str, Any]]:
    """Yield the filters; one about the kind of a page that has only one kind is left out."""
    for name, values in page.facets.items():
        if (name == KIND_FACET and page.request.kind) or not values:
            continue
        depths: dict[str, int] = {}
        options = []
        for value in values:
            depths[value.option.value] = depths.get(value.option.parent, 0) + 1
            depth = max(1, depths[value.option.value] - 1) if value.option.parent else 1
            options.append(Option(value.option.value, _label(value.option), value.count, value.selected, min(depth, 3)))
        shown, more = _divide(options)
        yield {
            "name": name,
            "label": page.labels[name],
            "chosen": sum(value.selected for value in values),
            "open": any(value.selected for value in values),
            "options": filter_options(name, shown),
            "more": filter_options(name, more),
            "more_count": len(more),
        }


def _divide(options: list[Option]) -> tuple[list[Option], list[Option]]:
    """Show the first values and every chosen one; the others wait behind a button, in their own order."""
    if len(options) <= SHOWN_AT_ONCE + 2:
        return options, []
    shown = [option for place, option in enumerate(options) if place < SHOWN_AT_ONCE or option.selected]
    return shown, [option for option in options if option not in shown]


def _chips(page: SearchPage, address: ListAddress) -> Iterator[dict[str, str]]:
    for facet, value in address.selected:
        label = page.option_labels.get((facet, value), _("%(value)s (onbekend)") % {"value": value})
        yield {"facet": facet, "value": value, "label": label, "url": str(address.toggled(facet, value))}


def _sorts(page: SearchPage, address: ListAddress) -> list[tuple[str, str, bool]]:
    offered = [RELEVANCE, NEWEST, BY_NAME] if page.request.words else [NEWEST, BY_NAME]
    return [(SORT_LABELS[sort](), str(address.sorted(sort)), sort == page.request.sort) for sort in offered]


def _regions(page: SearchPage, address: ListAddress) -> list[MapRegion]:
    """Return the provinces and islands with their counts and the address that switches each on or off."""
    return [
        MapRegion(
            value=value.option.value,
            label=_label(value.option),
            position=value.option.position,
            count=value.count,
            selected=value.selected,
            url=str(address.toggled("regio", value.option.value)),
        )
        for value in page.facets.get("regio", [])
        if value.option.position is not None
    ]


def _page_links(page: SearchPage, address: ListAddress) -> list[dict[str, Any]]:
    """Return the pages around this one with the first and the last, and a gap where pages are skipped."""
    current, last = page.request.page, page.pages
    if last == 1:
        return []
    wanted = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    links: list[dict[str, Any]] = []
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number - before > 1:
            links.append({"gap": True})
        links.append({"number": number, "url": str(address.on_page(number)), "current": number == current})
    return links


def card_of(document: Document, page: SearchPage) -> Card:
    """Return the card of a document; with a search the words that were found are marked."""
    query = page.query
    text = document.summary
    title: str = document.title
    if query:
        title = marked(highlight(title, query))
        text = marked(highlight(snippet(text, query, SUMMARY_LENGTH), query))
    elif len(text) > SUMMARY_LENGTH:
        text = f"{text[:SUMMARY_LENGTH].rsplit(' ', 1)[0]} …"
    labels = page.option_labels
    status = document.card.get("status", "")
    status_label = labels.get(("status", status)) or document.card.get("status_label", "")
    facts = (
        (_("Regio"), _facts(document, "regio", labels)),
        (_("Sector"), _facts(document, "sector", labels)),
        (_("Functies"), _facts(document, "functie", labels)),
    )
    return Card(
        url=localised(document.url),
        title=title,
        kind=str(searchables()[document.kind].label).capitalize() if document.kind in searchables() else document.kind,
        badges=((status_label, TONES.get(status, "neutral")),) if status_label else (),
        text=text,
        facts=[(label, value) for label, value in facts if value],
    )


def _facts(document: Document, facet: str, labels: dict[tuple[str, str], str]) -> str:
    names = [labels.get((facet, value), value) for value in document.card.get(facet, [])]
    shown = ", ".join(names[:3])
    return f"{shown} +{len(names) - 3}" if len(names) > 3 else shown


def localised(url: str) -> str:
    """Return an address of the portal in the language of the page."""
    language = get_language()
    return url if language in (None, "nl") else f"/{language}{url}"
