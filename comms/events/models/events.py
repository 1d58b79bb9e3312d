"""An event: when, where, for whom, and how many can come (R98, R99)."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.events.enums import EventKind, EventStatus, EventZone
from comms.events.models.visibility import EventQuerySet
from comms.models import Audience, SharingGroup
from comms.models.cover_sheet import IsFilled
from comms.planning.models import Campaign
from cwn.core.enums import CwnFunction
from cwn.core.searchable import link_marks_stale, marks_stale
from partners.models import Organisation, Region, Sector


@pghistory.track()
class Event(models.Model):
    """A meeting of the network, or one of somebody else where the network is present."""

    uid = models.UUIDField(_("vast kenmerk"), unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True)
    kind = models.CharField(_("soort"), max_length=30, choices=EventKind.choices)
    summary = models.CharField(_("in één of twee zinnen"), max_length=300)
    description = models.TextField(_("beschrijving"), max_length=20_000, blank=True)
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    time_zone = models.CharField(_("tijdzone"), max_length=40, choices=EventZone.choices, default=EventZone.AMSTERDAM)
    place = models.CharField(_("plaats"), max_length=120, blank=True, help_text=_("Ziet iedereen die de pagina ziet."))
    address = models.CharField(
        _("precies adres"), max_length=300, blank=True, help_text=_("Alleen voor wie zich heeft aangemeld.")
    )
    online_address = models.URLField(
        _("adres om online mee te doen"), max_length=400, blank=True,
        help_text=_("Alleen voor wie zich heeft aangemeld."),
    )  # fmt: skip
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="organised_events", verbose_name=_("organisator")
    )
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="planned_events", verbose_name=_("doelgroepen")
    )
    functions = ArrayField(
        models.CharField(max_length=60, choices=CwnFunction.choices),
        verbose_name=_("functies"),
        default=list,
        blank=True,
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="planned_events", verbose_name=_("regio's"))
    sectors = models.ManyToManyField(Sector, blank=True, related_name="planned_events", verbose_name=_("sectoren"))
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="planned_events", verbose_name=_("campagne")
    )
    tlp = models.CharField(_("TLP-label"), max_length=20, choices=Tlp.choices)
    addressed_organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="addressed_events", verbose_name=_("genoemde organisaties")
    )
    addressed_groups = models.ManyToManyField(
        SharingGroup, blank=True, related_name="addressed_events", verbose_name=_("genoemde deelgroepen")
    )
    status = models.CharField(_("status"), max_length=20, choices=EventStatus.choices, default=EventStatus.DRAFT)
    cancellation_reason = models.CharField(_("waarom afgelast?"), max_length=300, blank=True)
    registration_opens_at = models.DateTimeField(_("aanmelden kan vanaf"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("aanmelden kan tot"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("aantal plaatsen"), null=True, blank=True, help_text=_("Leeg: zonder grens.")
    )
    allows_guests = models.BooleanField(_("gasten zonder account mogen zich aanmelden"), default=False)
    has_waiting_list = models.BooleanField(_("met wachtlijst"), default=True)
    calls_for_contributions = models.BooleanField(_("partners mogen een onderdeel aanbieden"), default=False)
    accessibility = models.TextField(_("toegankelijkheid"), max_length=1000, blank=True)
    hosted_by = models.CharField(
        _("van wie is deze bijeenkomst?"), max_length=200, blank=True,
        help_text=_("Alleen invullen als een ander organiseert en het netwerk aanwezig is."),
    )  # fmt: skip
    host_url = models.URLField(_("pagina van de organisator"), max_length=400, blank=True)
    follow_up = models.TextField(_("wat kwam eruit?"), max_length=20_000, blank=True)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True)
    sequence = models.PositiveIntegerField(_("volgnummer voor agenda's"), default=0)
    """Counts the changes that a calendar program must notice (RFC 5545, SEQUENCE), and the versions of reminders."""
    edit_version = models.PositiveIntegerField(default=1)
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gemaakt door")
    )
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="shown_events", condition=~Q(status="concept"))]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Het einde ligt niet na het begin."),
            ),
            models.CheckConstraint(
                name="event_is_never_red", condition=~Q(tlp=Tlp.RED),
                violation_error_message=_("TLP:RED hoort niet in de agenda."),
            ),
            models.CheckConstraint(
                name="event_has_a_title_and_a_summary", condition=Q(IsFilled("title")) & Q(IsFilled("summary")),
                violation_error_message=_("Geef een titel en zeg in één of twee zinnen waar het over gaat."),
            ),
            models.CheckConstraint(
                name="event_with_guests_is_clear", condition=Q(allows_guests=False) | Q(tlp=Tlp.CLEAR),
                violation_error_message=_("Gasten kunnen alleen naar een bijeenkomst met TLP:CLEAR."),
            ),
            models.CheckConstraint(
                name="shown_event_says_where",
                condition=Q(status=EventStatus.DRAFT) | ~Q(place="") | ~Q(online_address=""),
                violation_error_message=_("Vul een plaats in, of een adres om online mee te doen."),
            ),
            models.CheckConstraint(
                name="event_has_room_for_somebody", condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                violation_error_message=_("Er moet plaats zijn voor minstens één persoon."),
            ),
            models.CheckConstraint(
                name="registration_closes_after_it_opens",
                condition=Q(registration_opens_at__isnull=True) | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                violation_error_message=_("Aanmelden sluit voordat het opent."),
            ),
            models.CheckConstraint(
                name="cancelled_event_says_why",
                condition=~Q(status=EventStatus.CANCELLED) | Q(IsFilled("cancellation_reason")),
                violation_error_message=_("Schrijf waarom de bijeenkomst niet doorgaat."),
            ),
            models.CheckConstraint(
                name="stand_is_at_somebody_elses", condition=~Q(kind=EventKind.STAND) | ~Q(hosted_by=""),
                violation_error_message=_("Vul in van wie de bijeenkomst is waar wij staan."),
            ),
        ]  # fmt: skip
        triggers = [
            *marks_stale("event"),
            pgtrigger.Trigger(
                name="seats_fit_the_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("capacity"),
                func="""
                    IF NEW.capacity IS NOT NULL AND EXISTS (
                        SELECT FROM events_registration WHERE event_id = NEW.id AND seat > NEW.capacity
                    ) THEN
                        RAISE EXCEPTION 'more seats are taken than there would be'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'seats_fit_the_capacity';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the event."""
        return reverse("event_detail", args=[self.slug])

    @property
    def label(self) -> Tlp:
        """The label with its words and its meaning."""
        return Tlp(self.tlp)

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the place where it is."""
        return ZoneInfo(self.time_zone)

    @property
    def starts_there(self) -> datetime:
        """When it begins, on the clock of its place."""
        return self.starts_at.astimezone(self.zone)

    @property
    def ends_there(self) -> datetime:
        """When it ends, on the clock of its place."""
        return self.ends_at.astimezone(self.zone)

    @property
    def is_past(self) -> bool:
        """Tell whether it ended."""
        return self.ends_at <= timezone.now()

    @property
    def is_of_others(self) -> bool:
        """Tell whether somebody else organises it and the network is present (R99)."""
        return bool(self.hosted_by)

    @property
    def takes_registrations(self) -> bool:
        """Tell whether somebody can register now, apart from whether there is room."""
        now = timezone.now()
        closes = self.registration_closes_at or self.starts_at
        opens = self.registration_opens_at
        return self.status == EventStatus.PUBLISHED and (opens is None or opens <= now) and now < closes


def _links_that_mark_stale() -> list[Any]:
    fields = ("regions", "sectors", "audiences", "addressed_organisations", "addressed_groups")
    return [link_marks_stale(Event, field, "event") for field in fields]


EVENT_LINKS = _links_that_mark_stale()
