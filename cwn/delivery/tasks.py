"""What the clock does with the outbox; each job asks the rows what is due, so none runs twice (security.md H06)."""

from celery import shared_task

from cwn.delivery.actions.announcing import announce_due


@shared_task
def run_reminders() -> int:
    """Write the mails of every reminder that is due in the outbox and return how many reminders that were."""
    return announce_due()
