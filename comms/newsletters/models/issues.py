"""An issue of a newsletter: from an empty page to the archive (R94)."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.newsletters.enums import ISSUE_LABELS, TOLD_IN_FULL, IssueStatus
from comms.newsletters.models.guards import issue_triggers
from comms.newsletters.models.visibility import IssueQuerySet
from cwn.core.searchable import marks_stale

#: What an editor writes; edits of two people are merged by these columns.
ISSUE_TEXT = ("subject", "preheader", "introduction", "language", "own_tlp", "campaign_id")


@pghistory.track()
class Issue(models.Model):
    """One issue of a newsletter; a trigger gives it the label of the strictest thing in it."""

    newsletter = models.ForeignKey(
        "subscriptions.Newsletter", models.PROTECT, related_name="issues", verbose_name=_("nieuwsbrief")
    )
    number = models.PositiveIntegerField(_("nummer"))
    subject = models.CharField(_("onderwerp"), max_length=150)
    preheader = models.CharField(_("eerste regel"), max_length=150, blank=True)
    introduction = models.TextField(_("inleiding"), max_length=2_000, blank=True)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    own_tlp = models.CharField(
        _("label van onderwerp, inleiding en eigen teksten"),
        max_length=20,
        choices=[(label.value, label.label) for label in TOLD_IN_FULL],
        error_messages={"blank": _("Kies een TLP-label. Er is geen standaardlabel.")},
    )
    tlp = models.CharField(_("TLP-label"), max_length=20, choices=Tlp.choices, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=IssueStatus.choices, default=IssueStatus.DRAFT)
    segment = models.JSONField(_("voor wie"), default=list, blank=True)
    """Conditions that must all hold: [{"field": "sector", "values": ["zorg", "energie"]}, …]; empty is everybody."""
    send_at = models.DateTimeField(_("versturen op"), null=True, blank=True)
    campaign = models.ForeignKey(
        "planning.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="newsletter_issues",
        verbose_name=_("campagne"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begonnen door"), editable=False
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("laatst bewerkt"), editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("akkoord van"),
        editable=False,
    )
    edit_version = models.PositiveIntegerField(default=1, editable=False)
    """One more at each save of the text; whoever saves an older one gets the merge page."""
    run = models.PositiveSmallIntegerField(default=1, editable=False)
    """One more each time that a sending was taken back; part of the key of the mailing (D11)."""
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True, editable=False)
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("editie")
        verbose_name_plural = _("edities")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "number"], name="issue_number_once"),
            models.CheckConstraint(
                name="issue_knows_its_words",
                condition=Q(
                    tlp__in=[label.value for label in ISSUE_LABELS],
                    own_tlp__in=[label.value for label in TOLD_IN_FULL],
                    status__in=IssueStatus.values,
                ),
                violation_error_message=_("Kies een TLP-label. Er is geen standaardlabel."),
            ),
            models.CheckConstraint(
                name="issue_approved_by_a_second_person",
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("created_by")) & ~Q(approved_by=F("last_edited_by"))),
                violation_error_message=_("Een tweede persoon geeft akkoord. Dat is nooit wie dit schreef."),
            ),
            models.CheckConstraint(
                name="issue_leaves_with_approval",
                condition=~Q(status__in=[IssueStatus.SCHEDULED, IssueStatus.SENT]) | Q(approved_by__isnull=False),
                violation_error_message=_("Zonder akkoord van een tweede persoon gaat niets weg."),
            ),
        ]
        indexes = [models.Index(fields=["newsletter", "-sent_at"], name="archive_of_newsletter")]
        triggers = [*issue_triggers(), *marks_stale("issue")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.number})"

    def get_absolute_url(self) -> str:
        """The page in the archive."""
        return reverse("issue_detail", args=[self.newsletter.slug, self.number])

    @property
    def label(self) -> Tlp:
        """The label with its meaning and strictness."""
        return Tlp(self.tlp)

    @property
    def stage(self) -> IssueStatus:
        """The status with its tone."""
        return IssueStatus(self.status)

    @property
    def mailing_key(self) -> str:
        """What the mailing of this run is called in the outbox; a second approval finds the first one (D11)."""
        return f"issue:{self.pk}:{self.run}"

    @property
    def may_be_counted(self) -> bool:
        """Tell whether opens and clicks may be counted at all: never above GREEN (D08)."""
        return self.tlp in TOLD_IN_FULL

    def text(self) -> dict[str, Any]:
        """Return what an editor wrote, by column: plain JSON."""
        return {name: getattr(self, name) for name in ISSUE_TEXT}
