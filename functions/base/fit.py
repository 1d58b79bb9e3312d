"""The check "past u bij het CWN?": answers on conditions become an explained outcome per function (R35, R48).

It gives an indication and opens no door: people decide. Maturity is never asked (R32).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from functions.base.models import FunctionCharter, FunctionCondition


class Outcome(Enum):
    """What the answers say about one function."""

    FITS = "past"
    NOT_YET = "nog-niet"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class FunctionFit:
    """How well an organisation fits one function, with the conditions that decide it."""

    charter: FunctionCharter
    met: list[FunctionCondition]
    missing: list[FunctionCondition]
    """Required conditions that were answered with no: they decide."""
    advisable: list[FunctionCondition]
    """Conditions that help, answered with no: they exclude nobody."""
    open: list[FunctionCondition]
    """Required conditions without an answer."""

    @property
    def outcome(self) -> Outcome:
        """One no on a required condition decides; without all required answers nothing is sure."""
        if self.missing:
            return Outcome.NOT_YET
        return Outcome.UNKNOWN if self.open else Outcome.FITS


def charters() -> list[FunctionCharter]:
    """Return the charters of the five functions with their conditions, in two queries."""
    return list(FunctionCharter.objects.prefetch_related("conditions"))


def questions(charters: Iterable[FunctionCharter]) -> list[FunctionCondition]:
    """Return every question once, however many functions ask it; the first one that asks gives the words."""
    asked: dict[str, FunctionCondition] = {}
    for charter in charters:
        for condition in charter.conditions.all():
            asked.setdefault(condition.key, condition)
    return list(asked.values())


def check_fit(charters: Iterable[FunctionCharter], answers: Mapping[str, bool]) -> list[FunctionFit]:
    """Judge each function by the answers, by key of the condition; what was not answered stays open.

    A function of which nobody has described the conditions yet is left out: about it we can say nothing.
    """
    return [
        _judge(charter, conditions, answers) for charter in charters if (conditions := list(charter.conditions.all()))
    ]


def _judge(charter: FunctionCharter, conditions: list[FunctionCondition], answers: Mapping[str, bool]) -> FunctionFit:
    said_no = [condition for condition in conditions if answers.get(condition.key) is False]
    return FunctionFit(
        charter=charter,
        met=[condition for condition in conditions if answers.get(condition.key)],
        missing=[condition for condition in said_no if condition.is_required],
        advisable=[condition for condition in said_no if not condition.is_required],
        open=[condition for condition in conditions if condition.is_required and condition.key not in answers],
    )
