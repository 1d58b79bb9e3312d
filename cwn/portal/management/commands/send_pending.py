"""`manage.py send_pending`: one pass over everything that waits to be sent, without Celery."""

from typing import Any

from django.core.management.base import BaseCommand

from comms.tasks import send_notices
from cwn.accounts.tasks import warn_people
from cwn.delivery.tasks import pump, run_reminders
from cwn.portal.tasks import forward_messages, queue_alerts, send_alerts
from partners.tasks import queue_confirmations


class Command(BaseCommand):
    """Send what waits: messages of the contact form, requests to confirm, alerts, reminders, and all other mail."""

    help = "Verstuurt wat klaarstaat, in één ronde, zonder Celery. Twee rondes naast elkaar sturen niets dubbel."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one pass and say what it did."""
        self.stdout.write(f"contactberichten: {forward_messages()}")
        self.stdout.write(f"verzoeken om te bevestigen klaargezet: {queue_confirmations()}")
        queue_alerts()
        self.stdout.write(f"mails over nieuwe zoekresultaten: {send_alerts()}")
        self.stdout.write(f"berichten over publicaties: {send_notices()}")
        self.stdout.write(f"waarschuwingen over een account: {warn_people()}")
        self.stdout.write(f"herinneringen: {run_reminders()}")
        self.stdout.write(f"mails uit de verzending: {pump()}")
