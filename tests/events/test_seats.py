"""Nobody gets a chair that is not there: seats, the waiting list, and who moves up (R98)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from comms.events.actions.organising import content_of, save_event
from comms.events.actions.registering import cancel_registration, register
from comms.events.actions.seating import seats_taken
from comms.events.enums import RegistrationState
from comms.events.models import Event, Registration
from cwn.core.guard import reading_as
from cwn.delivery.models import Delivery
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, registered

THREADS = 30


def states(event: Event) -> list[tuple[str, int | None]]:
    rows = Registration.objects.filter(event=event).order_by("in_line_since", "pk")
    return list(rows.values_list("state", "seat"))


def mails(template: str) -> int:
    return Delivery.objects.filter(mailing__key__contains=f":{template}:").count()


@pytest.mark.django_db(transaction=True)
def test_thirty_people_at_once_get_exactly_the_last_places():
    event = EventFactory(capacity=7)
    people = [UserFactory() for _number in range(THREADS)]
    start = Barrier(THREADS)

    def ask(user) -> str:
        try:
            start.wait()
            return register(event, by=user).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, people))

    assert answers.count(RegistrationState.CONFIRMED) == 7
    assert answers.count(RegistrationState.WAITING) == THREADS - 7
    seats = Registration.objects.filter(event=event, seat__isnull=False).values_list("seat", flat=True)
    assert sorted(seats) == list(range(1, 8))
    assert mails("registered") == 7
    assert mails("waiting") == THREADS - 7


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_ten_times_comes_once():
    event, user = EventFactory(capacity=5), UserFactory()
    start = Barrier(10)

    def ask(_number) -> None:
        try:
            start.wait()
            register(event, by=user)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(ask, range(10)))

    assert Registration.objects.filter(event=event).count() == 1
    assert mails("registered") == 1


@pytest.mark.django_db(transaction=True)
def test_many_cancel_at_once_and_everybody_who_waits_moves_up_in_order():
    event = EventFactory(capacity=10)
    seated = [register(event, by=UserFactory()) for _number in range(10)]
    waiting = [register(event, by=UserFactory()) for _number in range(8)]
    start = Barrier(6)

    def cancel(registration) -> None:
        try:
            start.wait()
            cancel_registration(registration)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(cancel, seated[:6]))

    fresh = [Registration.objects.get(pk=one.pk).state for one in waiting]
    assert fresh == [RegistrationState.CONFIRMED] * 6 + [RegistrationState.WAITING] * 2
    assert mails("moved_up") == 6
    assert seats_taken([event]) == {event.pk: 10}


@pytest.mark.django_db
def test_the_database_itself_seats_nobody_above_the_capacity_or_twice_on_one_chair():
    event = EventFactory(capacity=2)
    registered(event)
    for seat in (1, 3, 99):
        with pytest.raises(IntegrityError), transaction.atomic():
            registered(event, seat=seat)
    registered(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(event=event, seat=2).update(seat=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        registered(event, state=RegistrationState.WAITING, seat=2)


@pytest.mark.django_db
def test_the_web_role_who_sees_nobody_still_seats_nobody_above_the_capacity(cast):
    event = EventFactory(capacity=1)
    registered(event)
    with reading_as(cast["mem"]):
        assert Registration.objects.count() == 0
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO events_registration (event_id, user_id, key, name, email, organisation_name, language,"
                " state, seat, needs, registered_at, in_line_since) VALUES (%s, %s, gen_random_uuid(), 'n',"
                " 'e@x.example', '', 'nl', 'bevestigd', 2, '', now(), now())",
                [event.pk, cast["mem"].pk],
            )


@pytest.mark.django_db
def test_more_room_lets_people_move_up_in_the_order_in_which_they_asked(cast):
    event = EventFactory(capacity=1, owner=cast.organisations["havenring"])
    order = [register(event, by=UserFactory()) for _number in range(4)]

    _save(event, cast, capacity=3)

    fresh = [Registration.objects.get(pk=one.pk).state for one in order]
    assert fresh == [RegistrationState.CONFIRMED] * 3 + [RegistrationState.WAITING]
    assert mails("moved_up") == 2


@pytest.mark.django_db
def test_less_room_moves_people_to_lower_seats_and_takes_nobody_a_seat(cast):
    event = EventFactory(capacity=10, owner=cast.organisations["havenring"])
    first, _second, third = (register(event, by=UserFactory()) for _number in range(3))
    cancel_registration(first)

    _save(event, cast, capacity=2)
    assert Registration.objects.get(pk=third.pk).seat == 1

    with pytest.raises(ValidationError, match="Er zijn al 2 plaatsen bezet"):
        _save(event, cast, capacity=1)


@pytest.mark.django_db
def test_who_comes_later_does_not_pass_the_line():
    event = EventFactory(capacity=1)
    registered(event, state=RegistrationState.WAITING)
    assert register(event, by=UserFactory()).state == RegistrationState.WAITING


@pytest.mark.django_db
def test_without_a_waiting_list_full_is_full():
    event = EventFactory(capacity=1, has_waiting_list=False)
    registered(event)
    with pytest.raises(ValidationError, match="Alle plaatsen zijn bezet"):
        register(event, by=UserFactory())
    assert len(states(event)) == 1


@pytest.mark.django_db
def test_who_cancelled_can_come_again_at_the_end_of_the_line():
    event, user = EventFactory(capacity=1), UserFactory()
    cancel_registration(register(event, by=user))
    register(event, by=UserFactory())
    assert register(event, by=user).state == RegistrationState.WAITING
    assert Registration.objects.filter(event=event, user=user).count() == 1


def _save(event: Event, cast, **values) -> None:
    event.refresh_from_db()
    values = content_of(event) | values
    save_event(event, values=values, links={}, edit_version=event.edit_version, by=cast["rep"])
