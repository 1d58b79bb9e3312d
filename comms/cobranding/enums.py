"""Fixed words of message templates."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class TemplateFormat(models.TextChoices):
    """The forms in which a template can be taken along (R92, R95, R96)."""

    MAIL = "mail", _("E-mail")
    SOCIAL = "social", _("Bericht voor sociale media")
    PRESS = "persbericht", _("Persbericht")
    ONE_PAGER = "a4", _("Informatieblad van één A4")
    WORD = "word", _("Word-document")
    SLIDES = "presentatie", _("Presentatie")
    IMAGE = "afbeelding", _("Afbeelding voor sociale media")

    @property
    def explanation(self) -> "StrOrPromise":
        """What it is for, in one sentence."""
        return {
            TemplateFormat.MAIL: _("Voor uw mailprogramma of nieuwsbrief."),
            TemplateFormat.SOCIAL: _("Om over te nemen, met tekst bij de afbeelding."),
            TemplateFormat.PRESS: _("Voor de media, als Word-document en als pdf."),
            TemplateFormat.ONE_PAGER: _("Een toegankelijke pdf om te printen of te mailen."),
            TemplateFormat.WORD: _("Voor uw intranet of een brief."),
            TemplateFormat.SLIDES: _("Voor een bijeenkomst of een scherm in de hal."),
            TemplateFormat.IMAGE: _("1200 bij 630 beeldpunten, met alternatieve tekst."),
        }[self]


#: Where everybody reads along, so for TLP:CLEAR only, as in the pack that partners pass on.
PUBLIC_FORMATS = (TemplateFormat.SOCIAL, TemplateFormat.PRESS, TemplateFormat.IMAGE)
#: Forms that show a picture which somebody may not see.
WITH_ALT_TEXT = (TemplateFormat.SOCIAL, TemplateFormat.IMAGE)


class TemplateStatus(models.TextChoices):
    """Where a template stands."""

    DRAFT = "concept", _("Concept")
    APPROVED = "akkoord", _("In gebruik")
    RETIRED = "vervallen", _("Vervallen")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"akkoord": "success", "vervallen": "warning"}.get(self, "neutral")


class JobState(models.TextChoices):
    """How far a batch is."""

    WAITING = "wacht", _("Staat klaar")
    RUNNING = "bezig", _("Bezig")
    DONE = "klaar", _("Klaar")
    CANCELLED = "gestopt", _("Gestopt")
    FAILED = "mislukt", _("Mislukt")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {"klaar": "success", "gestopt": "warning", "mislukt": "danger"}.get(self, "info")


#: States in which work is left.
OPEN_STATES = (JobState.WAITING, JobState.RUNNING)


class PartState(models.TextChoices):
    """What became of one partner in a batch."""

    WAITING = "wacht", _("Staat klaar")
    DONE = "klaar", _("Gemaakt")
    SKIPPED = "overgeslagen", _("Overgeslagen")
