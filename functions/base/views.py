"""The pages of the five functions (R40, R47, R48)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cwn.core.enums import CwnFunction
from functions.base.models import FunctionCharter
from partners.enums import ParticipationDegree, PartnerStatus
from partners.models import Initiative, Participation

#: Partners and initiatives on the page of a function; the lists with filters have them all.
MOST_SHOWN = 24


@require_safe
def function_list(request: HttpRequest) -> HttpResponse:
    """List the five functions, each with its charter in short."""
    return render(request, "functions/function_list.html", {"charters": FunctionCharter.objects.all()})


@require_safe
def function_detail(request: HttpRequest, function: str) -> HttpResponse:
    """Show what a function does, for whom, on what conditions, and who takes part."""
    if function not in CwnFunction.values:
        raise Http404
    charter = get_object_or_404(FunctionCharter.objects.prefetch_related("conditions"), function=function)
    partners = (
        Participation.objects.visible_to(request.user)
        .current()
        .agreed()
        .filter(function=function, organisation__status=PartnerStatus.PARTNER)
        .select_related("organisation")
        .order_by("organisation__name")
    )
    context = {
        "charter": charter,
        "partners": partners[:MOST_SHOWN],
        "initiatives": Initiative.objects.visible_to(request.user).filter(functions__contains=[function])[:MOST_SHOWN],
        "degrees": ParticipationDegree.labels,
    }
    return render(request, "functions/function_detail.html", context)
