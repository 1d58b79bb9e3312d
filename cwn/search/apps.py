"""App configuration of the search."""

from dataclasses import replace

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cwn.core.searchable import Facet, FacetOption, in_both_languages, register_facet, searchables


def kind_options() -> list[FacetOption]:
    """Return the kinds of things that can be found, as values of the facet `soort`; those with finer kinds last."""
    options: list[FacetOption] = []
    divided: list[FacetOption] = []
    for searchable in searchables().values():
        label = in_both_languages(searchable.label_plural)
        option = FacetOption(searchable.slug, label["nl"].capitalize(), label["en"].capitalize())
        finer = [replace(one, parent=searchable.slug) for one in searchable.kinds()]
        (divided if finer else options).extend([option, *finer])
    return options + divided


class SearchConfig(AppConfig):
    """The search core; the kind of a document is the one facet that it brings itself."""

    name = "cwn.search"
    label = "search"
    verbose_name = "zoeken"

    def ready(self) -> None:
        register_facet(Facet("soort", _("Soort"), kind_options, order=10))
