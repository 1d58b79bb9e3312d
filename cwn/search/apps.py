"""App configuration of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search core."""

    name = "cwn.search"
    label = "search"
    verbose_name = "zoeken"
