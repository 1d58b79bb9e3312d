"""Fixed words of the outbox and the clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stream(models.TextChoices):
    """Which mails stop together: who leaves the newsletters still gets a warning (security.md D15)."""

    NEWS = "nieuws", _("Nieuwsbrieven en overzichten")
    SERVICE = "dienst", _("Afspraken en herinneringen")
    WARNING = "waarschuwing", _("Waarschuwingen en verzoeken")


class AfterDoubt(models.TextChoices):
    """What happens to a mail of which nobody can tell whether the mail server took it (security.md chapter 5)."""

    RESEND = "opnieuw", _("Opnieuw sturen, met hetzelfde kenmerk")
    ASK = "vragen", _("Aan een mens laten zien")


class MailingState(models.TextChoices):
    """How far a mailing is."""

    WAITING = "wacht", _("Staat klaar")
    SENDING = "bezig", _("Wordt verstuurd")
    PAUSED = "gepauzeerd", _("Gepauzeerd")
    DONE = "klaar", _("Klaar")
    CANCELLED = "geannuleerd", _("Geannuleerd")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"wacht": "info", "bezig": "info", "gepauzeerd": "warning", "klaar": "success"}.get(self, "neutral")


#: States in which nothing is sent any more, for good.
ENDED = (MailingState.DONE, MailingState.CANCELLED)


class DeliveryState(models.TextChoices):
    """How far one mail to one address is; every recipient is in exactly one of these (security.md G22)."""

    QUEUED = "wacht", _("Wacht")
    CLAIMED = "bezig", _("Bezig")
    SENT = "verstuurd", _("Verstuurd")
    BOUNCED = "geweigerd", _("Geweigerd")
    SKIPPED = "overgeslagen", _("Overgeslagen")
    UNKNOWN = "onbekend", _("Niet zeker")
    PARKED = "geparkeerd", _("Lukt niet")


#: States of deliveries that keep a mailing from being done.
OPEN = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.UNKNOWN)


class Trouble(models.TextChoices):
    """Why the mail server takes nothing from us; it concerns all mails, so no mail is blamed."""

    UNREACHABLE = "onbereikbaar", _("De mailserver is niet te bereiken.")
    SILENT = "stil", _("De mailserver geeft geen antwoord.")
    CERTIFICATE = "certificaat", _("Het certificaat van de mailserver klopt niet of is verlopen.")
    NO_TLS = "geen-tls", _("Met de mailserver lukt geen beveiligde verbinding.")
    LOGIN = "aanmelden", _("Inloggen op de mailserver lukt niet. Klopt het wachtwoord nog?")
    REFUSES = "weigert", _("De mailserver weigert de verbinding met ons.")


class SuppressionReason(models.TextChoices):
    """Why an address gets no more mail of a stream."""

    BOUNCED = "onbestelbaar", _("Mail komt niet aan")
    COMPLAINED = "klacht", _("Meldde de mail als ongewenst")
    LEFT = "afgemeld", _("Meldde zich af")
    BY_HAND = "met-de-hand", _("Door een medewerker ingesteld")


class ReminderState(models.TextChoices):
    """How far a reminder is."""

    WAITING = "wacht", _("Wacht op zijn moment")
    DONE = "klaar", _("Verstuurd")
    SKIPPED = "overgeslagen", _("Niet meer nodig")
