"""`manage.py translations`: compile the texts of the other languages, or collect what must be translated."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cwn.core.translations import collect, compile_catalogue, marked_strings

FOLDERS = ("cwn", "partners", "comms", "functions", "recognition", "templates")


class Command(BaseCommand):
    """Keep the catalogues up to date."""

    help = "Zet de vertalingen klaar. Met --collect komen nieuwe teksten in de vertaalbestanden te staan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to look for new strings."""
        parser.add_argument("--collect", action="store_true", help="zoek de teksten in code en sjablonen")

    def handle(self, **options: Any) -> None:
        """Collect if asked, then compile."""
        for catalogue in sorted(
            path for place in settings.LOCALE_PATHS for path in Path(place).glob("*/LC_MESSAGES/*.po")
        ):
            if options["collect"]:
                self._collect(catalogue)
            compile_catalogue(catalogue)

    def _collect(self, catalogue: Path) -> None:
        came, went = collect(catalogue, marked_strings(settings.BASE_DIR, FOLDERS))
        self.stdout.write(f"{catalogue.parent.parent.name}: {came} nieuw, {went} vervallen")
