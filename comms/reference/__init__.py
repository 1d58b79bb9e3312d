"""The reference data of the communication desk: the five audiences (R101)."""

from pathlib import Path

from comms.models import Audience
from cwn.core.reference import Outcome, in_file_order, load_rows, read_rows


def load_audiences(*, refresh: bool = False) -> Outcome:
    """Load the audiences of the communication strategy, each with its objective."""
    rows = in_file_order(read_rows(str(Path(__file__).parent), "audiences", "audience"))
    return load_rows(Audience, rows, refresh=refresh)
