"""What happens around a text before and after it is issued: corrections, remarks, labels and the steps taken."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comms.enums import PublicationStatus, RemarkKind, Tlp
from comms.models.cover_sheet import IsFilled
from comms.models.publications import Publication


class OfPublicationQuerySet(models.QuerySet):
    """Questions about what stands beside a publication, for the people who work on it."""

    def visible_to(self, user: Any) -> "OfPublicationQuerySet":
        """Rows of publications that the reader edits, coordinates or was asked to review.

        A reader of the publication alone does not see how it came about.
        """
        working = Publication.objects.worked_on_by(user).values("pk")
        return self.filter(publication__in=working)


@pghistory.track()
class Correction(models.Model):
    """The new text of an issued publication while it is being written; readers keep the old one until it is done."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="corrections", verbose_name=_("publicatie")
    )
    content = models.JSONField(_("nieuwe tekst"))
    """Column → value, for the columns of `comms.models.guards.CONTENT`."""
    note = models.TextField(_("wat is er gecorrigeerd en waarom?"), max_length=1000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("auteur"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akkoord van")
    )
    edit_version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(_("begonnen op"), auto_now_add=True)
    published_at = models.DateTimeField(_("uitgebracht op"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("weggegooid op"), null=True, blank=True)

    objects = OfPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("correctie")
        verbose_name_plural = _("correcties")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(published_at__isnull=True, dropped_at__isnull=True),
                name="one_open_correction",
            ),
            models.CheckConstraint(
                name="correction_issued_with_a_note",
                condition=Q(published_at__isnull=True) | Q(IsFilled("note")),
                violation_error_message=_("Schrijf wat er is veranderd en waarom."),
            ),
            models.CheckConstraint(
                name="correction_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                violation_error_message=_("Een tweede persoon moet akkoord geven. Dat is nooit de auteur."),
            ),
        ]

    def __str__(self) -> str:
        return f"correctie {self.pk}"


@pghistory.track()
class Remark(models.Model):
    """A comment or a suggestion by somebody who may not edit, such as NCSC (R106); it has the publication's label."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="remarks", verbose_name=_("publicatie"))
    kind = models.CharField(_("soort"), max_length=20, choices=RemarkKind.choices)
    field = models.CharField(_("bij"), max_length=40, blank=True)
    text = models.TextField(_("opmerking"), max_length=2000)
    proposed_text = models.TextField(_("voorgestelde tekst"), max_length=60_000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("van"))
    created_at = models.DateTimeField(_("op"), auto_now_add=True)
    accepted = models.BooleanField(_("overgenomen"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("afgehandeld door"),
    )
    resolved_at = models.DateTimeField(_("afgehandeld op"), null=True, blank=True)

    objects = OfPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("opmerking bij een publicatie")
        verbose_name_plural = _("opmerkingen bij publicaties")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_proposes_something",
                condition=~Q(kind=RemarkKind.SUGGESTION) | (~Q(field="") & ~Q(proposed_text="")),
                violation_error_message=_("Kies bij welk onderdeel dit hoort en schrijf de tekst die u voorstelt."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


@pghistory.track()
class PublicationStep(models.Model):
    """One step of a publication, with the reason: asked, approved, published, withdrawn (R76)."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="steps", verbose_name=_("publicatie"))
    verb = models.CharField(_("wat"), max_length=40)
    """The name of the action, such as "publish"."""
    old_status = models.CharField(_("van"), max_length=20, choices=PublicationStatus.choices, blank=True)
    new_status = models.CharField(_("naar"), max_length=20, choices=PublicationStatus.choices)
    version = models.PositiveIntegerField(_("versie"))
    reason = models.TextField(_("reden"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("door")
    )
    """Empty for what the clock did."""
    at = models.DateTimeField(_("op"), auto_now_add=True)

    objects = OfPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van een publicatie")
        verbose_name_plural = _("stappen van publicaties")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.get_new_status_display()}"


@pghistory.track()
class RelabelRequest(models.Model):
    """A request for a wider label: the owner consents, a coordinator decides, and the two are never one (A26)."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="relabel_requests", verbose_name=_("publicatie")
    )
    old_tlp = models.CharField(_("label nu"), max_length=20, choices=Tlp.choices)
    new_tlp = models.CharField(_("gevraagd label"), max_length=20, choices=Tlp.choices)
    reason = models.TextField(_("reden"), max_length=1000)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gevraagd door")
    )
    requested_at = models.DateTimeField(_("gevraagd op"), auto_now_add=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("toestemming van de bron"),
    )  # fmt: skip
    consented_at = models.DateTimeField(_("toestemming op"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("besluit van")
    )
    applied_at = models.DateTimeField(_("uitgevoerd op"), null=True, blank=True)
    refused_at = models.DateTimeField(_("afgewezen op"), null=True, blank=True)
    refusal_reason = models.TextField(_("reden van afwijzing"), max_length=1000, blank=True)

    objects = OfPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzoek om een ruimer label")
        verbose_name_plural = _("verzoeken om een ruimer label")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(applied_at__isnull=True, refused_at__isnull=True),
                name="one_open_relabel_request",
                violation_error_message=_("Er loopt al een verzoek om een ruimer label."),
            ),
            models.CheckConstraint(
                name="consent_and_decision_by_two_people",
                condition=Q(decided_by__isnull=True) | Q(consented_by__isnull=True) | ~Q(consented_by=F("decided_by")),
                violation_error_message=_("Toestemming en besluit komen van twee verschillende personen."),
            ),
            models.CheckConstraint(
                name="relabel_request_has_a_reason",
                condition=Q(IsFilled("reason")),
                violation_error_message=_("Schrijf waarom het label ruimer kan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_tlp} → {self.new_tlp}"
