"""Mails about sessions of the working group bring the session for the own calendar program (R85; RFC 5545, 6047)."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from icalendar import Calendar

from comms.planning.actions.working_group import end_seat, plan_session, save_session, seat_member
from comms.planning.models import WorkingGroupSession
from comms.planning.sources import items_between
from cwn.accounts.roles import WORKING_GROUP
from cwn.delivery.compiling import fill
from cwn.delivery.models import Delivery

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture(autouse=True)
def _before_both_changes_of_the_clock(time_machine):
    time_machine.move_to("2026-10-01 10:00:00+02:00", tick=False)


@pytest.fixture
def seat(cast):
    """Wim's seat."""
    Group.objects.get_or_create(name=WORKING_GROUP.slug)
    return seat_member(organisation=cast.organisations["zorgring"], user=cast["wg"], by=cast["coord"])


def planned(cast, starts: datetime, **fields) -> WorkingGroupSession:
    values = {"title": "Najaarssessie", "starts_at": starts, "ends_at": starts + timedelta(hours=2), "form": "online"}
    return plan_session(values=values | fields, by=cast["coord"])


def mails() -> list[EmailMessage]:
    """Return every mail as it leaves, the oldest first."""
    found = []
    for row in Delivery.objects.order_by("pk"):
        content = bytes(row.mailing.mails.get(language=row.language).content)
        raw = fill(content, row.values, to=row.address, token=row.token)
        found.append(message_from_bytes(raw, policy=policy.default))
    return found


def calendar_in(mail: EmailMessage) -> Calendar:
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "afspraak.ics"
    return Calendar.from_ical(part.get_payload(decode=True))


def event_in(mail: EmailMessage):
    (event,) = calendar_in(mail).walk("VEVENT")
    return event


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ((2026, 10, 24, 10), (2026, 10, 24, 8)),  # summer time
        ((2026, 10, 25, 1), (2026, 10, 24, 23)),  # it ends in this session
        ((2026, 10, 25, 10), (2026, 10, 25, 9)),  # winter time
        ((2027, 3, 28, 1), (2027, 3, 28, 0)),  # summer time begins in this session
        ((2027, 3, 28, 10), (2027, 3, 28, 8)),
    ],
)
def test_the_invitation_brings_the_session_at_the_right_moment(cast, seat, wall, utc):
    session = planned(cast, datetime(*wall, tzinfo=AMSTERDAM).astimezone(UTC), place="Zaal 2")
    (mail,) = mails()
    event = event_in(mail)
    assert event["UID"] == f"session-{session.uid}@cwn"
    assert (event["SEQUENCE"], str(event["LOCATION"])) == (0, "Zaal 2")
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(*wall)
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(*utc, tzinfo=UTC)
    assert event["DTEND"].dt.astimezone(UTC) - datetime(*utc, tzinfo=UTC) == timedelta(hours=2)
    (zone,) = calendar_in(mail).walk("VTIMEZONE")
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    assert {"ATTENDEE", "ORGANIZER"}.isdisjoint(event), "the answer is given on the portal"
    for kind in ("plain", "html"):
        assert reverse("session_detail", args=[session.uid]) in mail.get_body((kind,)).get_content()


def test_another_moment_or_place_is_the_same_appointment_a_version_later(cast, seat):
    session = planned(cast, datetime(2026, 11, 3, 9, tzinfo=UTC))
    later = {"starts_at": session.starts_at + timedelta(days=1), "ends_at": session.ends_at + timedelta(days=1)}
    save_session(session, values=later, edit_version=1, by=cast["wg"])
    save_session(session, values={"place": "Zaal 3"}, edit_version=2, by=cast["coord"])
    first, moved, placed = mails()
    assert (moved["Subject"], placed["Subject"]) == ("Gewijzigd: Najaarssessie", "Gewijzigd: Najaarssessie")
    assert "woensdag 4 november 2026 om 10:00" in moved.get_body(("plain",)).get_content()
    events = [event_in(mail) for mail in (first, moved, placed)]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert events[1]["DTSTART"].dt == later["starts_at"]
    assert str(events[2]["LOCATION"]) == "Zaal 3"


def test_the_mail_and_the_calendar_address_say_the_same(cast, seat):
    planned(cast, datetime(2026, 11, 3, 9, tzinfo=UTC))
    day = datetime(2026, 11, 3).date()
    (item,) = [item for item in items_between(cast["wg"], day, day) if item.kind == "werkgroep"]
    assert event_in(mails()[0])["UID"] == item.uid


def test_agenda_and_minutes_and_a_session_of_the_past_move_nobody(cast, seat, time_machine):
    session = planned(cast, datetime(2026, 11, 3, 9, tzinfo=UTC))
    save_session(session, values={"agenda": "Nog een punt."}, edit_version=1, by=cast["wg"])
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    earlier = {"starts_at": session.starts_at - timedelta(minutes=5)}
    assert save_session(session, values=earlier, edit_version=2, by=cast["wg"]).sequence == 1
    assert len(mails()) == 1


def test_who_has_a_seat_hears_of_it_and_nobody_else(cast, seat):
    for name, home in (("mem", "havenring"), ("mem-o", "eilandring")):
        seat_member(organisation=cast.organisations[home], user=cast[name], by=cast["coord"])
    session = planned(cast, datetime(2026, 11, 3, 9, tzinfo=UTC))
    end_seat(cast["mem-o"].working_group_seats.get(), by=cast["coord"])
    save_session(session, values={"place": "Zaal 3"}, edit_version=1, by=cast["wg"])
    told = Delivery.objects.filter(mailing__key__contains=":moved:1:")
    assert {row.user for row in told} == {cast["wg"], cast["mem"]}
    assert Delivery.objects.filter(mailing__key__contains=":invite:").count() == 3


def test_the_mail_is_in_the_language_of_the_person(cast, seat):
    cast["wg"].language = "en"
    cast["wg"].save()
    planned(cast, datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert mails()[0]["Content-Language"] == "en"


HOSTILE = "Sessie\r\nATTENDEE:mailto:kwaad@elders.example\r\nEND:VEVENT\r\nBEGIN:VEVENT\u2028UID:vals\x00"


def test_a_title_or_place_puts_no_line_in_the_file_or_the_mail(cast, seat):
    session = planned(cast, datetime(2026, 11, 3, 9, tzinfo=UTC))
    WorkingGroupSession.objects.filter(pk=session.pk).update(title=HOSTILE.replace("\x00", ""))
    save_session(session, values={"place": HOSTILE.replace("\x00", "")[:300]}, edit_version=1, by=cast["wg"])
    mail = mails()[-1]
    event = event_in(mail)
    assert "ATTENDEE" not in event
    assert event["UID"] == f"session-{session.uid}@cwn"
    assert "\n" not in str(event["SUMMARY"])
    assert "kwaad@elders.example" in str(event["SUMMARY"])
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert mail["To"] == cast["wg"].email
