"""The channels of the network and the five suggested core messages (A "Kernboodschappen"; R90, R105)."""

from pathlib import Path
from typing import Any

from comms.models import Audience
from comms.planning.models import Channel, CoreMessage
from cwn.core.reference import Outcome, Row, in_file_order, load_rows, read_rows

FOLDER = str(Path(__file__).parent)


def load_channels(*, refresh: bool = False) -> Outcome:
    """Load the channels of the network itself, with the target groups that they reach."""
    rows = read_rows(FOLDER, "channels", "channel")
    return _with_audiences(Channel, rows, "name", refresh)


def load_core_messages(*, refresh: bool = False) -> Outcome:
    """Load the sentences that the strategy suggests; the network still has to adopt them."""
    rows = in_file_order(read_rows(FOLDER, "core_messages", "core_message"))
    return _with_audiences(CoreMessage, rows, "text", refresh)


def _with_audiences(model: type[Any], rows: list[Row], key: str, refresh: bool) -> Outcome:
    """Load rows, and link the new ones to their target groups; all of them with `refresh`."""
    slugs = {str(row[key]): row.pop("audiences", []) for row in rows}
    outcome = load_rows(model, rows, key=key, refresh=refresh)
    known = {audience.slug: audience for audience in Audience.objects.all()}
    for name in slugs if refresh else outcome.created:
        if name in outcome.rows:
            outcome.rows[name].audiences.set(known[slug] for slug in slugs[name] if slug in known)
    return outcome
