"""One-to-one talks with partners and with who may become one: what was said, and the next step (R100)."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comms.planning.models.visibility import plans
from partners.models import Organisation


class TalkQuerySet(models.QuerySet["Talk"]):
    """Questions about talks."""

    def visible_to(self, user: Any) -> "TalkQuerySet":
        """Talks for the desk, with organisations of which the reader may know; that one is courted is a secret."""
        if not plans(user):
            return self.none()
        return self.filter(organisation__in=Organisation.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Any) -> "TalkQuerySet":
        """Talks that a reader may change: the ones he or she sees."""
        return self.visible_to(user)


@pghistory.track()
class Talk(models.Model):
    """A talk with somebody of an organisation, and what happens next."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="talks", verbose_name=_("organisatie")
    )  # fmt: skip
    on = models.DateField(_("op"))
    with_whom = models.CharField(
        _("met wie"), max_length=200, help_text=_("Een functie is genoeg, bijvoorbeeld: de directeur.")
    )
    summary = models.TextField(_("wat is er besproken?"), max_length=2000)
    next_step = models.CharField(_("volgende stap"), max_length=300, blank=True)
    next_step_on = models.DateField(_("volgende stap op"), null=True, blank=True)
    next_step_done_on = models.DateField(_("volgende stap gezet op"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="talks", verbose_name=_("door"))

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="next_step_has_a_day",
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                violation_error_message=_("Vul bij een volgende stap ook de dag in, of laat beide leeg."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.on}"
