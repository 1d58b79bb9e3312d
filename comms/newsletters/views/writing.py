"""The desk: the list of issues, a new one, and the page on which one is written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.actions.steps import StaleEditError
from comms.differences import compared
from comms.newsletters.actions.writing import create_issue, discard_issue, save_issue
from comms.newsletters.checking import findings_of
from comms.newsletters.contents import blocks_of
from comms.newsletters.enums import UNFINISHED, IssueStatus
from comms.newsletters.forms import IssueForm, NewIssueForm
from comms.newsletters.models import Issue
from comms.newsletters.segments import sentence_of
from comms.newsletters.views.access import at_the_desk, edited, render_issue, require_desk
from cwn.accounts.http import AccountRequest
from cwn.core.steps import add_refusal, attempt, press

#: Sent issues that the list shows; the others stand in the archive.
MOST_ROWS = 20


@login_required
@require_safe
def issue_desk_list(request: AccountRequest) -> HttpResponse:
    """Show what is being made, what waits for approval and what was sent."""
    require_desk(request)
    rows = Issue.objects.at_the_desk_of(request.user).select_related("newsletter", "created_by")
    waiting = rows.filter(status=IssueStatus.IN_REVIEW)
    context = {
        "waiting": waiting.exclude(created_by=request.user).exclude(last_edited_by=request.user),
        "unfinished": rows.filter(status__in=UNFINISHED).order_by("-updated_at"),
        "scheduled": rows.filter(status=IssueStatus.SCHEDULED).order_by("send_at"),
        "sent": rows.sent().order_by("-sent_at")[:MOST_ROWS],
    }
    return render(request, "newsletters/desk.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_new(request: AccountRequest) -> HttpResponse:
    """Begin an issue."""
    require_desk(request)
    form = NewIssueForm(request.POST if request.method == "POST" else None, by=request.user)
    made: list[Issue] = []
    if form.is_valid() and attempt(form, lambda: made.append(create_issue(**form.cleaned_data, by=request.user))):
        return redirect("issue_desk", made[0].pk)
    return render(request, "newsletters/issue_new.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_desk(request: AccountRequest, pk: int) -> HttpResponse:
    """Show an issue to write, or to read once it was approved."""
    issue = edited(request, pk) if request.method == "POST" else at_the_desk(request, pk)
    if issue.status not in UNFINISHED:
        return render_issue(request, "issue_read", issue, blocks=blocks_of(issue, request.user))
    form = IssueForm(request.POST if request.method == "POST" else None, instance=issue, by=request.user)
    if form.is_valid():
        try:
            if attempt(form, lambda: save_form(issue, form, request.user)):
                messages.success(request, _("Bewaard."))
                return redirect("issue_desk", issue.pk)
        except StaleEditError as stale:
            return clash_page(request, issue, form, stale, request.path)
    return render_issue(
        request,
        "issue_edit",
        issue,
        status=400 if form.errors else 200,
        form=form,
        blocks=blocks_of(issue, request.user),
        findings=findings_of(issue, request.user),
        sentence=sentence_of(issue.newsletter, issue.segment),
    )


def save_form(issue: Issue, form: IssueForm, by: Any) -> Issue:
    """Save every box without an error."""
    return save_issue(issue, values=form.values(), edit_version=form.cleaned_data.get("edit_version") or 0, by=by)


def clash_page(
    request: AccountRequest, issue: Issue, form: forms.ModelForm, stale: StaleEditError, action: str
) -> HttpResponse:
    """Show what both wrote in the same box; nothing was written, and all that was sent travels along."""
    names = {name: name.removesuffix("_id") for name in stale.current}
    values: dict[str, Any] = form.values()  # type: ignore[attr-defined]
    clashes = [
        {
            "name": names[name],
            "label": form.fields[names[name]].label,
            "base": stale.base.get(name) or "",
            "theirs": theirs or "",
            "mine": values.get(name) or "",
            "pieces": compared(str(theirs or ""), str(values.get(name) or "")),
        }
        for name, theirs in stale.current.items()
        if values.get(name) not in (stale.base.get(name), theirs) and theirs != stale.base.get(name)
    ]
    clashing = {clash["name"] for clash in clashes}
    kept = {names[name]: value for name, value in stale.current.items() if values.get(name) == stale.base.get(name)}
    sent = [
        (name, kept.get(name, value))
        for name, value in request.POST.items()
        if name not in clashing | {"csrfmiddlewaretoken", "edit_version"}
    ]
    context = {"clashes": clashes, "sent": sent, "seen": stale.edit_version, "action": action}
    return render_issue(request, "issue_merge", issue, status=409, **context)


@login_required
@require_POST
def issue_save(request: AccountRequest, pk: int) -> JsonResponse:
    """Save while somebody writes, and answer what stands now."""
    issue = edited(request, pk)
    form = IssueForm(request.POST, instance=issue, by=request.user)
    form.is_valid()
    try:
        saved = save_form(issue, form, request.user)
    except StaleEditError:
        return _elsewhere()
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except ValidationError as refusal:
        add_refusal(form, refusal)  # type: ignore[arg-type]
        saved = issue
    if saved.edit_version > (form.cleaned_data.get("edit_version") or 0) + 1:
        return _elsewhere()
    return JsonResponse({
        "saved_at": time_format(timezone.localtime(), "H:i"),
        "edit_version": saved.edit_version,
        "errors": [str(error) for errors in form.errors.values() for error in errors],
    })  # fmt: skip


def _elsewhere() -> JsonResponse:
    message = _("Deze tekst is intussen ook ergens anders bewaard. Kies “Bewaar”, dan komen beide teksten samen.")
    return JsonResponse({"message": message}, status=409)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_discard(request: AccountRequest, pk: int) -> HttpResponse:
    """Ask, and throw an unfinished issue away."""
    issue = edited(request, pk)
    if request.method != "POST":
        return render_issue(request, "issue_discard", issue)
    done = _("De editie is weggegooid.")
    return press(request, lambda: discard_issue(issue, by=request.user), done, "issue_desk_list")
