"""The Werkgroep Communicatie itself: who sits in it, when it meets and what it agreed (R85)."""

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comms.planning.enums import ActivityStatus, AttendanceState, SeatRole, SessionForm
from comms.planning.models.visibility import POLICY, plans
from cwn.core.visibility import principals_of
from partners.models import Organisation


class OfWorkingGroupQuerySet(models.QuerySet):
    """Questions about what belongs to the working group."""

    def visible_to(self, user: Any) -> "OfWorkingGroupQuerySet":
        """The working group, coordinators and the policy owner read it; nobody else."""
        return self if plans(user) or POLICY in principals_of(user) else self.none()

    def editable_by(self, user: Any) -> "OfWorkingGroupQuerySet":
        """The working group and coordinators keep it."""
        return self if plans(user) else self.none()


@pghistory.track()
class WorkingGroupSeat(models.Model):
    """Somebody sits in the working group for a partner."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="working_group_seats", verbose_name=_("partner")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_group_seats", verbose_name=_("wie")
    )
    role = models.CharField(_("rol"), max_length=20, choices=SeatRole.choices, default=SeatRole.MEMBER)
    since = models.DateField(_("sinds"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = OfWorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("lid van de werkgroep")
        verbose_name_plural = _("leden van de werkgroep")
        ordering = ["organisation__name", "user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(until__isnull=True), name="one_open_working_group_seat",
                violation_error_message=_("Deze persoon is al lid van de werkgroep."),
            ),
            models.CheckConstraint(
                name="seat_ends_after_it_starts", condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"


@pghistory.track()
class WorkingGroupSession(models.Model):
    """A meeting of the working group: agenda before, minutes after."""

    uid = models.UUIDField(_("vast kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    form = models.CharField(_("vorm"), max_length=20, choices=SessionForm.choices, default=SessionForm.ONLINE)
    place = models.CharField(_("plaats of adres van de vergadering"), max_length=300, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    minutes = models.TextField(_("verslag"), max_length=20_000, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    edit_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = OfWorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("sessie van de werkgroep")
        verbose_name_plural = _("sessies van de werkgroep")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class SessionAttendance(models.Model):
    """Whether a member of the working group comes to a session, and came."""

    session = models.ForeignKey(
        WorkingGroupSession, models.CASCADE, related_name="attendance", verbose_name=_("sessie")
    )
    seat = models.ForeignKey(WorkingGroupSeat, models.CASCADE, related_name="attendance", verbose_name=_("lid"))
    state = models.CharField(
        _("aanwezigheid"), max_length=20, choices=AttendanceState.choices, default=AttendanceState.INVITED
    )

    objects = OfWorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid bij een sessie")
        verbose_name_plural = _("aanwezigheid bij sessies")
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_attendance_per_member")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.get_state_display()}"


@pghistory.track()
class ActionItem(models.Model):
    """What was agreed in a session: who does what before when."""

    session = models.ForeignKey(
        WorkingGroupSession, models.CASCADE, related_name="action_items", verbose_name=_("sessie")
    )
    what = models.CharField(_("afspraak"), max_length=300)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="action_items", verbose_name=_("wie")
    )
    due_on = models.DateField(_("voor"))
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus.choices, default=ActivityStatus.TO_DO)
    done_on = models.DateField(_("klaar op"), null=True, blank=True)

    objects = OfWorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("actiepunt")
        verbose_name_plural = _("actiepunten")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what
