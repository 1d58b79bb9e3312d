"""The style guide: every building block of the portal in every state, with made-up words.

Tests of accessibility, overflow and look run on this page, so each component stands here with its
shortest, its usual and its worst content.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from cwn.portal.styleguide_list import LONG_WORD, sample_overview
from cwn.portal.styleguide_sheet import sample_sheet


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
    """Show every component; public, because partners build with it too."""
    context = {
        "long_word": LONG_WORD,
        "empty_form": ExampleForm(prefix="leeg"),
        "refused_form": ExampleForm({"fout-name": "Gemeente Zeewijk", "fout-email": "geen adres"}, prefix="fout"),
        **sample_overview(),
        "labels": [(label.label, label.meaning) for label in Tlp],
        "sheet": sample_sheet(),
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
