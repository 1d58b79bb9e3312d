"""The forms of campaigns: the plan, its steps, its material and results, and the fast lane (R97, R112)."""

from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.actions.steps import is_coordinator
from comms.enums import PublicationKind, Tlp
from comms.forms.fields import TextField
from comms.forms.publication import LabelSelect, PublicationForm
from comms.models import Audience, Publication
from comms.planning.actions.campaigns import COLUMNS, LINKS
from comms.planning.enums import CoreMessageStatus
from comms.planning.models import Campaign, CampaignAsset, CampaignResult, Channel, CoreMessage
from comms.planning.models.calendar import OPEN_LABELS
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, WORKING_GROUP
from cwn.core.enums import CwnFunction
from partners.models import Organisation

#: Publications that can be chosen as material; the newest ones.
MOST_OFFERED = 100


def day_box() -> forms.DateInput:
    """Return a box for a day."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def owners_for(user: Any) -> Any:
    """Return for whom somebody can plan: the own organisations, and for coordinators every partner."""
    if is_coordinator(user):
        return Organisation.objects.visible_to(user).partners().order_by("name")
    return Organisation.objects.of(user).order_by("name")


class CampaignForm(forms.ModelForm):
    """The plan of a campaign; sets of links travel with what the page showed, so that two editors lose nothing."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    goal = TextField(
        label=gettext_lazy("Doel"), max_length=1000, help_text=gettext_lazy("Wat is er na de campagne anders?")
    )
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Functies"),
        choices=CwnFunction.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Campaign
        fields = ["name", "goal", "owner", "lead", "starts_on", "ends_on", "functions", *LINKS]
        widgets = {
            "starts_on": day_box(),
            "ends_on": day_box(),
            **{link: forms.CheckboxSelectMultiple() for link in LINKS},
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "owner": owners_for(by),
            "lead": User.objects.filter(is_active=True, groups__name__in=[WORKING_GROUP.slug, COORDINATOR.slug])
            .distinct()
            .order_by("name"),
            "channels": Channel.objects.visible_to(by).filter(is_active=True).select_related("organisation"),
            "core_messages": CoreMessage.objects.exclude(status=CoreMessageStatus.RETIRED),
        }
        if self.instance.pk:  # what stands there already can always stay
            offered["owner"] = offered["owner"] | Organisation.objects.filter(pk=self.instance.owner_id)
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        del self.fields["partners"]  # each partner joins by itself (R106)
        for link in self.links:
            self.fields[link].show_hidden_initial = True
        self.initial["edit_version"] = self.instance.edit_version

    @property
    def links(self) -> list[str]:
        """The sets of links that this form shows."""
        return [link for link in LINKS if link in self.fields]

    @property
    def seen_version(self) -> int:
        """The version that the writer saw."""
        return self.cleaned_data.get("edit_version") or 0

    def values(self) -> dict[str, Any]:
        """Return the columns as they would be stored."""
        return {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data}

    def chosen_links(self) -> dict[str, tuple[Any, Any]]:
        """Return per set what was chosen and what the page showed."""
        shown = {link: _keys(self.data.getlist(f"initial-{link}")) for link in self.links}  # type: ignore[attr-defined]
        return {link: ([row.pk for row in self.cleaned_data[link]], shown[link]) for link in self.links}

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes what belongs to this editor only, and checks it."""


def _keys(typed: list[str]) -> set[int]:
    return {int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < 12}


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label=gettext_lazy("Waarom?"), max_length=300)


class EvaluationForm(forms.Form):
    """What was learned."""

    evaluation = TextField(
        label=gettext_lazy("Wat hebben wij geleerd?"),
        max_length=4000,
        help_text=gettext_lazy("Wat werkte, wat niet, en wat doen wij de volgende keer anders?"),
    )


class CopyForm(forms.Form):
    """How the new campaign is called and when it begins."""

    name = forms.CharField(label=gettext_lazy("Naam van de nieuwe campagne"), max_length=120)
    starts_on = forms.DateField(label=gettext_lazy("Begint op"), widget=day_box())


class AssetForm(forms.ModelForm):
    """A publication or a page elsewhere."""

    url = forms.URLField(
        label=gettext_lazy("Adres"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Vul dit in als het geen publicatie op dit portaal is."),
    )

    class Meta:
        model = CampaignAsset
        fields = ["title", "publication", "url"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readable = Publication.objects.visible_to(by).filter(tlp__in=OPEN_LABELS).order_by("-created_at", "-pk")
        newest = list(readable.values_list("pk", flat=True)[:MOST_OFFERED])
        self.fields["publication"].queryset = readable.filter(pk__in=newest)  # type: ignore[attr-defined]


class ResultForm(forms.ModelForm):
    """What was counted, when, and how we know."""

    class Meta:
        model = CampaignResult
        fields = ["what", "value", "unit", "goal_value", "counted_on", "source"]
        widgets = {"counted_on": day_box()}
        help_texts = {"source": gettext_lazy("Bijvoorbeeld: webstatistiek van de partner.")}


class TopicalForm(forms.Form):
    """Something that happens now: one form for campaign, calendar and draft, with the same cover sheet (R112)."""

    owner = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Uw organisatie"), empty_label=None)
    title = forms.CharField(label=gettext_lazy("Waar gaat het over?"), max_length=120)
    goal = TextField(label=gettext_lazy("Wat willen wij bereiken?"), max_length=1000)
    starts_on = forms.DateField(label=gettext_lazy("Eerste dag"), widget=day_box())
    ends_on = forms.DateField(label=gettext_lazy("Laatste dag"), widget=day_box())
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(),
        label=gettext_lazy("Kanalen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat wordt het?"), choices=PublicationKind.choices, initial=PublicationKind.NEWS
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("Wie mag dit lezen?"),
        choices=[(label.value, label.label) for label in OPEN_LABELS],
        widget=LabelSelect,
        help_text=gettext_lazy("Strengere labels horen niet in een campagne. Begin dan bij de redactie."),
        error_messages={"required": gettext_lazy("Kies een TLP-label. Er is geen standaardlabel.")},
    )
    #: Boxes of the cover sheet, as the writing page has them.
    SHEET = (
        "summary", "urgency", "urgency_reason", "audiences", "audience_reason", "key_points", "communication_message",
        "action_perspective", "wider_developments", "functions",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(audience.slug, audience.label) for audience in Audience.objects.all()]
        for name in self.SHEET:
            self.fields[name] = deepcopy(PublicationForm.base_fields[name])
        self.fields["audiences"].choices = known  # type: ignore[attr-defined]
        self.fields["audiences"].required = True
        self.fields["action_perspective"].widget.audiences = known
        self.fields["owner"].queryset = Organisation.objects.of(by).order_by("name")  # type: ignore[attr-defined]
        self.fields["channels"].queryset = Channel.objects.visible_to(by).filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["tlp"].widget.offered = [Tlp(label) for label in OPEN_LABELS]
        self.initial.setdefault("starts_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning at its own box."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            raise ValidationError({"ends_on": _("De laatste dag ligt voor de eerste.")})
        return cleaned

    def sheet(self) -> dict[str, Any]:
        """Return the columns of the publication."""
        return {name: self.cleaned_data[name] for name in self.SHEET if name in self.cleaned_data}

    def plan(self) -> dict[str, Any]:
        """Return what campaign and calendar need."""
        names = ("title", "goal", "starts_on", "ends_on", "channels", "functions", "audiences")
        return {name: self.cleaned_data[name] for name in names}
