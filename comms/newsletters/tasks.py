"""What runs by the clock: counting readers, and looking whether links outside the portal work."""

from celery import shared_task

from comms.newsletters.actions.counting import count_readers as _count_readers
from comms.newsletters.actions.link_checking import check_links as _check_links


@shared_task
def count_readers() -> int:
    """Count opens and clicks that have settled."""
    return _count_readers()


@shared_task
def check_links() -> int:
    """Look at the addresses that somebody asked about."""
    return _check_links()
