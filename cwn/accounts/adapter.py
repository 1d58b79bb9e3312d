"""How allauth behaves in this portal; everything that it lets a project decide is decided here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.accounts import sessions
from cwn.accounts.actions import record_login, record_login_of_address
from cwn.accounts.addresses import normal_address
from cwn.accounts.enums import LoginMethod, LoginOutcome
from cwn.accounts.http import AccountRequest
from cwn.accounts.models import User
from cwn.core.mail import send_after_commit, site_address

#: From allauth's record of an authentication to our word for it.
METHODS = {
    "password": LoginMethod.PASSWORD,
    "password_reset": LoginMethod.RESET_LINK,
    "totp": LoginMethod.CODE,
    "recovery_codes": LoginMethod.RECOVERY_CODE,
    "webauthn": LoginMethod.PASSKEY,
}


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by e-mail address, for who was invited."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account is gesloten."),
        "cannot_remove_primary_email": _("U kunt uw enige e-mailadres niet weghalen."),
        "duplicate_email": _("Dit is al uw e-mailadres."),
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "enter_current_password": _("Dit is niet uw huidige wachtwoord."),
        "incorrect_code": _("Deze code klopt niet. Kijk in uw app naar de nieuwste code."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "invalid_or_expired_key": _("Deze link werkt niet meer."),
        "invalid_login": _("Inloggen is niet gelukt."),
        "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe link aan."),
        "too_many_login_attempts": _(
            "Er waren te veel mislukte pogingen. Wacht 5 minuten, of vraag een nieuw wachtwoord aan."
        ),
        "rate_limited": _("Er waren te veel pogingen. Wacht 5 minuten."),
        "same_as_current": _("Dit is al uw e-mailadres."),
        "email_taken": _("Dit e-mailadres kunt u niet gebruiken."),
    }

    # --- who may come in -----------------------------------------------------------------------------
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts come from invitations only (security.md C01)."""
        return False

    def clean_email(self, email: str) -> str:
        """Return the one spelling of an address."""
        return normal_address(email)

    def get_login_redirect_url(self, request: AccountRequest) -> str:
        """Send who works in the admin there, and everybody else to their organisation or account."""
        if request.user.is_staff:
            return reverse("admin:index")
        return reverse("my_organisation" if request.user.memberships.current().exists() else "account_home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account."""
        return reverse("account_home")

    # --- what is counted and written down ------------------------------------------------------------
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count per account only: allauth adds the Host header, which whoever guesses may vary."""
        return normal_address(credentials.get("email", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after five wrong passwords, and write that down: its owner is warned (security.md C04)."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record_login_of_address(
                credentials.get("email", ""), method=LoginMethod.PASSWORD, outcome=LoginOutcome.REFUSED
            )
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down a wrong password."""
        record_login_of_address(credentials.get("email", ""), method=LoginMethod.PASSWORD, outcome=LoginOutcome.WRONG)

    def login(self, request: HttpRequest, user: User) -> None:
        """Log somebody in after every step was taken, and begin to count the time."""
        records = get_authentication_records(request, user)
        super().login(request, user)
        sessions.start(request, user)
        if records:
            method = METHODS[records[-1].get("type", records[-1]["method"])]
            record_login(user, method=method, outcome=LoginOutcome.LOGGED_IN)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again after 15 minutes; for changes to a second factor that exists, always ask again."""
        user = self.request.user
        if app == "allauth.mfa" and user.has_second_factor:
            return True
        return not sessions.is_fresh(self.request)

    # --- mail ----------------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the language of the person, after the commit."""
        user = context.get("user")
        language = user.language if isinstance(user, User) else get_language() or "nl"
        send_after_commit(template_prefix, to=email, context={**context, "email": email}, language=language)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody what changed in their account; no network address and no text of a stranger's browser."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in a mail for a new password; never with the Host header (security.md C14)."""
        uid, _dash, token = key.partition("-")
        return site_address("account_reset_password_from_key", uid, token)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the address in a mail that confirms a new address."""
        return site_address("account_confirm_email", emailconfirmation.key)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways to show again who one is."""
        words = {
            "reauthenticate": _("Met uw wachtwoord"),
            "mfa_reauthenticate": _("Met een code uit uw app of een herstelcode"),
            "mfa_reauthenticate:webauthn": _("Met uw passkey"),
        }
        return [
            {**method, "description": str(words[method["id"]])} for method in super().get_reauthentication_methods(user)
        ]
