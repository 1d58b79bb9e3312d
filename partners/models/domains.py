"""The domains in which organisations work: region, sector, branch; none of them comes first (R24).

All are editable data. A slug stands in shared addresses, so it never changes once it exists.
"""

from collections.abc import Iterator

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.core.searchable import marks_vocabulary_stale
from partners.enums import RegionLevel, SectorGroup


class Domain(models.Model):
    """What every domain table has: a name in two languages, a stable slug and an order."""

    name = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("naam in het Engels"), max_length=120, blank=True)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=80, unique=True)
    description = models.CharField(_("omschrijving"), max_length=400, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


class RegionQuerySet(models.QuerySet["Region"]):
    """Questions about regions."""

    def tiles(self) -> "RegionQuerySet":
        """Regions on the tile map: twelve provinces and six islands of equal weight (R164)."""
        return self.filter(tile_row__isnull=False)


@pghistory.track()
class Region(Domain):
    """A region in the tree Kingdom, country, province or island, safety region (R4)."""

    level = models.CharField(_("niveau"), max_length=20, choices=RegionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("ligt in")
    )
    tile_row = models.PositiveSmallIntegerField(_("rij op de kaart"), null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("kolom op de kaart"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta(Domain.Meta):
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")
        triggers = marks_vocabulary_stale("regio")

    def clean(self) -> None:
        """Refuse a tree that bites its own tail."""
        if self.pk and any(region.pk == self.pk for region in self.ancestors()):
            raise ValidationError({"parent": _("Een regio kan niet in zichzelf liggen.")})

    def ancestors(self) -> Iterator["Region"]:
        """Walk from the region above this one to the top."""
        region, seen = self.parent, set()
        while region is not None and region.pk not in seen:
            seen.add(region.pk)
            yield region
            region = region.parent


@pghistory.track()
class Sector(Domain):
    """A sector, of the NIS2 directive or beside it (R5)."""

    group = models.CharField(_("groep"), max_length=20, choices=SectorGroup.choices, default=SectorGroup.OTHER)

    class Meta(Domain.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectoren")
        triggers = marks_vocabulary_stale("sector")


@pghistory.track()
class Branch(Domain):
    """A line of business after the SBI sections (R6); "branch" never means an office."""

    code = models.CharField(_("SBI-sectie"), max_length=4, blank=True)

    class Meta(Domain.Meta):
        verbose_name = _("branche")
        verbose_name_plural = _("branches")
        triggers = marks_vocabulary_stale("branche")


@pghistory.track()
class OrganisationKind(Domain):
    """A kind of partner (R20); the constants are the slugs that the code itself refers to."""

    LINK_ORGANISATION = "schakelorganisatie"
    ISAC = "isac"
    CSIRT = "csirt"
    SECTORAL_CSIRT = "sectorale-csirt"
    PARTNERSHIP = "samenwerkingsverband"
    TRADE_ASSOCIATION = "brancheorganisatie"
    UMBRELLA_ORGANISATION = "koepelorganisatie"
    ISP = "isp"
    MSP = "msp"
    MSSP = "mssp"
    ICT_SUPPLIER = "ict-leverancier"
    BESPOKE_SUPPLIER = "maatwerkleverancier"

    class Meta(Domain.Meta):
        verbose_name = _("soort organisatie")
        verbose_name_plural = _("soorten organisaties")
        triggers = marks_vocabulary_stale("rol")
