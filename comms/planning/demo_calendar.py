"""The content calendar of the demo: about sixty fictional items around today, the same each time.

Asks for the demo organisations, the demo people and the reference data. A row of the file says on which days before
and after today its items lie; what lies behind us was done.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from comms.demo.people import demo_people
from comms.models import Audience
from comms.planning.actions.deadlines import keep_deadline
from comms.planning.enums import ChannelKind, EntryStatus
from comms.planning.models import CalendarEntry, Campaign, Channel, EntryComment
from cwn.core.reference import read_rows
from cwn.delivery.clock import local_moment
from partners.models import Organisation

FOLDER = str(Path(__file__).parent / "reference")
#: How far an item is by the days until it: the last one that fits.
HOW_FAR = (
    (-365, EntryStatus.EVALUATED),
    (-21, EntryStatus.LIVE),
    (1, EntryStatus.PLANNED),
    (21, EntryStatus.REVIEW),
    (35, EntryStatus.CONCEPT),
    (56, EntryStatus.IDEA),
)
#: An item is ready so many days before it goes out.
LEAD = 3


@transaction.atomic
def make_calendar(today: date | None = None) -> int:
    """Make the items that are not there yet, and return how many."""
    today = today or timezone.localdate()
    people = demo_people()
    owners = {one.slug: one for one in Organisation.objects.filter(is_fictional=True)}
    campaigns = list(Campaign.objects.order_by("pk"))
    made = 0
    for row in read_rows(FOLDER, "demo_calendar", "item"):
        if row["owner"] in owners and not CalendarEntry.objects.filter(title__startswith=row["title"]).exists():
            chosen = campaigns if row.get("in_campaign") else []
            made += sum(1 for _entry in _make(row, today, owners[row["owner"]], people, chosen))
    return made


def _make(
    row: dict[str, Any], today: date, owner: Organisation, people: dict[str, int], campaigns: list[Campaign]
) -> Iterator[CalendarEntry]:
    for turn, days in enumerate(row["days"], 1):
        day = today + timedelta(days=days)
        zone = row.get("zone", "Europe/Amsterdam")
        starts_at = local_moment(day, time.fromisoformat(row.get("at", "09:00")), zone)
        entry = CalendarEntry.objects.create(
            title=f"{row['title']} {turn}" if len(row["days"]) > 1 else row["title"],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=row["hours"]) if "hours" in row else None,
            time_zone=zone,
            content=row["content"],
            message=row["message"],
            medium=row["medium"],
            tlp=row["tlp"],
            readers=row["readers"],
            functions=row["functions"],
            owner=owner,
            person_id=people[row["person"]],
            created_by_id=people[row["person"]],
            campaign=next((one for one in campaigns if one.starts_on <= day <= one.ends_on), None),
            status=[status for since, status in HOW_FAR if days >= since][-1],
            deadline_on=day - timedelta(days=LEAD),
        )
        entry.audiences.set(Audience.objects.filter(slug__in=row["audiences"]))
        channels = Channel.objects.of_network().order_by("pk")
        entry.channels.set(channels.filter(kind__in=row["channels"]) or channels.filter(kind=ChannelKind.WEBSITE))
        keep_deadline(entry)
        if "comment" in row and turn == 1:
            EntryComment.objects.create(entry=entry, text=row["comment"], by_id=people["coord"])
        yield entry
