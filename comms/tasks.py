"""What the clock does with publications; each job asks the rows themselves what is due, so none runs twice (H06)."""

from celery import shared_task
from django.utils import timezone

from comms.actions import clock, issuing


@shared_task
def publish_due() -> int:
    """Issue what was scheduled until now and return how many."""
    return issuing.publish_due(timezone.now())


@shared_task
def open_to_public() -> int:
    """Open to everybody what was for partners first and return how many."""
    return clock.open_to_public(timezone.now())


@shared_task
def expire_overdue() -> int:
    """Let expire what was valid until yesterday, by the calendar of Amsterdam, and return how many."""
    return issuing.expire_overdue(timezone.localdate())


@shared_task
def ask_second_look() -> int:
    """Ask owners to look at label and content again and return how many people."""
    return clock.ask_second_look(timezone.localdate())
