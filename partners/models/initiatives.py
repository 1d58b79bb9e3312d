"""Initiatives and public-private partnerships, objects of their own (R9, R11, R37)."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction, Ownership
from cwn.core.searchable import link_marks_stale, marks_stale
from partners.enums import InitiativeKind, InitiativeStatus
from partners.models.domains import Branch, OrganisationKind, Region, Sector
from partners.models.organisations import Organisation


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Questions about initiatives."""

    def visible_to(self, user: Any) -> "InitiativeQuerySet":
        """Initiatives are public: naming them is what they are in the registry for (R11)."""
        return self


@pghistory.track()
class Initiative(models.Model):
    """An initiative in the landscape, linked to functions and partners; the network replaces none (R37)."""

    name = models.CharField(_("naam"), max_length=200)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True)
    known_as = ArrayField(models.CharField(max_length=200), verbose_name=_("ook bekend als"), default=list, blank=True)
    kind = models.CharField(_("soort"), max_length=20, choices=InitiativeKind.choices)
    ownership = models.CharField(_("publiek of privaat"), max_length=20, choices=Ownership.choices)
    status = models.CharField(_("verhouding tot het netwerk"), max_length=20, choices=InitiativeStatus.choices)
    description = models.TextField(_("omschrijving"), max_length=2000, blank=True)
    description_en = models.TextField(_("omschrijving in het Engels"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    functions = ArrayField(
        models.CharField(max_length=40, choices=CwnFunction.choices), verbose_name=_("functies"), default=list
    )
    roles = models.ManyToManyField(
        OrganisationKind, verbose_name=_("voor welke soorten"), related_name="initiatives", blank=True
    )
    regions = models.ManyToManyField(Region, verbose_name=_("regio's"), related_name="initiatives", blank=True)
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectoren"), related_name="initiatives", blank=True)
    branches = models.ManyToManyField(Branch, verbose_name=_("branches"), related_name="initiatives", blank=True)
    participants: Any = models.ManyToManyField(
        Organisation, through="InitiativeParticipant", verbose_name=_("deelnemers"), related_name="initiatives"
    )
    source_reference = models.CharField(_("bron"), max_length=300, blank=True)
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiatief")
        verbose_name_plural = _("initiatieven")
        ordering = ["name"]
        triggers = marks_stale("initiative")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("initiative_detail", args=[self.slug])


INITIATIVE_LINKS = [
    pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)(
        link_marks_stale(Initiative, field, "initiative")
    )
    for field in ("roles", "regions", "sectors", "branches")
]


class InitiativeParticipantQuerySet(models.QuerySet["InitiativeParticipant"]):
    """Questions about who takes part in initiatives."""

    def visible_to(self, user: Any) -> "InitiativeParticipantQuerySet":
        """Participants that a reader may know of and that show in what they take part."""
        known = Organisation.objects.visible_to(user).showing("participation", user)
        return self.filter(organisation__in=known.values("pk"))


@pghistory.track()
class InitiativeParticipant(models.Model):
    """An organisation that takes part in an initiative."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="participations", verbose_name=_("initiatief")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="initiative_participations", verbose_name=_("organisatie")
    )
    is_lead = models.BooleanField(_("trekker"), default=False)
    source_reference = models.CharField(_("bron"), max_length=300, blank=True)

    objects = InitiativeParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelnemer aan een initiatief")
        verbose_name_plural = _("deelnemers aan initiatieven")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation"],
                name="takes_part_once",
                violation_error_message=_("Deze organisatie staat al bij dit initiatief."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.initiative}"
