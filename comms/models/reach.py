"""Whom a publication reached and what they did with it: receipts, mails, answers and feedback (R52, R107, R153).

Reach is counted in organisations and in what partners say about their constituency; people are never followed.
"""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.enums import Answer, ReceiptChannel
from comms.models.publications import Publication
from cwn.accounts.roles import COORDINATOR
from cwn.core.visibility import principals_of, role_principal
from partners.models import Organisation
from partners.models.organisations import organisations_of, represented_organisations_of


class Receipt(models.Model):
    """An organisation got a version of a publication, by one way; a correction goes to who has one."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="receipts", verbose_name=_("publicatie"))
    version = models.PositiveIntegerField(_("versie"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="receipts", verbose_name=_("organisatie")
    )
    channel = models.CharField(_("langs welke weg"), max_length=20, choices=ReceiptChannel.choices)
    first_at = models.DateTimeField(_("voor het eerst"), default=timezone.now)

    class Meta:
        verbose_name = _("ontvangst")
        verbose_name_plural = _("ontvangsten")
        ordering = ["-first_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "version", "organisation", "channel"], name="one_receipt_per_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_channel_display()}"


class NoticeKind(models.TextChoices):
    """Why the portal mails somebody about a publication."""

    PUBLISHED = "gepubliceerd", _("Nieuw")
    CORRECTED = "gecorrigeerd", _("Gecorrigeerd")
    WITHDRAWN = "ingetrokken", _("Ingetrokken")
    RELABELLED = "label", _("Strenger label")
    REVIEW_ASKED = "beoordelen", _("Vraag om te beoordelen")
    ANSWERED = "antwoord", _("Antwoord op uw reactie")


class NoticeState(models.TextChoices):
    """How far a mail is."""

    QUEUED = "wacht", _("Wacht")
    CLAIMED = "bezig", _("Bezig")
    SENT = "verstuurd", _("Verstuurd")
    SKIPPED = "overgeslagen", _("Overgeslagen")
    PARKED = "geparkeerd", _("Lukt niet")


class Notice(models.Model):
    """One mail to one person about one version: first a row, then sent, so that a crash loses nothing."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="notices", verbose_name=_("publicatie"))
    kind = models.CharField(_("soort"), max_length=20, choices=NoticeKind.choices)
    version = models.PositiveIntegerField(_("versie"))
    occasion = models.CharField(_("aanleiding"), max_length=40, blank=True)
    """What tells two notices of one kind and version apart, such as the key of an answer."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("ontvanger")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="+", verbose_name=_("namens organisatie")
    )
    state = models.CharField(_("stand"), max_length=20, choices=NoticeState.choices, default=NoticeState.QUEUED)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_at = models.DateTimeField(_("volgende poging"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("bericht over een publicatie")
        verbose_name_plural = _("berichten over publicaties")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["next_at"], name="notices_to_send", condition=Q(state="wacht"))]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "kind", "version", "occasion", "user"], name="one_notice_per_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    """Questions about what organisations did with a publication."""

    def visible_to(self, user: Any) -> "AcknowledgementQuerySet":
        """Answers of the own organisations, all answers for representatives of the owner and coordinators.

        Whoever sees an answer to a publication must be able to see the publication.
        """
        publications = Publication.objects.visible_to(user)
        if role_principal(COORDINATOR.slug) in principals_of(user):
            return self.filter(publication__in=publications.values("pk"))
        mine = Q(organisation__in=organisations_of(user))
        owned = Q(publication__owner__in=represented_organisations_of(user))
        return self.filter(mine | owned, publication__in=publications.values("pk"))


@pghistory.track()
class Acknowledgement(models.Model):
    """What an organisation did with a version: passed on, not relevant, or later (R52, R107)."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="acknowledgements", verbose_name=_("publicatie")
    )
    version = models.PositiveIntegerField(_("versie"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="acknowledgements", verbose_name=_("organisatie")
    )
    answer = models.CharField(_("antwoord"), max_length=20, choices=Answer.choices)
    channel = models.CharField(_("langs welke weg"), max_length=100, blank=True)
    passed_on_on = models.DateField(_("wanneer"), null=True, blank=True)
    reach = models.PositiveIntegerField(_("ongeveer hoeveel organisaties"), null=True, blank=True)
    note = models.CharField(_("toelichting"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ingevuld door")
    )
    answered_at = models.DateTimeField(_("op"), auto_now=True)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie van een organisatie")
        verbose_name_plural = _("reacties van organisaties")
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "version", "organisation"], name="one_answer_per_version"),
            models.CheckConstraint(
                name="only_what_was_passed_on_reaches",
                condition=Q(answer=Answer.PASSED_ON) | Q(reach__isnull=True, passed_on_on__isnull=True, channel=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_answer_display()}"


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Questions about feedback."""

    def visible_to(self, user: Any) -> "FeedbackQuerySet":
        """The own feedback, and for representatives of the owner and coordinators what all others wrote."""
        publications = Publication.objects.visible_to(user)
        if role_principal(COORDINATOR.slug) in principals_of(user):
            return self.filter(publication__in=publications.values("pk"))
        owned = Q(publication__owner__in=represented_organisations_of(user))
        mine = Q(user=user.pk) if user.pk else Q(pk__in=[])
        return self.filter(mine | owned, publication__in=publications.values("pk"))


@pghistory.track()
class Feedback(models.Model):
    """An answer to "was dit nuttig?", with or without words (R153); visitors leave no name."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="feedback", verbose_name=_("publicatie"))
    version = models.PositiveIntegerField(_("versie"))
    is_useful = models.BooleanField(_("was dit nuttig?"))
    text = models.TextField(_("wat kan beter?"), max_length=1000, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("van")
    )
    given_at = models.DateTimeField(_("op"), default=timezone.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie van een lezer")
        verbose_name_plural = _("reacties van lezers")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "version", "user"],
                condition=Q(user__isnull=False),
                name="one_feedback_per_person_and_version",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60] or str(self.is_useful)


@pghistory.track()
class FeedbackAnswer(models.Model):
    """What the owner did with the feedback ("dit deden we ermee"); every reader of the publication sees it (R153)."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="feedback_answers", verbose_name=_("publicatie")
    )
    text = models.TextField(_("dit deden we ermee"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("van"))
    at = models.DateTimeField(_("op"), auto_now_add=True)

    class Meta:
        verbose_name = _("antwoord op reacties")
        verbose_name_plural = _("antwoorden op reacties")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
