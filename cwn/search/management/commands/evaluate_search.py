"""`manage.py evaluate_search FILE`: how well the search finds, as one JSON object."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cwn.search.evaluation import evaluate_search


class Command(BaseCommand):
    """Run the questions of a judged set through the portal's own search."""

    help = "Meet vindbaarheid en snelheid met een set beoordeelde zoekvragen; verandert niets in de database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the path of the set."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Print the report."""
        try:
            judged_set = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise CommandError(f"Het bestand {file} kan niet worden gelezen: {problem}") from problem
        self.stdout.write(json.dumps(evaluate_search(judged_set), ensure_ascii=False))
