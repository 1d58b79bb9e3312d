"""Issues in the content calendar: planned ones for the desk, sent ones for who may read them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse

from comms.newsletters.models import Issue
from comms.planning.models import plans
from comms.planning.sources import CalendarItem, calendar_source


@calendar_source
def issues_in_calendar(user: Any, first: date, last: date) -> Iterable[CalendarItem]:
    """Name the issues that were sent or have a moment in these days."""
    at_the_desk = plans(user)
    rows = Issue.objects.visible_to(user).annotate(moment=Coalesce("sent_at", "send_at"))
    for issue in rows.filter(moment__date__range=(first, last)).select_related("newsletter"):
        yield CalendarItem(
            uid=f"issue-{issue.pk}@cwn",
            kind="nieuwsbrief",
            title=f"{issue.newsletter.label}: {issue.subject}",
            starts=issue.moment,
            ends=None,
            url=reverse("issue_desk", args=[issue.pk]) if at_the_desk else issue.get_absolute_url(),
            sequence=issue.edit_version,
            changed_at=issue.updated_at,
            is_tentative=issue.sent_at is None,
            status=str(issue.stage.label),
            tone=issue.stage.tone,
            label=issue.tlp,
            campaign=issue.campaign_id,
        )
