"""The same items twice: as plain rows and as Wagtail pages, with a table per facet as one usually has."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from peers.facets import listing
from wagtail.models import Page
from wagtail.search import index


class Value(models.Model):
    """One value of a facet."""

    facet = models.CharField(max_length=40)
    slug = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    order = models.IntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["facet", "slug"], name="one_value")]

    def __str__(self) -> str:
        return self.label


def values(facet: str, field: type[models.ManyToManyField]) -> models.ManyToManyField:
    """Return the field for the values of one facet."""
    return field(Value, limit_choices_to={"facet": facet}, blank=True, related_name="+")


class Item(models.Model):
    """A row of the list; the database keeps its words in an index."""

    title = models.CharField(max_length=250)
    summary = models.TextField()
    url = models.CharField(max_length=300)
    date = models.DateField(db_index=True)
    is_public = models.BooleanField(default=True, db_index=True)
    words = SearchVectorField()
    soort = values("soort", models.ManyToManyField)
    regio = values("regio", models.ManyToManyField)
    sector = values("sector", models.ManyToManyField)
    branche = values("branche", models.ManyToManyField)
    rol = values("rol", models.ManyToManyField)
    functie = values("functie", models.ManyToManyField)
    doelgroep = values("doelgroep", models.ManyToManyField)
    thema = values("thema", models.ManyToManyField)
    fase = values("fase", models.ManyToManyField)
    pps = values("pps", models.ManyToManyField)
    status = values("status", models.ManyToManyField)

    class Meta:
        indexes = [GinIndex(fields=["words"], name="item_words"), models.Index(fields=["-date", "-id"], name="newest")]

    def __str__(self) -> str:
        return self.title


class ItemPage(Page):
    """A page of the list."""

    summary = models.TextField()
    date = models.DateField(db_index=True)
    soort = values("soort", ParentalManyToManyField)
    regio = values("regio", ParentalManyToManyField)
    sector = values("sector", ParentalManyToManyField)
    branche = values("branche", ParentalManyToManyField)
    rol = values("rol", ParentalManyToManyField)
    functie = values("functie", ParentalManyToManyField)
    doelgroep = values("doelgroep", ParentalManyToManyField)
    thema = values("thema", ParentalManyToManyField)
    fase = values("fase", ParentalManyToManyField)
    pps = values("pps", ParentalManyToManyField)
    status = values("status", ParentalManyToManyField)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("date")]


class ListingPage(Page):
    """A page that lists the items, or those of one kind."""

    kind = models.CharField(max_length=40, blank=True)
    template = "peers/listing.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the results, the filters and the page of the list."""
        pages = ItemPage.objects.live()
        if self.kind:
            pages = pages.filter(soort__slug=self.kind)
        if words := request.GET.get("q", ""):
            # Facets need a queryset, and the search gives a list: the usual way is to search for primary keys.
            pages = pages.filter(pk__in=[page.pk for page in pages.only("pk").search(words, operator="and")])
        return {**super().get_context(request, *args, **kwargs), **listing(request, pages)}
