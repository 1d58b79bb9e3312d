"""What the rules see in the calendar, in plain words (R87)."""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comms.planning.actions.findings import accept_finding, take_back
from comms.planning.forms.year_plan import AcceptFindingForm
from comms.planning.models import AcceptedFinding, plans, reads_plans
from comms.planning.rules import ShownFinding, findings_for
from comms.planning.views.access import desk_page
from cwn.accounts.http import AccountRequest

#: Days before and after today at which the page looks.
DAYS_BACK, DAYS_AHEAD = 30, 365


@login_required
@require_safe
def finding_list(request: AccountRequest) -> HttpResponse:
    """Show what the rules find around now, per rule, and what was accepted."""
    if not reads_plans(request.user):
        raise Http404
    return _render(request, AcceptFindingForm())


@require_POST
@desk_page
def finding_accept(request: AccountRequest) -> HttpResponse:
    """Let a finding be, with the reason; only one that this reader sees now."""
    code, _colon, key = request.POST.get("bevinding", "").partition(":")
    shown = next((one for one in _found(request) if one.rule.code == code and one.finding.key == key), None)
    if shown is None:
        messages.warning(request, _("Deze bevinding is er niet meer."))
        return redirect("finding_list")
    form = AcceptFindingForm(request.POST)
    if not form.is_valid():
        return _render(request, form, about=shown.finding.key)
    accept_finding(shown.rule, key=key, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Vastgelegd. De bevinding telt niet meer mee."))
    return redirect("finding_list")


@require_POST
@desk_page
def finding_take_back(request: AccountRequest, pk: int) -> HttpResponse:
    """Let the rule speak again about something that was accepted."""
    take_back(get_object_or_404(AcceptedFinding, pk=pk), by=request.user)
    messages.success(request, _("Teruggenomen. De bevinding telt weer mee."))
    return redirect("finding_list")


def _found(request: AccountRequest) -> list[ShownFinding]:
    today = timezone.localdate()
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    return findings_for(request.user, first, last, with_accepted=True)


def _render(request: AccountRequest, form: AcceptFindingForm, about: str = "") -> HttpResponse:
    found = sorted(_found(request), key=lambda one: (one.rule.order, one.rule.code, one.finding.first))
    waiting = [one for one in found if one.accepted is None]
    context = {
        "groups": [(rule, list(rows)) for rule, rows in groupby(waiting, key=lambda one: one.rule)],
        "number": len(waiting),
        "accepted": [one for one in found if one.accepted is not None],
        "form": form,
        "about": about,
        "may_accept": plans(request.user),
    }
    return render(request, "planning/finding_list.html", context, status=400 if form.errors else 200)
