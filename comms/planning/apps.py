"""App configuration of the calendar, the year plan, campaigns and the working group."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The communication desk: the calendar, the year plan, campaigns and the working group."""

    name = "comms.planning"
    label = "planning"
    verbose_name = "planning"
