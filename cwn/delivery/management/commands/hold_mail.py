"""`manage.py hold_mail`: let nothing leave, such as before a backup is put back; `--release` ends it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cwn.delivery.actions.holding import hold_mail, release_mail


class Command(BaseCommand):
    """Hold all mail, or release it."""

    help = "Houdt alle mail en herinneringen vast; met --release gaat nieuwe mail weer weg."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let it be ended as well."""
        parser.add_argument("--release", action="store_true", help="weer vrijgeven")
        parser.add_argument("--reason", default="Vastgehouden door de beheerder.", help="waarom, voor wie het ziet")

    def handle(self, *args: Any, release: bool, reason: str, **options: Any) -> None:
        """Do it and say so."""
        if release:
            release_mail()
            self.stdout.write("Nieuwe mail gaat weer weg. Beslis op /verzending/ over elke gepauzeerde mailing.")
        else:
            hold_mail(reason=reason)
            self.stdout.write("Alle mail wordt vastgehouden.")
