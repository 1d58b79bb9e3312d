"""What is new for an organisation: publications about its functions and domains, and why they are shown (R12)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from comms.enums import Tlp
from cwn.portal.addresses import localised
from cwn.portal.saved_searches.questions import Labels, labels_of_filters
from cwn.search.queries import find_all
from cwn.search.results import Result, fetch
from partners.models import Organisation

#: Publications on the personal page.
MOST_NEWS = 6
#: Facet to the domain of an organisation that stands in it.
DOMAINS = {"sector": "sectors", "branche": "branches", "regio": "regions"}
FUNCTION_FACET = "functie"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A publication as the personal page shows it."""

    title: str
    url: str
    date: date
    label: Tlp
    owner: str
    urgency: tuple[str, str] | None
    """Of something urgent: the words and how loud they are."""
    reasons: list[str]
    """What the publication and the organisation have in common, in words."""


def news_for(user: Any, organisations: Iterable[Organisation]) -> list[NewsItem]:
    """Return the newest publications that fit the reader's organisations, the urgent ones first.

    Whoever belongs to none gets the newest of all. A publication fits when one function, sector, branch or region
    is the same; a region includes what lies below it.
    """
    own = {(facet, value) for organisation in organisations for facet, value in _words(organisation)}
    ids = find_all(QueryDict(), user=user, kind="publication")
    if own:
        fitting = {pk for facet in {facet for facet, _value in own} for pk in _about(facet, own, user)}
        ids = [pk for pk in ids if pk in fitting]
    labels = labels_of_filters()
    return [_item(result, own, labels) for result in fetch(ids[:MOST_NEWS], user=user)]


def _words(organisation: Organisation) -> Iterable[tuple[str, str]]:
    for participation in organisation.agreements:  # type: ignore[attr-defined]  # fetched by `own_organisations`
        yield FUNCTION_FACET, participation.function
    for facet, field in DOMAINS.items():
        yield from ((facet, domain.slug) for domain in getattr(organisation, field).all())


def _about(facet: str, own: set[tuple[str, str]], user: Any) -> list[int]:
    question = QueryDict(mutable=True)
    question.setlist(facet, [value for one, value in own if one == facet])
    return find_all(question, user=user, kind="publication", synchronised=True)


def _item(result: Result, own: set[tuple[str, str]], labels: Labels) -> NewsItem:
    card, language = json.loads(result.card), get_language() or "nl"
    badge = card.get("badge")
    shared = own & {(facet, value) for facet, _colon, value in (word.partition(":") for word in result.facets.split())}
    return NewsItem(
        title=result.title,
        url=localised(result.url),
        date=result.date,
        label=Tlp(card["tlp"]),
        owner=card["owner"],
        urgency=(badge.get(language, badge["nl"]), badge["tone"]) if badge else None,
        reasons=sorted(labels.get(word, word[1]) for word in shared),
    )
