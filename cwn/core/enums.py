"""The words that every app shares: the five functions and the phases of an incident."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CwnFunction(models.TextChoices):
    """The five functions of the network (R40); the codes are fixed, their descriptions are data."""

    INFORMATION_SHARING = "informatiedeling", _("Informatiedeling")
    VICTIM_NOTIFICATION = "doelwit-en-slachtoffernotificatie", _("Doelwit- en slachtoffernotificatie")
    INCIDENT_HANDLING = "incidentafhandeling", _("Incidentafhandeling")
    KNOWLEDGE_EXCHANGE = "kennisuitwisseling", _("Kennisuitwisseling")
    TRAINING = "opleiden-trainen-oefenen", _("Opleiden, trainen en oefenen")


class IncidentPhase(models.TextChoices):
    """The phase of an incident or crisis (R45); "warm" is literal, it does not mean "hot"."""

    COLD = "koud", _("Koude fase")
    LUKEWARM = "lauw", _("Lauwe fase")
    WARM = "warm", _("Warme fase")
    AFTERMATH = "nazorg", _("Nazorg")


class Ownership(models.TextChoices):
    """Who owns an organisation or an initiative (R9, R22); the values are the filter `pps`."""

    PUBLIC = "publiek", _("Publiek")
    PRIVATE = "privaat", _("Privaat")
    PUBLIC_PRIVATE = "publiek-privaat", _("Publiek-privaat (PPS)")
