"""One year of the network as rows of functions and columns of months (R88)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from comms.planning.enums import EntryReaders, MilestoneStatus
from comms.planning.models import KeyMoment, Milestone, plans
from cwn.core.enums import CwnFunction

#: The row of what concerns every function.
NETWORK = "netwerk"


@dataclass(frozen=True, slots=True)
class YearItem:
    """A moment or a milestone on the page of a year."""

    title: str
    first: date
    last: date | None
    url: str
    kind: str
    status: str
    tone: str
    readers: str
    """For whom it is besides who plans; empty where everybody sees it."""

    @property
    def month(self) -> int:
        """The column in which it stands, from 1 to 12."""
        return self.first.month


@dataclass(frozen=True, slots=True)
class YearRow:
    """A function, or the network, through the year."""

    slug: str
    label: str
    months: list[list[YearItem]]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it."""
        return not any(self.months)


def rows_of(year: int, user: Any, function: str = "") -> list[YearRow]:
    """Return the rows of a year as a reader may see it: the network first, or one function alone."""
    items = list(_items(year, user))
    rows = [(NETWORK, _("Het hele netwerk")), *((one.value, str(one.label)) for one in CwnFunction)]
    return [
        YearRow(slug, label, _months([item for place, item in items if place == slug]))
        for slug, label in rows
        if function in ("", slug)
    ]


def _months(items: Iterable[YearItem]) -> list[list[YearItem]]:
    months: list[list[YearItem]] = [[] for _month in range(12)]
    for item in sorted(items, key=lambda item: (item.first, item.title)):
        months[item.month - 1].append(item)
    return months


def _items(year: int, user: Any) -> Iterable[tuple[str, YearItem]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    may_change = plans(user)
    moments = KeyMoment.objects.visible_to(user).filter(starts_on__lte=last)
    for moment in moments.filter(Q(ends_on__gte=first) | Q(ends_on=None, starts_on__gte=first)):
        yield (
            moment.function or NETWORK,
            YearItem(
                title=moment.title,
                first=max(moment.starts_on, first),
                last=moment.ends_on,
                url=reverse("moment_edit", args=[moment.uid]) if may_change else "",
                kind=_("Moment"),
                status="",
                tone="neutral",
                readers=_readers(moment),
            ),
        )
    milestones = Milestone.objects.visible_to(user).exclude(status=MilestoneStatus.DROPPED)
    in_year = Q(reached_on__range=(first, last)) | Q(reached_on=None, due_on__range=(first, last))
    for milestone in milestones.filter(in_year):
        yield (
            milestone.function,
            YearItem(
                title=milestone.title,
                first=milestone.reached_on or milestone.due_on,
                last=None,
                url=reverse("milestone_detail", args=[milestone.uid]),
                kind=_("Mijlpaal"),
                status=str(milestone.get_status_display()),
                tone="success" if milestone.status == MilestoneStatus.REACHED else "info",
                readers=_readers(milestone),
            ),
        )


def _readers(row: Any) -> str:
    return "" if row.readers == EntryReaders.PUBLIC else str(EntryReaders(row.readers).label)
