"""The forms for taking part in a function (R49) and for whom an organisation reaches (R28)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import IncidentPhase
from partners.enums import ParticipationDegree
from partners.models import Constituency, Participation
from partners.models.profile import all_phases


class ParticipationForm(forms.Form):
    """To what degree and in which phases an organisation takes part in one function; it chooses itself."""

    degree = forms.ChoiceField(
        label=_("Hoe doet u mee?"),
        choices=[("", _("Niet meedoen")), *ParticipationDegree.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    phases = forms.MultipleChoiceField(
        label=_("In welke fasen?"), choices=IncidentPhase.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, participation: Participation | None = None) -> None:
        initial = {
            "degree": participation.degree if participation else "",
            "phases": participation.phases if participation else all_phases(),
        }
        super().__init__(data, initial=initial)


class ConstituencyForm(forms.ModelForm):
    """Whom an organisation reaches, how many, and how we know."""

    class Meta:
        model = Constituency
        fields = ["description", "size", "is_estimate", "source", "as_of"]
        labels = {
            "description": _("Wie bereikt u?"),
            "size": _("Hoeveel organisaties zijn dat?"),
            "is_estimate": _("Dit aantal is een schatting"),
            "source": _("Hoe weet u dat?"),
            "as_of": _("Op welke dag gold dit aantal?"),
        }
        help_texts = {
            "description": _("Bijvoorbeeld: huisartsen in Zeeland. Noem geen namen van leden."),
            "source": _("Bijvoorbeeld: onze ledenlijst. Nodig als u een aantal invult."),
        }
        widgets = {"as_of": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
