"""Between the click and the count: Valkey, so that a web process that stops takes nothing along (H1).

A click costs one RPUSH. What was counted of a mail is kept by its random mark for seven days and then forgotten.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache as once
from typing import Any

import structlog
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from comms.newsletters.counting.classifying import Event, MailState
from comms.newsletters.enums import ReaderClass

log = structlog.get_logger("cwn.newsletters")

EVENTS, STATES, SENT = "n:events", "n:mail:", "n:sent:"
WEEK = 7 * 24 * 3600  # seconds
#: Events wait this long before they are judged, so that a whole burst is there.
SETTLED = 15  # seconds
#: Without anybody counting, the newest events of this number are kept.
MOST_WAITING = 500_000


@once
def _valkey(url: str) -> "Redis":
    return Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)


def valkey() -> Any:
    """Return the connection of this process."""
    return _valkey(settings.REDIS_URL)


def note(event: Event) -> None:
    """Keep an event; without Valkey a reader still gets the page, and the log says that a count is missed."""
    try:
        valkey().rpush(EVENTS, json.dumps(asdict(event)))
    except RedisError as problem:
        log.warning("reader_not_counted", problem=type(problem).__name__)


def note_sent(marks: Iterable[str], at: float | None = None) -> None:
    """Remember when mails left, to tell a machine from a person."""
    moment = at or time.time()
    try:
        pipe = valkey().pipeline(transaction=False)
        for mark in marks:
            pipe.set(SENT + mark, f"{moment:.0f}", ex=WEEK)
        pipe.execute()
    except RedisError as problem:
        log.warning("departure_not_noted", problem=type(problem).__name__)


@contextmanager
def settled_events(now: float | None = None) -> Iterator[tuple[list[Event], list[Event]]]:
    """Hand over the events that have settled and those after them; the first are gone once the block ended well."""
    moment, client = now or time.time(), valkey()
    client.ltrim(EVENTS, -MOST_WAITING, -1)
    rows = client.lrange(EVENTS, 0, 50_000)
    events = [_read(row) for row in rows]
    ready = next((place for place, event in enumerate(events) if moment - event.at < SETTLED), len(events))
    yield events[:ready], events[ready:]
    if ready:
        client.ltrim(EVENTS, ready, -1)


def _read(row: bytes) -> Event:
    values = json.loads(row)
    return Event(**{**values, "agent": ReaderClass(values["agent"])})


def by_mail(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return events by the mark of their mail."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.mark].append(event)
    return dict(found)


def states_of(marks: Iterable[str]) -> dict[str, MailState]:
    """Return what was counted of mails before."""
    marks = list(marks)
    if not marks:
        return {}
    kept = valkey().mget([STATES + mark for mark in marks])
    sent = valkey().mget([SENT + mark for mark in marks])
    return {
        mark: _state(json.loads(row or "{}"), float(left or 0))
        for mark, row, left in zip(marks, kept, sent, strict=True)
    }


def _state(row: dict[str, Any], sent_at: float) -> MailState:
    counted = {key: (reader, hour) for key, (reader, hour) in row.get("counted", {}).items()}
    return MailState(sent_at, counted, [(at, target) for at, target in row.get("clicks", [])])


def keep_states(states: dict[str, MailState]) -> None:
    """Remember what was counted, for a week."""
    pipe = valkey().pipeline(transaction=True)
    for mark, state in states.items():
        pipe.set(STATES + mark, json.dumps({"counted": state.counted, "clicks": state.clicks}), ex=WEEK)
    pipe.execute()
