"""One rule three times: `visible_to`, the policies of PostgreSQL and plain Python show the same items (R86, M3)."""

from itertools import product

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from comms.planning.enums import EntryReaders
from comms.planning.models import CalendarEntry, EntryComment
from cwn.core.guard import reading_as
from tests.cast import PRINCIPALS
from tests.factories.comms import published
from tests.factories.planning import AudienceFactory, ChannelFactory, EntryCommentFactory, EntryFactory

pytestmark = pytest.mark.django_db
LABELS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT)
OWNERS = ("havenring", "zorgring", "eilandring")
#: Whose organisation is whose, as `tests/cast.py` has it; who lost access belongs nowhere.
HOME = {
    "mem": "havenring",
    "rep": "havenring",
    "wg": "zorgring",
    "mem-x": "zorgring",
    "mem-o": "eilandring",
    "rcp": "eilandring",
}
PLANNERS = ("rep", "wg", "coord", "nctv")


def may_see(principal: str, readers: str, tlp: str, owner: str, planned_for: str, removed: bool) -> bool:
    """Say who sees an item, from security.md chapter 3 and without a look at the code.

    `planned_for` is the organisation to which the AMBER publication is addressed, if there is one.
    """
    if removed:
        return False
    is_open = tlp in (Tlp.CLEAR, Tlp.GREEN)
    if readers == "iedereen" and tlp == Tlp.CLEAR:
        return True
    if readers in ("leden", "iedereen") and is_open and principal in HOME:
        return True
    if principal == "coord":
        return True
    if principal not in PLANNERS:
        return False
    home = HOME.get(principal)
    return is_open or (home is not None and home in (owner, planned_for))


def is_possible(readers: str, tlp: str) -> bool:
    return not (readers == "iedereen" and tlp != Tlp.CLEAR) and not (readers == "leden" and tlp not in LABELS[:2])


ITEMS = st.tuples(
    st.sampled_from([pair for pair in product(EntryReaders.values, LABELS) if is_possible(*pair)]),
    st.sampled_from(OWNERS),
    st.sampled_from(("", *OWNERS)),
    st.booleans(),
)


def keys(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {key for (key,) in cursor.fetchall()}


@given(drawn=st.lists(ITEMS, min_size=4, max_size=10))
@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_three_ways_to_say_it_are_one(cast, drawn):
    CalendarEntry.objects.all().delete()
    made = {}
    for (readers, tlp), owner, planned_for, removed in drawn:
        planned_for = planned_for if tlp in LABELS[2:] else ""
        publication = published(
            tlp=Tlp.AMBER,
            owner=cast.organisations["prospectring"],
            addressed_organisations=[cast.organisations[planned_for]],
        ) if planned_for else None  # fmt: skip
        entry = EntryFactory(
            readers=readers,
            tlp=tlp,
            owner=cast.organisations[owner],
            publication=publication,
            removed_at=timezone.now() if removed else None,
            audiences=[AudienceFactory(slug="a")],
        )
        EntryCommentFactory(entry=entry)
        made[entry.pk] = (readers, tlp, owner, planned_for, removed)
    for principal in PRINCIPALS:
        user = cast[principal]
        expected = {key for key, facts in made.items() if may_see(principal, *facts)}
        assert set(CalendarEntry.objects.visible_to(user).values_list("pk", flat=True)) == expected, principal
        commented = expected if principal in PLANNERS else set()
        assert set(EntryComment.objects.visible_to(user).values_list("entry", flat=True)) == commented, principal
        kept = {key for key, facts in made.items() if not facts[-1]}
        with reading_as(user):
            assert keys("SELECT id FROM planning_calendarentry") & kept == expected, principal
            assert keys("SELECT entry_id FROM planning_entrycomment") & kept == commented, principal
            assert keys("SELECT entry_id FROM planning_entrycommentevent") & kept == commented, principal
            assert keys("SELECT pgh_obj_id FROM planning_calendarentryevent") & kept == commented, principal
            assert keys("SELECT calendarentry_id FROM planning_calendarentry_audiences") & kept == expected, principal


def test_what_was_removed_is_kept_for_who_can_put_it_back(cast):
    entry = EntryFactory(owner=cast.organisations["havenring"], removed_at=timezone.now(), readers="iedereen")
    for principal in PRINCIPALS:
        with reading_as(cast[principal]):
            seen = keys("SELECT id FROM planning_calendarentry")
        assert seen == ({entry.pk} if principal in ("rep", "wg", "coord") else set()), principal


def test_a_hidden_draft_does_not_hide_its_item_and_is_not_shown(cast):
    draft = published(status=PublicationStatus.DRAFT, owner=cast.organisations["eilandring"], title="kanarie-concept")
    entry = EntryFactory(publication=draft)
    assert not Publication.objects.visible_to(cast["wg"]).exists()
    html = cast.client("wg").get(entry.get_absolute_url()).content.decode()
    assert "kanarie-concept" not in html


def test_tables_of_planning_are_closed():
    EntryFactory(channels=[ChannelFactory()])
    closed = {table for (table,) in rows("SELECT relname::text FROM pg_class WHERE relrowsecurity")}
    for table in ("calendarentry", "entrycomment", "entryeditor", "campaign", "channel", "bulkchange", "calendarfeed"):
        assert f"planning_{table}" in closed
    assert "planning_workinggroupsession" in closed


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
