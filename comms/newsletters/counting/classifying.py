"""From what happened to a mail to what is counted: pure, so that a simulation can hold it against the truth."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from comms.newsletters.enums import Measure, ReaderClass

#: Nobody reads a mail and follows a link within this time after it left.
TOO_SOON = 10  # seconds
#: So many addresses of one mail within so many seconds: a machine follows them all.
BURST, BURST_SECONDS = 3, 10


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one mail; `mark` says which, and is forgotten after a week."""

    issue: int
    mark: str
    at: float
    """Seconds since 1970."""
    agent: ReaderClass
    target: int = 0
    """0 for the picture."""


@dataclass(slots=True)
class MailState:
    """What was already counted of one mail: measure and target → class and hour of the first."""

    sent_at: float = 0.0
    counted: dict[str, tuple[str, int]] = field(default_factory=dict)
    clicks: list[tuple[float, int]] = field(default_factory=list)
    """Moment and target of the last clicks, in case they turn out to be the beginning of a burst."""


#: (issue, measure, class, hour, target) → how many more, or fewer.
Deltas = Counter[tuple[int, str, str, int, int]]


def classified(
    events: Iterable[Event], sent_at: float, around: Iterable[tuple[float, int]] = ()
) -> list[tuple[Event, ReaderClass]]:
    """Return the events of one mail with who probably did each; `around` are clicks before and after them."""
    events = sorted(events, key=lambda event: event.at)
    clicks = [*around, *((event.at, event.target) for event in events if event.target)]
    bursts = _bursts(sorted(set(clicks)))
    return [
        (
            event,
            ReaderClass.GATEWAY if (event.at, event.target) in bursts or _too_soon(event, sent_at) else event.agent,
        )
        for event in events
    ]


def _too_soon(event: Event, sent_at: float) -> bool:
    return bool(sent_at) and event.at - sent_at < TOO_SOON and event.agent != ReaderClass.PROXY


def _bursts(clicks: list[tuple[float, int]]) -> set[tuple[float, int]]:
    """Return the clicks, in order of time, that are part of a burst of different addresses."""
    found: set[tuple[float, int]] = set()
    start = 0
    for end, (moment, _target) in enumerate(clicks):
        while moment - clicks[start][0] > BURST_SECONDS:
            start += 1
        if len({target for _at, target in clicks[start : end + 1]}) >= BURST:
            found.update(clicks[start : end + 1])
    return found


def count_mail(state: MailState, events: Iterable[Event], later: Iterable[Event] = ()) -> Deltas:
    """Count the new events of one mail once per measure and address; a person after a machine takes its place.

    `later` are events that are not settled yet: they are counted next time, but may make these part of a burst.
    """
    deltas: Deltas = Counter()
    events = list(events)
    around = state.clicks + [(event.at, event.target) for event in later if event.target]
    for event, reader in classified(events, state.sent_at, around):
        measure = Measure.CLICKS if event.target else Measure.OPENS
        for target in {0, event.target}:
            _count(state, deltas, event, measure, reader, target)
        if event.target and reader == ReaderClass.PERSON:  # who follows a link has the mail open
            _count(state, deltas, event, Measure.OPENS, reader, 0)
    state.clicks = [*state.clicks, *((event.at, event.target) for event in events if event.target)][-20:]
    return deltas


def _count(state: MailState, deltas: Deltas, event: Event, measure: str, reader: ReaderClass, target: int) -> None:
    key, hour = f"{measure}:{target}", int(event.at // 3600)
    before = state.counted.get(key)
    if before and (before[0] == ReaderClass.PERSON or reader != ReaderClass.PERSON):
        return
    if before:
        deltas[event.issue, str(measure), before[0], before[1], target] -= 1
    deltas[event.issue, str(measure), str(reader.value), hour, target] += 1
    state.counted[key] = (str(reader.value), hour)
