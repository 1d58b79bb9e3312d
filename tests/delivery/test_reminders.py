"""Each reminder is said exactly once: over DST, double beats, dead beats and late starts (security.md H01–H06)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from cwn.delivery.actions.announcing import MOST_TRIES, announce_due
from cwn.delivery.actions.reminding import forget_reminders, remind
from cwn.delivery.clock import local_moment, reminder_kind
from cwn.delivery.enums import ReminderState
from cwn.delivery.models import Reminder

pytestmark = pytest.mark.django_db
HEARD: list[str] = []


@reminder_kind("test-said")
def said(reminder: Reminder) -> str:
    """Write down what was said, as an app writes its mails."""
    HEARD.append(str(reminder))
    return ""


@reminder_kind("test-broken")
def broken(reminder: Reminder) -> str:
    """Fail as a function with a mistake does, after it wrote something."""
    Reminder.objects.create(kind="test-said", object_id=99, stage="half", due_at=timezone.now() + timedelta(days=9))
    raise ZeroDivisionError


@reminder_kind("test-needless")
def needless(_reminder: Reminder) -> str:
    """Say that nothing need be said."""
    return "het item is weg"


@pytest.fixture(autouse=True)
def heard() -> Iterator[list[str]]:
    HEARD.clear()
    yield HEARD
    HEARD.clear()


def soon(seconds: int = -1) -> datetime:
    return timezone.now() + timedelta(seconds=seconds)


def test_what_is_due_is_said_once(heard):
    remind(kind="test-said", object_id=1, stage="deadline", due_at=soon())
    remind(kind="test-said", object_id=1, stage="later", due_at=soon(3600))

    assert [announce_due(), announce_due()] == [1, 0]
    assert heard == ["test-said:1:deadline:1"]


def test_asking_twice_moves_what_waits_and_repeats_nothing_that_was_said(heard):
    remind(kind="test-said", object_id=1, stage="deadline", due_at=soon(3600))
    remind(kind="test-said", object_id=1, stage="deadline", due_at=soon())
    announce_due()
    remind(kind="test-said", object_id=1, stage="deadline", due_at=soon())

    assert announce_due() == 0
    assert len(heard) == 1


def test_a_new_version_forgets_the_old_one(heard):
    remind(kind="test-said", object_id=1, stage="a-week-before", version=1, due_at=soon())
    remind(kind="test-said", object_id=1, stage="a-week-before", version=2, due_at=soon())

    announce_due()

    assert heard == ["test-said:1:a-week-before:2"]


def test_forgetting_leaves_what_was_said_on_record():
    remind(kind="test-said", object_id=1, stage="first", due_at=soon())
    announce_due()
    remind(kind="test-said", object_id=1, stage="second", due_at=soon(60))

    assert forget_reminders(kind="test-said", object_id=1) == 1
    assert list(Reminder.objects.values_list("stage", "state")) == [("first", ReminderState.DONE)]


def test_what_came_too_late_is_not_said(heard):
    remind(kind="test-said", object_id=1, stage="an-hour-before", due_at=soon(-7200), useful_until=soon(-10))

    assert announce_due() == 0
    assert heard == []
    assert Reminder.objects.get().reason == "het moment was al voorbij"


def test_one_that_fails_stops_no_other_and_leaves_nothing_half_done(heard):
    remind(kind="test-broken", object_id=1, stage="deadline", due_at=soon(-60))
    remind(kind="test-said", object_id=2, stage="deadline", due_at=soon())

    assert announce_due() == 1
    assert heard == ["test-said:2:deadline:1"]
    assert not Reminder.objects.filter(stage="half").exists()


def test_one_that_keeps_failing_waits_for_a_person():
    remind(kind="test-broken", object_id=1, stage="deadline", due_at=soon())

    for _run in range(MOST_TRIES):
        announce_due()

    assert Reminder.objects.get().state == ReminderState.SKIPPED


def test_a_kind_that_nobody_knows_is_a_failure_like_any_other():
    remind(kind="test-of-a-removed-app", object_id=1, stage="deadline", due_at=soon())

    assert announce_due() == 0
    assert Reminder.objects.get().tries == 1


def test_what_need_not_be_said_keeps_the_reason():
    remind(kind="test-needless", object_id=1, stage="deadline", due_at=soon())

    assert announce_due() == 0
    assert Reminder.objects.get().reason == "het item is weg"


@pytest.mark.django_db(transaction=True)
def test_a_crash_before_the_commit_undoes_mark_and_mails_together(heard):
    remind(kind="test-said", object_id=1, stage="deadline", due_at=soon())

    with transaction.atomic():
        announce_due()
        transaction.set_rollback(True)

    assert Reminder.objects.get().state == ReminderState.WAITING
    assert announce_due() == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_say_it_once(heard):
    for number in range(20):
        remind(kind="test-said", object_id=number, stage="deadline", due_at=soon())
    start = Barrier(4)

    def beat() -> None:
        start.wait()
        for _run in range(3):
            announce_due()
        connection.close()

    beats = [Thread(target=beat) for _number in range(4)]
    for one in beats:
        one.start()
    for one in beats:
        one.join()
    announce_due()

    assert len(heard) == len(set(heard)) == 20


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2027, 3, 28), datetime(2027, 3, 28, 1, 30, tzinfo=UTC), id="the-hour-that-is-skipped"),
        pytest.param(date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="the-hour-that-comes-twice"),
        pytest.param(date(2026, 12, 1), datetime(2026, 12, 1, 1, 30, tzinfo=UTC), id="winter"),
        pytest.param(date(2026, 7, 1), datetime(2026, 7, 1, 0, 30, tzinfo=UTC), id="summer"),
    ],
)
def test_half_past_two_at_night_in_amsterdam_is_one_moment(day, expected):
    assert local_moment(day, time(2, 30)) == expected


def test_the_hour_that_is_skipped_shows_the_hour_after_it():
    moment = local_moment(date(2027, 3, 28), time(2, 30))

    assert moment.astimezone(ZoneInfo("Europe/Amsterdam")).time() == time(3, 30)


ISLANDS = ("America/Curacao", "America/Aruba", "America/Kralendijk", "America/Lower_Princes")
ZONES = ("Europe/Amsterdam", *ISLANDS)
#: The nights in which the clock of Amsterdam changes, of two years.
NIGHTS = [date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26)]


@pytest.mark.parametrize("zone", ISLANDS)
def test_the_caribbean_knows_no_summer(zone):
    """Saba and Sint Eustatius have the clock of Bonaire and Sint Maarten."""
    moments = [local_moment(day, time(2, 30), zone) for day in (*NIGHTS, date(2026, 7, 1), date(2026, 12, 1))]

    assert {moment.time() for moment in moments} == {time(6, 30)}


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/Curacao", "America/Kralendijk"])
def test_a_beat_every_quarter_says_every_moment_of_the_night_once_and_in_order(zone, night, heard):
    """Each half hour of the clock on the wall, also those that are skipped or come twice (H01)."""
    wall = [time(hour, minute) for hour in range(5) for minute in (0, 30)]
    due = {f"{at:%H:%M}": local_moment(night, at, zone) for at in wall}
    for stage, moment in due.items():
        remind(kind="test-said", object_id=1, stage=stage, due_at=moment)
    said_at = {}
    with time_machine.travel(min(due.values()) - timedelta(hours=1), tick=False) as clock:
        for _beat in range(4 * 7):
            before = len(heard)
            announce_due()
            said_at |= {line.split(":", 2)[2].rpartition(":")[0]: timezone.now() for line in heard[before:]}
            clock.shift(timedelta(minutes=15))

    assert len(heard) == len(wall)
    assert said_at == due


@pytest.mark.parametrize("zone", ZONES)
def test_the_same_hour_before_and_after_the_change_stays_the_hour_on_the_wall(zone):
    for night in NIGHTS:
        for day in (night - timedelta(days=1), night, night + timedelta(days=1)):
            assert local_moment(day, time(9), zone).astimezone(ZoneInfo(zone)).time() == time(9)


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_that_was_off_for_a_night_says_once_what_still_makes_sense(zone, heard):
    """A dead beat and a late start: what is of use until noon is said late, what was for the night is not (H06)."""
    night = date(2027, 3, 28)
    remind(
        kind="test-said", object_id=1, stage="morning", due_at=local_moment(night, time(2, 30), zone),
        useful_until=local_moment(night, time(12), zone),
    )  # fmt: skip
    remind(
        kind="test-said", object_id=1, stage="night", due_at=local_moment(night, time(2, 30), zone),
        useful_until=local_moment(night, time(4), zone),
    )  # fmt: skip
    with time_machine.travel(local_moment(night, time(11, 59), zone), tick=False) as clock:
        announce_due()
        clock.shift(timedelta(days=1))
        announce_due()

    assert heard == ["test-said:1:morning:1"]
    assert Reminder.objects.get(stage="night").state == ReminderState.SKIPPED


@pytest.mark.parametrize("night", [date(2027, 3, 28), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_a_beat_every_ten_minutes_through_the_night_says_it_once(night, heard):
    """Also with the beat dead between two and four o'clock (H01, H06)."""
    with time_machine.travel(datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=3)) as clock:
        remind(kind="test-said", object_id=1, stage="night", due_at=local_moment(night, time(2, 30)))
        for _beat in range(60):
            announce_due()
            clock.shift(timedelta(minutes=10))

    assert len(heard) == 1


def test_a_clock_that_jumps_back_says_nothing_twice(heard):
    remind(kind="test-said", object_id=1, stage="deadline", due_at=soon())
    announce_due()

    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        announce_due()

    assert len(heard) == 1
