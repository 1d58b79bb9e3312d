"""What may be said of the figures: no number about fewer than five people, and none from which one follows.

Everything that a page shows comes from here. The people of an issue are cut into groups that do not overlap: opened
it and clicked, opened it only, only a machine came, nobody came, did not agree to counting. A number is said when
it is a sum of whole groups of five or more, or of nobody; so a difference of two of them is one too (security.md
chapter 3: small groups). tests/newsletters/test_telling.py tries to find more out than that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from comms.newsletters.counting.figures import IssueFigures, Share
from comms.newsletters.segments import FEWEST_TOLD

#: With fewer mails that may be counted the figures would be about somebody.
FEWEST_MAILS = 10
#: Hours that stand by themselves; later ones stand together.
MOST_HOURS = 48


@dataclass(frozen=True, slots=True)
class ToldShare:
    """A share as far as it may be said."""

    share: Share
    """Without a number of machines where that may not be said."""
    machines: int | None
    """Mails for which only a machine came; None where that number is too small, or would give another one away."""
    has_few_machines: bool = False
    """Whether only a machine came for some mails, fewer than five."""

    @property
    def has_estimate(self) -> bool:
        """Tell whether more than a lower bound is known."""
        return self.machines is not None or self.has_few_machines

    @property
    def highest(self) -> float:
        """Return the highest share (0–1) that is possible after what was said."""
        if not self.has_estimate:
            return 1.0
        hidden = FEWEST_TOLD - 1 if self.has_few_machines else 0
        return min(1.0, self.share.bounds[1] + hidden / self.share.mails)


@dataclass(frozen=True, slots=True)
class ToldHours:
    """Hours that follow each other, so many together that no small number stands there."""

    first: int
    last: int | None
    """None for all that came later."""
    persons: int
    machines: int | None


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """The figures of an issue as far as they may be said; None is a number too small to say."""

    sent: int | None
    mails: int | None
    opens: ToldShare | None = None
    clicks: ToldShare | None = None
    hours: tuple[ToldHours, ...] = ()
    links: tuple[tuple[str, int | None], ...] = ()

    @property
    def is_told(self) -> bool:
        """Tell whether there is anything about opening or clicking."""
        return self.opens is not None or self.clicks is not None


def can_be_told(number: int) -> bool:
    """Tell whether a number of people points at nobody: none at all, or five and more."""
    return number == 0 or number >= FEWEST_TOLD


def told(figures: IssueFigures) -> ToldFigures:
    """Return what may be said of the figures of an issue."""
    mails, silent = figures.opens.mails, figures.sent - figures.opens.mails
    sent = figures.sent if can_be_told(figures.sent) else None
    if not (can_be_told(mails) and can_be_told(silent)) or mails < FEWEST_MAILS:
        return ToldFigures(sent, mails if sent is not None and can_be_told(mails) and can_be_told(silent) else None)
    opens, clicks = told_share(figures.opens), told_share(figures.clicks)
    if opens and not can_be_told(figures.opens.persons - figures.clicks.persons):
        clicks = None  # the difference is who opened it and clicked nothing
    return ToldFigures(
        sent,
        mails,
        opens,
        clicks,
        told_hours(figures.by_hour, with_machines=opens.machines is not None) if opens else (),
        told_links(figures.by_link, figures.clicks.persons) if clicks else (),
    )


def told_share(share: Share) -> ToldShare | None:
    """Return a share as far as it may be said, with what is too small hidden behind what is left.

    The persons stand in it or nothing does. Of the other mails the two parts, for which a machine came and for which
    nobody came, are said when both may be; a few machines are said to be few when enough others are there to hide
    how few; else only the two together are known.
    """
    persons, others = share.persons, share.mails - share.persons
    machines = min(share.machines, others)
    if not can_be_told(persons) or not can_be_told(others):
        return None
    if can_be_told(machines) and can_be_told(others - machines):
        return ToldShare(Share(persons, machines, share.mails), machines)
    is_few = machines < FEWEST_TOLD and others >= 2 * FEWEST_TOLD - 1
    return ToldShare(Share(persons, 0, share.mails), None, has_few_machines=is_few)


def told_hours(by_hour: Iterable[tuple[int, int, int]], *, with_machines: bool) -> tuple[ToldHours, ...]:
    """Return the hours in which somebody opened it, each joined with the next ones until it may be said.

    What is left at the end joins the hours before it, so the numbers are those of all mails: nothing is left out that
    a sum would bring back.
    """
    rows = [(hour, persons, machines if with_machines else 0) for hour, persons, machines in by_hour]
    rows = [row for row in rows if row[1] or row[2]]
    parts: list[tuple[int, int, int, int]] = []
    for hour, persons, machines in ((min(hour - rows[0][0], MOST_HOURS), *counts) for hour, *counts in rows):
        if parts and (not _is_whole(parts[-1]) or parts[-1][1] == hour):
            first, _last, more_persons, more_machines = parts.pop()
            parts.append((first, hour, more_persons + persons, more_machines + machines))
        else:
            parts.append((hour, hour, persons, machines))
    while len(parts) > 1 and not _is_whole(parts[-1]):
        (_first, last, persons, machines), (first, _last, more, others) = parts.pop(), parts.pop()
        parts.append((first, last, persons + more, machines + others))
    return tuple(
        ToldHours(first, last if last < MOST_HOURS else None, persons, machines if with_machines else None)
        for first, last, persons, machines in parts
    )


def _is_whole(part: tuple[int, int, int, int]) -> bool:
    return can_be_told(part[2]) and can_be_told(part[3])


def told_links(by_link: Iterable[tuple[str, int]], persons: int) -> tuple[tuple[str, int | None], ...]:
    """Return how often each link was followed, the most first; hidden ones after them in the order of the issue.

    Also hidden is a number that nearly all who clicked stand behind: the difference is who did not follow this one.
    """
    links = list(by_link)
    shown = [(url, number) for url, number in links if can_be_told(number) and can_be_told(persons - number)]
    hidden = [(url, None) for url, number in links if (url, number) not in shown]
    return (*sorted(shown, key=lambda row: -row[1]), *hidden)
