"""`manage.py rebuild_search`: make all search documents anew."""

from typing import Any

from django.core.management.base import BaseCommand

from cwn.search.indexing import rebuild


class Command(BaseCommand):
    """Make all search documents anew, after a change of the text analysis."""

    help = "Maakt alle zoekdocumenten opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many documents there are."""
        self.stdout.write(f"{rebuild()} zoekdocumenten gemaakt.")
