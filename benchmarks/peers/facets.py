"""What both lists do with their rows: filter, count each facet with the others applied, and take one page."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest

FACETS = ("soort", "regio", "sector", "branche", "rol", "functie", "doelgroep", "thema", "fase", "pps", "status")


def listing(request: HttpRequest, rows: QuerySet) -> dict[str, Any]:
    """Return the context of the template."""
    chosen = {facet: request.GET.getlist(facet) for facet in FACETS if request.GET.getlist(facet)}
    order = ("title", "pk") if request.GET.get("sorteer") == "naam" else ("-date", "-pk")
    found = filtered(rows, chosen).order_by(*order)
    page = Paginator(found.prefetch_related("soort", "regio", "sector", "functie", "status"), 25)
    return {
        "rows": page.get_page(request.GET.get("pagina", 1)),
        "count": page.count,
        "filters": filters(rows, chosen),
        "chosen": chosen,
        "words": request.GET.get("q", ""),
    }


def filtered(rows: QuerySet, chosen: dict[str, list[str]], without: str = "") -> QuerySet:
    """Apply the filters: within a facet any value, between facets all."""
    for facet, slugs in chosen.items():
        if facet != without:
            through = rows.model._meta.get_field(facet).remote_field.through
            source = rows.model._meta.get_field(facet).m2m_column_name()
            matching = through.objects.filter(value__facet=facet, value__slug__in=slugs).values(source)
            rows = rows.filter(pk__in=matching)
    return rows


def filters(rows: QuerySet, chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Count every value of every facet with one query per facet."""
    from peers.models import Value

    labels: dict[str, list[Value]] = {}
    for value in Value.objects.all():
        labels.setdefault(value.facet, []).append(value)
    groups = []
    for facet in FACETS:
        field = rows.model._meta.get_field(facet)
        matching = filtered(rows, chosen, without=facet).order_by().values("pk")
        counted = field.remote_field.through.objects.filter(**{f"{field.m2m_column_name()}__in": matching})
        counts = dict(counted.values_list("value_id").annotate(Count("id")))
        options = [(value, counts.get(value.pk, 0), value.slug in chosen.get(facet, ())) for value in labels[facet]]
        groups.append({"name": facet, "options": options})
    return groups
