"""The reference data of the functions: charters, conditions of taking part, information flows (R43, R47, R48)."""

from pathlib import Path

from cwn.core.reference import Outcome, in_file_order, load_rows, read_rows, set_values
from functions.base.models import FunctionCharter, FunctionCondition
from functions.base.reference import flows

FOLDER = str(Path(__file__).parent)


def load_charters(*, refresh: bool = False) -> Outcome:
    """Load a charter per function with its conditions; an editor's own conditions stay."""
    rows = in_file_order(read_rows(FOLDER, "charters", "charter"))
    conditions = {row["function"]: in_file_order(row.pop("conditions")) for row in rows}
    for row in rows:
        row["activities"], row["activities_en"] = "\n".join(row["activities"]), "\n".join(row["activities_en"])
    outcome = load_rows(FunctionCharter, rows, key="function", refresh=refresh)
    for function in sorted(outcome.created):
        FunctionCondition.objects.bulk_create(
            FunctionCondition(charter=outcome.rows[function], **condition) for condition in conditions[function]
        )
    if refresh:
        outcome.changed |= {
            function for function in outcome.rows if _refresh(outcome.rows[function], conditions[function])
        }
    return outcome


def load_flows(*, refresh: bool = False) -> Outcome:
    """Load an information flow per function, as far as the text of the source tells it (R43, R44)."""
    return flows.load_flows(FOLDER, refresh=refresh)


def _refresh(charter: FunctionCharter, conditions: list[dict[str, object]]) -> bool:
    """Give the conditions of a charter that are still there the texts of the file."""
    present = {condition.key: condition for condition in charter.conditions.all()}
    changed = [set_values(present[str(row["key"])], row) for row in conditions if row["key"] in present]
    return any(changed)
