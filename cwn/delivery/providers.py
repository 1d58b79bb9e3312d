"""Reports of mail providers, which django-anymail brings into one shape: bounces and complaints."""

import re
from typing import Any
from uuid import UUID

from anymail.signals import EventType, tracking
from django.dispatch import receiver

from cwn.core.guard import as_the_portal
from cwn.delivery.actions.bouncing import report_bounce
from cwn.delivery.enums import SuppressionReason
from cwn.delivery.models import Delivery

#: What our Message-ID looks like, wherever a provider put it.
_TOKEN = re.compile(r"\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@")
_REASONS = {
    EventType.BOUNCED: (SuppressionReason.BOUNCED, True),
    EventType.REJECTED: (SuppressionReason.BOUNCED, True),
    EventType.DEFERRED: (SuppressionReason.BOUNCED, False),
    EventType.COMPLAINED: (SuppressionReason.COMPLAINED, True),
}


@receiver(tracking, dispatch_uid="cwn.delivery.providers")
def hear_provider(sender: Any, event: Any, esp_name: str, **_rest: Any) -> None:
    """Keep what a provider reports; an event about a mail that is not ours is nothing to us.

    Opens and clicks are not asked of a provider: those are counted here, only of who agreed.
    """
    if event.event_type not in _REASONS:
        return
    with as_the_portal():
        delivery = _delivery(f"{event.message_id} {event.esp_event}", str(event.recipient or ""))
        if delivery is not None:
            _keep(delivery, event, source=str(esp_name).lower()[:40])


def _keep(delivery: Delivery, event: Any, *, source: str) -> None:
    reason, is_final = _REASONS[event.event_type]
    report_bounce(
        delivery,
        reason=reason,
        is_final=is_final,
        source=source,
        event_key=str(event.event_id or f"{event.event_type}:{delivery.pk}"),
        explanation=str(event.description or event.mta_response or ""),
    )


def _delivery(words: str, recipient: str) -> Delivery | None:
    """Return the delivery of which the token stands in an event, if it went to the recipient that it names."""
    tokens = {UUID(token) for token in _TOKEN.findall(words[:100_000])}
    found = Delivery.objects.select_related("mailing").filter(token__in=tokens)
    if recipient:
        found = found.filter(address__iexact=recipient)
    return found.first()
