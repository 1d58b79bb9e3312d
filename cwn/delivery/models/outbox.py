"""The one row about the outbox as a whole: where it lives, whether it is held, and when somebody last looked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cwn.delivery.enums import Trouble


class Outbox(models.Model):
    """One row: a database that was put back from a backup finds here that it is somewhere else (docs/adr/0014)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    home = models.CharField(_("thuis"), max_length=100, blank=True)
    """Which server, database and history of it the outbox last sent from."""
    held_since = models.DateTimeField(_("vastgehouden sinds"), null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    pumped_at = models.DateTimeField(_("laatst gekeken op"), null=True, blank=True)
    """When a worker last looked; a worker that only seems to live is found by it (security.md G03)."""

    trouble = models.CharField(_("storing"), max_length=20, choices=Trouble.choices, blank=True)
    """Why no mail leaves, found out by greeting the mail server; empty while mail leaves or none is due."""
    trouble_since = models.DateTimeField(_("storing sinds"), null=True, blank=True)

    class Meta:
        verbose_name = _("uitgaande post")
        verbose_name_plural = _("uitgaande post")
        constraints = [
            models.CheckConstraint(name="one_outbox", condition=Q(id=1)),
            models.CheckConstraint(
                name="trouble_has_a_beginning", condition=Q(trouble="") ^ Q(trouble_since__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return "vastgehouden" if self.held_since else "open"
