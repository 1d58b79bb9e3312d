"""Everything that is shared is one kind of row: a publication with its cover sheet, its label and its readers."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from comms.enums import (
    ISSUED,
    RESTRICTED,
    TOMBSTONES,
    UNFINISHED,
    Licence,
    PublicationKind,
    PublicationStatus,
    ReaderRole,
    Tlp,
    Urgency,
)
from comms.models.audiences import Development, SharingGroup
from comms.models.cover_sheet import CoverSheetColumns, IsFilled, sheet_constraints
from comms.models.guards import publication_triggers
from comms.models.visibility import PublicationQuerySet
from cwn.core.enums import CwnFunction, IncidentPhase
from cwn.core.searchable import link_marks_stale, marks_stale
from partners.models import Branch, Organisation, Region, Sector

#: How the address begins of what was restricted from the start: it tells nothing of the title.
OPAQUE_SLUG = "bericht-"


class Keyword(TagBase):
    """A free word that editors give a publication; what lasts becomes a `Development`."""

    class Meta:
        verbose_name = _("trefwoord")
        verbose_name_plural = _("trefwoorden")


class PublicationKeyword(ItemBase):
    """A keyword of a publication."""

    content_object = models.ForeignKey("Publication", models.CASCADE, related_name="keyword_links")
    tag = models.ForeignKey(Keyword, models.CASCADE, related_name="publication_links")

    class Meta:
        verbose_name = _("trefwoord van een publicatie")
        verbose_name_plural = _("trefwoorden van publicaties")
        triggers = marks_stale("publication", "content_object_id")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="keyword_once")]


@pghistory.track()
class Publication(CoverSheetColumns):  # type: ignore[django-manager-missing]  # `ItemBase` of taggit has no types
    """Something that an organisation shares with the network, under the mandatory cover sheet (R51, R77).

    Who reads it follows from label, status and readers: see `comms.models.visibility`. The owner edits, the
    coordinators comment and suggest (R106). A text that was issued changes only with a new `version`.
    """

    kind = models.CharField(_("soort"), max_length=30, choices=PublicationKind.choices)
    title = models.CharField(_("titel"), max_length=200)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True, editable=False)
    summary = models.TextField(_("samenvatting"), max_length=600, blank=True)
    body = models.TextField(_("tekst"), max_length=60_000, blank=True)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="publications", verbose_name=_("organisatie die dit deelt")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="publications", verbose_name=_("auteur")
    )
    status = models.CharField(
        _("status"), max_length=20, choices=PublicationStatus.choices, default=PublicationStatus.DRAFT
    )

    tlp = models.CharField(
        _("TLP-label"),
        max_length=20,
        choices=Tlp.choices,
        error_messages={"blank": _("Kies een TLP-label. Er is geen standaardlabel.")},
    )
    restriction_reason = models.TextField(_("waarom is dit niet openbaar?"), max_length=1000, blank=True)
    review_on = models.DateField(_("label en inhoud opnieuw bekijken op"), null=True, blank=True)
    addressed_organisations: Any = models.ManyToManyField(
        Organisation, related_name="addressed_publications", verbose_name=_("bestemd voor organisaties"), blank=True
    )
    addressed_groups: Any = models.ManyToManyField(
        SharingGroup, related_name="publications", verbose_name=_("bestemd voor deelgroepen"), blank=True
    )
    named_readers: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="named_publications", verbose_name=_("bestemd voor personen"), blank=True
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("gevraagd om te beoordelen"),
    )

    regions: Any = models.ManyToManyField(Region, related_name="publications", verbose_name=_("regio's"), blank=True)
    sectors: Any = models.ManyToManyField(Sector, related_name="publications", verbose_name=_("sectoren"), blank=True)
    branches: Any = models.ManyToManyField(Branch, related_name="publications", verbose_name=_("branches"), blank=True)
    developments: Any = models.ManyToManyField(
        Development, related_name="publications", verbose_name=_("ontwikkelingen en thema's"), blank=True
    )
    keywords = TaggableManager(_("trefwoorden"), through=PublicationKeyword, blank=True)
    related: Any = models.ManyToManyField("self", verbose_name=_("hoort bij"), blank=True)
    phase = models.CharField(_("fase"), max_length=10, choices=IncidentPhase.choices, default=IncidentPhase.COLD)

    publish_at = models.DateTimeField(_("publiceren op"), null=True, blank=True)
    public_from = models.DateTimeField(
        _("voor iedereen vanaf"),
        null=True,
        blank=True,
        help_text=_("Tot dit moment lezen alleen netwerkpartners mee. Leeg betekent: meteen voor iedereen."),
    )
    expires_on = models.DateField(_("verloopt op"), null=True, blank=True)
    source = models.CharField(_("bron"), max_length=300, blank=True)
    source_url = models.URLField(_("adres van de bron"), max_length=500, blank=True)
    licence = models.CharField(_("licentie"), max_length=20, choices=Licence.choices, blank=True)

    version = models.PositiveIntegerField(_("versie"), default=0, editable=False)
    """0 before it is issued, 1 at the first time; one more for each correction."""
    correction_note = models.TextField(_("wat is er gecorrigeerd en waarom?"), max_length=1000, blank=True)
    edit_version = models.PositiveIntegerField(default=1, editable=False)
    """One more at each save; whoever saves an older one gets the merge page."""
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_publications",
        verbose_name=_("akkoord van"),
        editable=False,
    )
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True, blank=True, editable=False)
    corrected_at = models.DateTimeField(_("gecorrigeerd op"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("waarom ingetrokken?"), max_length=1000, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name=_("vervangen door")
    )
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publicatie")
        verbose_name_plural = _("publicaties")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="published_newest_first",
                condition=Q(status=PublicationStatus.PUBLISHED),
            ),
            models.Index(fields=["publish_at"], name="scheduled", condition=Q(status=PublicationStatus.SCHEDULED)),
            models.Index(fields=["owner", "-updated_at"], name="publications_of_owner"),
            models.Index(fields=["tlp", "status"], name="publications_by_label"),
        ]
        constraints = [
            *sheet_constraints(),
            models.CheckConstraint(
                name="known_tlp_label",
                condition=Q(tlp__in=Tlp.values),
                violation_error_message=_("Kies een TLP-label. Er is geen standaardlabel."),
            ),
            models.CheckConstraint(
                name="known_words",
                condition=Q(
                    kind__in=PublicationKind.values,
                    status__in=PublicationStatus.values,
                    urgency__in=["", *Urgency.values],
                    functions__contained_by=list(CwnFunction.values),
                    reader_roles__contained_by=list(ReaderRole.values),
                ),
                violation_error_message=_("Deze keuze bestaat niet."),
            ),
            models.CheckConstraint(
                name="issued_has_a_title",
                condition=Q(status__in=UNFINISHED) | Q(IsFilled("title")),
                violation_error_message=_("Schrijf een titel."),
            ),
            models.CheckConstraint(
                name="restriction_has_a_reason_and_an_end",
                condition=Q(status__in=UNFINISHED)
                | Q(tlp=Tlp.CLEAR)
                | (Q(IsFilled("restriction_reason")) & Q(review_on__isnull=False)),
                violation_error_message=_(
                    "Openbaar delen is de regel. Schrijf waarom dit niet openbaar is en kies een datum om het label "
                    "opnieuw te bekijken."
                ),
            ),
            models.CheckConstraint(
                name="restricted_needs_a_second_person",
                condition=Q(status__in=UNFINISHED)
                | ~Q(tlp__in=RESTRICTED)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("author"))),
                violation_error_message=_("Een tweede persoon moet akkoord geven. Dat is nooit de auteur."),
            ),
            models.CheckConstraint(
                name="issued_has_a_moment_and_a_version",
                condition=~Q(status__in=ISSUED) | Q(published_at__isnull=False, version__gte=1),
            ),
            models.CheckConstraint(
                name="scheduled_has_a_moment",
                condition=~Q(status=PublicationStatus.SCHEDULED) | Q(publish_at__isnull=False),
                violation_error_message=_("Kies wanneer dit wordt gepubliceerd."),
            ),
            models.CheckConstraint(
                name="partners_first_is_for_the_public",
                condition=Q(public_from__isnull=True) | Q(tlp=Tlp.CLEAR) | Q(status__in=ISSUED),
                violation_error_message=_("Alleen TLP:CLEAR wordt ooit openbaar. Maak 'voor iedereen vanaf' leeg."),
            ),
            models.CheckConstraint(
                name="withdrawn_with_a_reason",
                condition=~Q(status=PublicationStatus.WITHDRAWN) | Q(IsFilled("withdrawal_reason")),
                violation_error_message=_("Schrijf waarom u dit intrekt."),
            ),
            models.CheckConstraint(
                name="superseded_by_another",
                condition=~Q(status=PublicationStatus.SUPERSEDED)
                | (Q(superseded_by__isnull=False) & ~Q(superseded_by=F("id"))),
                violation_error_message=_("Kies de publicatie die deze vervangt."),
            ),
        ]
        triggers = [*marks_stale("publication"), *publication_triggers()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page."""
        return reverse("publication_detail", args=[self.slug])

    @property
    def label(self) -> Tlp:
        """The label with its meaning and strictness."""
        return Tlp(self.tlp)

    @property
    def is_issued(self) -> bool:
        """Tell whether readers got it, even if it is gone by now."""
        return self.status in ISSUED

    @property
    def is_tombstone(self) -> bool:
        """Tell whether only a notice is left."""
        return self.status in TOMBSTONES

    @property
    def is_partners_first(self) -> bool:
        """Tell whether it is going to be public but is not yet (R110)."""
        return self.public_from is not None and self.tlp == Tlp.CLEAR and self.public_from > timezone.now()


#: Who else may read or find it changes with these tables, so they make its search documents stale.
PUBLICATION_LINKS = [
    pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)(
        link_marks_stale(Publication, field, "publication")
    )
    for field in (
        "addressed_organisations",
        "addressed_groups",
        "named_readers",
        "regions",
        "sectors",
        "branches",
        "developments",
    )
]
