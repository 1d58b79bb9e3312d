"""App configuration of the calendar, the year plan, campaigns and the working group."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The communication desk: the calendar, the year plan, campaigns and the working group."""

    name = "comms.planning"
    label = "planning"
    verbose_name = "planning"

    def ready(self) -> None:
        """Make known what waits for people, which mails go out and what the clock says."""
        from comms.planning import (  # noqa: F401  register themselves
            dated,
            entry_items,
            entry_mails,
            entry_waiting,
            mail_kinds,
            reminders,
            waiting,
        )
