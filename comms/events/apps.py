"""App configuration of events and who comes."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The communication desk: events and who comes."""

    name = "comms.events"
    label = "events"
    verbose_name = "bijeenkomsten"
