"""What the rules look at: plain data about what is planned, without a database behind it.

The same world can be made from the calendar or from imagination, so the rules can be held against an oracle.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cwn.core.enums import CwnFunction


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that readers are asked to do, in a form in which two can be compared (see `asks`)."""

    words: frozenset[str]
    """The words of the request without "niet", "wel" and articles, in any order."""
    is_not: bool
    """Whether readers are asked not to do it."""
    deadline: str = ""
    """A day, a word such as "direct", or nothing."""
    audience: str = ""
    """Slug of whom it is for; empty for every audience of the item."""
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """An item of the calendar."""

    key: str
    title: str
    starts: datetime
    day: date
    """The day on which it goes out, in its own time zone."""
    status: str
    audiences: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    channels: frozenset[int] = frozenset()
    embargo_until: datetime | None = None
    needs: frozenset[str] = frozenset()
    """Keys of the items for which it waits."""
    published: datetime | None = None
    """When its publication goes out or went out."""
    public_from: datetime | None = None
    """Until when its publication is for partners first (R110)."""
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedCampaign:
    """A campaign; its key is that in its address."""

    key: str
    title: str
    first: date
    last: date
    is_over: bool = False
    """Finished, evaluated or stopped."""
    functions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A milestone that was not dropped."""

    key: str
    title: str
    function: str
    day: date
    """When it was reached, or else is to be reached."""
    celebrated_on: date | None = None
    """When its celebration stands in the calendar."""
    is_declined: bool = False
    """Whether somebody decided, with a reason, that there will be none."""


@dataclass(frozen=True, slots=True)
class UsedChannel:
    """A channel with the days between two times that it comes out; 0 where that is not fixed."""

    key: int
    name: str
    every_days: int = 0
    is_continuous: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Everything that the rules may know, as one reader may see it on one day."""

    today: date
    entries: tuple[PlannedEntry, ...] = ()
    campaigns: tuple[PlannedCampaign, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    channels: tuple[UsedChannel, ...] = ()
    audiences: Mapping[str, str] = field(default_factory=dict)
    """Slug → name."""
    functions: tuple[str, ...] = tuple(CwnFunction.values)
    warm: frozenset[str] = frozenset()
    """Functions that are in the warm phase now."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much a rule allows: `most` items, within `days` days."""

    most: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that a finding is about: "item", "campagne" or "mijlpaal", with its key."""

    kind: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule found, over the days that it touches."""

    key: str
    """What it is about; stays the same as long as it is about the same things."""
    first: date
    last: date
    subjects: tuple[Subject, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)
    """Values for the place holders in the sentence of the rule."""


def subject_of(entry: PlannedEntry) -> Subject:
    """Return an item as the subject of a finding."""
    return Subject("item", entry.key, entry.title)
