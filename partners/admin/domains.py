"""The vocabularies of the registry in the admin: regions, sectors, branches, kinds and laws."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnModelAdmin
from partners.models import Branch, LegalRegime, OrganisationKind, Region, Sector

GROUP = (80, _("Woordenlijsten"))


class DomainAdmin(CwnModelAdmin):
    """A list of values; an address that people share never changes."""

    group = GROUP
    list_display: Any = ("name", "name_en", "slug", "order")
    search_fields = ("name", "name_en", "slug")
    ordering = ("order", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the address of an existing value as it is."""
        return ("slug",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Propose an address for a new value."""
        return {} if obj is not None else {"slug": ("name",)}


@admin.register(Region)
class RegionAdmin(DomainAdmin):
    """The tree of regions; islands stand beside provinces."""

    list_display = ("name", "level", "parent", "slug", "order")
    list_select_related = ("parent",)
    list_filter = ("level",)


@admin.register(Sector)
class SectorAdmin(DomainAdmin):
    """Sectors of NIS2 and beside it."""

    list_display = ("name", "group", "slug", "order")
    list_filter = ("group",)


@admin.register(Branch)
class BranchAdmin(DomainAdmin):
    """Lines of business."""

    list_display = ("name", "code", "slug", "order")
    list_filter = ("code",)


@admin.register(OrganisationKind)
class OrganisationKindAdmin(DomainAdmin):
    """Kinds of organisations."""

    list_filter = ("order",)


@admin.register(LegalRegime)
class LegalRegimeAdmin(CwnModelAdmin):
    """Laws and rules under which information may be shared (R21)."""

    group = GROUP
    list_display = ("name", "abbreviation", "valid_from", "valid_until", "successor")
    list_select_related = ("successor",)
    list_filter = ("valid_until",)
    search_fields = ("name", "abbreviation")
