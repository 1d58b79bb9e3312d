"""Forms of the year plan: moments, milestones, their celebration, the ambition and the phases (R88, R89, R109)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.planning.enums import ActivityStatus
from comms.planning.models import KeyMoment, Milestone
from cwn.core.enums import CwnFunction
from partners.models import Organisation


def day_widget() -> forms.DateInput:
    """Return a box for a day that every browser understands."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class MomentForm(forms.ModelForm):
    """A key moment."""

    class Meta:
        model = KeyMoment
        fields = ("title", "starts_on", "ends_on", "function", "description", "readers")
        widgets = {"starts_on": day_widget(), "ends_on": day_widget(), "description": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = [("", _("Het hele netwerk")), *CwnFunction.choices]  # type: ignore[attr-defined]


class MilestoneForm(forms.ModelForm):
    """A milestone of a function."""

    class Meta:
        model = Milestone
        fields = ("title", "function", "due_on", "description", "readers")
        widgets = {"due_on": day_widget(), "description": forms.Textarea({"rows": 3})}


class ReachForm(forms.Form):
    """On which day a milestone was reached, and for which organisation the celebration is written."""

    on = forms.DateField(label=_("Op welke dag is de mijlpaal bereikt?"), widget=day_widget())
    owner: Any = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Namens welke organisatie maakt u het bericht?"),
        required=False,
        empty_label=None,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.of(user).order_by("name")
        self.fields["on"].initial = timezone.localdate()
        if own:
            self.fields["owner"].queryset = own  # type: ignore[attr-defined]
            self.fields["owner"].initial = own[0]
            self.fields["owner"].required = True
        else:
            del self.fields["owner"]


class AcceptCelebrationForm(forms.Form):
    """The line for the timeline, as readers will see it."""

    timeline_text = forms.CharField(
        label=_("Regel voor de tijdlijn"),
        max_length=300,
        help_text=_("Eén zin over wat er is bereikt en wie eraan meewerkten."),
    )


class DeclineCelebrationForm(forms.Form):
    """Why a milestone is not celebrated."""

    reason = forms.CharField(label=_("Waarom niet?"), max_length=300, widget=forms.Textarea({"rows": 2}))


class AmbitionForm(forms.Form):
    """What the network wants to reach in a year."""

    ambition = forms.CharField(
        label=_("Wat willen wij dit jaar bereiken?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        required=False,
    )


class ActivityForm(forms.Form):
    """How far an activity of a phase is."""

    status = forms.ChoiceField(label=_("Stand"), choices=ActivityStatus.choices)
    note = forms.CharField(label=_("Toelichting"), max_length=300, required=False)


class AcceptFindingForm(forms.Form):
    """Why a finding of the calendar may stay."""

    reason = forms.CharField(label=_("Waarom mag dit zo blijven?"), max_length=300)


class ConfirmForm(forms.Form):
    """A yes, and nothing else."""
