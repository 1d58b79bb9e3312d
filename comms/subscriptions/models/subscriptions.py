"""Subscriptions: who gets which newsletter, and what he or she agreed to (R94, security.md chapter 6)."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.enums import ReaderRole
from comms.subscriptions.enums import OVER, ConsentSource, EndReason, Frequency, StepKind, SubscriptionState
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.models.consent import ConsentText
from comms.subscriptions.models.newsletters import Newsletter, Topic
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, POLICY_OWNER
from cwn.core.enums import CwnFunction
from partners.models import Membership

#: How long somebody has to confirm; what nobody confirmed is removed after it (security.md D05).
CONFIRMATION_TERM = datetime.timedelta(days=7)


def readers_of_green() -> Q:
    """Say which subscriptions belong to somebody who may read GREEN now (A04: from the moment it ends, no more)."""
    members = Membership.objects.current().of_active_partners().of_trusted_people()
    staff = User.objects.with_access_facts().filter(
        is_active=True, groups__name__in=[COORDINATOR.slug, POLICY_OWNER.slug], known_second_factor=True
    )
    return Q(user__in=members.values("user")) | Q(user__in=staff.values("pk"))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Questions about subscriptions; rows are for their owner, everybody else gets numbers."""

    def visible_to(self, user: Any) -> "SubscriptionQuerySet":
        """Return the reader's own subscriptions: after logging in, or of a signed link (security.md chapter 3)."""
        if isinstance(user, LinkHolder):
            return self.filter(Q(subscriber=user.subscriber) | Q(key__in=user.keys))
        return self.filter(user=user) if getattr(user, "is_trusted", False) else self.none()

    def editable_by(self, user: Any) -> "SubscriptionQuerySet":
        """Return the same: everybody changes the own subscriptions, nobody those of another."""
        return self.visible_to(user)

    def running(self) -> "SubscriptionQuerySet":
        """Subscriptions that are confirmed and not over, the paused ones included."""
        return self.filter(confirmed_at__isnull=False).exclude(state__in=[*OVER, SubscriptionState.UNCONFIRMED])

    def receiving(self, newsletter: Newsletter) -> "SubscriptionQuerySet":
        """Subscriptions to which the next issue of a newsletter goes.

        Confirmed and not at rest; a list that is not public only goes to who may read GREEN at this moment. Inside a
        request row-level security leaves nothing of it: counting and expanding run in `as_the_portal()`.
        """
        awake = Q(state=SubscriptionState.ACTIVE) | Q(
            state=SubscriptionState.PAUSED, paused_until__lte=timezone.localdate()
        )
        rows = self.filter(awake, newsletter=newsletter, confirmed_at__isnull=False)
        return rows if newsletter.is_public else rows.filter(readers_of_green())

    def expired(self) -> "SubscriptionQuerySet":
        """Subscriptions that nobody confirmed in time (security.md D05)."""
        return self.filter(state=SubscriptionState.UNCONFIRMED, created_at__lte=timezone.now() - CONFIRMATION_TERM)

    def with_topics(self) -> "SubscriptionQuerySet":
        """Add what a page of preferences shows, in a fixed number of queries."""
        return self.select_related("newsletter", "consent_text").prefetch_related("topics")

    def wanting(self, topics: Any) -> "SubscriptionQuerySet":
        """Subscriptions whose owner chose one of these topics, or chose none and so gets everything."""
        chosen = Subscription.topics.through.objects.filter(subscription=OuterRef("pk"))
        return self.filter(~Exists(chosen) | Exists(chosen.filter(topic__in=topics)))


class Subscription(models.Model):
    """One address on one list. Not in the history tables: what is erased must be gone (docs/adr/0020)."""

    key = models.UUIDField(_("kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    """Stands signed in the links of one list."""
    subscriber = models.UUIDField(_("abonnee"), default=uuid.uuid4, editable=False, db_index=True)
    """The same on all subscriptions of one address; stands signed in the link to the preferences."""
    newsletter = models.ForeignKey(
        Newsletter, models.PROTECT, related_name="subscriptions", verbose_name=_("nieuwsbrief")
    )
    email = models.EmailField(_("e-mailadres"), max_length=254, blank=True)
    """In its one spelling (`normal_address`); empty once the subscription is over."""
    digest = models.CharField(_("vingerafdruk van het adres"), max_length=64, blank=True)
    """Of an address that is gone, so that no import brings it back."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("account"),
    )
    name = models.CharField(_("naam"), max_length=120, blank=True)
    language = models.CharField(_("taal"), max_length=8, choices=settings.LANGUAGES, default="nl")
    state = models.CharField(
        _("stand"), max_length=20, choices=SubscriptionState.choices, default=SubscriptionState.UNCONFIRMED
    )
    paused_until = models.DateField(_("gepauzeerd tot"), null=True, blank=True)
    frequency = models.CharField(_("hoe vaak"), max_length=20, choices=Frequency.choices, default=Frequency.EACH)
    topics = models.ManyToManyField(Topic, blank=True, related_name="subscriptions", verbose_name=_("onderwerpen"))
    functions = ArrayField(
        models.CharField(max_length=60, choices=CwnFunction.choices),
        verbose_name=_("functies"),
        default=list,
        blank=True,
    )
    regions = ArrayField(models.SlugField(max_length=80), verbose_name=_("regio's"), default=list, blank=True)
    """Slugs, as in the addresses of lists: they never change."""
    sectors = ArrayField(models.SlugField(max_length=80), verbose_name=_("sectoren"), default=list, blank=True)
    branches = ArrayField(models.SlugField(max_length=80), verbose_name=_("branches"), default=list, blank=True)
    reader_role = models.CharField(_("rol"), max_length=30, choices=ReaderRole.choices, blank=True)
    organisation_kind = models.SlugField(_("soort organisatie"), max_length=80, blank=True)
    """Slug of a `partners.OrganisationKind`."""
    tracks_me = models.BooleanField(_("openen en klikken meten mag"), default=False)
    consent_text = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="subscriptions", verbose_name=_("akkoord met")
    )
    consent_source = models.CharField(
        _("hoe akkoord gegeven"), max_length=20, choices=ConsentSource.choices, default=ConsentSource.FORM
    )
    consented_at = models.DateTimeField(_("akkoord op"))
    created_at = models.DateTimeField(_("aangevraagd op"), db_default=Now())
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beëindigd op"), null=True, blank=True)
    ended_reason = models.CharField(_("waarom beëindigd"), max_length=20, choices=EndReason.choices, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnementen")
        ordering = ["newsletter", "pk"]
        indexes = [
            models.Index(fields=["email"], name="subscriptions_by_address", condition=~Q(email="")),
            models.Index(fields=["newsletter", "state"], name="subscriptions_by_state"),
            models.Index(fields=["digest"], name="subscriptions_by_digest", condition=~Q(digest="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "email"],
                condition=~Q(email=""),
                name="one_subscription_per_address",
                violation_error_message=_("Dit adres heeft dit abonnement al."),
            ),
            models.CheckConstraint(name="address_has_one_spelling", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="address_is_there_until_the_end",
                condition=(Q(state__in=OVER, email="", name="", user__isnull=True, ended_at__isnull=False))
                | (~Q(state__in=OVER) & ~Q(email="") & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="mail_only_after_confirmation",
                condition=Q(state__in=[SubscriptionState.UNCONFIRMED, *OVER]) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pause_has_an_end",
                condition=~Q(state=SubscriptionState.PAUSED) | Q(paused_until__isnull=False),
                violation_error_message=_("Kies tot wanneer u geen mail wilt."),
            ),
            models.CheckConstraint(
                name="who_left_says_why",
                condition=(Q(ended_at__isnull=True, ended_reason=""))
                | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newsletter} ({self.get_state_display()})"

    @property
    def tone(self) -> str:
        """How loud the badge of its state is."""
        return SubscriptionState(self.state).tone

    @property
    def is_over(self) -> bool:
        """Tell whether it ended, by whatever cause."""
        return self.state in OVER


class SubscriptionStep(models.Model):
    """What somebody asked, agreed to or changed, and to which text: nothing that says who it was."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="steps", verbose_name=_("abonnement"))
    kind = models.CharField(_("wat"), max_length=20, choices=StepKind.choices)
    details = models.CharField(_("toelichting"), max_length=400, blank=True)
    consent_text = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akkoord met")
    )
    at = models.DateTimeField(_("op"), default=timezone.now)

    class Meta:
        verbose_name = _("stap van een abonnement")
        verbose_name_plural = _("stappen van abonnementen")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
