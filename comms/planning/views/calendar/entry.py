"""One item: what it says, what is said about it, and what can be done with it (R86)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.actions.steps import StaleEditError
from comms.models import Publication
from comms.planning.actions.comments import add_comment, mentionable
from comms.planning.actions.entries import may_edit, move_entry, remove_entry
from comms.planning.actions.steps import ORDER, refusal_of, step_entry
from comms.planning.entry_items import item_of, local_day
from comms.planning.enums import EntryStatus
from comms.planning.forms.entries import CommentForm, MoveForm
from comms.planning.models import CalendarEntry, Campaign, EntryComment, plans, reads_plans
from comms.planning.views.calendar.access import back, edited, seen
from comms.planning.views.calendar.cards import Card
from cwn.accounts.http import AccountRequest
from cwn.core.enums import CwnFunction
from cwn.core.history import history_of
from cwn.core.steps import attempt


@require_safe
def entry_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an item; planners also see what is said about it."""
    return _detail(request, seen(request, uid), None)


def _detail(request: Any, entry: CalendarEntry, form: CommentForm | None) -> HttpResponse:
    reads = reads_plans(request.user)
    item = item_of(entry)
    is_desk = plans(request.user)
    context: dict[str, Any] = {
        "entry": entry,
        "card": Card(item, "", local_day(item.starts), local_day(item.starts), entry),
        "reads": reads,
        "may_edit": may_edit(entry, request.user),
        "is_desk": is_desk,
        "steps": _steps(entry) if is_desk else [],
        "audiences": entry.audiences.all(),
        "channels": entry.channels.visible_to(request.user),  # type: ignore[attr-defined]
        "functions": [CwnFunction(function).label for function in entry.functions],
        "campaign": Campaign.objects.visible_to(request.user).filter(entries=entry).first(),
        "publication": Publication.objects.visible_to(request.user).filter(entries=entry).first(),
        "waits_for": entry.depends_on.visible_to(request.user),  # type: ignore[attr-defined]
    }
    if reads:
        context["comments"] = _comments(request.user, entry)
        context["form"] = form or CommentForm(people=mentionable(entry))
    return render(request, "planning/entry_detail.html", context, status=400 if form else 200)


def _comments(user: Any, entry: CalendarEntry) -> Any:
    rows = EntryComment.objects.visible_to(user).filter(entry=entry)
    return rows.select_related("by").prefetch_related("mentions").order_by("at", "pk")


def _steps(entry: CalendarEntry) -> list[dict[str, Any]]:
    """Return the status before and after this one, each with why it cannot be."""
    here = ORDER.index(EntryStatus(entry.status))
    near = [ORDER[place] for place in (here + 1, here - 1) if 0 <= place < len(ORDER)]
    return [{"status": status, "refusal": refusal_of(entry, status, note="ja")} for status in near]


@login_required
@require_POST
def entry_move(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Put an item on another day, at another status, or both; dragging and the form say the same."""
    entry = edited(request, uid)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies een dag die bestaat."))
        return back(request, entry)
    try:
        with transaction.atomic():
            done = _move(entry, form, request.user)
    except StaleEditError as stale:
        messages.warning(request, _moved_by_another(entry, stale))
    except ValidationError as refusal:
        messages.warning(request, f"{entry.title}: {' '.join(refusal.messages)}")
    else:
        messages.success(request, done)
    return back(request, entry)


def _move(entry: CalendarEntry, form: MoveForm, by: Any) -> str:
    day, status = form.new_day, form.cleaned_data["status"]
    if day:
        entry = move_entry(entry, day=day, seen=form.cleaned_data["seen"], by=by)
    if status and status != entry.status:
        if not plans(by):
            raise Http404
        entry = step_entry(entry, status=status, note=form.cleaned_data["note"], by=by)
    words = {
        "title": entry.title,
        "moment": Card(item_of(entry), "", *_days(entry)).moment,
        "status": entry.get_status_display(),
    }
    return _("“%(title)s” staat nu op %(moment)s, status: %(status)s.") % words


def _days(entry: CalendarEntry) -> tuple[Any, Any]:
    day = local_day(item_of(entry).starts)
    return day, day


def _moved_by_another(entry: CalendarEntry, stale: StaleEditError) -> str:
    current = CalendarEntry(title=entry.title, starts_at=stale.current["starts_at"], is_all_day=True, uid=entry.uid)
    current.time_zone = entry.time_zone
    words = {"title": entry.title, "moment": Card(item_of(current), "", *_days(current)).moment}
    return _("Iemand anders verplaatste “%(title)s” intussen naar %(moment)s. Uw verplaatsing is niet gedaan.") % words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_remove(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Ask, and then take an item out of the calendar."""
    entry = edited(request, uid)
    if request.method == "POST":
        remove_entry(entry, by=request.user)
        messages.success(request, _("“%(title)s” is weggehaald.") % {"title": entry.title})
        return redirect("calendar_agenda")
    return render(request, "planning/entry_remove.html", {"entry": entry})


@login_required
@require_POST
def entry_comment(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Say something about an item."""
    entry = seen(request, uid)
    if not reads_plans(request.user):
        raise Http404
    form = CommentForm(request.POST, people=mentionable(entry))

    def act() -> None:
        add_comment(entry, text=form.cleaned_data["text"], chosen=form.cleaned_data["mentions"], by=request.user)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Uw opmerking staat erbij."))
        return redirect(f"{entry.get_absolute_url()}#opmerkingen")
    return _detail(request, entry, form)


@login_required
@require_safe
def entry_history(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Show who changed what, when."""
    entry = seen(request, uid)
    if not reads_plans(request.user):
        raise Http404
    lines = history_of(entry, [(EntryComment, "entry")])
    return render(request, "planning/entry_history.html", {"entry": entry, "lines": lines})
