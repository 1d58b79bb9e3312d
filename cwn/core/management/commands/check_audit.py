"""`manage.py check_audit`: tell whether nobody changed the log book behind the back of the portal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cwn.core.audit import broken_lines, head, is_chained


class Command(BaseCommand):
    """Verify the chain of the audit log, and print its head."""

    help = (
        "Controleert het logboek en toont de laatste schakel. Bewaar die ergens anders: zo vindt u een afgekapt eind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head that was kept elsewhere."""
        parser.add_argument("--head", default="", help="een eerder getoonde schakel, zoals 812:5c1f…")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say the first broken line, or the head."""
        try:
            problem = next(broken_lines(options["head"]), "")
        except ValueError:
            raise CommandError("--head is a number, a colon and a digest") from None
        if problem:
            raise CommandError(problem)
        if not is_chained():
            raise CommandError("a trigger of the audit log is missing or switched off")
        self.stdout.write(head())
