"""Fixed words of events: what they are, how far they are, and how far somebody is who comes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What kind of meeting it is (R98, R99)."""

    MEETING = "op-locatie", _("Bijeenkomst op locatie")
    WEBINAR = "webinar", _("Webinar")
    TRAINING = "training", _("Training")
    EXERCISE = "oefening", _("Oefening")
    INFORMATION_SESSION = "informatiesessie", _("Informatiesessie")
    KICK_OFF = "kick-off", _("Kick-off")
    PARTNER_MEETING = "partnerbijeenkomst", _("Partnerbijeenkomst")
    CWN_DAY = "cwn-dag", _("CWN-dag")
    RECOGNITION_DINNER = "waarderingsdiner", _("Partnerwaarderingsdiner")
    STAND = "stand", _("Stand op een bijeenkomst van een ander")


class EventStatus(models.TextChoices):
    """How far an event is; full and past follow from seats and time, so they are no statuses."""

    DRAFT = "concept", _("Concept")
    PUBLISHED = "gepubliceerd", _("Gaat door")
    CANCELLED = "afgelast", _("Afgelast")
    CLOSED = "afgesloten", _("Geweest en afgesloten")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"gepubliceerd": "success", "afgelast": "danger"}.get(self, "neutral")


#: Statuses of what its readers can see.
SHOWN = (EventStatus.PUBLISHED, EventStatus.CANCELLED, EventStatus.CLOSED)


class EventZone(models.TextChoices):
    """The clocks of the Kingdom."""

    AMSTERDAM = "Europe/Amsterdam", _("Nederland (Amsterdam)")
    ARUBA = "America/Aruba", _("Aruba")
    CURACAO = "America/Curacao", _("Curaçao")
    BONAIRE = "America/Kralendijk", _("Bonaire, Saba en Sint Eustatius")
    SINT_MAARTEN = "America/Lower_Princes", _("Sint Maarten")


class RegistrationState(models.TextChoices):
    """How far somebody is who wants to come."""

    ASKED = "gevraagd", _("Nog niet bevestigd")
    CONFIRMED = "bevestigd", _("Aangemeld")
    WAITING = "wachtlijst", _("Op de wachtlijst")
    CANCELLED = "afgemeld", _("Afgemeld")
    ATTENDED = "aanwezig", _("Aanwezig geweest")
    ABSENT = "afwezig", _("Niet geweest")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"bevestigd": "success", "aanwezig": "success", "wachtlijst": "warning"}.get(self, "neutral")


#: States of people who hold a seat.
SEATED = (RegistrationState.CONFIRMED, RegistrationState.ATTENDED, RegistrationState.ABSENT)
#: States of people who still mean to come.
COMING = (RegistrationState.CONFIRMED, RegistrationState.WAITING)


class InvitationAnswer(models.TextChoices):
    """What an invited organisation or person answered."""

    NONE = "geen", _("Nog geen antwoord")
    YES = "ja", _("Komt")
    NO = "nee", _("Komt niet")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"ja": "success", "geen": "warning"}.get(self, "neutral")


class ProgrammeItemKind(models.TextChoices):
    """What happens in a part of the programme."""

    TALK = "lezing", _("Lezing")
    WORKSHOP = "workshop", _("Workshop")
    PANEL = "gesprek", _("Gesprek of panel")
    EXERCISE = "oefening", _("Oefening")
    CEREMONY = "uitreiking", _("Uitreiking")
    BREAK = "pauze", _("Pauze of ontmoeting")


class OfferState(models.TextChoices):
    """What the organiser did with an offered part of the programme (R123)."""

    OFFERED = "aangeboden", _("Aangeboden")
    ACCEPTED = "geaccepteerd", _("Overgenomen")
    DECLINED = "afgewezen", _("Niet overgenomen")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"geaccepteerd": "success", "aangeboden": "info"}.get(self, "neutral")


class MaterialSource(models.TextChoices):
    """Where the things on a stand come from (R99)."""

    STOCK = "voorraad", _("Uit de voorraad")
    LOAN = "bruikleen", _("In bruikleen, komt terug")
