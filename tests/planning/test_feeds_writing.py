"""Calendar files as bytes: stable, in every time zone, and closed to whoever writes a title (RFC 5545)."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from comms.planning.feeds import CalendarFileError, read_calendar, write_calendar
from comms.planning.feeds.reading import MOST_BYTES, MOST_EVENTS
from comms.planning.feeds.zones import timezone_text
from comms.planning.sources import CalendarItem

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ISLANDS = [ZoneInfo(f"America/{name}") for name in ("Curacao", "Aruba", "Kralendijk", "Lower_Princes", "Puerto_Rico")]
CHANGED = datetime(2026, 11, 1, 12, 30, 15, 999, tzinfo=UTC)


def item(**fields) -> CalendarItem:
    values = {
        "uid": "entry-1@cwn", "kind": "item", "title": "Bericht", "starts": datetime(2026, 12, 1, 9, tzinfo=AMSTERDAM),
        "ends": None, "url": "/contentkalender/item/1/", "changed_at": CHANGED,
    }  # fmt: skip
    return CalendarItem(**{**values, **fields})


def written(*items: CalendarItem, language: str = "nl") -> bytes:
    return write_calendar(items, name="CWN", language=language)


def event_of(*items: CalendarItem):
    (event,) = Calendar.from_ical(written(*items)).walk("VEVENT")
    return event


def test_what_is_written_is_read_and_written_the_same():
    rows = [
        item(uid="a@cwn", ends=datetime(2026, 12, 1, 10, tzinfo=AMSTERDAM)),
        item(uid="b@cwn", starts=date(2026, 12, 1), ends=date(2026, 12, 3), description="Eén\n twee; drie, vier\\vijf"),
        *(item(uid=f"{zone.key}@cwn", starts=datetime(2026, 7, 1, 9, tzinfo=zone)) for zone in ISLANDS),
    ]  # fmt: skip
    content = written(*rows)
    assert Calendar.from_ical(content).to_ical() == content
    assert written(*reversed(rows)) == content, "the order of the rows shows"


def test_the_clock_is_not_in_the_file(time_machine):
    time_machine.move_to("2026-11-20T10:00Z")
    first = written(item(), item(uid="b", changed_at=None))
    time_machine.move_to("2027-02-03T04:05Z")
    assert written(item(), item(uid="b", changed_at=None)) == first
    event = event_of(item(sequence=7))
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == CHANGED.replace(microsecond=0)
    assert event["SEQUENCE"] == 7


def test_a_last_day_is_the_day_after_it():
    event = event_of(item(starts=date(2026, 12, 30), ends=date(2026, 12, 31)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 30), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "CONFIRMED"),
        ({"is_tentative": True}, "TENTATIVE"),
        ({"is_cancelled": True, "is_tentative": True}, "CANCELLED"),
    ],
)
def test_status(fields, status):
    assert event_of(item(**fields))["STATUS"] == status


def test_labels():
    """Security.md, TLP x channel: personal files say of AMBER that there is something, of RED nothing."""
    secret = {"title": "geheim", "description": "geheim", "place": "geheim"}
    for label, words in (("amber", "TLP:AMBER-bericht"), ("amber-strict", "TLP:AMBER+STRICT-bericht")):
        content = written(item(label=label, **secret))
        assert event_of(item(label=label, **secret))["SUMMARY"] == words
        assert b"geheim" not in content
        assert b"CLASS:PRIVATE" in content
    assert event_of(item(label="green"))["SUMMARY"] == "TLP:GREEN Bericht"
    assert b"VEVENT" not in written(item(label="red", **secret))


# --- time --------------------------------------------------------------------------------------------
def local_time(text: str, value: datetime, utc_offsets: dict[str, timedelta]) -> timedelta:
    """Work out the offset that a VTIMEZONE gives at a local time, by its own rules, without `icalendar`."""
    best, offset = None, utc_offsets["first"]
    for onset, after in _onsets(text):
        if onset <= value and (best is None or onset > best):
            best, offset = onset, after
    return offset


def _onsets(text: str):
    """Yield every change in the years 2024–2030 as local time before it, and the offset after it."""
    for part in text.split("BEGIN:")[2:]:
        values = dict(line.split(":", 1) for line in part.splitlines() if ":" in line)
        start = datetime.strptime(values["DTSTART"], "%Y%m%dT%H%M%S")
        sign = -1 if values["TZOFFSETTO"][0] == "-" else 1
        after = sign * timedelta(hours=int(values["TZOFFSETTO"][1:3]), minutes=int(values["TZOFFSETTO"][3:5]))
        yield start, after
        rule = dict(pair.split("=") for pair in values.get("RRULE", "").split(";") if pair)
        for year in range(start.year + 1, 2031) if rule else ():
            assert rule["BYDAY"] == "-1SU"
            day = date(year, int(rule["BYMONTH"]) + 1, 1) - timedelta(days=1)
            while day.weekday() != 6:
                day -= timedelta(days=1)
            yield datetime.combine(day, start.time()), after


@pytest.mark.parametrize("zone", [AMSTERDAM, *ISLANDS], ids=lambda zone: zone.key)
def test_a_zone_says_what_the_tables_of_the_machine_say(zone):
    """Every hour of two years, and each minute around both changes of 2026 and 2027."""
    text = timezone_text(zone.key).decode()
    hours = [datetime(2026, 1, 1) + timedelta(hours=number) for number in range(2 * 365 * 24)]
    for change in ("2026-03-29T01:30", "2026-10-25T01:30", "2027-03-28T01:30", "2027-10-31T01:30"):
        hours += [datetime.fromisoformat(change) + timedelta(minutes=number) for number in range(150)]
    for value in hours:
        local = value.replace(tzinfo=zone)
        skipped = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != value
        twice = local.replace(fold=1).utcoffset() != local.utcoffset()
        if skipped or twice:
            continue  # neither has one meaning; in_its_zone keeps them out of the file
        assert local_time(text, value, {"first": local.utcoffset()}) == local.utcoffset(), value


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2027, 3, 28, 2, 30, tzinfo=AMSTERDAM), "TZID=Europe/Amsterdam:20270328T033000"),  # the clock skips it
        (datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM), "TZID=Europe/Amsterdam:20261025T023000"),  # the first of two
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=AMSTERDAM), "DTSTART:20261025T013000Z"),  # the second of two
        (datetime(2026, 10, 25, 2, 30, tzinfo=ISLANDS[0]), "TZID=America/Curacao:20261025T023000"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "DTSTART:20261025T023000Z"),
    ],
)
def test_both_changes_of_the_clock(moment, told):
    """H01: the moment that comes back is the moment that went in."""
    content = written(item(starts=moment))
    assert told in content.decode()
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == moment.astimezone(UTC)
    (back,) = read_calendar(content)
    assert back.starts.astimezone(UTC) == moment.astimezone(UTC)


@given(
    st.datetimes(datetime(2024, 6, 1), datetime(2036, 12, 31)),
    st.sampled_from([AMSTERDAM, *ISLANDS]),
    st.integers(0, 1),
)
def test_every_moment_comes_back(value, zone, fold):
    moment = value.replace(tzinfo=zone, fold=fold, second=0, microsecond=0)
    (back,) = read_calendar(written(item(starts=moment)))
    assert back.starts is not None
    assert back.starts.astimezone(UTC) == moment.astimezone(UTC)


# --- hostile words -----------------------------------------------------------------------------------
HOSTILE = [
    "Titel\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:vals",
    "Komma, punt;komma: en \\ schuin \\n",
    "\n\r\x00\x0b\x85\u2028X-KWAAD:1\u2029",
    "ATTACH;VALUE=URI:http://kwaad.example/",
    "é" * 200,
    "👩🏽‍💻" * 40,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words):
    check_words(words)


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_words_stay_words(words):
    check_words(words)


def check_words(words: str) -> None:
    content = written(item(title=f"x{words}", description=words, place=words), item(uid=f"u{words}"))
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "a line of more than 75 octets"
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    unfolded = content.replace(b"\r\n ", b"").split(b"\r\n")
    names = {line.split(b":")[0].split(b";")[0] for line in unfolded if line}
    assert names <= {
        b"BEGIN", b"END", b"VERSION", b"PRODID", b"CALSCALE", b"METHOD", b"NAME", b"X-WR-CALNAME", b"REFRESH-INTERVAL",
        b"X-PUBLISHED-TTL", b"TZID", b"DTSTART", b"DTEND", b"RRULE", b"TZNAME", b"TZOFFSETFROM", b"TZOFFSETTO", b"UID",
        b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE", b"SUMMARY", b"DESCRIPTION", b"LOCATION", b"URL", b"STATUS", b"CLASS",
        b"TRANSP",
    }, names  # fmt: skip
    assert sum(line == b"BEGIN:VEVENT" for line in unfolded) == 2
    assert Calendar.from_ical(content).to_ical() == content


# --- reading -----------------------------------------------------------------------------------------
def file_of(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str, start: str = "DTSTART:20261201T090000Z") -> list[str]:
    return ["BEGIN:VEVENT", "UID:x", "SUMMARY:Iets", start, *lines, "END:VEVENT"]


BOMB = "RRULE:FREQ=SECONDLY"
REFUSED = {
    "leeg": b"",
    "geen agenda": b"<html>",
    "geen tekst": b"\xff\xfe\x00\x01" * 50,
    "te groot": b"BEGIN:VCALENDAR\r\n" + b"X" * MOST_BYTES,
    "te veel regels": b"BEGIN:VCALENDAR\r\n" + b"X:1\r\n" * 30_000,
    "te diep": file_of(*["BEGIN:VEVENT"] * 5000, *["END:VEVENT"] * 5000),
    "niet dicht": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\n",
    "verkeerd dicht": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
    "te veel": file_of(*event() * (MOST_EVENTS + 1)),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_hostile_files_are_refused_in_a_sentence(content):
    with pytest.raises(CalendarFileError) as refusal:
        read_calendar(content)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "lines",
    [
        event(BOMB),
        event("RDATE:" + ",".join(["20261201T090000Z"] * 500)),
        event(start="DTSTART:99999999T999999Z"),
        event(start="DTSTART:00010101T000000"),
        event("STATUS:CANCELLED"),
        ["BEGIN:VEVENT", "SUMMARY:Zonder kenmerk", "DTSTART:20261201T090000Z", "END:VEVENT"],
        ["BEGIN:VEVENT", "UID:x", "SUMMARY:Zonder dag", "END:VEVENT"],
    ],
)
def test_an_event_that_cannot_be_kept_is_left_out_with_the_reason(lines):
    (found,) = read_calendar(file_of(*lines))
    assert found.problem.endswith(".")


def test_rules_of_a_zone_in_the_file_are_not_worked_out():
    """A zone of a few letters can stand for every second of a century."""
    zone = ["BEGIN:VTIMEZONE", "TZID:Kwaad", "BEGIN:STANDARD", "DTSTART:19000101T000000", BOMB, "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip
    (found,) = read_calendar(file_of(*zone, *event(start="DTSTART;TZID=Kwaad:20261201T090000")))
    assert found.starts == datetime(2026, 12, 1, 9, tzinfo=AMSTERDAM)


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Europe/../Europe/Amsterdam", "X" * 300, "Nergens/Huis"])
def test_a_zone_that_nobody_knows_is_ours(zone):
    (found,) = read_calendar(file_of(*event(start=f"DTSTART;TZID={zone}:20261201T090000")))
    assert found.zone == "Europe/Amsterdam"


def test_of_two_events_with_one_uid_the_last_one_counts():
    (found,) = read_calendar(file_of(*event(), *event("DESCRIPTION:laatste")))
    assert found.description == "laatste"


@settings(max_examples=200)
@given(st.binary(max_size=400), st.lists(st.sampled_from([*event(BOMB), "BEGIN:VALARM", "END:VALARM", "DTEND:x"])))
def test_rubbish_is_refused_or_read_and_never_breaks(noise, lines):
    for content in (noise, b"BEGIN:VCALENDAR\r\n" + noise, file_of(*lines), file_of(*event(noise.decode("latin-1")))):
        with suppress(CalendarFileError):
            read_calendar(content)
