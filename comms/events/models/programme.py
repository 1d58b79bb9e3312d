"""What happens at an event and who brings it, what partners offer, and what is taken along or left behind."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comms.events.enums import EventStatus, MaterialSource, OfferState, ProgrammeItemKind
from comms.events.models.events import Event
from comms.events.models.visibility import OfEventQuerySet
from comms.models import Publication
from cwn.core.searchable import marks_stale
from partners.models import Organisation
from partners.models.organisations import organisations_of


class SpeakerQuerySet(OfEventQuerySet):
    """Questions about speakers."""

    def contributions(self) -> "SpeakerQuerySet":
        """Speakers of events that took place: each is a contribution of the organisation (R123)."""
        return self.filter(event__status=EventStatus.CLOSED, organisation__isnull=False)


@pghistory.track()
class Speaker(models.Model):
    """Somebody who brings a part of an event; the name is only shown with consent (R123)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers", verbose_name=_("bijeenkomst"))
    name = models.CharField(_("naam"), max_length=120)
    role = models.CharField(_("functie"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="speakers", verbose_name=_("organisatie")
    )
    may_be_named = models.BooleanField(_("de spreker vindt goed dat de naam op de pagina staat"), default=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreker")
        verbose_name_plural = _("sprekers")
        ordering = ["name", "pk"]
        triggers = marks_stale("event", column="event_id")

    def __str__(self) -> str:
        return self.name

    @property
    def shown_as(self) -> str:
        """How the programme names the speaker: without consent only the organisation."""
        organisation = self.organisation.name if self.organisation else ""
        if not self.may_be_named:
            return organisation or str(_("Spreker volgt"))
        return ", ".join(part for part in (self.name, self.role, organisation) if part)


@pghistory.track()
class ProgrammeItem(models.Model):
    """A part of the programme."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="programme", verbose_name=_("bijeenkomst"))
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    title = models.CharField(_("titel"), max_length=200)
    kind = models.CharField(
        _("soort"), max_length=20, choices=ProgrammeItemKind.choices, default=ProgrammeItemKind.TALK
    )
    description = models.TextField(_("beschrijving"), max_length=2000, blank=True)
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="items", verbose_name=_("sprekers"))

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("programmaonderdeel")
        verbose_name_plural = _("programmaonderdelen")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="item_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Het onderdeel eindigt niet na het begin."),
            )
        ]  # fmt: skip
        triggers = marks_stale("event", column="event_id")

    def __str__(self) -> str:
        return self.title


class ContributionOfferQuerySet(OfEventQuerySet):
    """Questions about offered parts."""

    def visible_to(self, user: Any) -> "ContributionOfferQuerySet":
        """Offers that the reader's organisation made, and those for events that he or she organises."""
        own = Q(organisation__in=organisations_of(user), event__in=Event.objects.visible_to(user).values("pk"))
        return self.filter(own | Q(event__in=Event.objects.organised_by(user).values("pk")))


@pghistory.track()
class ContributionOffer(models.Model):
    """A part of an event that a partner offers after a call for contributions (R123)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="offers", verbose_name=_("bijeenkomst"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="offers", verbose_name=_("organisatie"))
    title = models.CharField(_("wat biedt u aan?"), max_length=200)
    explanation = models.TextField(_("toelichting"), max_length=2000)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("aangeboden door")
    )
    offered_at = models.DateTimeField(_("aangeboden op"), auto_now_add=True)
    state = models.CharField(_("stand"), max_length=20, choices=OfferState.choices, default=OfferState.OFFERED)
    answer = models.CharField(_("antwoord"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("besloten door"),
    )
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)

    objects = ContributionOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("aangeboden onderdeel")
        verbose_name_plural = _("aangeboden onderdelen")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="offer_was_decided_by_somebody",
                condition=Q(state=OfferState.OFFERED) | Q(decided_by__isnull=False, decided_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class EventMaterial(models.Model):
    """What the network brings to an event: banners, leaflets; what is on loan comes back (R99)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="materials", verbose_name=_("bijeenkomst"))
    what = models.CharField(_("wat"), max_length=200)
    amount = models.PositiveIntegerField(_("hoeveel"), default=1)
    source = models.CharField(
        _("waarvandaan"), max_length=20, choices=MaterialSource.choices, default=MaterialSource.STOCK
    )
    brought_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wie neemt het mee?")
    )
    returned_at = models.DateTimeField(_("terug op"), null=True, blank=True)

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("materiaal voor een bijeenkomst")
        verbose_name_plural = _("materiaal voor bijeenkomsten")
        ordering = ["what", "pk"]

    def __str__(self) -> str:
        return f"{self.amount} × {self.what}"

    @property
    def must_come_back(self) -> bool:
        """Tell whether somebody still has to bring it back."""
        return self.source == MaterialSource.LOAN and self.returned_at is None


@pghistory.track()
class EventDocument(models.Model):
    """Something to read before an event or after it: a publication of the portal, or a page elsewhere."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="documents", verbose_name=_("bijeenkomst"))
    title = models.CharField(_("titel"), max_length=200)
    publication = models.ForeignKey(
        Publication, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("publicatie")
    )
    url = models.URLField(_("adres"), max_length=400, blank=True)
    is_follow_up = models.BooleanField(_("hoort bij de terugblik"), default=False)

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("stuk bij een bijeenkomst")
        verbose_name_plural = _("stukken bij bijeenkomsten")
        ordering = ["is_follow_up", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="document_is_one_thing",
                condition=Q(publication__isnull=False, url="") | (Q(publication__isnull=True) & ~Q(url="")),
                violation_error_message=_("Kies een publicatie of vul een adres in."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
