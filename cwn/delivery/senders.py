"""Several conversations with the mail server at once; what is put in comes out with an outcome, exactly once."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from queue import Empty, SimpleQueue
from typing import TypeVar

import structlog

from cwn.delivery.parcels import Outcome, Parcel, Verdict
from cwn.delivery.ways import Way, open_way

log = structlog.get_logger("cwn.smtp")
Thing = TypeVar("Thing")

#: Conversations that broke one after the other without a mail taken, after which a sender stops trying.
MOST_BREAKS = 3
#: Seconds to gather outcomes, so that they are written down together.
GATHER = 0.05


class Senders:
    """A few threads, each with its own conversation; only they speak with the mail server, and with nothing else."""

    def __init__(self, connections: int) -> None:
        self._waiting: SimpleQueue[Parcel | None] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._withdrawn: set[int] = set()
        self._closing = False
        self._door = threading.Lock()
        self._is_open = self._is_shut = False
        self.under_way = 0
        """Parcels of which the outcome was not taken yet; for the thread that puts and takes."""
        self._threads = [threading.Thread(target=self._work, daemon=True) for _number in range(connections)]
        for thread in self._threads:
            thread.start()

    @property
    def are_working(self) -> bool:
        """Tell whether anybody still sends; not when the mail server is away."""
        return not self._closing and any(thread.is_alive() for thread in self._threads)

    def put(self, parcels: Iterable[Parcel]) -> None:
        """Hand over parcels to be sent."""
        for parcel in parcels:
            self.under_way += 1
            self._waiting.put(parcel)

    def withdraw(self, groups: Iterable[int]) -> None:
        """Offer no more parcels of these mailings; they come out untouched."""
        self._withdrawn = set(groups)

    def take(self, *, wait: float) -> list[Outcome]:
        """Wait so many seconds for an outcome, gather others that come at about the same time, and return them.

        What a sender took along that broke in a way nobody thought of never comes out: the claim tells what to do.

        It sleeps while it gathers: waking up for each outcome would take the senders' turn each time.
        """
        is_over = not any(thread.is_alive() for thread in self._threads)  # asked first: then all outcomes are there
        outcomes = [*self._ready(), *self._leftovers()] if is_over else self._gathered(min(wait, 0.1))
        self.under_way = 0 if is_over else self.under_way - len(outcomes)
        return outcomes

    def close(self) -> None:
        """Let every sender finish the mail under its hands and stop; what waits comes out untouched."""
        self._closing = True
        for _thread in self._threads:
            self._waiting.put(None)

    def join(self) -> None:
        """Wait until every sender said goodbye; each wait for the mail server has its own time limit."""
        for thread in self._threads:
            thread.join()

    # --- within the threads ----------------------------------------------------------------------
    def _work(self) -> None:
        way: Way | None = None
        breaks = 0
        while breaks < MOST_BREAKS and (first := self._waiting.get()) is not None:
            try:
                way = way or self._open()
            except OSError as problem:
                log.warning("mail_server_unreachable", problem=type(problem).__name__)
                self._outcomes.put(Outcome(first, Verdict.UNTOUCHED))
                break
            before = self._accepted
            try:
                way.carry(self._sendable(first), self._report)
            except OSError as problem:
                log.warning("conversation_broken", problem=type(problem).__name__)
                way.close()
                way = None
                breaks = 0 if self._accepted > before else breaks + 1
        if way:
            way.quit()

    def _open(self) -> Way:
        """Open a conversation; the first goes alone, so that a password that is refused is tried once and not often."""
        with self._door:
            if self._is_shut:
                raise ConnectionError("the mail server did not let the first one in")
            if not self._is_open:
                self._is_shut = True
                way = open_way()
                self._is_open, self._is_shut = True, False
                return way
        return open_way()

    _accepted = 0

    def _report(self, outcome: Outcome) -> None:
        if outcome.verdict is Verdict.ACCEPTED:
            self._accepted += 1  # of all threads together, and at times one too few: good enough for what it decides
        self._outcomes.put(outcome)

    def _sendable(self, first: Parcel) -> Iterator[Parcel]:
        for parcel in chain([first], self._others()):
            if self._closing or parcel.group in self._withdrawn or time.monotonic() > parcel.good_until:
                self._outcomes.put(Outcome(parcel, Verdict.UNTOUCHED))
            else:
                yield parcel

    def _others(self) -> Iterator[Parcel]:
        """Yield what waits, until nothing does; the sign to stop is kept for the loop above."""
        while True:
            try:
                parcel = self._waiting.get_nowait()
            except Empty:
                return
            if parcel is None:
                self._waiting.put(None)
                return
            yield parcel

    # --- outcomes --------------------------------------------------------------------------------
    def _gathered(self, wait: float) -> list[Outcome]:
        try:
            outcomes = [self._outcomes.get(timeout=wait)]
        except Empty:
            return []
        until = time.monotonic() + GATHER
        while len(outcomes) < self.under_way and time.monotonic() < until:
            time.sleep(GATHER / 4)
            outcomes += self._ready()
        return outcomes

    def _ready(self) -> list[Outcome]:
        return list(_drained(self._outcomes))

    def _leftovers(self) -> list[Outcome]:
        """Return what nobody will send any more, now that all senders stopped."""
        return [Outcome(parcel, Verdict.UNTOUCHED) for parcel in _drained(self._waiting) if parcel is not None]


def _drained(queue: SimpleQueue[Thing]) -> Iterator[Thing]:
    """Yield what stands in a queue now."""
    with suppress(Empty):
        while True:
            yield queue.get_nowait()
