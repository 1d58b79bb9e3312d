"""Searches that found nothing: counted per week and without the person, a list of gaps for coordinators."""

import re
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from cwn.search.models import MissedQuery
from cwn.search.text.tokens import fold

#: More different questions than this in a week come from a machine; they are not kept.
MOST_PER_WEEK = 2_000
#: What may point to a person is not kept: addresses and numbers.
PERSONAL = re.compile(r"@|(?:\d[\s.-]*){5,}")
#: Weeks after which a missed question is forgotten.
KEEP_WEEKS = 26


def note_missed_query(words: str) -> None:
    """Count a search without a hit, unless it may hold personal data (R3)."""
    words = fold(words)[:200]
    if PERSONAL.search(words):
        return
    today = timezone.localdate()
    week = today - timedelta(days=today.weekday())
    known = MissedQuery.objects.filter(words=words, week=week)
    if not known.update(count=F("count") + 1) and MissedQuery.objects.filter(week=week).count() < MOST_PER_WEEK:
        MissedQuery.objects.bulk_create([MissedQuery(words=words, week=week)], ignore_conflicts=True)


def forget_old_queries() -> int:
    """Delete what was asked half a year ago and return how many questions that were."""
    limit = timezone.localdate() - timedelta(weeks=KEEP_WEEKS)
    return MissedQuery.objects.filter(week__lt=limit).delete()[0]
