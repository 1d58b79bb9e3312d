"""One pass of the confirmation cycle without Celery, for operators."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from partners.tasks import ask_confirmations, send_confirmation_notices


class Command(BaseCommand):
    """`manage.py ask_confirmations`: suspend who stayed silent, queue today's mails and send all pending ones."""

    help = "Vraagt vertegenwoordigers of hun contacten nog kloppen; twee keer draaien stuurt niets dubbel."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one pass and tell what happened."""
        done = ask_confirmations()
        sent = send_confirmation_notices(most=sys.maxsize)
        self.stdout.write(f"geschorst {done['suspended']}, in de rij {done['queued']}, verstuurd {sent}")
