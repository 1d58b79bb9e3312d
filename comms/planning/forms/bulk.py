"""What somebody wants to do with a selection of items."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.planning.actions.bulk import CAMPAIGN, MOVE, PERSON, REMOVE, STATUS, Wish
from comms.planning.enums import EntryStatus
from comms.planning.models import Campaign
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, WORKING_GROUP

WAYS = [
    (MOVE, gettext_lazy("Verplaats een aantal dagen")),
    (STATUS, gettext_lazy("Zet op een status")),
    (PERSON, gettext_lazy("Laat iemand het doen")),
    (CAMPAIGN, gettext_lazy("Zet bij een campagne")),
    (REMOVE, gettext_lazy("Haal weg uit de kalender")),
]


class BulkForm(forms.Form):
    """One thing to do with all of them."""

    what = forms.ChoiceField(label=gettext_lazy("Wat wilt u doen?"), choices=WAYS, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=gettext_lazy("Hoeveel dagen"),
        required=False,
        min_value=-366,
        max_value=366,
        help_text=gettext_lazy("Een getal met een min ervoor verplaatst naar eerder."),
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=EntryStatus.choices, required=False)
    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Wie doet het"), required=False, empty_label=gettext_lazy("Niemand")
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=gettext_lazy("Campagne"), required=False, empty_label=gettext_lazy("Geen")
    )

    def __init__(self, data: Any = None, *, by: Any) -> None:
        super().__init__(data)
        desk = User.objects.filter(is_active=True, groups__name__in=(WORKING_GROUP.slug, COORDINATOR.slug))
        own: dict[str, Any] = self.fields
        own["person"].queryset = desk.distinct().order_by("name", "pk")
        own["campaign"].queryset = Campaign.objects.visible_to(by)

    def clean(self) -> dict[str, Any]:
        """Ask for the number of days when something is moved."""
        cleaned: dict[str, Any] = self.cleaned_data
        if cleaned.get("what") == MOVE and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Vul in hoeveel dagen."))
        if cleaned.get("what") == STATUS and not cleaned.get("status") and "status" not in self.errors:
            self.add_error("status", _("Kies een status."))
        return cleaned

    def wish(self) -> Wish:
        """Return what is wanted."""
        chosen = self.cleaned_data
        return Wish(
            chosen["what"],
            days=chosen.get("days") or 0,
            status=chosen.get("status") or "",
            person=chosen.get("person"),
            campaign=chosen.get("campaign"),
        )
