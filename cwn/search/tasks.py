"""What the search does by the clock."""

from celery import shared_task

from cwn.search.indexing import BATCH, refresh_stale, trim_journal
from cwn.search.missed import forget_old_queries

#: Journal lines are kept twice as long as a process may go without reading them.
KEEP_HOURS = 24


@shared_task
def refresh_search() -> None:
    """Make the rest of a large change findable; readers do the first few hundred themselves."""
    while refresh_stale() >= BATCH:
        pass


@shared_task(name="cwn.search.tasks.trim_journal")
def trim() -> None:
    """Forget journal lines that every process has read, and questions of long ago."""
    trim_journal(keep_hours=KEEP_HOURS)
    forget_old_queries()
