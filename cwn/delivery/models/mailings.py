"""A mailing, what it says, and one delivery per recipient (security.md chapter 5)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cwn.delivery.enums import ENDED, OPEN, DeliveryState, MailingState


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Questions about mailings."""

    def running(self) -> "MailingQuerySet":
        """Mailings of which mails may leave now."""
        return self.filter(state__in=[MailingState.WAITING, MailingState.SENDING], sends_at__lte=Now())

    def open(self) -> "MailingQuerySet":
        """Mailings that did not end."""
        return self.exclude(state__in=ENDED)


class Mailing(models.Model):
    """The same mail to many people, or to one; its key makes a second approval or a second beat harmless (D11)."""

    key = models.CharField(_("kenmerk"), max_length=200, unique=True)
    """What it is, once and for all: "issue:12:1", "event:7:a-week-before:3", "digest:user:5:2026-W47"."""
    kind = models.CharField(_("soort"), max_length=40)
    """Slug of a `cwn.delivery.kinds.MailKind`."""
    object_id = models.BigIntegerField(_("waarover"), null=True, blank=True)
    """Key of the thing it is about, in the table that belongs to the kind."""
    label = models.CharField(_("TLP-label"), max_length=20, blank=True)
    state = models.CharField(_("stand"), max_length=20, choices=MailingState.choices, default=MailingState.WAITING)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    """Why it is paused or cancelled, in a sentence for people."""
    sends_at = models.DateTimeField(_("vanaf"), db_default=Now())
    """Nothing leaves before; until then it can be taken back (undo window, schedule)."""
    content_hash = models.CharField(_("vingerafdruk van de inhoud"), max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akkoord van")
    )
    created_at = models.DateTimeField(_("gemaakt op"), db_default=Now())
    started_at = models.DateTimeField(_("begonnen op"), null=True, blank=True)
    finished_at = models.DateTimeField(_("klaar op"), null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["sends_at"], name="open_mailings", condition=~Q(state__in=[state.value for state in ENDED])
            ),
            models.Index(fields=["kind", "object_id"], name="mailings_about"),
        ]

    def __str__(self) -> str:
        return self.key


class CompiledMail(models.Model):
    """What a mailing says in one language: bytes with holes that are filled per recipient (performance.md M1)."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="mails", verbose_name=_("mailing"))
    language = models.CharField(_("taal"), max_length=8)
    content = models.BinaryField(_("mail met open plekken"))

    class Meta:
        verbose_name = _("samengestelde mail")
        verbose_name_plural = _("samengestelde mails")
        constraints = [models.UniqueConstraint(fields=["mailing", "language"], name="one_mail_per_language")]

    def __str__(self) -> str:
        return f"{self.mailing_id} ({self.language})"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about deliveries."""

    def due(self, *, within: timedelta = timedelta(0)) -> "DeliveryQuerySet":
        """Deliveries of running mailings that wait and of which the moment has come, or comes within some time."""
        return self.filter(
            state=DeliveryState.QUEUED, next_at__lte=Now() + within, mailing__in=Mailing.objects.running().values("pk")
        )

    def left_behind(self) -> "DeliveryQuerySet":
        """Deliveries of a worker that did not come back: nobody knows yet whether they left."""
        return self.filter(state=DeliveryState.CLAIMED, lease_until__lt=Now())

    def open(self) -> "DeliveryQuerySet":
        """Deliveries that keep their mailing from being done."""
        return self.filter(state__in=OPEN)


class Delivery(models.Model):
    """One mail to one address; the unique key makes asking twice harmless.

    Each mail changes its row twice, so the table has as few indexes as it can: the unique key finds the deliveries of a
    mailing, and the others hold only the rows that somebody looks for (performance.md M1).
    """

    mailing = models.ForeignKey(
        Mailing, models.CASCADE, related_name="deliveries", db_index=False, verbose_name=_("mailing")
    )
    recipient = models.CharField(_("ontvanger"), max_length=60)
    """Who it is in the table of the kind: "user:3", "subscription:17", "guest:8"."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("account"),
    )
    address = models.EmailField(_("mailadres"), max_length=254)
    language = models.CharField(_("taal"), max_length=8, default="nl")
    values = models.JSONField(_("wat de open plekken vult"), default=dict)
    token = models.UUIDField(_("kenmerk van de mail"), unique=True, db_default=RandomUUID(), editable=False)
    """Left side of the Message-ID; the same at each attempt, and it tells nothing."""
    state = models.CharField(_("stand"), max_length=20, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    smtp_code = models.PositiveSmallIntegerField(_("antwoord van de mailserver"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    """How often the mail server did not want it."""
    deaths = models.PositiveSmallIntegerField(_("afgebroken werkers"), default=0, db_default=0)
    """How often the worker that had it did not come back; mostly no fault of the mail."""
    next_at = models.DateTimeField(_("volgende poging"), db_default=Now())
    claimed_by = models.UUIDField(_("door welke werker"), null=True, blank=True)
    lease_until = models.DateTimeField(_("tot wanneer"), null=True, blank=True)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), db_default=Now())

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzending")
        verbose_name_plural = _("verzendingen")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["mailing", "next_at"], name="deliveries_to_send", condition=Q(state="wacht")),
            models.Index(fields=["lease_until"], name="deliveries_in_doubt", condition=Q(state="bezig")),
            models.Index(fields=["mailing", "state"], name="deliveries_not_sent", condition=~Q(state="verstuurd")),
            models.Index(fields=["user"], name="deliveries_of_accounts", condition=Q(user__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "recipient"], name="one_delivery_per_recipient"),
            models.CheckConstraint(
                name="claimed_means_by_somebody_until_a_moment",
                condition=~Q(state=DeliveryState.CLAIMED) | Q(claimed_by__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="what_was_skipped_says_why",
                condition=~Q(state__in=[DeliveryState.SKIPPED, DeliveryState.PARKED]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_state_display()}"
