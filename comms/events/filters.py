"""Filters of the list of events: plain GET parameters, so that a filtered list can be shared."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from comms.events.enums import EventKind
from comms.events.models.visibility import EventQuerySet
from comms.models import Audience
from cwn.core.enums import CwnFunction
from partners.models import Region, Sector

LONGEST_QUESTION = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter on the page: its parameter, its label, its values and the chosen one."""

    name: str
    label: str
    options: list[tuple[str, Any]]
    chosen: str


class EventFilter:
    """What a reader asks of the list; a value that does not exist filters nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.regions = list(Region.objects.order_by("order", "name"))
        self.is_past = request.GET.get("voorbij") == "1"
        self.q = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]
        self.choices = [
            self._choice(request, "soort", _("Soort"), list(EventKind.choices)),
            self._choice(request, "functie", _("Functie"), list(CwnFunction.choices)),
            self._choice(request, "regio", _("Regio"), [(row.slug, row.name) for row in self.regions]),
            self._choice(
                request, "sector", _("Sector"), [(row.slug, row.name) for row in Sector.objects.order_by("name")]
            ),
            self._choice(
                request, "doelgroep", _("Doelgroep"), [(row.slug, row.name) for row in Audience.objects.all()]
            ),
        ]

    @staticmethod
    def _choice(request: HttpRequest, name: str, label: str, options: list[tuple[str, Any]]) -> Choice:
        wish = request.GET.get(name, "")
        return Choice(name, label, options, wish if wish in dict(options) else "")

    @property
    def is_used(self) -> bool:
        """Tell whether the reader asked for less than everything."""
        return bool(self.q or any(choice.chosen for choice in self.choices))

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        """Return the events that the reader asked for, in the order of the list."""
        chosen = {choice.name: choice.chosen for choice in self.choices if choice.chosen}
        rows = events.past() if self.is_past else events.upcoming()
        if "soort" in chosen:
            rows = rows.filter(kind=chosen["soort"])
        if "functie" in chosen:
            rows = rows.filter(functions__contains=[chosen["functie"]])
        if "regio" in chosen:
            rows = rows.filter(pk__in=rows.filter(regions__in=self._within(chosen["regio"])).values("pk"))
        if "sector" in chosen:
            rows = rows.filter(pk__in=rows.filter(sectors__slug=chosen["sector"]).values("pk"))
        if "doelgroep" in chosen:
            rows = rows.filter(pk__in=rows.filter(audiences__slug=chosen["doelgroep"]).values("pk"))
        for word in self.q.split():
            rows = rows.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(description__icontains=word)
                | Q(place__icontains=word)
            )  # fmt: skip
        return rows

    def _within(self, slug: str) -> list[int]:
        """Return the region and every region below it."""
        found = [region.pk for region in self.regions if region.slug == slug]
        for key in found:
            found += [region.pk for region in self.regions if region.parent_id == key]
        return found
