"""Which phase holds now, and for whom (R45): what other apps and every page ask."""

from collections.abc import Iterable
from typing import Any

from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import IncidentPhase
from cwn.core.prepared import Prepared
from cwn.core.visibility import MEMBERS, principals_of, role_principal
from functions.base.enums import SERIOUSNESS
from functions.base.models import FunctionPhase
from partners.models import Region, Sector
from partners.models.organisations import organisations_of

#: Every page of somebody who is logged in asks these.
_RAISED = Prepared(lambda nothing: FunctionPhase.objects.current().raised().with_scope().order_by("began_at", "pk"))
_RAISED_FOR = Prepared(
    lambda organisations: (
        FunctionPhase.objects.current().raised().concerning(organisations).with_scope().order_by("began_at", "pk")
    )
)


def current_phase(function: str, sector: Sector | None = None, region: Region | None = None) -> IncidentPhase:
    """Return the phase of a function, for the whole network or as it holds in a sector, a region or both.

    A phase of the whole network holds in each part; one of a region holds in what lies below it. Of several
    the most serious one counts. What holds in a part only says nothing about the whole.
    """
    regions = [] if region is None else [region.pk, *(above.pk for above in region.ancestors())]
    rows = FunctionPhase.objects.current().filter(function=function)
    found = {
        row.phase
        for row in rows
        if row.sector_id in (None, sector and sector.pk) and (row.region_id is None or row.region_id in regions)
    }
    return max((IncidentPhase(phase) for phase in found), key=SERIOUSNESS.index, default=IncidentPhase.COLD)


def is_warm(functions: Iterable[str]) -> bool:
    """Tell whether any of these functions is in the warm phase, anywhere in the network."""
    return FunctionPhase.objects.current().filter(function__in=list(functions), phase=IncidentPhase.WARM).exists()


def phases_for(user: Any) -> list[FunctionPhase]:
    """Return the raised phases that concern a reader, in one query; nothing, without a query, for a visitor.

    Coordinators see all, members those of `concerning`, and nobody else any. The most serious ones come first.
    """
    principals = principals_of(user)
    if role_principal(COORDINATOR.slug) in principals:
        rows = _RAISED.rows(None)
    else:
        rows = _RAISED_FOR.rows(organisations_of(user)) if MEMBERS in principals else []
    for row in rows:
        row.sector = _part(Sector, row, "sector")
        row.region = _part(Region, row, "region")
    return sorted(rows, key=lambda row: -SERIOUSNESS.index(IncidentPhase(row.phase)))


def _part(model: type[Sector] | type[Region], row: Any, part: str) -> Any:
    """Return the sector or region of a row with its names, without a question to the database."""
    key = getattr(row, f"{part}_id")
    names = {"name": getattr(row, f"{part}_name"), "name_en": getattr(row, f"{part}_name_en")}
    return None if key is None else model(pk=key, **names)


def periods_of(function: str, user: Any) -> list[FunctionPhase]:
    """Return the periods of a function that a reader may know of, the newest first."""
    periods = FunctionPhase.objects.visible_to(user).filter(function=function).begun()
    return list(periods.select_related("sector", "region").order_by("-began_at", "-pk"))
