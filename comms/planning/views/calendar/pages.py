"""The four views of the calendar: agenda, month, week and board (R86)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from comms.planning.enums import EntryStatus
from comms.planning.filters import Choice, facets, written
from comms.planning.models import BulkChange, plans
from comms.planning.views.calendar.access import may_begin
from comms.planning.views.calendar.cards import Card, cards_between
from comms.planning.views.calendar.periods import (
    Period,
    agenda_of,
    day_asked,
    month_of,
    quarter_of,
    week_of,
    weeks_of,
)

#: Views with a cell per day; what takes so many days stands above them once, instead of in each cell.
TABLES, LONG = ("month", "week"), 7
#: Cards that a day of the month and a status on the board show at once; the others are one step away.
MOST_IN_DAY, MOST_IN_COLUMN = 3, 6
VIEWS = ("calendar_agenda", "calendar_month", "calendar_week", "calendar_board")


@require_safe
@vary_on_headers("HX-Request")
def calendar_agenda(request: HttpRequest) -> HttpResponse:
    """List four weeks by day: the plain address, which reads well on a phone."""
    period = agenda_of(day_asked(request.GET.get("dag", "")))
    return _page(request, "agenda", period, period.first, period.last, _by_day)


@require_safe
@vary_on_headers("HX-Request")
def calendar_month(request: HttpRequest) -> HttpResponse:
    """Show a month as a table of weeks."""
    period = month_of(day_asked(request.GET.get("dag", "")))
    weeks = weeks_of(period)
    return _page(request, "month", period, weeks[0][0], weeks[-1][-1], _by_week_in_short)


@require_safe
@vary_on_headers("HX-Request")
def calendar_week(request: HttpRequest) -> HttpResponse:
    """Show a week as a table of seven days."""
    period = week_of(day_asked(request.GET.get("dag", "")))
    return _page(request, "week", period, period.first, period.last, _by_week)


@require_safe
@vary_on_headers("HX-Request")
def calendar_board(request: HttpRequest) -> HttpResponse:
    """Show the items of three months by how far they are."""
    period = quarter_of(day_asked(request.GET.get("dag", "")))
    return _page(request, "board", period, period.first, period.last, _by_status)


Arrange = Callable[[list[Card], date, date], list[Any]]


def _page(request: HttpRequest, view: str, period: Period, first: date, last: date, arrange: Arrange) -> HttpResponse:
    """Answer with the page, or with the part that changes for who has JavaScript."""
    choice = Choice.of(request, request.GET.get("dag", ""))
    cards, every = cards_between(request.user, choice, first, last)
    cards = [card for card in cards if view != "board" or card.entry]
    running = [card for card in cards if view in TABLES and (card.last - card.first).days >= LONG]
    offered = facets(request.user, every)
    context = {
        "view": view,
        "period": period,
        "choice": choice,
        "count": len(cards),
        "announcement": _announcement(period, len(cards)),
        "running": running,
        "places": arrange([card for card in cards if card not in running], first, last),
        "tabs": _tabs(choice),
        "here": choice.address(),
        "before": choice.address(day=period.before.isoformat()),
        "after": choice.address(day=period.after.isoformat()),
        "today": choice.address(day=""),
        "filter_groups": written(offered, choice),
        "chips": choice.chips(offered),
        "clear_url": choice.cleared(),
        "statuses": EntryStatus.choices,
        "may_begin": may_begin(request.user),
        "is_desk": plans(request.user),
        "month": period.first.month,
        "last_change": _last_change(request.user),
    }
    template = "_calendar" if getattr(request, "htmx", False) else "calendar"
    return render(request, f"planning/{template}.html", context)


def _last_change(user: Any) -> BulkChange | None:
    """Return the newest change of many items that this reader can still undo today."""
    if not plans(user):
        return None
    recent = BulkChange.objects.filter(by=user, undone_at=None, at__gt=timezone.now() - timedelta(hours=1))
    return recent.first()


def _announcement(period: Period, count: int) -> str:
    items = ngettext("%(count)s item", "%(count)s items", count) % {"count": count}
    return f"{period.title}: {items}"


def _tabs(choice: Choice) -> list[tuple[str, str]]:
    names = (_("Agenda"), _("Maand"), _("Week"), _("Bord"))
    return [(label, choice.address(reverse(name))) for label, name in zip(names, VIEWS, strict=True)]


def _by_day(cards: list[Card], first: date, last: date) -> list[dict[str, Any]]:
    """Return the days on which something begins; what began earlier stands on the first one."""
    days: dict[date, list[Card]] = {}
    for card in cards:
        days.setdefault(max(card.first, first), []).append(card)
    return [_day(day, days[day]) for day in sorted(days)]


def _by_week(cards: list[Card], first: date, last: date, most: int | None = None) -> list[dict[str, Any]]:
    """Return weeks of seven days, each with its number and what stands on each day."""
    weeks = []
    for monday in range(0, (last - first).days + 1, 7):
        days = [first + timedelta(days=monday + number) for number in range(7)]
        found = [_day(day, [card for card in cards if card.on(day)], most) for day in days]
        weeks.append({"number": days[0].isocalendar().week, "days": found})
    return weeks


def _by_week_in_short(cards: list[Card], first: date, last: date) -> list[dict[str, Any]]:
    """Return weeks in which a full day shows a few cards and how many more there are."""
    return _by_week(cards, first, last, MOST_IN_DAY)


def _day(day: date, cards: list[Card], most: int | None = None) -> dict[str, Any]:
    shown, rest = _first(cards, most) if most else (cards, [])
    return {"day": day, "cards": shown, "rest": len(rest), "is_today": day == timezone.localdate()}


def _first(cards: list[Card], most: int) -> tuple[list[Card], list[Card]]:
    """Return what is shown at once and what is not: "one more" takes as much room as the one itself."""
    return (cards, []) if len(cards) <= most + 1 else (cards[:most], cards[most:])


def _by_status(cards: list[Card], first: date, last: date) -> list[dict[str, Any]]:
    """Return a column per status, the first cards apart from those that wait behind a button."""
    columns = []
    for status in EntryStatus:
        found = [card for card in cards if card.entry and card.entry.status == status]
        shown, rest = _first(found, MOST_IN_COLUMN)
        columns.append({"status": status, "count": len(found), "cards": shown, "rest": rest})
    return columns
