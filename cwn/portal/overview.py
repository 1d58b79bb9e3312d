"""What the overview shows: from a page of the search to the parts of the list page."""

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comms.enums import Tlp
from cwn.core.fragments import Card, WrittenCard, marked, page_links
from cwn.core.searchable import SUMMARY_LENGTH, searchables
from cwn.portal.addresses import ListAddress, localised
from cwn.portal.filters import filters, shown_map
from cwn.search.index import BY_NAME, NEWEST, RELEVANCE
from cwn.search.journal import Vocabulary
from cwn.search.queries import KIND_FACET, SearchPage
from cwn.search.results import Result
from cwn.search.text.highlight import Highlighter

SORT_LABELS = {RELEVANCE: lambda: _("Relevantie"), NEWEST: lambda: _("Nieuwste"), BY_NAME: lambda: _("Naam")}
#: The kind of page on which nothing has an urgency; elsewhere what is urgent counts as some days newer (R78).
WITHOUT_URGENCY = ("organisation", "initiative")


def overview(page: SearchPage, address: ListAddress) -> dict[str, Any]:
    """Return what the template of the list needs."""
    drawing, tiles = shown_map(page, address)
    return {
        "page": page,
        "address": address,
        "count_label": ngettext("%(n)d resultaat", "%(n)d resultaten", page.count) % {"n": page.count},
        "filter_groups": filters(page),
        "chosen": len(address.selected),
        "chips": list(_chips(page, address)),
        "unknown": [value for values in page.request.unknown.values() for value in values],
        "clear_url": str(address.cleared()),
        "sorts": _sorts(page, address),
        "cards": SafeString("".join(_cards(page))),
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


def _chips(page: SearchPage, address: ListAddress) -> Iterator[dict[str, str]]:
    for facet, value in address.selected:
        label = page.option_labels.get((facet, value), _("%(value)s (onbekend)") % {"value": value})
        yield {"facet": facet, "value": value, "label": label, "url": str(address.toggled(facet, value))}


def _sorts(page: SearchPage, address: ListAddress) -> list[tuple[str, str, bool]]:
    offered = [RELEVANCE, NEWEST, BY_NAME] if page.request.words else [NEWEST, BY_NAME]
    labels = {sort: SORT_LABELS[sort]() for sort in offered}
    if page.request.kind not in WITHOUT_URGENCY:
        labels[NEWEST] = _("Dringend en nieuw eerst")
    return [(label, str(address.sorted(sort)), sort == page.request.sort) for sort, label in labels.items()]


def _page_links(page: SearchPage, address: ListAddress) -> SafeString | None:
    """Return links to the first and the last page and those around this one, if there is more than one."""
    current, last = page.request.page, page.pages
    if last == 1:
        return None
    wanted = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    return page_links([(number, str(address.on_page(number))) for number in wanted], current, _("Pagina"))


def _cards(page: SearchPage) -> Iterator[str]:
    """Yield the cards; with a search the words that were found are marked."""
    if not page.query:
        return (_card(result, page.vocabulary, page.language).html() for result in page.documents)
    highlighter = Highlighter(page.query)
    return (
        _card(result, page.vocabulary, page.language).html(
            marked(highlighter.highlight(result.title)),
            marked(highlighter.highlight(highlighter.snippet(result.summary, SUMMARY_LENGTH))),
        )
        for result in page.documents
    )


@lru_cache(maxsize=2_048)
def _card(result: Result, vocabulary: Vocabulary, language: str) -> WrittenCard:
    """Write the card of a row once; the whole row is the key, so no card is ever older than its row."""
    card, labels, text = json.loads(result.card), vocabulary.labels[language], result.summary
    if len(text) > SUMMARY_LENGTH:
        text = f"{text[:SUMMARY_LENGTH].rsplit(' ', 1)[0]} …"
    badge, kinds, facts = card.get("badge"), *_card_words(language)
    shown = [(label, value) for facet, label in facts.items() if (value := _facts(card, facet, labels))]
    return WrittenCard(
        Card(
            url=localised(result.url),
            title=result.title,
            kind=labels.get((KIND_FACET, card.get("soort", "")), kinds.get(result.kind, result.kind)),
            badges=((badge[language], badge["tone"]),) if badge else (),
            text=text,
            facts=[*_sender_and_day(result, card, language), *shown],
            tlp=Tlp(card["tlp"]).label if "tlp" in card else "",
            language=result.language if result.language != language else "",
        )
    )


def _sender_and_day(result: Result, card: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Return who shared a publication and when it was published or last corrected; of an event when it is."""
    if "owner" not in card:
        return []
    sender, published, corrected, takes_place = _sender_words(language)
    if result.kind == "event":
        return [(sender, card["owner"]), (takes_place, _day(result.date, language))]
    return [(sender, card["owner"]), (corrected if card["corrected"] else published, _day(result.date, language))]


@lru_cache(maxsize=8)
def _sender_words(language: str) -> tuple[str, str, str, str]:
    return _("Van"), _("Gepubliceerd"), _("Gecorrigeerd"), _("Wanneer")


@lru_cache(maxsize=1_024)
def _day(day: date, language: str) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))


@lru_cache(maxsize=8)
def _card_words(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the kinds are called, and what the facts of a card are called."""
    kinds = {kind: str(searchable.label).capitalize() for kind, searchable in searchables().items()}
    return kinds, {"regio": _("Regio"), "sector": _("Sector"), "functie": _("Functies")}


def _facts(card: dict[str, Any], facet: str, labels: dict[tuple[str, str], str]) -> str:
    names = [labels.get((facet, value), value) for value in card.get(facet, [])]
    shown = ", ".join(names[:3])
    return f"{shown} +{len(names) - 3}" if len(names) > 3 else shown
