"""What is missing: a milestone of a function, or the celebration of one (R87, R88, R89)."""

from collections.abc import Iterator
from datetime import date, timedelta

from comms.planning.rules.world import Finding, Subject, Threshold, World
from cwn.core.enums import CwnFunction


def function_without_milestone(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find functions for which no milestone stands in the quarter of today."""
    first, last = quarter_of(world.today)
    busy = {milestone.function for milestone in world.milestones if first <= milestone.day <= last}
    for function in world.functions:
        if function not in busy:
            yield Finding(
                key=f"{function}|{first:%Y-%m}",
                first=first,
                last=last,
                words={"functie": str(CwnFunction(function).label), "kwartaal": f"{(first.month + 2) // 3}"},
            )


def milestone_without_celebration(world: World, limit: Threshold) -> Iterator[Finding]:
    """Find milestones after which no celebration stands within `days` days, unless somebody declined it."""
    for milestone in world.milestones:
        last = milestone.day + timedelta(days=limit.days)
        is_planned = milestone.celebrated_on is not None and milestone.day <= milestone.celebrated_on <= last
        if not (is_planned or milestone.is_declined):
            yield Finding(
                key=milestone.key,
                first=milestone.day,
                last=last,
                subjects=(Subject("mijlpaal", milestone.key, milestone.title),),
                words={"mijlpaal": milestone.title},
            )


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter in which a day lies."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)
