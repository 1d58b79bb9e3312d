"""The forms for the people of the own organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cwn.core.validators import PERSON_NAME, single_line
from partners.enums import MembershipRole


class InviteForm(forms.Form):
    """Whom a representative invites, and as what; never as more than a representative."""

    name = forms.CharField(label=_("Naam"), max_length=150, validators=PERSON_NAME)
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        validators=[single_line],
        help_text=_("De uitnodiging werkt alleen voor dit adres."),
    )
    role = forms.ChoiceField(
        label=_("Rol"),
        choices=MembershipRole.choices,
        initial=MembershipRole.MEMBER,
        widget=forms.RadioSelect,
        help_text=_("Een lid leest mee. Een vertegenwoordiger verandert ook gegevens en nodigt mensen uit."),
    )


class RoleForm(forms.Form):
    """Which role a member gets."""

    role = forms.ChoiceField(label=_("Rol"), choices=MembershipRole.choices)
