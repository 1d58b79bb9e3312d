"""The form for a contact of the own organisation (R19, R155)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction
from cwn.core.validators import phone_number, single_line
from partners.models import Contact


class OwnContactForm(forms.ModelForm):
    """A person or mailbox that speaks for the organisation; what a role needs, the table itself demands."""

    function = forms.ChoiceField(
        label=_("Voor welke functie van het netwerk?"),
        choices=[("", _("Voor geen bepaalde functie")), *CwnFunction.choices],
        required=False,
    )

    class Meta:
        model = Contact
        fields = [
            "name", "is_mailbox", "role", "function", "job_title", "email", "phone", "visibility", "valid_from",
            "valid_until",
        ]  # fmt: skip
        labels = {
            "role": _("Waarvoor is dit contact?"),
            "visibility": _("Wie mag dit contact zien?"),
            "is_mailbox": _("Dit is een gedeelde postbus of een team, geen persoon"),
        }
        help_texts = {
            "phone": _("Nodig voor een piketcontact. Schrijf ook het landnummer, bijvoorbeeld +31."),
            "visibility": _(
                "Bij “Iedereen” staat dit contact ook op uw openbare pagina. Leden van andere netwerkpartners zien "
                "alleen gedeelde postbussen, geen personen en geen piketnummers."
            ),
            "valid_until": _("Leeg: tot u het verandert."),
        }
        widgets = {
            "role": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "phone": forms.TextInput({"type": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
            "valid_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "valid_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "job_title", "email"):
            self.fields[name].validators.append(single_line)
        self.fields["phone"].validators.append(phone_number)
        for name in ("role", "visibility"):
            choices = self.fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].choices = [choice for choice in choices if choice[0]]  # type: ignore[attr-defined]
