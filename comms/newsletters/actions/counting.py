"""Turning settled events into numbers per hour."""

from collections import Counter
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import F

from comms.newsletters.counting.classifying import Deltas, count_mail
from comms.newsletters.counting.journal import by_mail, keep_states, settled_events, states_of
from comms.newsletters.models import Issue, IssueFigure, LinkTarget

#: Key of the advisory lock; any number that nothing else in the portal uses.
COUNT_LOCK = 7_401_926


@transaction.atomic
def count_readers(now: float | None = None) -> int:
    """Count what has settled and return how many events that was; one worker at a time does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COUNT_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    with settled_events(now) as (events, later):
        mails, after = by_mail(events), by_mail(later)
        states = states_of(mails)
        deltas: Deltas = Counter()
        for mark, those in mails.items():
            deltas.update(count_mail(states[mark], those, after.get(mark, ())))
        keep_figures(deltas)
        keep_states(states)
    return len(events)


@transaction.atomic
def keep_figures(deltas: Deltas) -> None:
    """Add numbers to the figures; of issues and addresses that are gone nothing is kept."""
    issues = set(Issue.objects.filter(pk__in={key[0] for key in deltas}).values_list("pk", flat=True))
    targets = set(LinkTarget.objects.filter(pk__in={key[4] for key in deltas}).values_list("pk", flat=True))
    for (issue, measure, reader, hour, target), number in sorted(deltas.items()):
        if not number or issue not in issues or (target and target not in targets):
            continue
        row, _is_new = IssueFigure.objects.get_or_create(
            issue_id=issue,
            measure=measure,
            reader_class=reader,
            hour=datetime.fromtimestamp(hour * 3600, UTC),
            target_id=target or None,
        )
        IssueFigure.objects.filter(pk=row.pk).update(count=F("count") + number)
