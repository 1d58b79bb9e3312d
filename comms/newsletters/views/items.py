"""What stands in an issue: choose, write, move, take out."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comms.actions.steps import StaleEditError
from comms.events.models import Event
from comms.models import Publication
from comms.newsletters.actions.composing import (
    add_event,
    add_own_text,
    add_picture,
    add_publication,
    arrange_items,
    move_item,
    remove_item,
    save_item,
)
from comms.newsletters.forms import ItemForm, PictureForm
from comms.newsletters.models import Issue, IssueItem
from comms.newsletters.proposals import find_publications, proposals_for, upcoming_events
from comms.newsletters.views.access import edited, render_issue
from comms.newsletters.views.writing import clash_page
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt, press


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_choose(request: AccountRequest, pk: int) -> HttpResponse:
    """Show what is new since the last issue and what was searched for; add what was pressed."""
    issue = edited(request, pk)
    if request.method == "POST":
        return _add_chosen(request, issue)
    words = request.GET.get("q", "").strip()[:100]
    return render_issue(
        request,
        "issue_choose",
        issue,
        words=words,
        found=find_publications(issue, words, request.user) if words else [],
        proposals=proposals_for(issue, request.user),
        events=upcoming_events(issue, request.user),
    )


def _add_chosen(request: AccountRequest, issue: Issue) -> HttpResponse:
    what, _colon, key = request.POST.get("doe", "").partition(":")
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 12 else 0
    if what == "publicatie":
        publication = get_object_or_404(Publication.objects.visible_to(request.user), pk=number)
        return press(
            request,
            lambda: add_publication(issue, publication, by=request.user),
            _("Toegevoegd."),
            "issue_choose",
            issue.pk,
        )
    if what == "bijeenkomst":
        event = get_object_or_404(Event.objects.visible_to(request.user), pk=number)
        return press(
            request, lambda: add_event(issue, event, by=request.user), _("Toegevoegd."), "issue_choose", issue.pk
        )
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_text_new(request: AccountRequest, pk: int) -> HttpResponse:
    """Write a text of the desk itself."""
    issue = edited(request, pk)
    form = ItemForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: add_own_text(issue, values=form.values(), by=request.user)):
        return redirect("issue_desk", issue.pk)
    return render_issue(request, "item_edit", issue, form=form, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_picture_new(request: AccountRequest, pk: int) -> HttpResponse:
    """Put a picture in an issue."""
    issue = edited(request, pk)
    form = PictureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and attempt(form, lambda: add_picture(issue, **form.cleaned_data, by=request.user)):
        return redirect("issue_desk", issue.pk)
    return render_issue(request, "picture_new", issue, form=form, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: AccountRequest, pk: int, item_pk: int) -> HttpResponse:
    """Write the words of an item."""
    issue, item = _item(request, pk, item_pk)
    form = ItemForm(request.POST if request.method == "POST" else None, instance=item)
    if form.is_valid():
        version = form.cleaned_data.get("edit_version") or 0
        try:
            if attempt(form, lambda: save_item(item, values=form.values(), edit_version=version, by=request.user)):
                return redirect("issue_desk", issue.pk)
        except StaleEditError as stale:
            return clash_page(request, issue, form, stale, request.path)
    return render_issue(request, "item_edit", issue, item=item, form=form, status=400 if form.errors else 200)


@login_required
@require_POST
def item_move(request: AccountRequest, pk: int, item_pk: int) -> HttpResponse:
    """Move an item one place up or down."""
    issue, item = _item(request, pk, item_pk)
    up = request.POST.get("doe") == "omhoog"
    return press(request, lambda: move_item(item, up=up, by=request.user), "", "issue_desk", issue.pk)


@login_required
@require_POST
def item_remove(request: AccountRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take an item out."""
    issue, item = _item(request, pk, item_pk)
    done = _("Het onderdeel is uit de editie gehaald.")
    return press(request, lambda: remove_item(item, by=request.user), done, "issue_desk", issue.pk)


@login_required
@require_POST
def issue_arrange(request: AccountRequest, pk: int) -> HttpResponse:
    """Keep the order in which the items were dragged."""
    issue = edited(request, pk)
    keys = [int(key) for key in request.POST.getlist("onderdeel")[:100] if key.isascii() and key.isdigit()]
    try:
        arrange_items(issue, keys=keys, by=request.user)
    except PermissionDenied as refusal:
        raise Http404 from refusal
    return HttpResponse(status=204)


def _item(request: AccountRequest, pk: int, item_pk: int) -> tuple[Issue, Any]:
    issue = edited(request, pk)
    rows = IssueItem.objects.visible_to(request.user).filter(issue=issue).select_related("issue")
    return issue, get_object_or_404(rows, pk=item_pk)
