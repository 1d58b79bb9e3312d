"""Figures with how sure we are: Wilson's interval, and the share of which nobody can tell (A's KPI)."""

from collections import Counter
from dataclasses import dataclass
from math import sqrt

from comms.newsletters.enums import Measure, ReaderClass
from comms.newsletters.models import Issue
from cwn.core.guard import as_the_portal
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery

#: Half the width of the interval that holds 95 of 100 times, in standard deviations.
Z = 1.96


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Return the interval (0–1) that holds the true share 95 of 100 times (Wilson 1927); all for nothing asked."""
    if number <= 0:
        return 0.0, 1.0
    share, square = hits / number, Z * Z
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = Z * sqrt(share * (1 - share) / number + square / (4 * number * number)) / (1 + square / number)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the mails that could be counted were opened or clicked."""

    persons: int
    machines: int
    """Mails for which only a machine came: of those readers nobody can tell."""
    mails: int
    """Mails of people who agreed to counting and that the mail server took."""

    @property
    def known(self) -> int:
        """Return the number of mails of which we can tell."""
        return max(self.mails - self.machines, self.persons)

    @property
    def estimate(self) -> float:
        """Return the share (0–1) among the mails of which we can tell."""
        return self.persons / self.known if self.known else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return between which shares (0–1) the truth lies 95 of 100 times, if machines hide nobody special."""
        return wilson(self.persons, self.known)

    @property
    def bounds(self) -> tuple[float, float]:
        """Return the lowest and highest share (0–1) whatever the people behind machines did."""
        if not self.mails:
            return 0.0, 1.0
        return min(1.0, self.persons / self.mails), min(1.0, (self.persons + self.machines) / self.mails)

    @property
    def unknown(self) -> float:
        """Return the share (0–1) of which nobody can tell."""
        return min(1.0, self.machines / self.mails) if self.mails else 0.0


@dataclass(frozen=True, slots=True)
class IssueFigures:
    """The figures of one issue, as they are; `telling.told` says which of them may be shown."""

    opens: Share
    clicks: Share
    sent: int
    by_hour: list[tuple[int, int, int]]
    """Hours after the first one, mails opened by a person and by a machine."""
    by_link: list[tuple[str, int]]
    """Address and mails from which a person followed it, in the order of the issue."""


def counted_mails(issue: Issue) -> tuple[int, int]:
    """Return how many mails of an issue were taken by the mail server, and how many of those may be counted."""
    from comms.newsletters.mails.issue_mail import COUNTED

    with as_the_portal():
        sent = Delivery.objects.filter(mailing__kind="nieuwsbrief", mailing__object_id=issue.pk)
        sent = sent.filter(state=DeliveryState.SENT)
        return sent.count(), sent.filter(values__has_key=COUNTED).count()


def figures_of(issue: Issue) -> IssueFigures:
    """Return the figures of an issue that the reader may see, before anything is hidden."""
    sent, counted = counted_mails(issue)
    rows = list(issue.figures.select_related("target"))  # type: ignore[attr-defined]
    totals: Counter[tuple[str, bool]] = Counter()
    hours: dict[int, Counter[bool]] = {}
    links = dict.fromkeys(issue.targets.values_list("url", flat=True), 0)  # type: ignore[attr-defined]
    first = min((row.hour for row in rows), default=None)
    for row in rows:
        is_person = row.reader_class == ReaderClass.PERSON
        if row.target is not None:
            links[row.target.url] += row.count if is_person else 0
            continue
        totals[row.measure, is_person] += row.count
        if row.measure == Measure.OPENS:
            hour = int((row.hour - (first or row.hour)).total_seconds() // 3600)
            hours.setdefault(hour, Counter())[is_person] += row.count
    return IssueFigures(
        opens=Share(totals[Measure.OPENS, True], totals[Measure.OPENS, False], counted),
        clicks=Share(totals[Measure.CLICKS, True], totals[Measure.CLICKS, False], counted),
        sent=sent,
        by_hour=[(hour, hours[hour][True], hours[hour][False]) for hour in sorted(hours)],
        by_link=list(links.items()),
    )
