"""What stands on a page of the calendar: an item of any kind, with what this reader may do with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from comms.enums import Tlp
from comms.planning.entry_items import ENTRY, days_of, kinds
from comms.planning.filters import Choice
from comms.planning.models import CalendarEntry, plans
from comms.planning.sources import CalendarItem, items_between


@dataclass(frozen=True, slots=True)
class Card:
    """An item on the page."""

    item: CalendarItem
    kind: str
    first: date
    last: date
    entry: CalendarEntry | None = None
    may_move: bool = False

    @property
    def label(self) -> str:
        """Its TLP label as it is written."""
        return str(Tlp(self.item.label).label)

    @property
    def moment(self) -> str:
        """The day on the clocks of the page, with the time where it has one."""
        day = date_format(self.first, "l j F Y")
        return f"{day}, {self.time}" if self.time else day

    @property
    def short_moment(self) -> str:
        """The same for a small card, of which the page says the year."""
        day = date_format(self.first, "j b")
        return f"{day}, {self.time}" if self.time else day

    @property
    def is_clear(self) -> bool:
        """Tell whether everybody may read it; small cards only write a label that asks for care."""
        return self.item.label == Tlp.CLEAR

    @property
    def time(self) -> str:
        """The time on the clocks of the page; nothing for what takes a whole day."""
        starts = self.item.starts
        if not isinstance(starts, datetime):
            return ""
        return time_format(timezone.localtime(starts), "H:i")

    @property
    def time_there(self) -> str:
        """The day and time where it takes place, where that is another zone."""
        starts = self.item.starts
        zone = self.entry.time_zone if self.entry else ""
        if not isinstance(starts, datetime) or not zone or zone == timezone.get_current_timezone_name():
            return ""
        there = starts.astimezone(ZoneInfo(zone))
        words = {"time": date_format(there, "j F H:i"), "zone": zone.rpartition("/")[2].replace("_", " ")}
        return _("%(time)s in %(zone)s") % words

    def on(self, day: date) -> bool:
        """Tell whether it stands on a day."""
        return self.first <= day <= self.last


def cards_between(user: Any, choice: Choice, first: date, last: date) -> tuple[list[Card], list[CalendarItem]]:
    """Return the cards of what a reader chose in those days, and everything that he or she could choose from."""
    every = items_between(user, first, last)
    keeper = choice.keeper(user)
    kept = [item for item in every if keeper.keeps(item)]
    entries = _entries(user, choice, kept)
    editable = _editable(user, entries)
    names = kinds()
    cards = []
    for item in kept:
        entry = entries.get(item.uid)
        if item.kind != ENTRY or entry is not None:
            begins, ends = days_of(item)
            may_move = entry is not None and entry.pk in editable
            cards.append(Card(item, names.get(item.kind, item.kind), begins, ends, entry, may_move))
    return cards, every


def _entries(user: Any, choice: Choice, items: list[CalendarItem]) -> dict[str, CalendarEntry]:
    """Return the planned items among them that a choice leaves, by their name in calendars."""
    uids = [item.uid.removeprefix("entry-").removesuffix("@cwn") for item in items if item.kind == ENTRY]
    rows = choice.entries(user, CalendarEntry.objects.visible_to(user).filter(uid__in=uids))
    return {f"entry-{row.uid}@cwn": row for row in rows.select_related("owner", "person")}


def _editable(user: Any, entries: dict[str, CalendarEntry]) -> set[int]:
    keys = {entry.pk for entry in entries.values()}
    if plans(user) or not keys:
        return keys
    return set(CalendarEntry.objects.editable_by(user).filter(pk__in=keys).values_list("pk", flat=True))
