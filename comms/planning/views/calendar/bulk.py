"""Changing a selection of items: choose, look, confirm, undo (R86)."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.planning.actions.bulk import MOST_ITEMS, Line, change_many, preview, undo_bulk
from comms.planning.forms.bulk import BulkForm
from comms.planning.models import BulkChange, CalendarEntry
from comms.planning.views.calendar.access import demand_desk
from cwn.accounts.http import AccountRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_bulk(request: AccountRequest) -> HttpResponse:
    """Ask what to do with a selection, show exactly what that changes, and do it after a second press."""
    demand_desk(request.user)
    sent = request.POST if request.method == "POST" else request.GET
    entries = _selected(request.user, sent.getlist("item"))
    form = BulkForm(sent if "what" in sent else None, by=request.user)
    context: dict[str, Any] = {"entries": entries, "form": form}
    if entries and form.is_bound and form.is_valid():
        wish = form.wish()
        lines = preview(entries, wish)
        seal = _seal(lines)
        if request.method == "POST" and sent.get("gezien") == seal:
            return _do(request, entries, wish)
        if request.method == "POST":
            messages.warning(request, _("Er is intussen iets veranderd. Kijk nog een keer."))
        able = sum(not line.refusal for line in lines)
        context |= {"wish": wish, "lines": lines, "seal": seal, "able": able}
    return render(request, "planning/calendar_bulk.html", context, status=400 if form.errors else 200)


def _selected(user: Any, keys: list[str]) -> list[CalendarEntry]:
    """Return the chosen items that the reader may change; others are left out in silence."""
    numbers = [int(key) for key in keys[: MOST_ITEMS * 2] if key.isascii() and key.isdigit() and len(key) < 18]
    rows = CalendarEntry.objects.editable_by(user).filter(pk__in=numbers)
    return list(rows.select_related("person", "campaign").order_by("starts_at", "pk")[:MOST_ITEMS])


def _seal(lines: list[Line]) -> str:
    """Return a fingerprint of what was shown, so that nothing else is done than what was seen."""
    shown = "\n".join(f"{line.entry.pk}|{line.old}|{line.new}|{line.refusal}" for line in lines)
    return sha256(shown.encode()).hexdigest()[:32]


def _do(request: AccountRequest, entries: list[CalendarEntry], wish: Any) -> HttpResponse:
    try:
        change = change_many(entries, wish=wish, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("calendar_agenda")
    return redirect("bulk_detail", change.pk)


@login_required
@require_safe
def bulk_detail(request: AccountRequest, pk: int) -> HttpResponse:
    """Say what was changed, with the button that undoes it."""
    demand_desk(request.user)
    change = get_object_or_404(BulkChange, pk=pk, by=request.user)
    rows = CalendarEntry.objects.visible_to(request.user).filter(pk__in=[int(key) for key in change.before])
    return render(request, "planning/calendar_bulk_done.html", {"change": change, "entries": rows})


@login_required
@require_POST
def bulk_undo(request: AccountRequest, pk: int) -> HttpResponse:
    """Put everything back, but for what somebody worked on since."""
    demand_desk(request.user)
    change = get_object_or_404(BulkChange, pk=pk, by=request.user)
    try:
        kept = undo_bulk(change, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("bulk_detail", change.pk)
    undone = len(change.before) - len(kept)
    messages.success(
        request,
        ngettext("%(count)s item is weer zoals het was.", "%(count)s items zijn weer zoals ze waren.", undone)
        % {"count": undone},
    )
    if kept:
        titles = ", ".join(entry.title for entry in kept)
        messages.warning(
            request, _("Niet teruggedraaid, want iemand werkte eraan verder: %(titles)s.") % {"titles": titles}
        )
    return redirect("bulk_detail", change.pk)
