"""One publication of the demo before it is written, and those that were written by hand (the TOML files here).

A row of a file holds columns of `Publication` and, in words: `owner` (slug of an organisation), `author` and
`reviewer` and `readers` (principals of cwn/accounts/demo_people.py), `groups`, `organisations`, `regions`, `sectors`,
`branches`, `developments` and `keywords`; days as `days_ago`, `publish_in`, `public_in`, `expires_in` and
`review_in`; `actions` as audience, action, deadline and effort; `answers`, `feedback`, `feedback_answer` and
`remarks` of others; and for a corrected one `first_version`, what it said before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from comms.enums import ISSUED, UNFINISHED, PublicationStatus, Tlp, Tone
from cwn.core.reference import Row, read_rows

FILES = ("warnings", "knowledge", "stories", "desk")
#: Fields of many-to-many tables: the slugs that a row names.
LINKS = ("regions", "sectors", "branches", "developments")
#: Columns that a row may give as they are.
COLUMNS = (
    "slug", "kind", "title", "summary", "body", "language", "status", "tlp", "restriction_reason", "urgency",
    "urgency_reason", "audiences", "reader_roles", "audience_reason", "key_points", "communication_message",
    "channel_messages", "tone", "speaker", "wider_developments", "functions", "phase", "licence",
    "correction_note", "withdrawal_reason",
)  # fmt: skip
#: Days after which a label is looked at again.
REVIEW_AFTER = 90


@dataclass(slots=True)
class Story:
    """One publication with everything that hangs on it, in words; keys come when it is written."""

    owner: str
    columns: Row
    published_at: datetime | None = None
    author: str = ""
    """A principal of the demo people; empty for the editor of the owner."""
    links: dict[str, list[str]] = field(default_factory=dict)
    keywords: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    row: Row = field(default_factory=dict)
    """The row of the file, for what others did with it."""


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of all files."""
    folder = str(Path(__file__).parent)
    return tuple(row for name in FILES for row in read_rows(folder, name, "publication"))


def stories(now: datetime) -> Iterator[Story]:
    """Yield the publications that were written by hand."""
    for row in rows():
        published = _days(now, -row["days_ago"]) if "days_ago" in row else None
        yield Story(
            owner=row["owner"],
            columns=_columns(row, now, published),
            published_at=published,
            author=row.get("author", ""),
            links={name: row.get(name, []) for name in LINKS},
            keywords=row.get("keywords", []),
            organisations=row.get("organisations", []),
            groups=row.get("groups", []),
            readers=row.get("readers", []),
            row=row,
        )


def _columns(row: Row, now: datetime, published: datetime | None) -> Row:
    status = row.get("status", PublicationStatus.PUBLISHED)
    columns = {
        "status": status,
        "tone": Tone.FACTUAL,
        "speaker": "Persvoorlichting van de afzender",
        **{name: row[name] for name in COLUMNS if name in row},
        "action_perspective": [action(*words, today=now.date()) for words in row.get("actions", [])],
        "version": 1 if status in ISSUED else 0,
        "publish_at": _days(now, row["publish_in"]) if "publish_in" in row else None,
        "public_from": _days(now, row["public_in"]) if "public_in" in row else None,
        "expires_on": now.date() + timedelta(days=row["expires_in"]) if "expires_in" in row else None,
    }
    if row["tlp"] != Tlp.CLEAR and (status not in UNFINISHED or "review_in" in row):
        columns["review_on"] = (published or now).date() + timedelta(days=row.get("review_in", REVIEW_AFTER))
    return columns | row.get("first_version", {})


def second_version(row: Row, now: datetime) -> Row:
    """Return what a corrected publication says now, as columns."""
    return {name: row[name] for name in row["first_version"]} | {
        "version": 2,
        "correction_note": row["correction_note"],
        "corrected_at": _days(now, -row["corrected_days_ago"]),
    }


def action(audience: str, text: str, deadline: str, effort: str, *, today: date) -> dict[str, str]:
    """Return one action of a cover sheet; a deadline in days becomes a day."""
    if deadline.lstrip("-").isdigit():
        deadline = (today + timedelta(days=int(deadline))).isoformat()
    return {"audience": audience, "action": text, "deadline": deadline, "effort": effort}


def _days(now: datetime, days: int) -> datetime:
    """Return a moment so many days from now, on a quarter of an hour in the morning."""
    if days == 0:
        return now
    return (now + timedelta(days=days)).replace(hour=8, minute=15 * (days % 4), second=0, microsecond=0)
