"""Fixed words of issues of newsletters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp


class IssueStatus(models.TextChoices):
    """Where an issue stands; how far the sending of it is stands in its mailing."""

    DRAFT = "concept", _("Concept")
    IN_REVIEW = "beoordeling", _("Wacht op akkoord")
    SCHEDULED = "ingepland", _("Akkoord en ingepland")
    SENT = "verstuurd", _("Verstuurd")
    CANCELLED = "gestopt", _("Gestopt")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"beoordeling": "info", "ingepland": "info", "verstuurd": "success", "gestopt": "danger"}.get(
            self, "neutral"
        )


#: Statuses in which the text can change.
UNFINISHED = (IssueStatus.DRAFT, IssueStatus.IN_REVIEW)


class ItemKind(models.TextChoices):
    """What stands in an issue."""

    PUBLICATION = "publicatie", _("Publicatie")
    INTERVIEW = "interview", _("Interview")
    EVENT = "bijeenkomst", _("Bijeenkomst")
    OWN_TEXT = "tekst", _("Eigen tekst")
    PICTURE = "beeld", _("Beeld")


#: Labels of what may be told in full; of a stricter one stand title and address only (TLP x channel).
TOLD_IN_FULL = (Tlp.CLEAR, Tlp.GREEN)
#: Labels that an issue can have: of TLP:RED not even the title is mailed.
ISSUE_LABELS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT)


class Measure(models.TextChoices):
    """What is counted, of people who agreed only."""

    OPENS = "geopend", _("Geopend")
    CLICKS = "geklikt", _("Geklikt")


class ReaderClass(models.TextChoices):
    """Who probably asked for it; the method stands in `comms.newsletters.counting`."""

    PERSON = "persoon", _("Een mens")
    GATEWAY = "beveiliging", _("Beveiliging van de mail")
    PROXY = "doorgeefluik", _("Doorgeefluik voor beelden")
