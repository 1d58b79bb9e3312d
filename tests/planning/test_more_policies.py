"""Talks and placements: `visible_to`, the policies of PostgreSQL and plain Python show the same (R91, R100; M3).

Random worlds of memberships, roles and publications (tests/comms/worlds.py), with items, channels and organisations of
every kind on top; the rule stands here once more, without a look at the code.
"""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comms.enums import Tlp
from comms.planning.enums import ChannelKind
from comms.planning.models import CalendarEntry, Channel, Placement, Talk
from cwn.core.guard import reading_as
from partners.enums import PartnerStatus
from tests.comms.worlds import (
    MOSTLY_PARTNERS,
    ORGANISATIONS,
    PEOPLE,
    STATUSES,
    Belonging,
    Ground,
    World,
    build,
    make_ground,
    reader,
    worlds,
)

pytestmark = pytest.mark.django_db
#: Readers and label of an item, in every way that goes together.
READERS = (
    ("iedereen", "clear"), ("leden", "clear"), ("leden", "green"), ("planners", "clear"), ("planners", "green"),
    ("planners", "amber"), ("planners", "amber-strict"),
)  # fmt: skip
#: Whoever may know that it exists; that another organisation is courted, coordinators and the policy owner know.
KNOWN_TO_ALL = (PartnerStatus.PARTNER, PartnerStatus.CONSULTED)


@dataclass(frozen=True)
class Item:
    """An item of the calendar, in numbers of organisations and publications."""

    readers: str
    tlp: str
    owner: int
    publication: int | None
    is_removed: bool


@dataclass(frozen=True)
class Asked:
    """A place that was asked: for which item, and in the channel of whom, which may be out of use."""

    item: int
    organisation: int | None
    is_active: bool


#: One of the four always sits in the working group for a partner: few worlds have somebody who does.
WIM = PEOPLE[-1]


def with_a_desk(world: World) -> World:
    """Give Wim a seat, and nothing else."""
    others = tuple(one for one in world.belongings if one.person != WIM)
    return replace(
        world,
        belongings=(*others, Belonging(WIM, 0, represents=False, state="current")),
        roles={**world.roles, WIM: frozenset({"working_group"})},
        with_second_factor=world.with_second_factor | {WIM},
        inactive=world.inactive - {WIM},
    )


# --- the rule ----------------------------------------------------------------------------------------
def is_at_desk(world: World, person: int | None) -> bool:
    """Coordinators, and who sits in the working group for a partner of now."""
    who = world.access(person)
    return "coordinator" in who.roles or ("working_group" in who.roles and bool(who.member_of))


def may_plan_with(world: World, person: int | None, item: Item) -> bool:
    """Tell whether somebody sees an item in the calendar."""
    who = world.access(person)
    is_open = item.tlp in ("clear", "green")
    if item.is_removed:
        return False
    if item.readers == "iedereen" or "coordinator" in who.roles:
        return True
    if item.readers == "leden" and who.member_of:
        return True
    if not (is_at_desk(world, person) or "policy_owner" in who.roles or who.represents):
        return False
    planned = None if item.publication is None else world.publications[item.publication]
    return is_open or item.owner in who.member_of or (planned is not None and world.may_read(person, planned))


def may_see_placement(world: World, person: int | None, item: Item, asked: Asked) -> bool:
    """The desk and the policy owner see all that they see in the calendar, members what is asked of their partner.

    A channel that is out of use is known to who plans: of members only to representatives, of whatever partner.
    """
    who = world.access(person)
    reads_all = is_at_desk(world, person) or "policy_owner" in who.roles
    own = asked.organisation in who.member_of and (asked.is_active or bool(who.represents))
    return may_plan_with(world, person, item) and (reads_all or own)


def may_see_talk(world: World, person: int | None, status: str) -> bool:
    """Only the desk reads talks, and those with organisations of which one may know."""
    roles = world.access(person).roles
    return is_at_desk(world, person) and (status in KNOWN_TO_ALL or bool(roles & {"coordinator", "policy_owner"}))


# --- the same in the database ------------------------------------------------------------------------
def items() -> st.SearchStrategy[Item]:
    return st.builds(
        lambda pair, owner, publication, is_removed: Item(*pair, owner, publication, is_removed),
        st.sampled_from(READERS),
        st.sampled_from(MOSTLY_PARTNERS),
        st.none() | st.integers(0, 4),
        st.sampled_from((False, False, False, True)),
    )


def asked(most: int) -> st.SearchStrategy[Asked]:
    return st.builds(
        Asked, st.integers(0, most - 1), st.none() | st.sampled_from(MOSTLY_PARTNERS), st.sampled_from((True, False))
    )


def possible(item: Item, world: World) -> Item:
    """Take the publication away where the table refuses it: an item is as strict as what it plans."""
    if item.publication is None:
        return item
    planned = Tlp(world.publications[item.publication].tlp)
    return item if Tlp(item.tlp).strictness >= planned.strictness else replace(item, publication=None)


SEVERAL_ITEMS = st.lists(items(), min_size=5, max_size=5)
SEVERAL_ASKED = st.lists(asked(5), min_size=4, max_size=8)


def put_placements(world_rows, ground: Ground, drawn: list[Item], places: list[Asked]) -> list[Placement]:
    entries = CalendarEntry.objects.bulk_create(
        CalendarEntry(
            title="Item",
            starts_at=timezone.now(),
            readers=item.readers,
            tlp=item.tlp,
            owner=ground.organisations[item.owner],
            publication=None if item.publication is None else world_rows[item.publication],
            created_by=ground.second_person,
            removed_at=timezone.now() if item.is_removed else None,
        )
        for item in drawn
    )
    channels = Channel.objects.bulk_create(
        Channel(
            name=f"Kanaal {number}",
            kind=ChannelKind.NEWSLETTER,
            organisation=None if place.organisation is None else ground.organisations[place.organisation],
            is_active=place.is_active,
        )
        for number, place in enumerate(places)
    )
    return Placement.objects.bulk_create(
        Placement(entry=entries[place.item], channel=channel, asked_by=ground.second_person)
        for place, channel in zip(places, channels, strict=True)
    )


def keys(sql: str) -> set[int]:
    """Return the first column of what a query finds: raw, without any rule of ours in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {key for (key,) in cursor.fetchall()}


def assert_shown(model, user, expected: set[int]) -> None:
    """Compare the three: the ORM, the table and its history."""
    table = model._meta.db_table
    assert set(model.objects.visible_to(user).values_list("pk", flat=True)) == expected, "visible_to"
    with reading_as(user):
        assert keys(f"SELECT id FROM {table}") == expected, "row-level security"  # noqa: S608
        assert keys(f"SELECT pgh_obj_id FROM {table}event") == expected, "the history"  # noqa: S608


@pytest.fixture
def ground(db):
    """Organisations and people on which each world is built and taken down again."""
    return make_ground()


on_random_worlds = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@given(world=worlds().map(with_a_desk), drawn=SEVERAL_ITEMS, places=SEVERAL_ASKED)
@on_random_worlds
def test_placements_are_seen_the_same_three_ways(ground, world, drawn, places):
    drawn = [possible(item, world) for item in drawn]
    with transaction.atomic():
        rows = put_placements(build(world, ground), ground, drawn, places)
        for person in (None, *PEOPLE):
            expected = {
                row.pk
                for row, place in zip(rows, places, strict=True)
                if may_see_placement(world, person, drawn[place.item], place)
            }
            assert_shown(Placement, reader(ground, person), expected)
        transaction.set_rollback(True)


@given(world=worlds().map(with_a_desk))
@on_random_worlds
def test_talks_are_seen_the_same_three_ways(ground, world):
    with transaction.atomic():
        build(world, ground)
        talks = Talk.objects.bulk_create(
            Talk(
                organisation=ground.organisations[number],
                on=date(2026, 11, 1),
                with_whom="De directeur",
                summary="Wil graag meedoen.",
                by=ground.people[number % len(PEOPLE)],  # who had the talk sees it by no other rule
            )
            for number in ORGANISATIONS
        )
        for person in (None, *PEOPLE):
            expected = {
                talk.pk for talk, status in zip(talks, STATUSES, strict=True) if may_see_talk(world, person, status)
            }
            assert_shown(Talk, reader(ground, person), expected)
        transaction.set_rollback(True)
