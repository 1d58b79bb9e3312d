"""What changed in the agreements on a function, for everybody to read: the day and what, never who or why (R47)."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cwn.core.history import HistoryLine, event_model, history_of
from functions.base.models import (
    FlowEdge,
    FlowNode,
    FunctionCharter,
    FunctionCondition,
    FunctionGoal,
    InformationFlow,
)

#: What the history writes for a row that is gone.
GONE = re.compile(r"#\d+")


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change as readers see it."""

    what: str
    fields: list[tuple[str, str, str]]
    """Field, old text and new text."""


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """What changed on one day."""

    day: date
    changes: list[ToldChange]
    is_first: bool
    """On the first day everything is new, so the page does not repeat it."""


def changes_of(charter: FunctionCharter) -> list[ChangeDay]:
    """Return the days on which the charter, its conditions and goals, or its information flow changed."""
    lines = history_of(charter, [(FunctionCondition, "charter"), (FunctionGoal, "charter")])
    flow = InformationFlow.objects.filter(function=charter.function).first()
    if flow is not None:
        lines += history_of(flow, [(FlowNode, "flow"), (FlowEdge, "flow")])
    lines.sort(key=lambda line: line.when, reverse=True)
    first = _day(lines[-1]) if lines else None
    return [
        ChangeDay(day, changes, day == first)
        for day, of_day in groupby(lines, key=_day)
        if (changes := [told for line in of_day if (told := _told(line))])
    ]


def last_change(charter: FunctionCharter) -> date | None:
    """Return the day on which the charter itself last changed."""
    events: Any = event_model(FunctionCharter)
    moment = events.objects.filter(pgh_obj_id=charter.pk).aggregate(newest=Max("pgh_created_at"))["newest"]
    return timezone.localtime(moment).date() if moment else None


def _told(line: HistoryLine) -> ToldChange | None:
    """Leave out who and why, and a change of nothing but the order; nothing is left then."""
    order = capfirst(_("volgorde"))
    fields = [(label, _text(old), _text(new)) for label, old, new in line.changes if label != order]
    return ToldChange(line.what, fields) if fields or not line.changes else None


def _text(value: str) -> str:
    return _("een plek die er niet meer is") if GONE.fullmatch(value) else value


def _day(line: HistoryLine) -> date:
    return timezone.localtime(line.when).date()
