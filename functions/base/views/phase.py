"""The phase of a function, for coordinators: propose, look who will see it, confirm, lower (R45)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from functions.base.actions import (
    confirm_phase,
    coordinates,
    lower_phase,
    propose_phase,
    why_not_confirm,
    why_not_raise,
)
from functions.base.actions import withdraw_proposal as withdraw
from functions.base.audience import audience_of
from functions.base.forms import LowerForm, PhaseForm
from functions.base.models import FunctionCharter, FunctionPhase
from functions.base.views.public import charter_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def function_phase(request: AccountRequest, function: str) -> HttpResponse:
    """Show the phases of a function, and let a coordinator propose one: fill in, look who sees it, propose."""
    charter = for_coordinators(request, function)
    form = PhaseForm(request.POST if request.method == "POST" else None)
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = FunctionPhase(function=function, proposed_by=request.user, **form.cleaned_data)
        refusal = why_not_raise(function, preview.phase, preview.sector, preview.region)
        if not refusal and request.POST.get("step") == "propose":
            return propose(request, form, preview)
        if refusal:
            form.add_error(None, refusal)
            preview = None
    return render_phases(request, charter, form, preview)


def propose(request: AccountRequest, form: PhaseForm, preview: FunctionPhase) -> HttpResponse:
    """Make the proposal and go to its page; a refusal comes back with the form."""
    try:
        proposal = propose_phase(function=preview.function, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return render_phases(request, charter_or_404(preview.function), form, None)
    messages.success(request, _("Het voorstel is gedaan. Een andere coördinator moet het bevestigen."))
    return redirect("function_phase_period", preview.function, proposal.pk)


def render_phases(
    request: AccountRequest, charter: FunctionCharter, form: PhaseForm, preview: FunctionPhase | None
) -> HttpResponse:
    """Render what holds, what waits, what was, and the form."""
    periods = FunctionPhase.objects.visible_to(request.user).filter(function=charter.function)
    periods = periods.select_related("sector", "region", "proposed_by", "confirmed_by")
    context = {
        "charter": charter,
        "form": form,
        "preview": preview,
        "audience": audience_of(preview) if preview else None,
        "current": periods.current().order_by("began_at", "pk"),
        "proposals": periods.proposed(),
        "past": periods.exclude(ended_at=None, withdrawn_at=None)[:50],
    }
    return render(request, "functions/function_phase.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def function_phase_period(request: AccountRequest, function: str, pk: int) -> HttpResponse:
    """Show one proposal or period, whom it concerns, and what a coordinator can decide about it."""
    charter = for_coordinators(request, function)
    periods = FunctionPhase.objects.visible_to(request.user).filter(function=function)
    period = get_object_or_404(periods.select_related("sector", "region", "proposed_by", "confirmed_by"), pk=pk)
    if request.method == "POST":
        return decide(request, charter, period)
    return render_period(request, charter, period, LowerForm())


@recently_authenticated
def decide(request: AccountRequest, charter: FunctionCharter, period: FunctionPhase) -> HttpResponse:
    """Confirm or withdraw a proposal, or lower a phase; whoever decides has just shown who it is."""
    form = LowerForm(request.POST)
    try:
        match request.POST.get("decision"):
            case "confirm":
                confirm_phase(period, by=request.user)
                messages.success(request, _("De fase is begonnen. Wie het aangaat, ziet nu de melding."))
            case "withdraw":
                withdraw(period, by=request.user)
                messages.success(request, _("Het voorstel is ingetrokken."))
            case "lower" if form.is_valid():
                lower_phase(period, reason=form.cleaned_data["reason"], by=request.user)
                messages.success(request, _("De fase is verlaagd."))
            case _:
                return render_period(request, charter, period, form)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("function_phase", charter.function)


def render_period(request: AccountRequest, charter: FunctionCharter, period: FunctionPhase, form: Any) -> HttpResponse:
    """Render one proposal or period."""
    context = {
        "charter": charter,
        "period": period,
        "form": form,
        "audience": audience_of(period),
        "refusal": why_not_confirm(period, request.user) if period.is_proposal else "",
    }
    return render(request, "functions/function_phase_period.html", context)


def for_coordinators(request: AccountRequest, function: str) -> FunctionCharter:
    """Return the charter for a coordinator; 404 for everybody else."""
    if not coordinates(request.user):
        raise Http404
    return charter_or_404(function)
