"""The style guide: every building block of the portal in every state, with made-up words.

Tests of accessibility, overflow and look run on this page, so each component stands here with its
shortest, its usual and its worst content.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from cwn.core.graphics import MapRegion

#: Dutch writes such words as one; no component may burst from it.
LONG_WORD = "Cybersecuritysamenwerkingsverbandencoördinatiestructuuroverleg"

REGIONS = (
    ("friesland", "Fryslân", (1, 3), 4),
    ("groningen", "Groningen", (1, 4), 7),
    ("noord-holland", "Noord-Holland", (2, 2), 31),
    ("flevoland", "Flevoland", (2, 3), 2),
    ("drenthe", "Drenthe", (2, 4), 3),
    ("zuid-holland", "Zuid-Holland", (3, 1), 28),
    ("utrecht", "Utrecht", (3, 2), 17),
    ("gelderland", "Gelderland", (3, 3), 12),
    ("overijssel", "Overijssel", (3, 4), 9),
    ("zeeland", "Zeeland", (4, 1), 3),
    ("noord-brabant", "Noord-Brabant", (4, 2), 14),
    ("limburg", "Limburg", (4, 3), 6),
    ("saba", "Saba", (6, 1), 1),
    ("sint-eustatius", "Sint Eustatius", (6, 2), 0),
    ("sint-maarten", "Sint Maarten", (6, 3), 2),
    ("aruba", "Aruba", (7, 1), 4),
    ("curacao", "Curaçao", (7, 2), 5),
    ("bonaire", "Bonaire", (7, 3), 0),
)


class ExampleForm(forms.Form):
    """One field of each sort, shown empty, filled and refused."""

    name = forms.CharField(label=_("Naam van de organisatie"), max_length=80)
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Wij sturen naar dit adres een mail om te bevestigen."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    region = forms.ChoiceField(label=_("Regio"), choices=[("", "–"), ("zeeland", "Zeeland"), ("saba", "Saba")])
    since = forms.DateField(label=_("Sinds"), required=False, widget=forms.DateInput({"type": "date"}))
    functions = forms.MultipleChoiceField(
        label=_("Aan welke functies wilt u meedoen?"),
        help_text=_("U mag er meer kiezen."),
        choices=[("a", _("Informatiedeling")), ("b", _("Incidentafhandeling")), ("c", LONG_WORD)],
        widget=forms.CheckboxSelectMultiple,
    )
    degree = forms.ChoiceField(
        label=_("Hoe wilt u meedoen?"),
        choices=[("follow", _("Volgen")), ("contribute", _("Bijdragen"))],
        widget=forms.RadioSelect,
        required=False,
    )
    remark = forms.CharField(label=_("Toelichting"), required=False, widget=forms.Textarea({"rows": 3}))
    agree = forms.BooleanField(label=_("Ik mag dit namens mijn organisatie aanvragen"))


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component (issue part E); public, because partners build with it too."""
    context = {
        "long_word": LONG_WORD,
        "empty_form": ExampleForm(prefix="leeg"),
        "refused_form": ExampleForm({"fout-name": "Gemeente Zeewijk", "fout-email": "geen adres"}, prefix="fout"),
        "regions": [_region(*region) for region in REGIONS],
        "facets": facets(),
        "chips": [
            {"facet": "regio", "value": "zeeland", "label": _("Regio: Zeeland"), "url": "?regio=zorg"},
            {"facet": "sector", "value": "zorg", "label": f"Sector: {LONG_WORD}", "url": "?regio=zeeland"},
        ],
        "results": results(),
        "page": Paginator(range(230), 10).page(4),
        "relations": [
            {"label": _("lid van"), "name": "ISAC Zeehavens", "url": "#relaties"},
            {"label": _("bedient"), "name": "Gemeente Zeewijk", "url": "#relaties"},
            {"label": _("levert aan"), "name": LONG_WORD, "url": ""},
            {"label": _("overlapt met"), "name": "Weerbaar Delta", "url": "#relaties"},
            {"label": _("lid van"), "name": "Koepel Maritiem", "url": "#relaties"},
        ],
        "step_labels": [_("Uw organisatie"), _("Past u bij het netwerk?"), _("Contactpersonen"), LONG_WORD],
        "tab_items": [("Profiel", "#profiel"), ("Contactpersonen", "#tabbladen"), (LONG_WORD, "#lang")],
    }
    return render(request, "portal/styleguide.html", context)


def _region(value: str, label: str, position: tuple[int, int], count: int) -> MapRegion:
    return MapRegion(value, label, position, count, value in ("zeeland", "saba"), f"?regio={value}")


def facets() -> list[dict[str, Any]]:
    """Return filter groups: open with a tree, closed with chosen values, and one with too many values."""
    return [
        {
            "name": "regio",
            "label": _("Regio"),
            "open": True,
            "chosen": 1,
            "options": [
                _option("nederland", "Nederland", 131),
                _option("zeeland", "Zeeland", 3, depth=2, selected=True),
                _option("veiligheidsregio-zeeland", "Veiligheidsregio Zeeland", 1, depth=3),
                _option("bonaire", "Bonaire", 0, depth=2),
                _option("aruba", "Aruba", 4),
            ],
            "more": [_option("curacao", "Curaçao", 5), _option("sint-maarten", "Sint Maarten", 2)],
        },
        {
            "name": "sector",
            "label": _("Sector"),
            "open": True,
            "chosen": 0,
            "options": [
                _option("zorg", "Zorg", 12),
                _option("lang", LONG_WORD, 8),
                _option("ruimtevaart", "Ruimte", 0),
            ],
            "more": [],
        },
        {
            "name": "functie",
            "label": _("Functie"),
            "open": False,
            "chosen": 2,
            "options": [_option("informatiedeling", "Informatiedeling", 48, selected=True)],
            "more": [],
        },
    ]


def _option(value: str, label: str, count: int, depth: int = 1, selected: bool = False) -> dict[str, Any]:
    return {"value": value, "label": label, "count": count, "depth": depth, "selected": selected}


def results() -> list[dict[str, Any]]:
    """Return result cards: the usual one, one with a found word marked, and one with the longest words."""
    return [
        {
            "title": "ISAC Zeehavens",
            "url": "#kaarten",
            "kind": _("Organisatie"),
            "badges": [(_("Partner"), "success")],
            "date": date(2026, 11, 2),
            "text": "Havenbedrijven en nautische diensten delen hier dreigingen die de scheepvaart raken.",
            "facts": [
                (_("Regio"), "Zeeland, Zuid-Holland"),
                (_("Sector"), "Vervoer over water"),
                (_("Functies"), "Informatiedeling, Incidentafhandeling"),
            ],
        },
        {
            "title": "Oefenronde Laag Water",
            "url": "#kaarten",
            "kind": _("Initiatief"),
            "badges": [(_("Geraadpleegd"), "neutral"), (_("Concept"), "warning")],
            "date": None,
            # The search marks hits in text that it has escaped itself.
            "text": mark_safe("Jaarlijkse <mark>oefening</mark> voor waterschappen en drinkwaterbedrijven."),
            "facts": [(_("Regio"), "Koninkrijk"), (_("Samenwerking"), "Publiek-privaat (PPS)")],
        },
        {
            "title": LONG_WORD,
            "url": "#kaarten",
            "kind": _("Organisatie"),
            "badges": [(_("Geschorst"), "danger"), (LONG_WORD, "info")],
            "date": date(2026, 1, 31),
            "text": f"{LONG_WORD}. " * 2,
            "facts": [(_("Sector"), LONG_WORD)],
        },
    ]
