"""The forms of the account pages: allauth's, in our words and with what a browser needs to fill them in."""

from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.accounts import sessions
from cwn.accounts.actions import record_login
from cwn.accounts.adapter import METHODS
from cwn.accounts.addresses import normal_address
from cwn.accounts.enums import LoginOutcome
from cwn.accounts.models import User
from cwn.accounts.second_factor import use_code_once
from cwn.core.mail import site_address

LABELS = {
    "login": _("E-mailadres"),
    "email": _("E-mailadres"),
    "password": _("Wachtwoord"),
    "oldpassword": _("Huidig wachtwoord"),
    "password1": _("Nieuw wachtwoord"),
    "password2": _("Nieuw wachtwoord, nog een keer"),
    "code": _("Code"),
    "name": _("Naam van deze passkey"),
}
#: Not "one-time-code" for a recovery code, not "email" for a log-in: browsers and password managers read this.
AUTOCOMPLETE = {"login": "username", "email": "email", "code": "one-time-code"}


class PlainWords:
    """Gives the fields our labels, and takes away the placeholders, which vanish while somebody types."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name in AUTOCOMPLETE:
                field.widget.attrs["autocomplete"] = AUTOCOMPLETE[name]
            if name == "password1":
                field.help_text = " ".join(password_validators_help_texts())
            elif name in {"password", "oldpassword"}:
                field.help_text = ""


class LoginForm(PlainWords, account.LoginForm):
    """Log in with e-mail address and password."""

    def clean_login(self) -> str:
        """Bring the address to its one spelling before it is counted and compared (security.md C05)."""
        return normal_address(super().clean_login())


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    """Ask for a link to choose a new password."""

    def clean_email(self) -> str:
        """Bring the address to its one spelling, and find whose it is."""
        self.cleaned_data["email"] = normal_address(self.cleaned_data["email"])
        return super().clean_email()

    def save(self, request: HttpRequest, **options: Any) -> str:
        """Mail a link, or that there is no account; with as much work in both cases (security.md C01)."""
        if not self.users:
            stranger = User(pk=0, email=self.cleaned_data["email"])
            EmailAddress.objects.filter(user_id=stranger.pk, email=stranger.email).exists()
            list(EmailAddress.objects.filter(user_id=stranger.pk).values_list("email", flat=True))
            site_address("account_reset_password_from_key", "0", PasswordResetTokenGenerator().make_token(stranger))
        return super().save(request, **options)


class NewPasswordForm(PlainWords, account.ResetPasswordKeyForm):
    """Choose a new password with a link from a mail."""


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    """Change the own password."""


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    """Choose a first password."""


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    """Show again who one is, with the password."""


class ChangeAddressForm(PlainWords, account.AddEmailForm):
    """Ask for another e-mail address; it holds once a mail to it was answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Nieuw e-mailadres")


class CodeMixin(PlainWords):
    """A code from a code app, or a recovery code: each works once, and five wrong ones are enough."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("De code van 6 cijfers uit uw app, of een herstelcode.")
        self.fields["code"].widget.attrs["autocapitalize"] = "none"

    def clean_code(self) -> str:
        """Refuse a code of the app that was used before, even where the cache forgot it."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not use_code_once(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        record_login(self.user, method=METHODS[authenticator.type], outcome=LoginOutcome.WRONG)
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]


class CodeForm(CodeMixin, mfa.AuthenticateForm):
    """Log in with the second factor."""


class CodeAgainForm(CodeMixin, mfa.ReauthenticateForm):
    """Show again who one is, with a code."""


class ActivateCodeAppForm(PlainWords, ActivateTOTPForm):
    """Set up a code app."""

    def clean_code(self) -> str:
        """Check the first code; from here on this session has shown a second factor."""
        code = super().clean_code()
        sessions.prove(context.request, factor=Authenticator.Type.TOTP)
        return code


class AddPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    """Add a passkey."""

    def clean(self) -> dict[str, Any]:
        """Check the new passkey; from here on this session has shown a second factor."""
        cleaned = super().clean()
        if not self.errors:
            sessions.prove(context.request, factor=Authenticator.Type.WEBAUTHN)
        return cleaned


class NamePasskeyForm(PlainWords, webauthn.EditWebAuthnForm):
    """Give a passkey another name."""


class AccountForm(forms.ModelForm):
    """What somebody may say about themselves."""

    class Meta:
        model = User
        fields = ["name", "language"]
        help_texts = {"language": _("In deze taal mailen wij u. De taal van de pagina's kiest u bovenaan.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
