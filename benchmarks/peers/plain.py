"""The list in plain Django: a filter set of django-filter, the ORM and a template."""

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from peers.facets import listing
from peers.models import Item


class ItemFilter(django_filters.FilterSet):
    """Words in full text; the facets are filtered where they are counted."""

    q = django_filters.CharFilter(method="with_words")

    class Meta:
        model = Item
        fields: list[str] = []

    def with_words(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """Keep the rows that have every word."""
        return rows.filter(words=SearchQuery(words, config="dutch"))


def item_list(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Show the list with its filters."""
    rows = ItemFilter(request.GET, queryset=Item.objects.all()).qs
    if kind:
        rows = rows.filter(soort__slug=kind)
    return render(request, "peers/listing.html", listing(request, rows))


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing, to know what the server costs."""
    return HttpResponse("")
