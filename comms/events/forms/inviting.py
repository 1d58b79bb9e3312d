"""Who is asked to come: organisations from a list, single persons by a search on name or organisation."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comms.events.invitable import invitable_organisations, invitable_people
from comms.events.models import Event, EventInvitation
from comms.forms.readers import FEWEST_LETTERS, MOST_FOUND, PeopleField
from cwn.accounts.models import User
from partners.models import Membership, Organisation


class InviteForm(forms.Form):
    """Which organisations and persons are asked to come; only those that may know of the event.

    Of persons the list shows who is ticked and who was searched for; what is sent is checked against all who may be
    invited, so a made-up key is an error and changes nothing (security.md A16, A17).
    """

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Welke organisaties nodigt u uit?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Deze organisatie kunt u niet uitnodigen.")},
    )
    q = forms.CharField(
        label=_("Zoek een persoon, op naam of organisatie"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
    )
    people = PeopleField(
        User.objects.none(),
        label=_("Welke personen nodigt u uit?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Deze persoon kunt u niet uitnodigen.")},
    )

    def __init__(self, data: Any = None, *, event: Event, by: Any) -> None:
        super().__init__(data)
        invited = EventInvitation.objects.visible_to(by).filter(event=event)
        organisations = invited.filter(organisation__isnull=False).values("organisation")
        persons = invited.filter(person__isnull=False).values("person")
        fields: Any = self.fields
        fields["organisations"].queryset = invitable_organisations(event, by).exclude(pk__in=organisations)
        fields["people"].queryset = invitable_people(event).exclude(pk__in=persons)
        self._show_ticked_and_found(data)

    def _show_ticked_and_found(self, data: Any) -> None:
        """Keep the list of persons short; what was ticked stays when somebody searches again."""
        words = str((data or {}).get("q", "")).strip()
        sent = data.getlist("people") if data is not None else ()
        found = Q(pk__in=[int(key) for key in sent if key.isascii() and key.isdigit() and len(key) < 16])
        field: Any = self.fields["people"]
        if len(words) >= FEWEST_LETTERS:
            of = Membership.objects.current().of_active_partners().filter(organisation__name__icontains=words)
            matches = field.queryset.filter(Q(name__icontains=words) | Q(pk__in=of.values("user")))
            found |= Q(pk__in=list(matches.values_list("pk", flat=True)[:MOST_FOUND]))
        field.widget.choices = [(row.pk, field.label_from_instance(row)) for row in field.queryset.filter(found)]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        chosen: dict[str, Any] = super().clean() or {}
        if not self.errors and not chosen.get("organisations") and not chosen.get("people"):
            raise forms.ValidationError(_("Kies minstens één organisatie of persoon."))
        return chosen
