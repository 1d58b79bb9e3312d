"""What somebody fills in who wants to come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cwn.core.trap import TrapForm
from cwn.core.validators import PERSON_NAME, single_line
from partners.models import Organisation

NEEDS_HELP = _(
    "Bijvoorbeeld een dieet of een ringleiding. Alleen de organisator leest dit. Wij wissen het na 30 dagen."
)


class MemberForm(forms.Form):
    """For whom of the own organisations, and what one needs; the rest is known."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Namens welke organisatie komt u?"), required=False
    )
    needs = forms.CharField(
        label=_("Hebt u wensen over eten of toegankelijkheid?"),
        help_text=NEEDS_HELP,
        max_length=500,
        required=False,
        validators=[single_line],
    )

    def __init__(self, data: Any = None, *, by: Any) -> None:
        super().__init__(data)
        own = Organisation.objects.of(by).order_by("name")
        field: Any = self.fields["organisation"]
        field.queryset = own
        if own:
            field.required, field.empty_label, field.initial = True, None, own[0].pk
        else:
            del self.fields["organisation"]


class GuestForm(TrapForm):
    """A guest without an account."""

    name = forms.CharField(label=_("Uw naam"), max_length=120, validators=PERSON_NAME)
    email = forms.EmailField(
        label=_("Uw e-mailadres"), max_length=254, help_text=_("U krijgt een mail met een link om dit te bevestigen.")
    )
    organisation_name = forms.CharField(
        label=_("Uw organisatie"), max_length=200, required=False, validators=PERSON_NAME
    )
    needs = forms.CharField(
        label=_("Hebt u wensen over eten of toegankelijkheid?"),
        help_text=NEEDS_HELP,
        max_length=500,
        required=False,
        validators=[single_line],
    )
