"""A batch: files for every partner of a campaign, made beside the page (security.md A29, G01)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.cobranding.enums import JobState, PartState
from comms.cobranding.models.templates import MessageTemplate
from comms.cobranding.models.visibility import RenderJobQuerySet
from comms.planning.models import Campaign
from partners.models import Organisation


class RenderJob(models.Model):
    """What somebody asked for: all templates of a campaign, or one template, for all partners of the campaign."""

    number = models.UUIDField(_("kenmerk"), default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="render_jobs", verbose_name=_("campagne"))
    template = models.ForeignKey(
        MessageTemplate, models.CASCADE, null=True, blank=True, related_name="render_jobs", verbose_name=_("template"),
        help_text=_("Leeg: alle templates van de campagne."),
    )  # fmt: skip
    state = models.CharField(_("status"), max_length=20, choices=JobState.choices, default=JobState.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("gevraagd door"))
    created_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    finished_at = models.DateTimeField(_("klaar op"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("gestopt op"), null=True, blank=True)
    expires_at = models.DateTimeField(_("verloopt op"), null=True, blank=True)
    file = models.FileField(_("bestand"), upload_to="templatebatches/", blank=True)
    reason = models.CharField(_("reden"), max_length=200, blank=True)

    objects = RenderJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("opdracht voor alle partners")
        verbose_name_plural = _("opdrachten voor alle partners")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["created_at"], name="open_render_jobs", condition=Q(state__in=["wacht", "bezig"]))
        ]
        constraints = [
            models.CheckConstraint(
                name="finished_batch_says_when",
                condition=~Q(state=JobState.DONE) | Q(finished_at__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cancelled_batch_says_when", condition=~Q(state=JobState.CANCELLED) | Q(cancelled_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """The page with the progress."""
        return reverse("template_job", args=[self.number])

    @property
    def is_open(self) -> bool:
        """Tell whether work is left."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def state_tone(self) -> str:
        """How loud the badge of its state is."""
        return JobState(self.state).tone

    @property
    def has_file(self) -> bool:
        """Tell whether the zip can still be fetched."""
        return bool(self.file) and self.expires_at is not None and self.expires_at > timezone.now()


class RenderJobPart(models.Model):
    """One partner of a batch: made once, whatever happens to the worker."""

    job = models.ForeignKey(RenderJob, models.CASCADE, related_name="parts", verbose_name=_("opdracht"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("partner"))
    state = models.CharField(_("status"), max_length=20, choices=PartState.choices, default=PartState.WAITING)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    file = models.FileField(_("bestand"), upload_to="templatebatches/", blank=True)
    done_at = models.DateTimeField(_("gemaakt op"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner in een opdracht")
        verbose_name_plural = _("partners in een opdracht")
        ordering = ["job", "organisation"]
        constraints = [models.UniqueConstraint(fields=["job", "organisation"], name="partner_once_in_a_batch")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"
