"""Whom a phase concerns: shown before anybody raises it (R45)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from functions.base.models import FunctionPhase
from partners.models import Membership, Organisation, Participation, Region, Sector


@dataclass(frozen=True, slots=True)
class PhaseAudience:
    """The organisations of which members will see the banner, and how many people that are."""

    organisations: QuerySet[Organisation]
    number_of_people: int

    @property
    def number(self) -> int:
        """How many organisations."""
        return self.organisations.count()


def audience_of(period: FunctionPhase) -> PhaseAudience:
    """Return who will see that a period holds; coordinators see it as well and are not counted."""
    organisations = organisations_concerned(period.function, period.sector, period.region)
    members = Membership.objects.current().filter(organisation__in=organisations.values("pk"))
    return PhaseAudience(organisations.order_by("name"), members.values("user").distinct().count())


def organisations_concerned(function: str, sector: Sector | None, region: Region | None) -> QuerySet[Organisation]:
    """Return the partners that a phase concerns; `FunctionPhaseQuerySet.concerning` says the same for a reader."""
    partners = Organisation.objects.partners()
    if sector is None and region is None:
        return partners
    part = Organisation.objects.all()
    if sector is not None:
        part = part.filter(sectors=sector)
    if region is not None:
        part = part.filter(regions__in=region_and_below(region))
    taking_part = Participation.objects.current().agreed().filter(function=function)
    return partners.filter(Q(pk__in=part.values("pk")) | Q(pk__in=taking_part.values("organisation")))


def region_and_below(region: Region) -> set[int]:
    """Return the keys of a region and of all that lies in it."""
    children: dict[int | None, list[int]] = {}
    for key, parent in Region.objects.values_list("pk", "parent"):
        children.setdefault(parent, []).append(key)
    found: set[int] = set()
    waiting = [region.pk]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children.get(key, [])
    return found
