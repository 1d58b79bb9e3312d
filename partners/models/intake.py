"""What waits for a decision: applications, proposed changes, possible duplicates, notices to confirm."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction
from partners.enums import ApplicationState, DuplicateState, ProposalState
from partners.models.organisations import Organisation

#: How long the link works that confirms an application; what nobody confirmed is removed after it.
APPLICATION_TERM = timedelta(days=7)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Questions about applications."""

    def expired(self) -> "ApplicationQuerySet":
        """Applications of which nobody confirmed the address in time (security.md D05)."""
        return self.filter(state=ApplicationState.UNCONFIRMED, created_at__lte=timezone.now() - APPLICATION_TERM)

    def waiting(self) -> "ApplicationQuerySet":
        """Applications with a confirmed address on which a coordinator has to act."""
        return self.filter(state__in=[ApplicationState.NEW, ApplicationState.IN_INTAKE])


@pghistory.track(exclude=["token_hash"])
class Application(models.Model):
    """Somebody who wants to join the network for an organisation (R35, R161, R162)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="applications", verbose_name=_("organisatie")
    )
    applicant_name = models.CharField(_("naam"), max_length=150)
    applicant_email = models.EmailField(_("e-mailadres"))
    applicant_phone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    motivation = models.TextField(_("waarom"), max_length=2000, blank=True)
    functions = ArrayField(
        models.CharField(max_length=40, choices=CwnFunction.choices), verbose_name=_("functies"), default=list
    )
    answers = models.JSONField(_("antwoorden op de vragen"), default=dict)
    state = models.CharField(
        _("stand"), max_length=20, choices=ApplicationState.choices, default=ApplicationState.UNCONFIRMED
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("ontvangen"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("adres bevestigd"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("behandelaar"),
    )
    decision_reason = models.TextField(_("reden van het besluit"), max_length=1000, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_state_display()})"


@pghistory.track()
class ProfileProposal(models.Model):
    """A change to a public profile that a representative proposes and a coordinator decides on."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="profile_proposals", verbose_name=_("organisatie")
    )
    values = models.JSONField(_("nieuwe waarden"))
    logo = models.ImageField(_("nieuw beeldmerk"), upload_to="voorstellen/", blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("voorgesteld door")
    )
    proposed_at = models.DateTimeField(_("voorgesteld"), auto_now_add=True)
    state = models.CharField(_("stand"), max_length=20, choices=ProposalState.choices, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("besloten door"),
    )
    decided_at = models.DateTimeField(_("besloten"), null=True, blank=True)
    decision_reason = models.CharField(_("reden"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("voorgestelde wijziging")
        verbose_name_plural = _("voorgestelde wijzigingen")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state=ProposalState.OPEN), name="one_open_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_state_display()})"


@pghistory.track()
class DuplicateCandidate(models.Model):
    """Two organisations that may be one: same name, mail domain or KvK number."""

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("eerste"))
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("tweede"))
    reasons = ArrayField(models.CharField(max_length=100), verbose_name=_("waarom"), default=list)
    state = models.CharField(_("stand"), max_length=20, choices=DuplicateState.choices, default=DuplicateState.OPEN)
    found_at = models.DateTimeField(_("gevonden"), auto_now_add=True)

    class Meta:
        verbose_name = _("mogelijke dubbele")
        verbose_name_plural = _("mogelijke dubbelen")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_candidate_per_pair"),
            models.CheckConstraint(name="pair_is_ordered", condition=Q(first__lt=models.F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class ConfirmationNoticeQuerySet(models.QuerySet["ConfirmationNotice"]):
    """Questions about requests to confirm."""

    def pending(self) -> "ConfirmationNoticeQuerySet":
        """Requests of which no mail is in the outbox yet."""
        return self.filter(claimed_at__isnull=True)

    def unanswered(self) -> "ConfirmationNoticeQuerySet":
        """Requests that were certainly sent and to which nobody of the organisation reacted."""
        return self.filter(sent_at__isnull=False, answered_at__isnull=True)


class ConfirmationNotice(models.Model):
    """One mail that asks one representative to confirm the contacts of an organisation (R19).

    Its place in the cycle: pending, then in the outbox, then sent. Only what the mail server certainly took counts
    against the representative.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="confirmation_notices", verbose_name=_("organisatie")
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="confirmation_notices", verbose_name=_("aan")
    )
    week = models.DateField(_("week"), help_text=_("De maandag van de week, Nederlandse tijd."))
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    claimed_at = models.DateTimeField(_("opgepakt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("verstuurd"), null=True, blank=True)
    answered_at = models.DateTimeField(_("beantwoord"), null=True, blank=True)

    objects = ConfirmationNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzoek om te bevestigen")
        verbose_name_plural = _("verzoeken om te bevestigen")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "recipient", "week"], name="one_notice_a_week")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.week:%Y-%m-%d}"


class PendingImport(models.Model):
    """A file of organisations that was read and checked, and waits for a yes of the person who sent it.

    It lives in the database, so that any web process can finish the import; it is removed as soon as it
    is carried out, when the same person sends the next file, or after a day.
    """

    file_name = models.CharField(_("bestand"), max_length=200)
    rows = models.JSONField(_("regels"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("verstuurd door")
    )
    uploaded_at = models.DateTimeField(_("verstuurd"), auto_now_add=True)

    class Meta:
        verbose_name = _("klaargezette import")
        verbose_name_plural = _("klaargezette imports")

    def __str__(self) -> str:
        return self.file_name
