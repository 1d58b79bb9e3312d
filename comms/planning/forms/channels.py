"""The forms of channels and of places in them (R90, R91)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from comms.forms.fields import TextField
from comms.planning.actions.channels import COLUMNS
from comms.planning.forms.campaigns import day_box
from comms.planning.models import CalendarEntry, Channel
from comms.planning.models.calendar import OPEN_LABELS


class ChannelForm(forms.ModelForm):
    """A channel, whom it reaches and how to get something into it."""

    url = forms.URLField(label=gettext_lazy("Adres"), required=False, assume_scheme="https")

    class Meta:
        model = Channel
        fields = [*COLUMNS[:3], "audiences", *COLUMNS[3:]]
        widgets = {"reach_measured_on": day_box(), "audiences": forms.CheckboxSelectMultiple()}
        help_texts = {"lead_days": gettext_lazy("0 betekent: kan dezelfde dag nog.")}

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        return {name: value for name, value in self.cleaned_data.items() if name != "audiences"}

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes and checks it."""


class PlacementForm(forms.Form):
    """Which planned item, in which channel of a partner."""

    entry = forms.ModelChoiceField(CalendarEntry.objects.none(), label=gettext_lazy("Welk item uit de kalender?"))
    channel = forms.ModelChoiceField(Channel.objects.none(), label=gettext_lazy("In welk kanaal?"))
    question = TextField(
        label=gettext_lazy("Uw vraag"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("De vertegenwoordigers van de partner krijgen dit in een mail."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = CalendarEntry.objects.visible_to(by).filter(tlp__in=OPEN_LABELS, starts_at__gte=timezone.now())
        channels = Channel.objects.visible_to(by).filter(
            organisation__isnull=False, accepts_placements=True, is_active=True
        )
        self.fields["entry"].queryset = entries.order_by("starts_at", "pk")  # type: ignore[attr-defined]
        self.fields["channel"].queryset = channels.select_related("organisation")  # type: ignore[attr-defined]
        self.fields["channel"].label_from_instance = lambda row: f"{row.name} ({row.organisation.name})"  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Yes or no; a no says why."""

    accepts = forms.TypedChoiceField(
        label=gettext_lazy("Plaatst u dit?"),
        choices=[("ja", gettext_lazy("Ja, wij plaatsen dit")), ("nee", gettext_lazy("Nee"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Toelichting"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Nodig als u nee zegt."),
    )


class ReportForm(forms.Form):
    """When it was placed, where, and how many it reached."""

    placed_on = forms.DateField(label=gettext_lazy("Geplaatst op"), widget=day_box())
    url = forms.URLField(label=gettext_lazy("Adres"), required=False, assume_scheme="https")
    reach = forms.IntegerField(
        label=gettext_lazy("Hoeveel lezers ongeveer?"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        help_text=gettext_lazy("Weet u het nog niet? Laat dit leeg en vul het later in."),
    )
