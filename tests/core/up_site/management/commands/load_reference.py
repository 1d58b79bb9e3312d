"""Load what everybody shares: nothing, here."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Do nothing."""

    def handle(self, **_: object) -> None:
        """Have nothing to load."""
