"""Values of an item in words, for who chooses between two of them on the merge page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comms.actions.steps import StaleEditError
from comms.differences import compared
from comms.models import Audience, Publication
from comms.planning.actions.entries import KEYS, LINKS
from comms.planning.models import CalendarEntry, Campaign, Channel
from comms.views.merging import Clash, changed_by_both
from cwn.accounts.models import User
from partners.models import Organisation

#: Parts in which a third wording can be typed.
TEXTS = ("title", "content", "message")


def label_of(name: str) -> str:
    """Return what a part of an item is called on pages."""
    return capfirst(str(CalendarEntry._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def clashes_of(values: Mapping[str, Any], stale: StaleEditError, entry: CalendarEntry, user: Any) -> list[Clash]:
    """Return the parts that two people changed into something else."""
    return [_clash(name, stale, values[name], entry, user) for name in changed_by_both(values, stale)]


def _clash(name: str, stale: StaleEditError, mine: Any, entry: CalendarEntry, user: Any) -> Clash:
    base, theirs, own = (
        in_words(name, value, entry, user) for value in (stale.base.get(name), stale.current[name], mine)
    )
    return Clash(name, label_of(name), base, theirs, own, pieces=compared(theirs, own), is_text=name in TEXTS)


def in_words(name: str, value: Any, entry: CalendarEntry, user: Any) -> str:
    """Write a value as people would say it."""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if value in (None, "", []):
        return ""
    if name in KEYS or name in LINKS:
        keys = value if isinstance(value, list) else [value]
        return "\n".join(str(row) for row in _rows(name, user).filter(pk__in=keys))
    if isinstance(value, datetime):
        return date_format(value.astimezone(ZoneInfo(entry.time_zone)), "j F Y H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    field: Any = CalendarEntry._meta.get_field(name)
    if isinstance(value, list):
        labels = dict(field.base_field.flatchoices)
        return "\n".join(str(labels.get(one, one)) for one in value)
    return str(dict(field.flatchoices).get(value, value))


def _rows(name: str, user: Any) -> Any:
    """Return the rows of which this reader may read the names."""
    return {
        "owner": lambda: Organisation.objects.visible_to(user),
        "person": lambda: User.objects.all(),
        "campaign": lambda: Campaign.objects.visible_to(user),
        "publication": lambda: Publication.objects.visible_to(user),
        "audiences": lambda: Audience.objects.all(),
        "channels": lambda: Channel.objects.visible_to(user),
        "depends_on": lambda: CalendarEntry.objects.visible_to(user),
    }[name]()
