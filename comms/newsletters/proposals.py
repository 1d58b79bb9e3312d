"""What could go into an issue: new since the last one, interviews first, and what somebody searches for."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from comms.enums import PublicationKind, Tlp
from comms.events.models import Event
from comms.models import Publication
from comms.newsletters.enums import ISSUE_LABELS
from comms.newsletters.models import Issue

MOST_PROPOSED = 20
#: Before the first issue of a newsletter, what came out in this many days is new.
DAYS = 31


def candidates(issue: Issue, reader: Any) -> QuerySet[Publication]:
    """Return what somebody may put in an issue: readable, in force, and never TLP:RED."""
    labels = [Tlp.CLEAR] if issue.newsletter.label_ceiling == Tlp.CLEAR else list(ISSUE_LABELS)
    rows = Publication.objects.visible_to(reader).listed().filter(tlp__in=labels)
    if issue.newsletter.label_ceiling == Tlp.CLEAR:
        rows = rows.filter(Q(public_from=None) | Q(public_from__lte=timezone.now()))
    chosen = issue.items.exclude(publication=None).values("publication")  # type: ignore[attr-defined]
    return rows.exclude(pk__in=chosen).select_related("owner")


def proposals_for(issue: Issue, reader: Any) -> list[Publication]:
    """Return what came out since the last issue, interviews first (R122), the newest first."""
    last = Issue.objects.visible_to(reader).sent().filter(newsletter=issue.newsletter).order_by("-sent_at").first()
    since = last.sent_at if last and last.sent_at else timezone.now() - timedelta(days=DAYS)
    interview_first = Case(
        When(kind=PublicationKind.INTERVIEW, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = candidates(issue, reader).filter(published_at__gt=since)
    return list(rows.order_by(interview_first, "-published_at")[:MOST_PROPOSED])


def find_publications(issue: Issue, words: str, reader: Any) -> list[Publication]:
    """Return publications with all these words in the title or the summary."""
    rows = candidates(issue, reader)
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return list(rows.order_by("-published_at")[:MOST_PROPOSED])


def upcoming_events(issue: Issue, reader: Any) -> list[Event]:
    """Return the events that can be announced."""
    labels = [Tlp.CLEAR] if issue.newsletter.label_ceiling == Tlp.CLEAR else list(ISSUE_LABELS)
    chosen = issue.items.exclude(event=None).values("event")  # type: ignore[attr-defined]
    rows = Event.objects.visible_to(reader).listed().upcoming().filter(tlp__in=labels)
    return list(rows.exclude(pk__in=chosen)[:MOST_PROPOSED])
