"""What the worker does with batches: short runs, so that a killed one loses next to nothing (G01)."""

import time

from celery import shared_task
from django.utils import timezone

from comms.cobranding.actions import batches

#: Seconds after which a run ends by itself, well below the time limit of a task.
LONGEST_RUN = 45


@shared_task
def make_batches(most: int = 200) -> int:
    """Make the files of partners that wait, pack what is complete, and return how many partners were made."""
    made, end = 0, time.monotonic() + LONGEST_RUN
    while made < most and time.monotonic() < end and batches.make_next_part():
        made += 1
    batches.finish_batches()
    return made


@shared_task
def forget_batches() -> int:
    """Delete the files of batches that expired and return how many."""
    return batches.forget_batches(timezone.now())
