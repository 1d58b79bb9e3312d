"""The pages of the five functions (R40–R50, R72, R145)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cwn.core.enums import CwnFunction, IncidentPhase
from functions.base.actions import coordinates
from functions.base.changes import changes_of, last_change
from functions.base.ground import (
    board_of,
    channels_of,
    degrees_by_phase,
    flow_of,
    participations_in,
    publications_of,
    sees_every_channel,
)
from functions.base.models import FunctionCharter
from functions.base.phases import periods_of, phases_for
from partners.enums import ParticipationDegree
from partners.models import Initiative

#: Partners and initiatives on the page of a function; the lists with filters have them all.
MOST_SHOWN = 24
#: Periods that the page of a function tells; coordinators find the others on the page about the phase.
MOST_PERIODS = 5


@require_safe
def function_list(request: HttpRequest) -> HttpResponse:
    """List the five functions, each with its charter in short and the raised phases that concern the reader."""
    context = {"charters": FunctionCharter.objects.all(), "phases": phases_for(request.user)}
    return render(request, "functions/function_list.html", context)


@require_safe
def function_detail(request: HttpRequest, function: str) -> HttpResponse:
    """Show what a function does, for whom, on what conditions, who takes part, and how they work together."""
    charter = charter_or_404(function, "conditions", "goals")
    participations = participations_in(function, request.user)
    context = {
        "charter": charter,
        "changed_on": last_change(charter),
        "periods": periods_of(charter.function, request.user)[:MOST_PERIODS],
        "coordinates": coordinates(request.user),
        "phases": IncidentPhase.labels,
        "degrees": ParticipationDegree.labels,
        "participation": degrees_by_phase(participations),
        "partners": participations.select_related("organisation").order_by("organisation__name")[:MOST_SHOWN],
        "flow": flow_of(function),
        "channels": channels_of(function, request.user),
        "sees_channels": sees_every_channel(request.user),
        "board": board_of(function, request.user),
        "publications": publications_of(function, request.user),
        "initiatives": Initiative.objects.visible_to(request.user).filter(functions__contains=[function])[:MOST_SHOWN],
    }
    return render(request, "functions/function_detail.html", context)


@require_safe
def function_changes(request: HttpRequest, function: str) -> HttpResponse:
    """Tell what changed in the agreements on a function, day by day (R47)."""
    charter = charter_or_404(function)
    return render(request, "functions/function_changes.html", {"charter": charter, "days": changes_of(charter)})


def charter_or_404(function: str, *parts: str) -> FunctionCharter:
    """Return the charter of one of the five functions, with parts of it fetched along."""
    if function not in CwnFunction.values:
        raise Http404
    return get_object_or_404(FunctionCharter.objects.prefetch_related(*parts), function=function)
