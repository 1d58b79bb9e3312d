"""Fixed words of the accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginMethod(models.TextChoices):
    """With what somebody tried to log in."""

    PASSWORD = "wachtwoord", _("Wachtwoord")
    CODE = "code", _("Code uit de app")
    RECOVERY_CODE = "herstelcode", _("Herstelcode")
    PASSKEY = "passkey", _("Passkey")
    RESET_LINK = "herstellink", _("Link voor een nieuw wachtwoord")


class LoginOutcome(models.TextChoices):
    """How it ended; no more than this is kept."""

    LOGGED_IN = "ingelogd", _("Ingelogd")
    WRONG = "onjuist", _("Niet gelukt")
    REFUSED = "geweigerd", _("Geweigerd: te veel pogingen")
    WARNED = "gewaarschuwd", _("Wij stuurden u een waarschuwing")
