"""Load a fictional network of one person."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Add one person at every call, so that a second call shows."""

    def handle(self, **_: object) -> None:
        """Add the person."""
        people = get_user_model().objects
        people.create_user(f"mem{people.count()}", "mem@demo.example")
