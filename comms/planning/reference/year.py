"""Reference data of the year plan: the rules of the calendar, the years and the four phases (R87, R88, R109)."""

from pathlib import Path
from typing import Any

from comms.planning.models import CalendarRule, PhaseActivity, ProgrammePhase, YearPlan
from cwn.core.reference import Outcome, in_file_order, load_rows, read_rows

FOLDER = str(Path(__file__).parent)


def load_rules(*, refresh: bool = False) -> Outcome:
    """Load the rules that see collisions and silence; the working group may change each and switch it off."""
    return load_rows(CalendarRule, in_file_order(read_rows(FOLDER, "rules", "rule")), key="code", refresh=refresh)


def load_years(*, refresh: bool = False) -> Outcome:
    """Load what the network wants to reach, year by year."""
    return load_rows(YearPlan, read_rows(FOLDER, "years", "year"), key="year", refresh=refresh)


def load_phases(*, refresh: bool = False) -> Outcome:
    """Load the four phases of the strategy with their activities; how far an activity is, is for the desk to say."""
    rows = in_file_order(read_rows(FOLDER, "phases", "phase"))
    activities = {row["phase"]: in_file_order(row.pop("activities")) for row in rows}
    outcome = load_rows(ProgrammePhase, rows, key="phase", refresh=refresh)
    for phase in sorted(outcome.created):
        _add_activities(outcome.rows[phase], activities[phase])
    return outcome


def _add_activities(phase: ProgrammePhase, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        PhaseActivity.objects.create(phase=phase, **row)
