"""Which days a page of the calendar shows, and the days before and after it."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

#: Days that the agenda shows.
AGENDA = 28
#: Years in which the calendar makes sense; another year in the address is today.
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a page."""

    title: str
    first: date
    last: date
    before: date
    after: date


def day_asked(words: str) -> date:
    """Return the day in the address, or today when there is none that exists."""
    try:
        day = parse_date(words)
    except ValueError:
        day = None
    return day if day and day.year in YEARS else timezone.localdate()


def month_of(day: date) -> Period:
    """Return the month of a day; the page shows whole weeks."""
    first = day.replace(day=1)
    last = _month_later(first, 1) - timedelta(days=1)
    return Period(capfirst(date_format(first, "F Y")), first, last, _month_later(first, -1), _month_later(first, 1))


def weeks_of(period: Period) -> list[list[date]]:
    """Return the weeks of a month, Monday first."""
    return calendar.Calendar().monthdatescalendar(period.first.year, period.first.month)


def week_of(day: date) -> Period:
    """Return the week of a day by its ISO number."""
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    year, number, _day = first.isocalendar()
    words = {
        "number": number,
        "year": year,
        "first": date_format(first, "j F"),
        "last": date_format(last, "j F"),
    }
    title = _("Week %(number)s van %(year)s: %(first)s tot en met %(last)s") % words
    return Period(title, first, last, first - timedelta(days=7), first + timedelta(days=7))


def agenda_of(day: date) -> Period:
    """Return the weeks from a day on."""
    last = day + timedelta(days=AGENDA - 1)
    words = {"first": date_format(day, "j F"), "last": date_format(last, "j F Y")}
    title = _("Van %(first)s tot en met %(last)s") % words
    return Period(title, day, last, day - timedelta(days=AGENDA), day + timedelta(days=AGENDA))


def quarter_of(day: date) -> Period:
    """Return the month of a day and the two after it."""
    first = day.replace(day=1)
    after = _month_later(first, 3)
    words = {
        "first": date_format(first, "F"),
        "last": date_format(after - timedelta(days=1), "F Y"),
    }
    title = _("Van %(first)s tot en met %(last)s") % words
    return Period(title, first, after - timedelta(days=1), _month_later(first, -3), after)


def _month_later(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
