"""Who comes in at the desk of newsletters: the working group and coordinators; for others it is not there."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comms.newsletters.actions.approving import may_approve
from comms.newsletters.enums import UNFINISHED, IssueStatus
from comms.newsletters.models import Issue
from comms.planning.models import plans
from cwn.accounts.http import AccountRequest


def require_desk(request: AccountRequest) -> None:
    """Answer 404 to who does not work at the desk (security.md A16)."""
    if not plans(request.user):
        raise Http404


def at_the_desk(request: AccountRequest, pk: int, *statuses: str) -> Issue:
    """Return an issue for somebody at the desk, where it stands at one of these."""
    rows = Issue.objects.at_the_desk_of(request.user)
    rows = rows.select_related("newsletter", "created_by", "last_edited_by", "approved_by", "campaign")
    issue = get_object_or_404(rows, pk=pk)
    if statuses and issue.status not in statuses:
        raise Http404
    return issue


def edited(request: AccountRequest, pk: int) -> Issue:
    """Return an issue that can still change."""
    return at_the_desk(request, pk, *UNFINISHED)


def render_issue(
    request: AccountRequest, page: str, issue: Issue, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page about an issue, with the tabs to the others."""
    names = [("issue_desk", _("Schrijven"))] if issue.status in UNFINISHED else [("issue_desk", _("Inhoud"))]
    names += [("issue_segment", _("Voor wie")), ("issue_preview", _("Voorbeeld")), ("issue_check", _("Controle"))]
    names += [("issue_approval", _("Akkoord"))] if issue.status in UNFINISHED else []
    names += [("issue_progress", _("Verzending"))] if issue.approved_by_id else []
    names += [("issue_figures", _("Cijfers"))] if issue.sent_at else []
    tabs = [(title, reverse(name, args=[issue.pk])) for name, title in names]
    context |= {
        "issue": issue,
        "tabs": tabs,
        "here": request.path,
        "is_unfinished": issue.status in UNFINISHED,
        "waits_for_me": may_approve(issue, request.user),
        "is_in_review": issue.status == IssueStatus.IN_REVIEW,
    }
    return render(request, f"newsletters/{page}.html", context, status=status)
