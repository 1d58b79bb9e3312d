"""The rules for passwords, in our words: long, not about oneself, not on every list (ASVS 6.2)."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """Asks for twelve characters; which ones does not matter."""

    def __init__(self, min_length: int = 12) -> None:
        super().__init__(min_length)

    def get_error_message(self) -> str:
        """Say how long it must be."""
        return _("Dit wachtwoord is te kort. Neem minstens %(number)d tekens.") % {"number": self.min_length}

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Neem minstens %(number)d tekens.") % {"number": self.min_length}


class NotAboutOneself(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password that resembles the person's name or address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        """Say what it resembles."""
        return _("Dit wachtwoord lijkt te veel op uw naam of e-mailadres.")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Gebruik niet uw naam of e-mailadres.")


class NotOnEveryList(password_validation.CommonPasswordValidator):
    """Refuses the passwords that are tried first."""

    def get_error_message(self) -> str:
        """Say why."""
        return _("Dit wachtwoord staat op lijsten van veelgebruikte wachtwoorden. Kies een ander.")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Neem een zin of iets willekeurigs, geen bekend wachtwoord.")
