"""Fixed words of what every function has. What may change without a release is data, not an enum."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import IncidentPhase

#: Phases in which something is going on; getting there takes two people (R45).
RAISED = (IncidentPhase.LUKEWARM, IncidentPhase.WARM)
#: From quiet to serious; of several phases that hold at once, the most serious one counts.
SERIOUSNESS = (IncidentPhase.COLD, IncidentPhase.AFTERMATH, IncidentPhase.LUKEWARM, IncidentPhase.WARM)


class FlowDirection(models.TextChoices):
    """Which way information flows in a function (R43)."""

    OUT = "naar", _("Van netwerkpartners naar organisaties")
    IN = "van", _("Van organisaties naar netwerkpartners")
    BOTH = "beide", _("Beide kanten op")


class FlowNodeKind(models.TextChoices):
    """What a place in the information flow does; the order is that of the drawing, from left to right (R43)."""

    SOURCE = "bron", _("Bron")
    HUB = "knooppunt", _("Knooppunt")
    LINK = "schakel", _("Schakel")
    SERVED = "doelorganisatie", _("Doelorganisatie")


class ChannelKind(models.TextChoices):
    """By what means partners in a function reach each other (R72)."""

    MAIL = "mail", _("E-mail")
    PHONE = "telefoon", _("Telefoon")
    SIGNAL = "signal", _("Signal")
    MATRIX = "matrix", _("Matrix")
    MISP = "misp", _("MISP")
    PORTAL = "portaal", _("Dit portaal")
    MEETING = "overleg", _("Overleg")
    OTHER = "anders", _("Anders")
