"""App configuration of the search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cwn.core.searchable import Facet, FacetOption, register_facet, searchables


def kind_options() -> list[FacetOption]:
    """Return the kinds of things that can be found, as values of the facet `soort`."""
    options = []
    for searchable in searchables().values():
        with override("en"):
            english = str(searchable.label_plural).capitalize()
        with override("nl"):
            options.append(FacetOption(searchable.slug, str(searchable.label_plural).capitalize(), english))
    return options


class SearchConfig(AppConfig):
    """The search core; the kind of a document is the one facet that it brings itself."""

    name = "cwn.search"
    label = "search"
    verbose_name = "zoeken"

    def ready(self) -> None:
        register_facet(Facet("soort", _("Soort"), kind_options, order=10))
