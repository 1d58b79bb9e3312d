"""The clock table: what must be said at a moment, once (security.md chapter 4, H)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cwn.delivery.enums import ReminderState


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Questions about reminders."""

    def due(self, now: datetime) -> "ReminderQuerySet":
        """Reminders of which the moment has come."""
        return self.filter(state=ReminderState.WAITING, due_at__lte=now)


class Reminder(models.Model):
    """One reminder of one version of one thing; a thing that moves gets a new version and forgets the old one."""

    kind = models.CharField(_("soort"), max_length=40)
    """Slug of a function registered with `cwn.delivery.clock.reminder_kind`."""
    object_id = models.BigIntegerField(_("waarover"))
    stage = models.CharField(_("welke herinnering"), max_length=60)
    """Which one of several: "a-week-before", "deadline", "user:5"."""
    version = models.PositiveIntegerField(_("versie"), default=1)
    due_at = models.DateTimeField(_("moment"))
    useful_until = models.DateTimeField(_("zinvol tot"), null=True, blank=True)
    """After this the moment has passed and nothing is said any more; empty means always."""
    state = models.CharField(_("stand"), max_length=20, choices=ReminderState.choices, default=ReminderState.WAITING)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    created_at = models.DateTimeField(_("gemaakt op"), db_default=Now())
    done_at = models.DateTimeField(_("klaar op"), null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], name="reminders_to_do", condition=Q(state="wacht"))]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "stage", "version"], name="one_reminder_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}:{self.stage}:{self.version}"
