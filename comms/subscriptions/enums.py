"""Fixed words of who gets which newsletter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubscriptionState(models.TextChoices):
    """How a subscription stands."""

    UNCONFIRMED = "onbevestigd", _("Nog niet bevestigd")
    ACTIVE = "actief", _("Actief")
    PAUSED = "gepauzeerd", _("Gepauzeerd")
    ENDED = "beeindigd", _("Beëindigd")
    BOUNCED = "onbestelbaar", _("Mail komt niet aan")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"onbevestigd": "warning", "actief": "success", "gepauzeerd": "info"}.get(self, "neutral")


#: States of a subscription that is over: its address is gone, only a digest is left (security.md chapter 6).
OVER = (SubscriptionState.ENDED, SubscriptionState.BOUNCED)
#: States in which somebody gets mail, now or after a pause.
RUNNING = (SubscriptionState.ACTIVE, SubscriptionState.PAUSED)


class Frequency(models.TextChoices):
    """How often somebody wants a newsletter; issues of a week or a month come together in one mail."""

    EACH = "elke", _("Elke editie")
    WEEKLY = "week", _("Eén keer per week")
    MONTHLY = "maand", _("Eén keer per maand")


class ConsentSource(models.TextChoices):
    """Along which way somebody agreed."""

    FORM = "formulier", _("Het formulier op het portaal")
    ACCOUNT = "account", _("De eigen pagina, na inloggen")
    IMPORT = "overgenomen", _("Overgenomen uit een andere lijst")


class EndReason(models.TextChoices):
    """Why a subscription is over."""

    LEFT = "afgemeld", _("Afgemeld")
    ONE_CLICK = "mailprogramma", _("Afgemeld met de knop van het mailprogramma")
    BOUNCED = "onbestelbaar", _("Mail kwam niet aan")
    COMPLAINED = "klacht", _("Meldde de mail als ongewenst")
    ERASED = "gewist", _("Alle gegevens gewist")
    MOVED = "ander-adres", _("Het andere adres had dit abonnement al")


class StepKind(models.TextChoices):
    """What happened to a subscription; what the person reads back in the preference centre."""

    ASKED = "aangevraagd", _("Aangevraagd")
    CONFIRMED = "bevestigd", _("Bevestigd")
    CHANGED = "gewijzigd", _("Voorkeuren gewijzigd")
    PAUSED = "gepauzeerd", _("Gepauzeerd")
    RESUMED = "hervat", _("Hervat")
    TRACKING_ON = "meten-aan", _("Toestemming om te meten gegeven")
    TRACKING_OFF = "meten-uit", _("Toestemming om te meten ingetrokken")
    MOVED = "ander-adres", _("Adres gewijzigd")
    ENDED = "beeindigd", _("Beëindigd")
