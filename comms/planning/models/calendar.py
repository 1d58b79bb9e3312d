"""The content calendar: what is planned, by whom, for whom, along which way (R86, R87)."""

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.models import Audience, Publication
from comms.planning.enums import EntryReaders, EntryStatus, FeedScope, Medium
from comms.planning.models.campaigns import Campaign, Channel
from comms.planning.models.guards import entry_triggers
from comms.planning.models.visibility import plans, reads_plans
from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction
from cwn.core.visibility import MEMBERS, principals_of, role_principal
from partners.models import Organisation
from partners.models.organisations import organisations_of, represented_organisations_of

#: Labels that the calendar shows to whoever may see the row; stricter ones only to whom they are addressed.
OPEN_LABELS = (Tlp.CLEAR, Tlp.GREEN)
#: Steps at which an item must be complete (R86).
COMPLETE = (EntryStatus.PLANNED, EntryStatus.LIVE, EntryStatus.EVALUATED)
SAYS_SOMETHING = r"\S"


class CalendarEntryQuerySet(models.QuerySet["CalendarEntry"]):
    """Questions about planned items."""

    def visible_to(self, user: Any) -> "CalendarEntryQuerySet":
        """Items that a reader may know of (security.md chapter 3, content calendar).

        Everybody: what is public and CLEAR. Members: what is for members. The desk, representatives and the policy
        owner: all plans. An item of AMBER is for the people of its owner, for coordinators, and for who may read the
        publication that it plans. What was removed is gone for all.
        """
        return self.filter(_for(user), removed_at__isnull=True)

    def editable_by(self, user: Any) -> "CalendarEntryQuerySet":
        """Items that a reader may change: the desk, and representatives the ideas of their own organisation (R106)."""
        rows = self.visible_to(user)
        if plans(user):
            return rows
        return rows.filter(owner__in=represented_organisations_of(user), status=EntryStatus.IDEA)

    def removed_for(self, user: Any, since: Any) -> "CalendarEntryQuerySet":
        """Items that were taken away since a moment, for whoever could see them until then."""
        return self.filter(_for(user), removed_at__gte=since)

    def between(self, first: Any, last: Any) -> "CalendarEntryQuerySet":
        """Items that touch the time from one moment until just before another."""
        return self.filter(starts_at__lt=last).filter(Q(ends_at__gt=first) | Q(starts_at__gte=first))


def _for(user: Any) -> Q:
    principals = principals_of(user)
    rule = Q(readers=EntryReaders.PUBLIC, tlp=Tlp.CLEAR)
    if MEMBERS in principals:
        rule |= Q(readers__in=[EntryReaders.MEMBERS, EntryReaders.PUBLIC], tlp__in=OPEN_LABELS)
    if reads_plans(user):
        rule |= Q(tlp__in=OPEN_LABELS)
        rule |= Q(publication__in=Publication.objects.visible_to(user).values("pk"))
        rule |= Q(owner__in=organisations_of(user))
    if role_principal(COORDINATOR.slug) in principals:
        rule |= ~Q(tlp=Tlp.RED)
    return rule


@pghistory.track()
class CalendarEntry(models.Model):
    """A planned item: the six fields to coordinate, who owns it and how far it is. Planning is not publishing."""

    uid = models.UUIDField(_("vast kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    starts_at = models.DateTimeField(_("wanneer"))
    ends_at = models.DateTimeField(_("tot"), null=True, blank=True)
    is_all_day = models.BooleanField(_("hele dag"), default=False)
    time_zone = models.CharField(_("tijdzone"), max_length=40, default="Europe/Amsterdam")
    content = models.TextField(_("inhoud"), max_length=4000, blank=True)
    message = models.TextField(_("boodschap"), max_length=1000, blank=True)
    audiences = models.ManyToManyField(Audience, blank=True, related_name="entries", verbose_name=_("doelgroepen"))
    channels = models.ManyToManyField(Channel, blank=True, related_name="entries", verbose_name=_("kanalen"))
    medium = models.CharField(_("middel"), max_length=20, choices=Medium.choices, default=Medium.TEXT)
    tlp = models.CharField(_("TLP-label"), max_length=20, choices=Tlp.choices)
    readers = models.CharField(
        _("wie ziet dit"), max_length=20, choices=EntryReaders.choices, default=EntryReaders.PLANNERS
    )
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="entries", verbose_name=_("eigenaar"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("wie doet het"),
    )
    status = models.CharField(_("status"), max_length=20, choices=EntryStatus.choices, default=EntryStatus.IDEA)
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name=_("campagne")
    )
    functions = ArrayField(
        models.CharField(max_length=60, choices=CwnFunction.choices),
        verbose_name=_("functies"),
        default=list,
        blank=True,
    )
    publication = models.ForeignKey(
        Publication, models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name=_("publicatie")
    )
    embargo_until = models.DateTimeField(_("embargo tot"), null=True, blank=True)
    deadline_on = models.DateField(_("klaar voor"), null=True, blank=True)
    depends_on = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="needed_by", verbose_name=_("wacht op")
    )
    sequence = models.PositiveIntegerField(_("volgnummer voor agenda's"), default=0)
    """Counts the changes that a calendar program must notice (RFC 5545, SEQUENCE)."""
    edit_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gemaakt door")
    )
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)
    removed_at = models.DateTimeField(_("weggehaald op"), null=True, blank=True)

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("item van de contentkalender")
        verbose_name_plural = _("items van de contentkalender")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="entries_by_time", condition=Q(removed_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                name="entry_ends_after_it_starts", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                name="entry_is_never_red", condition=~Q(tlp=Tlp.RED),
                violation_error_message=_("TLP:RED hoort niet in de contentkalender."),
            ),
            models.CheckConstraint(
                name="entry_for_everybody_is_clear", condition=~Q(readers=EntryReaders.PUBLIC) | Q(tlp=Tlp.CLEAR),
                violation_error_message=_("Alleen TLP:CLEAR kan voor iedereen zichtbaar zijn."),
            ),
            models.CheckConstraint(
                name="entry_for_members_is_open",
                condition=~Q(readers=EntryReaders.MEMBERS) | Q(tlp__in=[label.value for label in OPEN_LABELS]),
                violation_error_message=_("Alleen TLP:CLEAR en TLP:GREEN kunnen voor alle leden zichtbaar zijn."),
            ),
            models.CheckConstraint(
                name="planned_entry_has_content_and_message",
                condition=~Q(status__in=[status.value for status in COMPLETE])
                | Q(content__regex=SAYS_SOMETHING, message__regex=SAYS_SOMETHING),
                violation_error_message=_("Een item dat gepland is, heeft een inhoud en een boodschap."),
            ),
        ]  # fmt: skip
        triggers = entry_triggers()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the item."""
        return reverse("entry_detail", args=[self.uid])


class OfEntryQuerySet(models.QuerySet):
    """Questions about what stands beside an item."""

    def visible_to(self, user: Any) -> "OfEntryQuerySet":
        """Rows of items that the reader sees as somebody who plans; other readers see the item alone."""
        if not reads_plans(user):
            return self.none()
        return self.filter(entry__in=CalendarEntry.objects.visible_to(user).values("pk"))


@pghistory.track()
class EntryComment(models.Model):
    """What somebody says about an item, with the people who are asked to look (@mentions)."""

    entry = models.ForeignKey(CalendarEntry, models.CASCADE, related_name="comments", verbose_name=_("item"))
    text = models.TextField(_("opmerking"), max_length=2000)
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("genoemde personen")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("van"))
    at = models.DateTimeField(_("op"), auto_now_add=True)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("opmerking bij een item")
        verbose_name_plural = _("opmerkingen bij items")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class EntryEditor(models.Model):
    """Somebody has the form of an item open: "wie werkt hieraan". Rows older than a minute count for nothing."""

    entry = models.ForeignKey(CalendarEntry, models.CASCADE, related_name="editors", verbose_name=_("item"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("wie"))
    seen_at = models.DateTimeField(_("gezien op"), auto_now=True)

    class Meta:
        verbose_name = _("bewerker van een item")
        verbose_name_plural = _("bewerkers van items")
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="one_presence_per_editor")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.entry_id}"


class BulkChange(models.Model):
    """One change of many items at once, with what they were before, so that it can be undone."""

    what = models.CharField(_("wat"), max_length=200)
    before = models.JSONField(_("zoals het was"))
    """Key of the item → field → value, and `edit_version` after the change: who edited since keeps that work."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("door"))
    at = models.DateTimeField(_("op"), auto_now_add=True)
    undone_at = models.DateTimeField(_("teruggedraaid op"), null=True, blank=True)

    class Meta:
        verbose_name = _("wijziging van veel items")
        verbose_name_plural = _("wijzigingen van veel items")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what


@pghistory.track()
class CalendarRule(models.Model):
    """A rule that sees collisions and silence in the calendar: data with a plain sentence (R87)."""

    code = models.SlugField(_("kenmerk"), max_length=40, unique=True)
    sentence = models.CharField(_("wat er aan de hand is"), max_length=300)
    sentence_en = models.CharField(_("hetzelfde in het Engels"), max_length=300, blank=True)
    most = models.PositiveSmallIntegerField(_("hoeveel mag"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("binnen hoeveel dagen"), null=True, blank=True)
    is_active = models.BooleanField(_("staat aan"), default=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("regel van de contentkalender")
        verbose_name_plural = _("regels van de contentkalender")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.sentence


@pghistory.track()
class AcceptedFinding(models.Model):
    """A finding of a rule that the working group looked at and lets be, with the reason."""

    rule = models.ForeignKey(CalendarRule, models.CASCADE, related_name="accepted", verbose_name=_("regel"))
    key = models.CharField(_("waarover"), max_length=300)
    """What the finding is about, as the rule writes it; another collision is another key."""
    reason = models.CharField(_("waarom mag dit?"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("door"))
    at = models.DateTimeField(_("op"), auto_now_add=True)

    class Meta:
        verbose_name = _("geaccepteerde bevinding")
        verbose_name_plural = _("geaccepteerde bevindingen")
        constraints = [models.UniqueConstraint(fields=["rule", "key"], name="one_acceptance_per_finding")]

    def __str__(self) -> str:
        return self.reason


class CalendarFeed(models.Model):
    """A secret, revocable address from which a calendar program reads; it dies with the rights of its owner (A04)."""

    digest = models.CharField(_("vingerafdruk van het geheim"), max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds", verbose_name=_("van")
    )
    scope = models.CharField(_("wat"), max_length=20, choices=FeedScope.choices)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisatie")
    )
    function = models.CharField(_("functie"), max_length=60, choices=CwnFunction.choices, blank=True)
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("campagne")
    )
    name = models.CharField(_("waarvoor"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    last_used_on = models.DateField(_("laatst gebruikt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda-adres")
        verbose_name_plural = _("agenda-adressen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="feed_has_what_its_scope_needs",
                condition=(Q(scope=FeedScope.PERSON, organisation__isnull=True, function="", campaign__isnull=True))
                | Q(scope=FeedScope.ORGANISATION, organisation__isnull=False, function="", campaign__isnull=True)
                | (Q(scope=FeedScope.FUNCTION, organisation__isnull=True, campaign__isnull=True) & ~Q(function=""))
                | Q(scope=FeedScope.CAMPAIGN, organisation__isnull=True, function="", campaign__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_scope_display()
