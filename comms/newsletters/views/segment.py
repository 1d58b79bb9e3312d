"""For whom an issue is, with a count that moves along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.newsletters.actions.writing import choose_segment
from comms.newsletters.enums import UNFINISHED
from comms.newsletters.forms import SegmentForm
from comms.newsletters.models import Issue
from comms.newsletters.segments import count_of, number_in_words, sentence_of
from comms.newsletters.views.access import at_the_desk, edited, render_issue
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_segment(request: AccountRequest, pk: int) -> HttpResponse:
    """Show and keep for whom an issue is."""
    issue = edited(request, pk) if request.method == "POST" else at_the_desk(request, pk)
    form = SegmentForm(
        request.POST if request.method == "POST" else None, initial=SegmentForm.initial_of(issue.segment)
    )
    if form.is_valid() and attempt(form, lambda: choose_segment(issue, segment=form.segment(), by=request.user)):
        messages.success(request, _("Bewaard voor wie deze editie is."))
        return redirect("issue_segment", issue.pk)
    context = {"form": form, **_counted(issue), "can_change": issue.status in UNFINISHED}
    return render_issue(request, "issue_segment", issue, status=400 if form.errors else 200, **context)


@login_required
@require_safe
def issue_segment_count(request: AccountRequest, pk: int) -> HttpResponse:
    """Show the sentence and the count for what is ticked, before it is kept."""
    issue = edited(request, pk)
    form = SegmentForm(request.GET)
    if form.is_valid():
        issue.segment = form.segment()
    return render(request, "newsletters/_segment_count.html", _counted(issue))


def _counted(issue: Issue) -> dict[str, str]:
    return {
        "sentence": sentence_of(issue.newsletter, issue.segment),
        "number": number_in_words(count_of(issue)),
    }
