"""The landing page and the list pages: one search, five forms (R1–R12)."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from cwn.core.audit import record
from cwn.portal.addresses import ListAddress
from cwn.portal.list_formats import as_atom, as_csv, as_json, restricted
from cwn.portal.overview import overview
from cwn.portal.page_cache import asks_for_fragment, kept_for_visitors
from cwn.search.missed import note_missed_query
from cwn.search.queries import SORTS, InvalidPageError, SearchPage, search
from cwn.search.results import Result

#: Results in an export or a feed; whoever wants more asks with a filter.
EXPORT_SIZE = 5_000
FEED_SIZE = 50

TITLES = {
    "": (pgettext_lazy("menu", "Overzicht"), gettext_lazy("Vind wie u helpt bij digitale dreiging")),
    "organisation": (gettext_lazy("Organisaties"), gettext_lazy("Organisaties in en rond het netwerk")),
    "publication": (gettext_lazy("Informatie"), gettext_lazy("Informatie van en voor het netwerk")),
    "initiative": (gettext_lazy("Initiatieven"), gettext_lazy("Initiatieven en samenwerkingsverbanden")),
}


@require_safe
@transaction.non_atomic_requests
@vary_on_headers("HX-Request")
@kept_for_visitors
def result_list(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Show what can be found: everything on `/`, one kind on the pages of that kind."""
    page = _search_or_404(request, kind)
    if page.request.words and not page.count and not page.request.is_filtered:
        note_missed_query(page.request.words)
    address = ListAddress.of(request.path, page.request, sort=_chosen_sort(request))
    title, heading = TITLES[kind]
    context = {"title": title, "heading": heading, "kind": kind, **overview(page, address)}
    return render(request, "portal/_overview.html" if asks_for_fragment(request) else "portal/overview.html", context)


@require_safe
@transaction.non_atomic_requests
def result_data(request: HttpRequest, form: str, kind: str = "") -> HttpResponse:
    """Answer the same address as data: JSON for programs, CSV for spreadsheets, Atom for feed readers.

    Who takes restricted things along is written down before they go.
    """
    write: Callable[..., HttpResponse]
    size, write = {
        "json": (None, as_json),
        "csv": (EXPORT_SIZE, as_csv),
        "atom": (FEED_SIZE, as_atom),
    }[form]
    page = _search_or_404(request, kind, **({"page_size": size} if size else {}))
    if page.request.unknown:
        unknown = ", ".join(value for values in page.request.unknown.values() for value in values)
        return JsonResponse({"detail": _("Deze filterwaarde bestaat niet: %(value)s") % {"value": unknown}}, status=404)
    _account_for(restricted(page), form, by=request.user)
    return write(request, page, title=str(TITLES[kind][1]))


def _account_for(documents: list[Result], form: str, *, by: Any) -> None:
    """Write down who takes restricted publications along, all of them or none."""
    if documents:
        with transaction.atomic():
            for document in documents:
                record("exported", kind=document.kind, object_id=document.object_id, by=by, detail={"form": form})


def _search_or_404(request: HttpRequest, kind: str, **options: Any) -> SearchPage:
    try:
        synchronised = hasattr(request, "index_version")  # by `kept_for_visitors`, a moment ago
        return search(request.GET, user=request.user, kind=kind, synchronised=synchronised, **options)
    except InvalidPageError as problem:
        raise Http404(_("Deze pagina van de lijst bestaat niet.")) from problem


def _chosen_sort(request: HttpRequest) -> str:
    chosen = request.GET.get("sorteer", "")
    return chosen if chosen in SORTS else ""
