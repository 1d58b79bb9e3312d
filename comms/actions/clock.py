"""What time does to publications without anybody's hand, beside what `issuing` does: moments that are put on the clock.

A moment is a row of `cwn.delivery.models.Reminder`; what is said then stands in `comms.reminders`.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from comms.enums import Tlp, Urgency
from comms.models import Publication
from cwn.delivery.actions.reminding import remind
from cwn.delivery.clock import local_moment

REVIEW, UNANSWERED = "review", "unanswered"
#: When owners are asked to look again, by the clock of Amsterdam.
MORNING = time(8)
#: How long after it came out organisations that did not answer are asked what they did (R52, R107).
ANSWER_AFTER = {Urgency.IMMEDIATE: timedelta(days=1), Urgency.SOON: timedelta(days=3)}
#: Older publications ask for no answer any more.
ANSWER_TERM = timedelta(days=30)


@transaction.atomic
def plan_second_look(today: date) -> int:
    """Put review dates that have come on the clock (R63, R74) and return how many; each date is asked about once."""
    due = Publication.objects.to_review(today).values_list("pk", "review_on", "version")
    for pk, day, version in due:
        if day:
            remind(kind=REVIEW, object_id=pk, stage=f"{day}", version=version, due_at=local_moment(day, MORNING))
    return len(due)


@transaction.atomic
def plan_answers(now: datetime) -> int:
    """Put the moment on the clock at which who did not answer an urgent publication is asked; return how many."""
    urgent = Publication.objects.listed().filter(urgency__in=ANSWER_AFTER, published_at__gt=now - ANSWER_TERM)
    rows = urgent.exclude(tlp=Tlp.RED).values_list("pk", "urgency", "version", "published_at")
    for pk, urgency, version, published_at in rows:
        if published_at:
            moment = published_at + ANSWER_AFTER[Urgency(urgency)]
            remind(kind=UNANSWERED, object_id=pk, stage="first", version=version, due_at=moment)
    return len(rows)
