"""What other apps add to the page with newsletters, such as the last issues of each list."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comms.subscriptions.models import Newsletter


@dataclass(frozen=True, slots=True)
class RecentIssue:
    """An issue as the page with newsletters names it."""

    title: str
    url: str
    sent_on: datetime.date


#: (reader, newsletters on the page) → key of a newsletter → its last issues, the newest first; in one query.
NewsletterPart = Callable[[Any, Sequence[Newsletter]], Mapping[int, Iterable[RecentIssue]]]
_parts: list[NewsletterPart] = []


def newsletter_part(part: NewsletterPart) -> NewsletterPart:
    """Register a function that names recent issues; it asks `visible_to(user)` itself."""
    _parts.append(part)
    return part


def recent_issues(user: Any, newsletters: Sequence[Newsletter]) -> dict[int, list[RecentIssue]]:
    """Return what every app has to show below each newsletter."""
    found: dict[int, list[RecentIssue]] = defaultdict(list)
    for part in _parts:
        for key, issues in part(user, newsletters).items():
            found[key].extend(issues)
    return found
