"""The forms of core messages, target groups, talks and the working group (R85, R100, R102, R105)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.forms.fields import TextField
from comms.models import Audience
from comms.planning.actions.working_group import SESSION_COLUMNS
from comms.planning.enums import SeatRole
from comms.planning.forms.campaigns import day_box
from comms.planning.models import AudienceAnalysis, Talk, WorkingGroupSeat, WorkingGroupSession
from cwn.accounts.models import User
from partners.models import Membership, Organisation


class SuggestionForm(forms.Form):
    """A sentence for the whole network."""

    text = forms.CharField(label=gettext_lazy("Kernboodschap"), max_length=300)
    text_en = forms.CharField(label=gettext_lazy("Dezelfde zin in het Engels"), max_length=300, required=False)
    proof = TextField(
        label=gettext_lazy("Waarmee laten we zien dat dit klopt?"), max_length=1000, required=False
    )  # fmt: skip
    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.all(),
        label=gettext_lazy("Voor welke doelgroepen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kiest u niets? Dan is de boodschap voor iedereen."),
    )


class DecisionForm(forms.Form):
    """Adopt or retire, and why."""

    decision = forms.ChoiceField(label=gettext_lazy("Besluit"), widget=forms.RadioSelect)
    reason = TextField(label=gettext_lazy("Waarom?"), max_length=300)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


class AnalysisForm(forms.ModelForm):
    """What is known of a target group now."""

    class Meta:
        model = AudienceAnalysis
        fields = ["made_on", "who", "needs", "ways", "baseline"]
        widgets = {"made_on": day_box()}
        help_texts = {"baseline": gettext_lazy("Bijvoorbeeld: 31% kent het netwerk (peiling maart 2026).")}

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes and checks it."""


class TalkForm(forms.ModelForm):
    """A talk and its next step."""

    class Meta:
        model = Talk
        fields = ["organisation", "on", "with_whom", "summary", "next_step", "next_step_on"]
        widgets = {"on": day_box(), "next_step_on": day_box()}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Organisation.objects.visible_to(by).order_by("name")
        self.fields["organisation"].queryset = known  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes and checks it."""


class SeatForm(forms.Form):
    """Who sits in the working group, for which partner."""

    membership = forms.ModelChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Wie, en van welke partner?"),
        help_text=gettext_lazy("Alleen leden van netwerkpartners. Partners dragen hun mensen zelf voor."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    since = forms.DateField(label=gettext_lazy("Sinds"), widget=day_box())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = WorkingGroupSeat.objects.filter(until=None).values("user")
        current = Membership.objects.current().of_active_partners().exclude(user__in=seated)
        current = current.filter(user__is_active=True).select_related("user", "organisation")
        self.fields["membership"].queryset = current.order_by("organisation__name", "user__name")  # type: ignore[attr-defined]
        self.fields["membership"].label_from_instance = lambda row: f"{row.user} ({row.organisation})"  # type: ignore[attr-defined]
        self.initial.setdefault("since", timezone.localdate())


class SessionForm(forms.ModelForm):
    """A session: when, where, what is on the agenda and what was said."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    agenda = TextField(label=gettext_lazy("Agenda"), max_length=4000, required=False)
    minutes = TextField(
        label=gettext_lazy("Verslag"),
        max_length=20_000,
        required=False,
        help_text=gettext_lazy("Begin een kop met ##, een lijst met - of 1."),
    )

    class Meta:
        model = WorkingGroupSession
        fields = [*SESSION_COLUMNS]
        widgets = {
            name: forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("starts_at", "ends_at")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["minutes"]
        self.initial["edit_version"] = self.instance.edit_version

    @property
    def seen_version(self) -> int:
        """The version that the writer saw."""
        return self.cleaned_data.get("edit_version") or 0

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning at its own box."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            raise ValidationError({"ends_at": _("Het einde ligt voor het begin.")})
        return cleaned

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes and checks it."""


class ActionItemForm(forms.Form):
    """Who does what before when."""

    what = forms.CharField(label=gettext_lazy("Wat is afgesproken?"), max_length=300)
    who = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Wie doet het?"))
    due_on = forms.DateField(label=gettext_lazy("Voor welke dag?"), widget=day_box())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = WorkingGroupSeat.objects.filter(until=None).values("user")
        self.fields["who"].queryset = User.objects.filter(pk__in=seated, is_active=True).order_by("name")  # type: ignore[attr-defined]
