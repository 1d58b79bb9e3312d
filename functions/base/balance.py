"""Whether a sounding board is a fair picture of who takes part in its function (R141, R145), in plain words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from cwn.core.enums import Ownership
from functions.base.models import SoundingBoard
from partners.enums import RegionLevel
from partners.models import Organisation, Participation, Region, Sector

Organisations = QuerySet[Organisation]
#: Percentage points between a share of the seats and the same share of the participants that call for a word.
LARGE_DIFFERENCE = 20
#: Levels of the region tree that a seat should come from; above them everybody lies, below them nobody could.
COMPARED_LEVELS = (RegionLevel.PROVINCE, RegionLevel.ISLAND, RegionLevel.COUNTRY)


@dataclass(frozen=True, slots=True)
class Share:
    """How large a part one kind of owner has, among the seats and among the participants, in whole percents."""

    label: str
    of_seats: int
    of_participants: int

    @property
    def difference(self) -> int:
        """More seats than participants is above zero."""
        return self.of_seats - self.of_participants


@dataclass(frozen=True, slots=True)
class BoardBalance:
    """What a board is beside the participants in its function."""

    number_of_seats: int
    number_of_participants: int
    shares: list[Share]
    missing_sectors: list[str]
    missing_regions: list[str]

    @property
    def remarks(self) -> list[str]:
        """What a coordinator should look at, one sentence each; nothing when the board is in balance."""
        if not self.number_of_participants:
            return [_("Aan deze functie neemt nog niemand deel. Er valt niets te vergelijken.")]
        if not self.number_of_seats:
            return [_("Er zijn nog geen zetels bezet.")]
        return [
            *(_of_share(share) for share in self.shares if abs(share.difference) >= LARGE_DIFFERENCE),
            *_of_missing(_("Deze sectoren doen mee, maar hebben geen zetel: %(names)s."), self.missing_sectors),
            *_of_missing(_("Deze regio's doen mee, maar hebben geen zetel: %(names)s."), self.missing_regions),
        ]


def _of_share(share: Share) -> str:
    values = {"label": share.label, "seats": share.of_seats, "participants": share.of_participants}
    if share.difference > 0:
        return (
            _("%(label)s heeft veel zetels: %(seats)d%% van de zetels, %(participants)d%% van de deelnemers.") % values
        )
    return _("%(label)s heeft weinig zetels: %(seats)d%% van de zetels, %(participants)d%% van de deelnemers.") % values


def _of_missing(sentence: str, names: Collection[str]) -> Iterable[str]:
    return [sentence % {"names": ", ".join(names)}] if names else []


def balance_of(board: SoundingBoard) -> BoardBalance:
    """Compare the organisations with a seat today with the partners that agreed to take part in the function."""
    seated = Organisation.objects.filter(pk__in=board.seats.current().values("organisation"))
    agreed = Participation.objects.current().agreed().filter(function=board.function)
    participants = Organisation.objects.partners().filter(pk__in=agreed.values("organisation"))
    seats, others = _owners(seated), _owners(participants)
    return BoardBalance(
        number_of_seats=sum(seats.values()),
        number_of_participants=sum(others.values()),
        shares=[Share(str(owner.label), _percent(seats, owner), _percent(others, owner)) for owner in Ownership],
        missing_sectors=_missing_sectors(seated, participants),
        missing_regions=_missing_regions(seated, participants),
    )


def _owners(organisations: Organisations) -> dict[str, int]:
    return dict(organisations.order_by().values_list("ownership").annotate(number=Count("pk")))


def _percent(numbers: dict[str, int], owner: str) -> int:
    return round(100 * numbers.get(owner, 0) / (sum(numbers.values()) or 1))


def _missing_sectors(seated: Organisations, participants: Organisations) -> list[str]:
    here = Sector.objects.filter(organisations__in=participants.values("pk"))
    seats = Sector.objects.filter(organisations__in=seated.values("pk"))
    return [sector.label for sector in here.exclude(pk__in=seats.values("pk")).distinct()]


def _missing_regions(seated: Organisations, participants: Organisations) -> list[str]:
    """Name the regions of participants without a seat; a seat counts for what lies in its region and above it."""
    regions = {region.pk: region for region in Region.objects.all()}
    chains = {key: _chain(key, regions) for key in regions}
    seats = _regions_of(seated)
    reached = {above for key in seats for above in chains[key]}
    wanted = {above for key in _regions_of(participants) for above in chains[key]}
    missing = [
        regions[key]
        for key in wanted - reached
        if regions[key].level in COMPARED_LEVELS and not seats.intersection(chains[key])
    ]
    return [region.label for region in sorted(missing, key=lambda region: (region.order, region.name))]


def _regions_of(organisations: Organisations) -> set[int]:
    return set(Region.objects.filter(organisations__in=organisations.values("pk")).values_list("pk", flat=True))


def _chain(key: int | None, regions: dict[int, Region]) -> list[int]:
    """Return a region and those above it."""
    chain: list[int] = []
    while key is not None and key not in chain:
        chain.append(key)
        key = regions[key].parent_id
    return chain
