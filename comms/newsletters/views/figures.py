"""What an issue did, and how sure we are of that."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comms.newsletters.contents import blocks_of, full_address
from comms.newsletters.counting.figures import figures_of
from comms.newsletters.counting.telling import ToldFigures, ToldShare, told
from comms.newsletters.models import Issue
from comms.newsletters.segments import FEWEST_TOLD
from comms.newsletters.views.access import at_the_desk, render_issue
from cwn.accounts.http import AccountRequest


@login_required
@require_safe
def issue_figures(request: AccountRequest, pk: int) -> HttpResponse:
    """Show opens and clicks with their uncertainty, as bars, as a table and in words."""
    issue = at_the_desk(request, pk)
    if issue.sent_at is None:
        raise Http404
    figures = told(figures_of(issue))
    context: dict[str, Any] = {
        "figures": figures,
        "fewest": FEWEST_TOLD,
        "is_told": issue.may_be_counted and figures.is_told,
        "shares": [(_("Geopend"), in_percent(figures.opens)), (_("Geklikt"), in_percent(figures.clicks))],
        "hours": figures.hours,
        "highest": max((part.persons for part in figures.hours), default=0) or 1,
        "tells_machines": any(part.machines is not None for part in figures.hours),
        "links": named_links(issue, figures, request.user),
    }
    return render_issue(request, "issue_figures", issue, **context)


def named_links(issue: Issue, figures: ToldFigures, reader: Any) -> list[tuple[str, str, int | None]]:
    """Return the links with what they are called in the issue, an address to follow, and how often that happened.

    The address of something on the portal that this reader may not read any more says too much, so it is not shown.
    """
    names = {block.url: block.title or block.link_text for block in blocks_of(issue, reader) if block.url}
    home, rows = full_address("/"), []
    for url, number in figures.links:
        is_gone = url not in names and url.startswith(home)
        name = _("Een onderdeel dat er niet meer is") if is_gone else names.get(url, url)
        rows.append((name, "" if is_gone else url, number))
    return rows


def in_percent(told_share: ToldShare | None) -> dict[str, Any] | None:
    """Return a share with its interval and bounds in whole percents."""
    if told_share is None:
        return None
    share = told_share.share
    low, high = share.interval
    return {
        "is_nobody": told_share.highest == 0,
        "has_estimate": told_share.has_estimate,
        "has_few_machines": told_share.has_few_machines,
        "estimate": round(100 * share.estimate),
        "low": round(100 * low),
        "high": round(100 * high),
        "lowest": round(100 * share.bounds[0]),
        "highest": round(100 * told_share.highest),
        "width": max(1, round(100 * high) - round(100 * low)),
        "unknown": round(100 * share.unknown),
    }
