"""One pass of the confirmation cycle without Celery, for operators."""

from typing import Any

from django.core.management.base import BaseCommand

from partners.tasks import ask_confirmations, queue_confirmations


class Command(BaseCommand):
    """`manage.py ask_confirmations`: suspend who stayed silent and put the mails of today in the outbox."""

    help = "Vraagt vertegenwoordigers of hun contacten nog kloppen; twee keer draaien stuurt niets dubbel."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one pass and tell what happened."""
        done = ask_confirmations()
        queued = queue_confirmations()
        self.stdout.write(f"geschorst {done['suspended']}, gevraagd {done['queued']}, klaar om te versturen {queued}")
