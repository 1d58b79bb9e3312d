"""What people agreed to, word for word: a text never changes, a new version comes beside it."""

import datetime
from collections.abc import Sequence

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.subscriptions.models.newsletters import Newsletter


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Questions about consent texts."""

    def valid_on(self, day: datetime.date) -> "ConsentTextQuerySet":
        """Texts that were in use on a day or before it, the newest version first."""
        return self.filter(valid_from__lte=day).order_by("-version")

    def in_use(self, newsletters: "Sequence[Newsletter]") -> "ConsentTextQuerySet":
        """Texts of newsletters that are valid today, the newest version first and Dutch before its translations."""
        return self.filter(newsletter__in=newsletters).valid_on(timezone.localdate()).order_by("-version", "-language")

    def current(self, newsletter: Newsletter, language: str) -> "ConsentText | None":
        """Return the text that somebody agrees to now; the Dutch one where there is no translation."""
        rows = list(self.in_use([newsletter]))
        return next((row for row in rows if row.language == language), next(iter(rows), None))


class ConsentText(models.Model):
    """One version of what a subscriber agrees to (GDPR article 7: the controller can show it)."""

    newsletter = models.ForeignKey(
        Newsletter, models.PROTECT, related_name="consent_texts", verbose_name=_("nieuwsbrief")
    )
    version = models.PositiveSmallIntegerField(_("versie"))
    language = models.CharField(_("taal"), max_length=8, choices=settings.LANGUAGES, default="nl")
    text = models.TextField(_("tekst"), max_length=2000)
    valid_from = models.DateField(_("geldig vanaf"), default=timezone.localdate)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemmingstekst")
        verbose_name_plural = _("toestemmingsteksten")
        ordering = ["newsletter", "-version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "version", "language"],
                name="one_text_per_version",
                violation_error_message=_("Deze versie is er al in deze taal."),
            ),
            models.CheckConstraint(name="consent_says_something", condition=~Q(text="")),
        ]
        triggers = [
            pgtrigger.Protect(name="consent_texts_stay_as_written", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.newsletter} v{self.version} ({self.language})"
