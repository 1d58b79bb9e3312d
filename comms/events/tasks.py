"""What events do by the clock, besides reminders."""

from celery import shared_task

from comms.events.actions.attending import forget_what_is_no_longer_needed


@shared_task
def forget_needs() -> None:
    """Forget wishes of past events and guests who never confirmed; a second run finds nothing."""
    forget_what_is_no_longer_needed()
