"""The year plan: key moments and milestones per function, and the four rollout phases (R88, R89, R109)."""

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comms.models import Publication
from comms.planning.enums import ActivityStatus, CelebrationState, EntryReaders, MilestoneStatus, RolloutPhase
from comms.planning.models.calendar import CalendarEntry
from comms.planning.models.visibility import plans, reads_plans
from cwn.core.enums import CwnFunction
from cwn.core.visibility import MEMBERS, principals_of


class PlannedQuerySet(models.QuerySet):
    """Questions about moments and milestones."""

    def visible_to(self, user: Any) -> "PlannedQuerySet":
        """Everybody sees what is public, members what is for members, planners and representatives all."""
        return self.filter(readers__in=levels_of(user))

    def editable_by(self, user: Any) -> "PlannedQuerySet":
        """The desk keeps the year plan."""
        return self if plans(user) else self.none()


def levels_of(user: Any) -> list[str]:
    """Return the kinds of readers to which somebody belongs."""
    if reads_plans(user):
        return EntryReaders.values
    return [EntryReaders.PUBLIC, *([EntryReaders.MEMBERS] if MEMBERS in principals_of(user) else [])]


@pghistory.track()
class YearPlan(models.Model):
    """One year of the network: what it wants to reach, in a few sentences."""

    year = models.PositiveSmallIntegerField(_("jaar"), unique=True)
    ambition = models.TextField(_("wat willen wij dit jaar bereiken?"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("jaarplanning")
        verbose_name_plural = _("jaarplanningen")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


@pghistory.track()
class KeyMoment(models.Model):
    """A moment that matters for the network, whether the network makes it or not: a law, a summit, a CWN day (R88)."""

    uid = models.UUIDField(_("vast kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    starts_on = models.DateField(_("op"))
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)
    function = models.CharField(
        _("functie"), max_length=60, choices=CwnFunction.choices, blank=True,
        help_text=_("Leeg: voor het hele netwerk."),
    )  # fmt: skip
    description = models.TextField(_("toelichting"), max_length=1000, blank=True)
    readers = models.CharField(
        _("wie ziet dit"), max_length=20, choices=EntryReaders.choices, default=EntryReaders.PLANNERS
    )
    sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        verbose_name = _("belangrijk moment")
        verbose_name_plural = _("belangrijke momenten")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="moment_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Milestone(models.Model):
    """Something a function wants to have reached by a day; reaching it is a reason to celebrate (R88, R89)."""

    uid = models.UUIDField(_("vast kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("mijlpaal"), max_length=200)
    function = models.CharField(_("functie"), max_length=60, choices=CwnFunction.choices)
    due_on = models.DateField(_("te bereiken op"))
    description = models.TextField(_("wanneer is het bereikt?"), max_length=1000, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=MilestoneStatus.choices, default=MilestoneStatus.AHEAD
    )
    reached_on = models.DateField(_("bereikt op"), null=True, blank=True)
    readers = models.CharField(
        _("wie ziet dit"), max_length=20, choices=EntryReaders.choices, default=EntryReaders.PLANNERS
    )
    celebration_entry = models.ForeignKey(
        CalendarEntry,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="celebrates",
        verbose_name=_("viering in de kalender"),
    )
    sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mijlpaal")
        verbose_name_plural = _("mijlpalen")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reached_milestone_has_a_day",
                condition=Q(status=MilestoneStatus.REACHED, reached_on__isnull=False)
                | (~Q(status=MilestoneStatus.REACHED) & Q(reached_on__isnull=True)),
                violation_error_message=_("Vul in wanneer de mijlpaal is bereikt."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Celebration(models.Model):
    """The proposal to celebrate a milestone: a draft publication and a line for the timeline (R89, R117)."""

    milestone = models.OneToOneField(Milestone, models.CASCADE, related_name="celebration", verbose_name=_("mijlpaal"))
    publication = models.ForeignKey(
        Publication, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("concept van het bericht")
    )
    timeline_text = models.CharField(_("regel voor de tijdlijn"), max_length=300)
    state = models.CharField(
        _("stand"), max_length=20, choices=CelebrationState.choices, default=CelebrationState.PROPOSED
    )
    reason = models.CharField(_("waarom niet?"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("besloten door"),
    )
    proposed_at = models.DateTimeField(_("voorgesteld op"), auto_now_add=True)

    class Meta:
        verbose_name = _("viering van een mijlpaal")
        verbose_name_plural = _("vieringen van mijlpalen")
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        return self.timeline_text


@pghistory.track()
class ProgrammePhase(models.Model):
    """One of the four phases of the strategy, with its dates and its goal (A, Planning; R109)."""

    phase = models.CharField(_("fase"), max_length=20, choices=RolloutPhase.choices, unique=True)
    goal = models.TextField(_("doel"), max_length=1000)
    goal_en = models.TextField(_("doel in het Engels"), max_length=1000, blank=True)
    starts_on = models.DateField(_("vanaf"))
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("fase van de opbouw")
        verbose_name_plural = _("fasen van de opbouw")
        ordering = ["order", "starts_on"]

    def __str__(self) -> str:
        return self.get_phase_display()

    @property
    def goal_label(self) -> str:
        """The goal in the language of the page."""
        return (get_language() == "en" and self.goal_en) or self.goal


@pghistory.track()
class PhaseActivity(models.Model):
    """Something that a phase asks, and how far it is."""

    phase = models.ForeignKey(ProgrammePhase, models.CASCADE, related_name="activities", verbose_name=_("fase"))
    what = models.CharField(_("activiteit"), max_length=200)
    what_en = models.CharField(_("activiteit in het Engels"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus.choices, default=ActivityStatus.TO_DO)
    done_on = models.DateField(_("klaar op"), null=True, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("activiteit van een fase")
        verbose_name_plural = _("activiteiten van fasen")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["phase", "what"], name="one_activity_of_a_name")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The activity in the language of the page."""
        return (get_language() == "en" and self.what_en) or self.what
