"""From the check to the last mail: errors, approval by a second person, undo, pause, progress."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comms.newsletters.actions.approving import approve, ask_approval, back_to_draft, may_approve, seen_content
from comms.newsletters.actions.link_checking import ask_for_checks
from comms.newsletters.actions.steering import mailing_of, pause_sending, resume_sending, stop_sending, take_back
from comms.newsletters.actions.writing import choose_moment
from comms.newsletters.checking import findings_of, outside_addresses
from comms.newsletters.contents import blocks_of
from comms.newsletters.enums import UNFINISHED, IssueStatus
from comms.newsletters.forms import ApprovalForm, MomentForm, ReasonForm
from comms.newsletters.models import Issue
from comms.newsletters.segments import count_of, number_in_words, sentence_of
from comms.newsletters.views.access import at_the_desk, render_issue
from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.steps import attempt, press
from cwn.delivery.enums import MailingState
from cwn.delivery.models import Outbox
from cwn.delivery.progress import progress_of

#: More mails than this, and the approver shows again who he or she is (security.md chapter 1, decisions).
MANY_MAILS = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_check(request: AccountRequest, pk: int) -> HttpResponse:
    """Show what the checker says; ask the worker to look at links outside the portal."""
    issue = at_the_desk(request, pk)
    if request.method == "POST":
        ask_for_checks(outside_addresses(issue, request.user))
        messages.success(request, _("De links worden nagekeken. Kijk over een minuut opnieuw."))
        return redirect("issue_check", issue.pk)
    outside = outside_addresses(issue, request.user)
    return render_issue(
        request, "issue_check", issue, findings=findings_of(issue, request.user), number_outside=len(outside)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_approval(request: AccountRequest, pk: int) -> HttpResponse:
    """Ask a second person, or be that person: who gets it, when, what it says, and yes."""
    issue = at_the_desk(request, pk)
    if issue.status not in UNFINISHED:  # a second click, or a second approver
        return redirect("issue_progress", issue.pk)
    wish = request.POST.get("doe", "")
    if request.method == "POST" and wish == "akkoord":
        asks_again = count_of(issue) > MANY_MAILS
        return (recently_authenticated(_approve) if asks_again else _approve)(request, issue)
    if request.method == "POST":
        return _steps(request, issue, wish)
    return _approval_page(request, issue)


def _approve(request: AccountRequest, issue: Issue) -> HttpResponse:
    form = ApprovalForm(request.POST)
    if not may_approve(issue, request.user):
        form.is_valid()
        form.add_error(None, _("Een tweede persoon geeft akkoord. Dat is nooit wie dit schreef."))
    elif form.is_valid() and attempt(form, lambda: approve(issue, seen=form.cleaned_data["seen"], by=request.user)):
        messages.success(request, _("Akkoord gegeven. U kunt dit nog tien minuten terughalen."))
        return redirect("issue_progress", issue.pk)
    return _approval_page(request, issue, approval=form)


def _steps(request: AccountRequest, issue: Issue, wish: str) -> HttpResponse:
    if wish == "vraag":
        moment = MomentForm(request.POST)

        def ask() -> None:
            choose_moment(issue, at=moment.cleaned_data["send_at"], by=request.user)
            ask_approval(issue, by=request.user)

        if moment.is_valid() and attempt(moment, ask):
            ask_for_checks(outside_addresses(issue, request.user))
            messages.success(request, _("De redactie ziet dat deze editie op akkoord wacht."))
            return redirect("issue_approval", issue.pk)
        return _approval_page(request, issue, moment=moment)
    if wish == "concept":
        return press(
            request,
            lambda: back_to_draft(issue, by=request.user),
            _("Dit is weer een concept."),
            "issue_desk",
            issue.pk,
        )
    raise Http404


def _approval_page(
    request: AccountRequest,
    issue: Issue,
    *,
    moment: MomentForm | None = None,
    approval: ApprovalForm | None = None,
) -> HttpResponse:
    local = timezone.localtime(issue.send_at) if issue.send_at else None
    moment = moment or MomentForm(initial={"send_at": local})
    findings = findings_of(issue, request.user)
    return render_issue(
        request,
        "issue_approval",
        issue,
        status=400 if moment.errors or (approval and approval.errors) else 200,
        moment=moment,
        approval=approval,
        seen=seen_content(issue, request.user),
        errors=[finding for finding in findings if finding.is_error],
        warnings=[finding for finding in findings if not finding.is_error],
        sentence=sentence_of(issue.newsletter, issue.segment),
        number=number_in_words(count_of(issue)),
        blocks=blocks_of(issue, request.user),
    )


#: Button → what it does, what it says, and whether it asks why.
STEPS: dict[str, tuple[Any, Any, bool]] = {
    "terug": (take_back, gettext_lazy("Teruggehaald. Dit is weer een concept en niemand kreeg het."), False),
    "pauze": (pause_sending, gettext_lazy("Gepauzeerd. Wat nog niet weg was, wacht."), True),
    "verder": (resume_sending, gettext_lazy("De verzending gaat verder."), False),
    "stop": (stop_sending, gettext_lazy("Gestopt. Wie de mail nog niet had, krijgt hem niet."), True),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_progress(request: AccountRequest, pk: int) -> HttpResponse:
    """Show how far the sending is, and steer it; asked again every few seconds while it goes on."""
    issue = at_the_desk(request, pk, IssueStatus.SCHEDULED, IssueStatus.SENT, IssueStatus.CANCELLED)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        wish = request.POST.get("doe", "")
        if wish not in STEPS:
            raise Http404
        act, done, asks_why = STEPS[wish]
        if not asks_why:
            goes_to = "issue_desk" if wish == "terug" else "issue_progress"
            return press(request, lambda: act(issue, by=request.user), str(done), goes_to, issue.pk)
        if form.is_valid() and attempt(form, lambda: act(issue, reason=form.cleaned_data["reason"], by=request.user)):
            messages.success(request, str(done))
            return redirect("issue_progress", issue.pk)
    return _progress_page(request, issue, form)


def _progress_page(request: AccountRequest, issue: Issue, form: ReasonForm) -> HttpResponse:
    mailing = mailing_of(issue)
    if mailing is None:
        raise Http404
    progress = progress_of(mailing)
    seconds = progress.seconds_left
    context = {
        "mailing": mailing,
        "outbox": Outbox.objects.filter(pk=1).first(),
        "state": MailingState(mailing.state),
        "progress": progress,
        "handled": progress.total - progress.left,
        "minutes_left": max(1, round(seconds / 60)) if seconds is not None and progress.left else None,
        "can_take_back": issue.status == IssueStatus.SCHEDULED and mailing.started_at is None,
        "waits": mailing.state == MailingState.WAITING,
        "goes_on": mailing.state in (MailingState.WAITING, MailingState.SENDING),
        "is_paused": mailing.state == MailingState.PAUSED,
        "form": form,
    }
    page = "_progress" if request.htmx and request.method == "GET" else "issue_progress"
    return render_issue(request, page, issue, status=400 if form.errors else 200, **context)
