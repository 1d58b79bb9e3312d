"""The form behind an invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from cwn.accounts.models import User
from cwn.core.validators import PERSON_NAME
from partners.models import Invitation


class NewcomerForm(forms.Form):
    """What somebody without an account fills in: a name and a password; the address is that of the invitation."""

    name = forms.CharField(
        label=_("Uw naam"),
        max_length=150,
        validators=PERSON_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Wachtwoord"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, invitation: Invitation) -> None:
        super().__init__(data, initial={"name": invitation.name})
        self.invitation = invitation
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Check the password against the rules, and against this person's own name and address."""
        user = User(email=self.invitation.email, name=self.cleaned_data.get("name", ""))
        validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]
