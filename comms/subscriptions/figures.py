"""How many people get what: numbers for the desk, never rows (security.md chapter 3, "Recipient lists").

A number below five could point at somebody, so it is not said; nor is a total from which it could be computed.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.subscriptions.enums import Frequency, SubscriptionState
from comms.subscriptions.models import Newsletter, Subscription, Topic
from cwn.core.guard import as_the_portal

#: The smallest number of people of which a number is said.
SMALLEST = 5
#: Months of which the growth is shown.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of people with its name; None when it is too small to say."""

    label: str
    number: int | None


@dataclass(slots=True)
class ListFigures:
    """What the desk knows about the readers of one newsletter."""

    newsletter: Newsletter
    receiving: int | None = None
    paused: int | None = None
    unconfirmed: int | None = None
    growth: list[tuple[datetime.date, int | None, int | None]] = field(default_factory=list)
    """First day of a month, how many came, how many went."""
    frequencies: list[Cell] = field(default_factory=list)
    topics: list[Cell] = field(default_factory=list)


def figures_of(newsletters: Iterable[Newsletter]) -> list[ListFigures]:
    """Count the subscribers of newsletters; the same number of queries however many there are."""
    lists = list(newsletters)
    with as_the_portal():
        states = _states(lists)
        frequencies = _count(lists, "frequency")
        topics = _count(lists, "topics__slug")
        came = _per_month(lists, "confirmed_at")
        went = _per_month(lists, "ended_at")
    names = dict(Topic.objects.values_list("slug", "name"))
    return [
        ListFigures(
            newsletter=one,
            receiving=shown(states[one.pk, "receiving"]),
            paused=shown(states[one.pk, "paused"]),
            unconfirmed=shown(states[one.pk, "unconfirmed"]),
            growth=[(month, shown(came[one.pk, month]), shown(went[one.pk, month])) for month in months()],
            frequencies=_cells(one, frequencies, {value: str(label) for value, label in Frequency.choices}),
            topics=_cells(one, topics, names),
        )
        for one in lists
    ]


def shown(number: int) -> int | None:
    """Return a number that may be said: none at all, or enough people to hide among."""
    return number if number == 0 or number >= SMALLEST else None


def months() -> list[datetime.date]:
    """Return the first days of the last months, the oldest first."""
    day = timezone.localdate().replace(day=1)
    found = [day]
    while len(found) < MONTHS:
        day = (day - datetime.timedelta(days=1)).replace(day=1)
        found.append(day)
    return found[::-1]


def _states(lists: list[Newsletter]) -> Counter[Any]:
    rows = Subscription.objects.filter(newsletter__in=lists).values("newsletter")
    counted: Any = rows.annotate(
        receiving=Count("pk", filter=Q(state=SubscriptionState.ACTIVE)),
        paused=Count("pk", filter=Q(state=SubscriptionState.PAUSED)),
        unconfirmed=Count("pk", filter=Q(state=SubscriptionState.UNCONFIRMED)),
    )
    names = ("receiving", "paused", "unconfirmed")
    return Counter({(row["newsletter"], name): row[name] for row in counted.order_by() for name in names})


def _count(lists: list[Newsletter], what: str) -> Counter[Any]:
    running = Subscription.objects.running().filter(newsletter__in=lists)
    return Counter(dict(_pairs(running.order_by().values_list("newsletter", what).annotate(number=Count("pk")))))


def _pairs(rows: Any) -> Iterable[tuple[Any, int]]:
    return (((newsletter, value), number) for newsletter, value, number in rows)


def _per_month(lists: list[Newsletter], moment: str) -> Counter[Any]:
    first = datetime.datetime.combine(months()[0], datetime.time(), tzinfo=timezone.get_current_timezone())
    rows = Subscription.objects.filter(newsletter__in=lists, confirmed_at__isnull=False, **{f"{moment}__gte": first})
    grouped = rows.order_by().values_list("newsletter", f"{moment}__year", f"{moment}__month")
    return Counter(
        {(key, datetime.date(year, month, 1)): n for key, year, month, n in grouped.annotate(number=Count("pk"))}
    )


def _cells(newsletter: Newsletter, numbers: Counter[Any], labels: dict[str, str]) -> list[Cell]:
    """Return the numbers of one list by label; what is too small comes together, and only if that is enough."""
    own = {value: number for (key, value), number in numbers.items() if key == newsletter.pk and value in labels}
    cells = [Cell(labels[value], number) for value, number in sorted(own.items(), key=lambda item: -item[1])]
    small = [cell for cell in cells if shown(cell.number or 0) is None]
    if not small:
        return cells
    rest = shown(sum(cell.number or 0 for cell in small))
    return [*(cell for cell in cells if cell not in small), Cell(_("andere keuzes"), rest)]
