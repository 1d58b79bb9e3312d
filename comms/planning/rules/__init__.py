"""The rules that see collisions and silence in the calendar (R87).

Each rule is a row of `CalendarRule` (a plain sentence, its thresholds, on or off) and one small function over plain
data, tied together by the code of the row. `findings_for` is what pages ask.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from comms.planning.models import AcceptedFinding, CalendarRule, reads_plans
from comms.planning.rules.contradictions import messages_contradict
from comms.planning.rules.crowding import audience_hit_too_often, channel_full, channel_too_soon
from comms.planning.rules.loading import world_for
from comms.planning.rules.sentences import sentence_of
from comms.planning.rules.silence import function_without_milestone, milestone_without_celebration
from comms.planning.rules.timing import embargo_broken, past_but_unfinished, planned_in_warm_phase, waits_for_later
from comms.planning.rules.world import Finding, Threshold, World

Rule = Callable[[World, Threshold], Iterator[Finding]]
#: Code of the row → its function. The codes never change: accepted findings hang on them.
RULES: dict[str, Rule] = {
    "doelgroep-te-vaak": audience_hit_too_often,
    "boodschappen-tegenstrijdig": messages_contradict,
    "embargo-gebroken": embargo_broken,
    "in-warme-fase": planned_in_warm_phase,
    "functie-zonder-mijlpaal": function_without_milestone,
    "mijlpaal-zonder-viering": milestone_without_celebration,
    "wacht-op-later": waits_for_later,
    "kanaal-vol": channel_full,
    "kanaal-te-snel": channel_too_soon,
    "voorbij-maar-niet-klaar": past_but_unfinished,
}
#: Kind of a subject → the name of its page.
PAGES = {"item": "entry_detail", "mijlpaal": "milestone_detail", "campagne": "campaign_detail"}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as a page shows it."""

    rule: CalendarRule
    finding: Finding
    sentence: str
    accepted: AcceptedFinding | None

    @property
    def links(self) -> list[tuple[str, str]]:
        """What it is about, as titles with addresses."""
        return [(subject.title, reverse(PAGES[subject.kind], args=[subject.key])) for subject in self.finding.subjects]


def findings_for(user: Any, first: date, last: date, *, with_accepted: bool = False) -> list[ShownFinding]:
    """Return what the rules find in the days from `first` to `last`, for somebody who reads the plans.

    Everything is made of what this reader may see: a hidden item is not counted and never named. What the working
    group accepted is left out, unless it is asked for.
    """
    if not reads_plans(user):
        return []
    rules = [rule for rule in CalendarRule.objects.filter(is_active=True) if rule.code in RULES]
    if not rules:
        return []
    # A group that touches these days lies within the longest term of them, and what makes it larger within twice that.
    around = timedelta(days=2 * max((rule.days or 0) for rule in rules) + 1)
    world = world_for(user, first - around, last + around)
    accepted = {
        (row.rule_id, row.key): row for row in AcceptedFinding.objects.filter(rule__in=rules).select_related("by")
    }
    shown = [
        ShownFinding(rule, finding, sentence_of(rule, finding.words), accepted.get((rule.pk, finding.key)))
        for rule in rules
        for finding in RULES[rule.code](world, Threshold(rule.most or 0, rule.days or 0))
        if finding.first <= last and finding.last >= first
    ]
    return [one for one in shown if with_accepted or one.accepted is None]
