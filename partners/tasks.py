"""What the registry does by the clock: ask, suspend and clear away."""

from celery import shared_task

from partners.actions.admission import purge_unconfirmed_applications
from partners.actions.confirmation import queue_notices, suspend_silent_representatives
from partners.actions.confirmation_mails import queue_confirmation_mails
from partners.actions.duplicates import compare_registry
from partners.actions.imports import forget_waiting_imports


@shared_task
def ask_confirmations() -> dict[str, int]:
    """Suspend who stayed silent, then queue the mails of today; harmless when it runs twice (H06)."""
    return {"suspended": suspend_silent_representatives(), "queued": queue_notices()}


@shared_task
def queue_confirmations() -> int:
    """Put pending requests to confirm in the outbox and return how many."""
    return queue_confirmation_mails()


@shared_task
def purge_applications() -> int:
    """Remove applications that nobody confirmed within seven days (D05), and imports that wait for a day."""
    forget_waiting_imports()
    return purge_unconfirmed_applications()


@shared_task
def seek_duplicates() -> int:
    """Propose pairs that became alike through a change; every night, and twice does no harm (R19)."""
    return compare_registry()
