"""Reminders in stages: once, on the clock of the place, over every change of it, and anew after a move (H01, H03)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from comms.events.actions.organising import cancel_event, content_of, publish_event, save_event
from comms.events.enums import EventStatus, EventZone, RegistrationState
from comms.events.models import Event
from comms.events.reminders import DAY, FOLLOW_UP, HOUR, KIND, WEEK, moments, put_on_the_clock
from cwn.delivery.actions.announcing import announce_due
from cwn.delivery.models import Delivery, Reminder
from tests.factories.events import EventFactory, registered

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def on_the_wall(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone))


def stages(event: Event) -> dict[str, datetime]:
    return {stage: moment for stage, moment, _until in moments(event)}


def sent(stage: str) -> int:
    return Delivery.objects.filter(mailing__key__contains=f":{stage}:").count()


@pytest.mark.parametrize(
    ("zone", "starts", "week", "day"),
    [
        # 25 October 2026: winter time begins; a week is 169 hours, and the time of day stays the same
        ("Europe/Amsterdam", (2026, 10, 28, 14), (2026, 10, 21, 14), (2026, 10, 27, 14)),
        ("Europe/Amsterdam", (2026, 10, 26, 2, 30), (2026, 10, 19, 2, 30), (2026, 10, 25, 2, 30)),
        # 28 March 2027: summer time begins; half past two does not exist on the day before
        ("Europe/Amsterdam", (2027, 3, 29, 9), (2027, 3, 22, 9), (2027, 3, 28, 9)),
        ("America/Curacao", (2026, 10, 28, 14), (2026, 10, 21, 14), (2026, 10, 27, 14)),
        ("America/Aruba", (2027, 3, 29, 9), (2027, 3, 22, 9), (2027, 3, 28, 9)),
        ("America/Lower_Princes", (2027, 1, 1, 0, 30), (2026, 12, 25, 0, 30), (2026, 12, 31, 0, 30)),
        ("America/Kralendijk", (2028, 3, 1, 8), (2028, 2, 23, 8), (2028, 2, 29, 8)),
    ],
)
def test_a_week_and_a_day_before_come_at_the_same_time_of_day(zone, starts, week, day):
    event = EventFactory(starts_at=on_the_wall(zone, *starts), time_zone=zone)
    found = stages(event)
    assert found[WEEK] == on_the_wall(zone, *week).astimezone(UTC)
    assert found[DAY] == on_the_wall(zone, *day).astimezone(UTC)
    assert found[HOUR] == event.starts_at - timedelta(hours=1)
    assert found[FOLLOW_UP].astimezone(ZoneInfo(zone)).hour == 10


def test_half_past_two_that_does_not_exist_comes_an_hour_later():
    event = EventFactory(starts_at=on_the_wall("Europe/Amsterdam", 2027, 3, 29, 2, 30))
    assert stages(event)[DAY] == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 03:30 summer time


@pytest.mark.parametrize("zone", EventZone.values)
@pytest.mark.parametrize("day", [datetime(2026, 10, 26, 2, 30), datetime(2027, 3, 29, 2, 30)])
def test_each_stage_is_said_once_whatever_the_beat_does_over_a_change_of_the_clock(zone, day):
    with time_machine.travel(NOW, tick=False) as clock:
        event = EventFactory(starts_at=day.replace(tzinfo=ZoneInfo(zone)), time_zone=zone)
        registered(event)
        registered(event)
        registered(event, state=RegistrationState.WAITING)
        registered(event, state=RegistrationState.CANCELLED)
        put_on_the_clock(event)
        moment = event.starts_at - timedelta(days=8)
        while moment < event.ends_at + timedelta(days=3):
            clock.move_to(moment)
            announce_due()
            announce_due()
            moment += timedelta(minutes=30)
    assert {stage: sent(stage) for stage in (WEEK, DAY, HOUR, FOLLOW_UP)} == dict.fromkeys(
        (WEEK, DAY, HOUR, FOLLOW_UP), 2
    )


def test_after_a_long_stop_what_is_past_is_not_said():
    with time_machine.travel(NOW, tick=False) as clock:
        event = EventFactory(starts_at=NOW + timedelta(days=10))
        registered(event)
        put_on_the_clock(event)
        clock.move_to(event.ends_at + timedelta(days=2))
        announce_due()
    assert (sent(WEEK), sent(DAY), sent(HOUR), sent(FOLLOW_UP)) == (0, 0, 0, 1)


def test_a_moved_event_is_told_and_has_new_reminders(cast):
    with time_machine.travel(NOW, tick=False) as clock:
        event = EventFactory(starts_at=NOW + timedelta(days=10), owner=cast.organisations["havenring"])
        registered(event)
        put_on_the_clock(event)
        clock.move_to(NOW + timedelta(days=4))
        announce_due()
        assert sent(WEEK) == 1
        _move(event, cast, days=20)
        assert sent("moved") == 1
        assert set(_waiting()) == {(stage, 2) for stage in (WEEK, DAY, HOUR, FOLLOW_UP)}
        clock.move_to(NOW + timedelta(days=24))
        announce_due()
        assert sent(WEEK) == 2
        assert sent(DAY) == 0


def _move(event: Event, cast, days: int) -> None:
    event.refresh_from_db()
    values = content_of(event)
    values |= {name: values[name] + timedelta(days=days) for name in ("starts_at", "ends_at")}
    save_event(event, values=values, links={}, edit_version=event.edit_version, by=cast["rep"])


def _waiting() -> list[tuple[str, int]]:
    return list(Reminder.objects.filter(kind=KIND, state="wacht").values_list("stage", "version"))


def test_a_change_of_words_moves_nothing_and_mails_nobody(cast):
    event = EventFactory(owner=cast.organisations["havenring"])
    registered(event)
    put_on_the_clock(event)
    before = _waiting()
    values = content_of(event) | {"summary": "Andere woorden."}
    save_event(event, values=values, links={}, edit_version=1, by=cast["rep"])
    assert (_waiting(), sent("moved"), Event.objects.get().sequence) == (before, 0, 0)


def test_a_cancelled_event_tells_everybody_why_and_reminds_nobody(cast):
    event = EventFactory(owner=cast.organisations["havenring"], status=EventStatus.DRAFT)
    publish_event(event, by=cast["rep"])
    registered(event)
    registered(event, state=RegistrationState.WAITING)
    assert _waiting()
    cancel_event(event, reason="De spreker is ziek.", by=cast["rep"])
    assert _waiting() == []
    assert sent("called_off") == 2
    assert Event.objects.get().sequence == 1
