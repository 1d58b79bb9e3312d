"""`manage.py send_pending`: one pass over everything that waits to be sent, without Celery."""

from typing import Any

from django.core.management.base import BaseCommand

from comms.tasks import send_notices
from cwn.accounts.tasks import warn_people
from cwn.portal.tasks import forward_messages, queue_alerts, send_alerts
from partners.tasks import send_confirmation_notices


class Command(BaseCommand):
    """Send what waits: messages of the contact form, requests to confirm, alerts, and warnings about an account."""

    help = "Verstuurt wat klaarstaat, in één ronde, zonder Celery. Twee rondes naast elkaar sturen niets dubbel."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one pass and say what it did."""
        self.stdout.write(f"contactberichten: {forward_messages()}")
        self.stdout.write(f"verzoeken om te bevestigen: {send_confirmation_notices()}")
        queue_alerts()
        self.stdout.write(f"mails over nieuwe zoekresultaten: {send_alerts()}")
        self.stdout.write(f"berichten over publicaties: {send_notices()}")
        self.stdout.write(f"waarschuwingen over een account: {warn_people()}")
