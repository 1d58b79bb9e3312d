"""The list in plain Django: a filter set of django-filter, the ORM and a template."""

from typing import Any

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from peers.facets import FACETS
from peers.models import Item, Value


def choice(facet: str) -> django_filters.ModelMultipleChoiceFilter:
    """Return the filter of a facet, as the documentation of django-filter has it."""
    return django_filters.ModelMultipleChoiceFilter(
        field_name=f"{facet}__slug", to_field_name="slug", queryset=Value.objects.filter(facet=facet)
    )


class ItemFilter(django_filters.FilterSet):
    """Words in full text, and several values of each facet."""

    q = django_filters.CharFilter(method="with_words")
    soort, regio, sector, branche = choice("soort"), choice("regio"), choice("sector"), choice("branche")
    rol, functie, pps, status = choice("rol"), choice("functie"), choice("pps"), choice("status")
    doelgroep, thema, fase = choice("doelgroep"), choice("thema"), choice("fase")

    class Meta:
        model = Item
        fields: list[str] = []

    def with_words(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """Keep the rows that have every word."""
        return rows.filter(words=SearchQuery(words, config="dutch"))


def item_list(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Show the list with its filters."""
    rows = Item.objects.filter(is_public=True)
    if kind:
        rows = rows.filter(soort__slug=kind)
    order = ("title", "pk") if request.GET.get("sorteer") == "naam" else ("-date", "-pk")
    found = ItemFilter(request.GET, queryset=rows).qs.order_by(*order)
    page = Paginator(found.prefetch_related("soort", "regio", "sector", "functie", "status"), 25)
    context = {
        "rows": page.get_page(request.GET.get("pagina", 1)),
        "count": page.count,
        "filters": [counted(request, rows, facet) for facet in FACETS],
        "words": request.GET.get("q", ""),
    }
    return render(request, "peers/listing.html", context)


def counted(request: HttpRequest, rows: QuerySet, facet: str) -> dict[str, Any]:
    """Count the values of a facet with the other filters applied: a query per facet."""
    others = request.GET.copy()
    chosen = others.pop(facet, [])
    matching = ItemFilter(others, queryset=rows).qs.order_by()
    counts = dict(matching.values_list(f"{facet}__slug").annotate(Count("pk", distinct=True)))
    values = Value.objects.filter(facet=facet)
    return {"name": facet, "options": [(value, counts.get(value.slug, 0), value.slug in chosen) for value in values]}


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing, to know what the server costs."""
    return HttpResponse("")
