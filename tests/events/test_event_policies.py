"""One rule in three places: `visible_to`, the policies of PostgreSQL and the search say the same (security.md M3)."""

import itertools

import pytest
from django.db import connection

from comms.enums import Tlp
from comms.events.enums import EventStatus, OfferState, RegistrationState
from comms.events.models import (
    ContributionOffer,
    Event,
    EventDocument,
    EventInvitation,
    EventMaterial,
    ProgrammeItem,
    Registration,
    Speaker,
)
from comms.events.models.visibility import readers_of
from cwn.accounts.models import User
from cwn.core.guard import reading_as
from cwn.core.visibility import principals_of
from tests.cast import PRINCIPALS, Cast
from tests.factories.comms import sharing_group
from tests.factories.events import EventFactory, registered

pytestmark = pytest.mark.django_db
LABELS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT)
NETWORK = {"mem", "rep", "wg", "mem-x", "mem-o", "rcp"}
#: To whom an AMBER event of the Havenring is addressed → who of the cast belongs there.
AUDIENCES = {
    "nobody": {"mem", "rep"},
    "zorgring": {"mem", "rep", "wg", "mem-x"},
    "group-of-eilandring": {"mem", "rep", "mem-o", "rcp"},
}


def may_see(principal: str, event: Event, audience: str) -> bool:
    """The rule once more, written from security.md chapter 3 and without a look at the code."""
    if event.status == EventStatus.DRAFT:
        return principal in {"rep", "coord"} or (principal == "wg" and event.tlp in ("clear", "green"))
    if event.tlp == "clear":
        return True
    if event.tlp == "green":
        return principal in NETWORK | {"coord", "nctv"}
    return principal in AUDIENCES[audience] | {"coord"}


def may_see_people(principal: str, event: Event, audience: str) -> bool:
    """Organisers of an event of the Havenring: who represents it, and coordinators."""
    return principal in {"rep", "coord"} and may_see(principal, event, audience)


@pytest.fixture
def world(cast: Cast) -> list[tuple[Event, str]]:
    """Events of the Havenring of each label, status and audience, with everything that stands beside one."""
    group = sharing_group(cast.organisations["eilandring"])
    events = []
    for tlp, status, audience in itertools.product(LABELS, EventStatus, AUDIENCES):
        event = EventFactory(
            owner=cast.organisations["havenring"], tlp=tlp, status=status, created_by=cast["rep"],
            cancellation_reason="Ziek." if status == EventStatus.CANCELLED else "",
        )  # fmt: skip
        if audience == "zorgring":
            event.addressed_organisations.add(cast.organisations["zorgring"])
        if audience == "group-of-eilandring":
            event.addressed_groups.add(group)
        _surround(event, cast)
        events.append((event, audience))
    return events


def _surround(event: Event, cast: Cast) -> None:
    registered(event, cast["mem-x"])
    ProgrammeItem.objects.create(event=event, title="Deel", starts_at=event.starts_at, ends_at=event.ends_at)
    Speaker.objects.create(event=event, name="Spreker")
    EventMaterial.objects.create(event=event, what="Banner")
    EventDocument.objects.create(event=event, title="Stuk", url="https://stuk.example/")
    zorg = cast.organisations["zorgring"]
    EventInvitation.objects.create(event=event, organisation=zorg, invited_by=cast["rep"])
    EventInvitation.objects.create(event=event, person=cast["mem-o"], invited_by=cast["rep"])
    ContributionOffer.objects.create(
        event=event, organisation=zorg, title="Lezing", explanation="Over iets.", offered_by=cast["mem-x"],
        state=OfferState.OFFERED,
    )  # fmt: skip


def fresh(cast: Cast, principal: str):
    person = cast[principal]
    return User.objects.get(pk=person.pk) if person.pk else person


def keys(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {key for (key,) in cursor.fetchall()}


def test_orm_policies_search_and_the_plain_rule_show_the_same(cast, world):
    for principal in PRINCIPALS:
        user = fresh(cast, principal)
        visitor = principal in ("anon", "ex", "sus", "nomfa", "adm")
        who = "anon" if visitor else principal
        expected = {event.pk for event, audience in world if may_see(who, event, audience)}
        assert set(Event.objects.visible_to(user).values_list("pk", flat=True)) == expected, principal
        with reading_as(user):
            assert keys("SELECT id FROM events_event") == expected, principal
        found = {event.pk for event, _audience in world if readers_of(event) & principals_of(user)}
        listed = {event.pk for event, _audience in world if event.status in (EventStatus.PUBLISHED, EventStatus.CLOSED)}
        assert found == expected & listed, principal


def test_what_stands_beside_an_event_is_read_by_its_readers_only(cast, world):
    for principal in PRINCIPALS:
        user = fresh(cast, principal)
        expected = set(Event.objects.visible_to(user).values_list("pk", flat=True))
        for model in (ProgrammeItem, Speaker, EventMaterial, EventDocument):
            assert set(model.objects.visible_to(user).values_list("event", flat=True)) == expected, (principal, model)
            with reading_as(user):
                table = model._meta.db_table
                assert keys(f"SELECT event_id FROM {table}") == expected, (principal, table)  # noqa: S608
                assert keys(f"SELECT event_id FROM {table}event") <= expected, (principal, table)  # noqa: S608
        with reading_as(user):
            assert keys("SELECT id FROM events_eventevent") == expected


def test_who_comes_is_for_the_person_and_the_organiser_only(cast, world):
    for principal in PRINCIPALS:
        user = fresh(cast, principal)
        who = "anon" if principal in ("anon", "ex", "sus", "nomfa", "adm") else principal
        organised = {event.pk for event, audience in world if may_see_people(who, event, audience)}
        own = {event.pk for event, audience in world if may_see(who, event, audience)}
        of_zorg = organised | (own if who in ("mem-x", "wg") else set())
        for model, expected in (
            (Registration, organised | (own if who == "mem-x" else set())),
            (EventInvitation, of_zorg | (own if who == "mem-o" else set())),
            (ContributionOffer, of_zorg),
        ):
            assert set(model.objects.visible_to(user).values_list("event", flat=True)) == expected, (principal, model)
            with reading_as(user):
                table = model._meta.db_table
                assert keys(f"SELECT event_id FROM {table}") == expected, (principal, table)  # noqa: S608
                assert keys(f"SELECT event_id FROM {table}event") <= expected, (principal, table)  # noqa: S608


def test_a_working_group_member_of_the_owner_sees_who_comes_and_edits_the_open_events_of_others(cast):
    own = EventFactory(owner=cast.organisations["zorgring"])
    other = EventFactory(owner=cast.organisations["havenring"])
    hidden = EventFactory(owner=cast.organisations["havenring"], tlp=Tlp.AMBER)
    registered(own, state=RegistrationState.WAITING)
    assert set(Event.objects.organised_by(cast["wg"])) == {own}
    assert set(Event.objects.editable_by(cast["wg"])) == {own, other}
    assert hidden not in Event.objects.editable_by(cast["wg"])
    assert list(Event.objects.editable_by(cast["mem"])) == []
