"""The reference data of the communication desk: the five audiences (R101), developments and themes (R64, R83)."""

from pathlib import Path

from comms.models import Audience, Development
from cwn.core.reference import Outcome, in_file_order, load_rows, read_rows

FOLDER = str(Path(__file__).parent)


def load_audiences(*, refresh: bool = False) -> Outcome:
    """Load the audiences of the communication strategy, each with its objective."""
    return load_rows(Audience, in_file_order(read_rows(FOLDER, "audiences", "audience")), refresh=refresh)


def load_developments(*, refresh: bool = False) -> Outcome:
    """Load the developments and themes that publications refer to."""
    return load_rows(Development, in_file_order(read_rows(FOLDER, "developments", "development")), refresh=refresh)
