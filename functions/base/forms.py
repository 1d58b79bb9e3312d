"""The questions of the check "past u bij het CWN?", and the forms with which coordinators change a phase."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from functions.base.enums import RAISED
from functions.base.models import FunctionCondition
from partners.models import Region, Sector

YES, NO = "ja", "nee"


class FitForm(forms.Form):
    """One yes or no per question; a question may stay open, and what is no answer counts as open."""

    use_required_attribute = False

    def __init__(self, questions: Iterable[FunctionCondition], data: Mapping[str, str]) -> None:
        questions = list(questions)
        self.answers = {
            question.key: data[question.key] == YES for question in questions if data.get(question.key) in (YES, NO)
        }
        super().__init__(initial={key: YES if answer else NO for key, answer in self.answers.items()})
        for question in questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text("question"),
                choices=[(YES, _("Ja")), (NO, _("Nee"))],
                widget=forms.RadioSelect,
            )

    @property
    def query(self) -> dict[str, str]:
        """The answers as they stand in an address."""
        return {key: YES if answer else NO for key, answer in self.answers.items()}


class PhaseForm(forms.Form):
    """To which phase, for which part of the network, and why (R45)."""

    phase = forms.ChoiceField(
        label=_("Naar welke fase?"),
        choices=[(phase.value, phase.label) for phase in RAISED],
        widget=forms.RadioSelect,
    )
    sector = forms.ModelChoiceField(
        Sector.objects.all(), label=_("Voor welke sector?"), required=False, empty_label=_("Alle sectoren")
    )
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label=_("Voor welke regio?"),
        required=False,
        empty_label=_("Alle regio's"),
        help_text=_("Een regio telt met alles wat erin ligt."),
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wie de melding ziet, leest deze reden. Schrijf dus niets vertrouwelijks op."),
    )


class LowerForm(forms.Form):
    """Why a phase is lowered."""

    reason = forms.CharField(
        label=_("Waarom verlaagt u de fase?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
