"""Suggestions while typing: titles and words of what this reader may see, nothing else (security.md A11)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from cwn.core.searchable import searchables
from cwn.portal.addresses import localised
from cwn.search.suggesting import suggest


@require_safe
@transaction.non_atomic_requests
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return at most eight suggestions for what was typed so far."""
    kinds = searchables()
    items = [
        {"label": one.label, "kind": str(kinds[one.kind].label) if one.kind else "", "url": localised(one.url)}
        if one.url
        else {"label": one.label}
        for one in suggest(request.GET.get("q", ""), user=request.user)
    ]
    return JsonResponse({"suggestions": items})
