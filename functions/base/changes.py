"""What changed in the agreements on a function, for everybody to read: the day and what, never who or why (R47)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q
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

    when: datetime
    what: str
    fields: list[tuple[str, str, str]]
    """Field, old text and new text."""


def changes_of(charter: FunctionCharter) -> list[tuple[date, list[ToldChange]]]:
    """Return what changed in the charter, its conditions and goals and its information flow, by day, newest first."""
    conditions_and_goals = [(FunctionCondition, "charter"), (FunctionGoal, "charter")]
    changes = list(_told(history_of(charter, conditions_and_goals), _("Eerste beschrijving van deze functie")))
    flow = InformationFlow.objects.filter(function=charter.function).first()
    if flow is not None:
        places_and_arrows = [(FlowNode, "flow"), (FlowEdge, "flow")]
        changes += _told(history_of(flow, places_and_arrows), _("De informatiestroom voor het eerst getekend"))
    changes.sort(key=lambda change: change.when, reverse=True)
    return [(day, list(of_day)) for day, of_day in groupby(changes, key=_day)]


def last_change(charter: FunctionCharter) -> date | None:
    """Return the day on which the charter, or what `changes_of` tells with it, last changed."""
    of_charter, of_flow = Q(charter=charter.pk), Q(flow__function=charter.function)
    sources: list[tuple[Any, Q]] = [
        (FunctionCharter, Q(pgh_obj=charter.pk)),
        (FunctionCondition, of_charter),
        (FunctionGoal, of_charter),
        (InformationFlow, Q(function=charter.function)),
        (FlowNode, of_flow),
        (FlowEdge, of_flow),
    ]
    events: list[Any] = [(event_model(model), rule) for model, rule in sources]
    first, *rest = [table.objects.filter(rule).order_by().values_list("pgh_created_at") for table, rule in events]
    newest = first.union(*rest, all=True).order_by("-pgh_created_at").first()
    return timezone.localtime(newest[0]).date() if newest else None


def _told(lines: Sequence[HistoryLine], beginning: str) -> Iterator[ToldChange]:
    """Leave out who and why, say of the beginning that it was one, and pass over a new order and other blanks."""
    first, order = min((line.when for line in lines), default=None), capfirst(_("volgorde"))
    if first is not None:
        yield ToldChange(first, beginning, [])
    for line in lines:
        changed = [
            (label, old, new) for label, old, new in line.changes if label != order and old.split() != new.split()
        ]
        fields = [(label, _text(old), _text(new)) for label, old, new in changed]
        if line.when != first and (fields or not line.changes):
            yield ToldChange(line.when, line.what, fields)


def _text(value: str) -> str:
    return _("een plek die er niet meer is") if GONE.fullmatch(value) else value


def _day(change: ToldChange) -> date:
    return timezone.localtime(change.when).date()
