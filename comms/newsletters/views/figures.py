"""What an issue did, and how sure we are of that."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from comms.newsletters.counting.figures import Share, figures_of
from comms.newsletters.segments import FEWEST_TOLD, number_in_words
from comms.newsletters.views.access import at_the_desk, render_issue
from cwn.accounts.http import AccountRequest

#: Hours that the bars show; later ones stand in the table together.
MOST_HOURS = 48
#: With fewer mails that may be counted the figures would be about somebody.
FEWEST_MAILS = 10


@login_required
@require_safe
def issue_figures(request: AccountRequest, pk: int) -> HttpResponse:
    """Show opens and clicks with their uncertainty, as bars, as a table and in words."""
    issue = at_the_desk(request, pk)
    if issue.sent_at is None:
        raise Http404
    figures = figures_of(issue)
    hours = figures.by_hour[:MOST_HOURS]
    highest = max((told(persons) for _hour, persons, _machines in hours), default=0) or 1
    context: dict[str, Any] = {
        "figures": figures,
        "is_told": issue.may_be_counted and figures.opens.mails >= FEWEST_MAILS,
        "opens": in_percent(figures.opens),
        "clicks": in_percent(figures.clicks),
        "hours": [
            (hour, told(persons), highest, number_in_words(persons), number_in_words(machines))
            for hour, persons, machines in hours
        ],
        "links": [(address, number_in_words(number)) for address, number in figures.by_link],
    }
    return render_issue(request, "issue_figures", issue, **context)


def told(number: int) -> int:
    """Return a number for a bar: a small group has the same bar whatever its number, as it has the same words."""
    return FEWEST_TOLD - 1 if 0 < number < FEWEST_TOLD else number


def in_percent(share: Share) -> dict[str, int]:
    """Return a share with its interval and bounds in whole percents."""
    low, high = share.interval
    lowest, highest = share.bounds
    return {
        "estimate": round(100 * share.estimate),
        "low": round(100 * low),
        "high": round(100 * high),
        "lowest": round(100 * lowest),
        "highest": round(100 * highest),
        "width": max(1, round(100 * high) - round(100 * low)),
        "unknown": round(100 * share.unknown),
        "persons": share.persons,
        "machines": share.machines,
        "mails": share.mails,
    }
