"""The filters of the calendar: plain GET parameters, so that a view can be shared and the back button works (R86)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comms.models import Audience
from comms.planning.entry_items import ENTRY, kinds
from comms.planning.enums import ChannelKind, EntryStatus
from comms.planning.models import CalendarEntry, Campaign
from comms.planning.sources import CalendarItem
from cwn.core.enums import CwnFunction
from cwn.core.fragments import FilterGroup
from partners.models import Organisation, Region

#: Name in the address → what of an item it asks, in a query.
OF_ENTRIES = {"doelgroep": "audiences__slug__in", "kanaal": "channels__kind__in", "status": "status__in"}
NAMES = ("soort", "status", "functie", "doelgroep", "kanaal", "campagne", "regio", "eigenaar")
MOST_WORDS = 200
#: Values that are shown at once; the rest waits behind a button.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values."""

    name: str
    label: str
    options: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose; knows which items stay, and writes its own address."""

    path: str
    day: str
    words: str = ""
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Any, day: str) -> "Choice":
        """Read an address; a value that does not exist finds nothing, and an unknown name is left out."""
        chosen = {name: tuple(dict.fromkeys(request.GET.getlist(name)[:50])) for name in NAMES if name in request.GET}
        words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_WORDS]
        chosen = {name: tuple(value for value in values if value) for name, values in chosen.items()}
        return cls(request.path, day, words, {name: values for name, values in chosen.items() if values})

    # --- what stays --------------------------------------------------------------------------------
    def entries(self, user: Any, rows: QuerySet[CalendarEntry]) -> QuerySet[CalendarEntry]:
        """Narrow items by what only items have: audiences, channels and status."""
        for name, path in OF_ENTRIES.items():
            if name in self.selected:
                found = CalendarEntry.objects.visible_to(user).filter(**{path: self.selected[name]})
                rows = rows.filter(pk__in=found.values("pk"))
        return rows

    def keeper(self, user: Any) -> "Keeper":
        """Return what judges items of every kind; looks up names in the address once."""
        campaigns = self.selected.get("campagne")
        chosen = Campaign.objects.visible_to(user)
        return Keeper(
            words=self.words.casefold(),
            kinds=frozenset(self.selected.get("soort", ())),
            functions=frozenset(self.selected.get("functie", ())),
            campaigns=frozenset(chosen.filter(slug__in=campaigns).values_list("pk", flat=True)) if campaigns else None,
            owners=self._owners(user),
            only_entries=any(name in self.selected for name in OF_ENTRIES),
        )

    def _owners(self, user: Any) -> frozenset[int] | None:
        rows = Organisation.objects.visible_to(user)
        if "eigenaar" in self.selected:
            rows = rows.filter(slug__in=self.selected["eigenaar"])
        if "regio" in self.selected:
            rows = rows.filter(regions__slug__in=self.selected["regio"])
        if not {"eigenaar", "regio"} & set(self.selected):
            return None
        return frozenset(rows.values_list("pk", flat=True))

    # --- addresses ---------------------------------------------------------------------------------
    def address(self, path: str = "", *, day: str | None = None, without: tuple[str, str] | None = None) -> str:
        """Write the address of this choice, on another page, another day, or with one value less."""
        pairs = [("q", self.words)] if self.words and without != ("q", self.words) else []
        pairs += [(name, one) for name, values in self.selected.items() for one in values if (name, one) != without]
        shown = self.day if day is None else day
        pairs += [("dag", shown)] if shown else []
        return f"{path or self.path}?{urlencode(pairs)}" if pairs else path or self.path

    def cleared(self) -> str:
        """Write the address without filters."""
        return Choice(self.path, self.day).address()

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything is chosen."""
        return bool(self.words or self.selected)

    def chips(self, facets: Iterable[Facet]) -> list[tuple[str, str]]:
        """Return each chosen value with the address that takes it away."""
        labels = {(facet.name, value): label for facet in facets for value, label in facet.options}
        chips = [(f"“{self.words}”", self.address(without=("q", self.words)))] if self.words else []
        for name, values in self.selected.items():
            chips += [(labels.get((name, one), one), self.address(without=(name, one))) for one in values]
        return chips


@dataclass(frozen=True, slots=True)
class Keeper:
    """Judges whether an item of any kind belongs to what was chosen."""

    words: str
    kinds: frozenset[str]
    functions: frozenset[str]
    campaigns: frozenset[int] | None
    owners: frozenset[int] | None
    only_entries: bool

    def keeps(self, item: CalendarItem) -> bool:
        """Tell whether an item stays."""
        return (
            (not self.only_entries or item.kind == ENTRY)
            and (not self.kinds or item.kind in self.kinds)
            and (not self.functions or bool(self.functions & item.functions))
            and (self.campaigns is None or item.campaign in self.campaigns)
            and (self.owners is None or bool(self.owners & item.organisations))
            and (not self.words or self.words in f"{item.title} {item.description}".casefold())
        )


def facets(user: Any, items: Iterable[CalendarItem]) -> list[Facet]:
    """Return the filters with the values that a reader can choose; owners are those of what is on the page."""
    owners = frozenset(key for item in items for key in item.organisations)
    organisations = Organisation.objects.visible_to(user).filter(pk__in=owners).order_by("name")
    return [
        Facet("soort", _("Soort"), list(kinds().items())),
        Facet("status", _("Status"), [(one.value, str(one.label)) for one in EntryStatus]),
        Facet("functie", _("Functie"), [(one.value, str(one.label)) for one in CwnFunction]),
        Facet("doelgroep", _("Doelgroep"), [(one.slug, one.label) for one in Audience.objects.all()]),
        Facet("kanaal", _("Kanaal"), [(one.value, str(one.label)) for one in ChannelKind]),
        Facet("campagne", _("Campagne"), [(one.slug, one.name) for one in Campaign.objects.visible_to(user)]),
        Facet("regio", _("Regio"), list(Region.objects.order_by("name").values_list("slug", "name"))),
        Facet("eigenaar", _("Eigenaar"), list(organisations.values_list("slug", "name"))),
    ]


def written(facets: Iterable[Facet], choice: Choice) -> SafeString:
    """Write the filters as the lists of the portal have them."""
    return mark_safe("".join(_written(facet, choice.selected.get(facet.name, ())) for facet in facets if facet.options))  # noqa: S308  escaped in FilterGroup and _box


def _written(facet: Facet, chosen: tuple[str, ...]) -> str:
    boxes = [_box(facet.name, value, label, value in chosen) for value, label in facet.options]
    first, more = (boxes, []) if len(boxes) <= AT_ONCE + 2 else (boxes[:AT_ONCE], boxes[AT_ONCE:])
    return FilterGroup(facet.name, facet.label, facet.label).written(
        first,
        more,
        chosen=_("%(number)s gekozen") % {"number": len(chosen)} if chosen else "",
        more_label=_("Toon %(number)s andere") % {"number": len(more)} if more else "",
    )


def _box(name: str, value: str, label: str, is_chosen: bool) -> SafeString:
    return format_html(
        '<li class="cwn-option"><label><input type="checkbox" name="{}" value="{}" id="{}-{}"{}>'
        "<span>{}</span></label></li>",
        name,
        value,
        name,
        value,
        mark_safe(" checked") if is_chosen else "",
        label,
    )
