"""A made-up page of results for the style guide, which the real overview then shows.

Its content is the shortest, the usual and the worst that a list has to hold.
"""

import json
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp, Urgency
from cwn.core.searchable import Facet, FacetOption, badge
from cwn.portal.addresses import ListAddress
from cwn.portal.overview import overview
from cwn.search.index import RELEVANCE
from cwn.search.journal import Vocabulary
from cwn.search.queries import SearchPage, SearchRequest
from cwn.search.results import Result
from cwn.search.text.query import parse_query
from cwn.search.text.spelling import Outcome
from cwn.search.text.synonyms import Synonyms
from partners.enums import InitiativeStatus, PartnerStatus

#: Dutch writes such words as one; no component may burst from it.
LONG_WORD = "Cybersecuritysamenwerkingsverbandencoördinatiestructuuroverleg"

#: Value, label, value above it, and row and column on the map.
REGIONS = (
    FacetOption("koninkrijk", "Koninkrijk"),
    FacetOption("nederland", "Nederland", parent="koninkrijk"),
    FacetOption("zeeland", "Zeeland", parent="nederland", position=(4, 1)),
    FacetOption("veiligheidsregio-zeeland", "Veiligheidsregio Zeeland", parent="zeeland"),
    FacetOption("friesland", "Fryslân", parent="nederland", position=(1, 3)),
    FacetOption("groningen", "Groningen", parent="nederland", position=(1, 4)),
    FacetOption("noord-holland", "Noord-Holland", parent="nederland", position=(2, 2)),
    FacetOption("flevoland", "Flevoland", parent="nederland", position=(2, 3)),
    FacetOption("drenthe", "Drenthe", parent="nederland", position=(2, 4)),
    FacetOption("zuid-holland", "Zuid-Holland", parent="nederland", position=(3, 1)),
    FacetOption("utrecht", "Utrecht", parent="nederland", position=(3, 2)),
    FacetOption("gelderland", "Gelderland", parent="nederland", position=(3, 3)),
    FacetOption("overijssel", "Overijssel", parent="nederland", position=(3, 4)),
    FacetOption("noord-brabant", "Noord-Brabant", parent="nederland", position=(4, 2)),
    FacetOption("limburg", "Limburg", parent="nederland", position=(4, 3)),
    FacetOption("saba", "Saba", parent="nederland", position=(6, 1)),
    FacetOption("sint-eustatius", "Sint Eustatius", parent="nederland", position=(6, 2)),
    FacetOption("bonaire", "Bonaire", parent="nederland", position=(7, 3)),
    FacetOption("sint-maarten", "Sint Maarten", parent="koninkrijk", position=(6, 3)),
    FacetOption("aruba", "Aruba", parent="koninkrijk", position=(7, 1)),
    FacetOption("curacao", "Curaçao", parent="koninkrijk", position=(7, 2)),
)
SECTORS = (FacetOption("zorg", "Zorg"), FacetOption("lang", LONG_WORD), FacetOption("ruimtevaart", "Ruimte"))
FUNCTIONS = (FacetOption("informatiedeling", "Informatiedeling"),)
#: What is not here finds nothing and is shown muted.
COUNTS = {
    "regio": {"koninkrijk": 230, "nederland": 131, "zeeland": 3, "zuid-holland": 28, "aruba": 4, "curacao": 5},
    "sector": {"zorg": 12, "lang": 8},
    "functie": {"informatiedeling": 48},
}


def sample_overview() -> dict[str, Any]:
    """Return what the template of the list needs; a sample is no list, so it has no forms as data."""
    page = sample_page()
    shown = overview(page, ListAddress.of(reverse("styleguide"), page.request))
    return {**shown, "formats": [(form, "#resultaten") for form, _url in shown["formats"]]}


def sample_page() -> SearchPage:
    """Return the fourth of ten pages, with words and filters chosen."""
    return SearchPage(
        request=SearchRequest(
            words="oefening", selected={"regio": ("zeeland", "saba"), "sector": ("lang",)}, sort=RELEVANCE, page=4
        ),
        count=230,
        documents=_documents(),
        counts=COUNTS,
        vocabulary=_vocabulary(),
        language="en" if get_language() == "en" else "nl",
        off_map=4,
        outcome=Outcome(parse_query("oefening"), ()),
        version=0,
    )


@cache
def _vocabulary() -> Vocabulary:
    """Make the filters once: what the overview keeps is kept per vocabulary."""
    known = {
        "regio": Facet("regio", _("Regio"), lambda: REGIONS),
        "sector": Facet("sector", _("Sector"), lambda: SECTORS),
        "functie": Facet("functie", _("Functie"), lambda: FUNCTIONS),
    }
    options = {name: {option.value: option for option in facet.options()} for name, facet in known.items()}
    labels = {(name, option.value): option.label for name, values in options.items() for option in values.values()}
    return Vocabulary(known, options, Synonyms(), {"nl": labels, "en": labels}, ())


def _documents() -> list[Result]:
    """Return the usual card, one with a found word, and one with the longest words."""
    long_badge = {"nl": LONG_WORD, "en": LONG_WORD, "tone": "danger"}
    return [
        _result(
            "organisation",
            "ISAC Zeehavens",
            "Havenbedrijven en nautische diensten delen hier dreigingen die de scheepvaart raken.",
            badge=badge(PartnerStatus.PARTNER),
            regio=["zeeland", "zuid-holland"],
            functie=["informatiedeling"],
        ),
        _result(
            "initiative",
            "Oefenronde Laag Water",
            "Jaarlijkse oefening voor waterschappen en drinkwaterbedrijven.",
            badge=badge(InitiativeStatus.LINKED),
            regio=["koninkrijk", "nederland", "aruba", "curacao"],
        ),
        _result("organisation", LONG_WORD, f"{LONG_WORD}. " * 2, badge=long_badge, sector=["lang"]),
        _result("question", "Wat is een oefening?", ""),
        _result(
            "publication",
            "Oefening Laag Water: bel uw leverancier vandaag",
            "Tijdens de oefening bleek dat niemand het nummer van de leverancier had.",
            badge=badge(Urgency.IMMEDIATE),
            tlp=Tlp.AMBER_STRICT.value,
            owner=LONG_WORD,
            corrected=True,
            functie=["informatiedeling"],
        ),
    ]


def _result(kind: str, title: str, summary: str, **card: Any) -> Result:
    here = "/stijlgids/"  # as documents have it: without a language
    return Result(0, kind, 0, "nl", title, summary, here, date(2026, 11, 2), "", json.dumps(card))
