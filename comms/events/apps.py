"""App configuration of events and who comes."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The communication desk: events and who comes."""

    name = "comms.events"
    label = "events"
    verbose_name = "bijeenkomsten"

    def ready(self) -> None:
        from comms.events import calendar, campaigns, documents, reminders, waiting  # noqa: F401  register themselves
        from comms.events.mails import register_kinds
        from comms.events.partner_mails import register_partner_kinds

        register_kinds()
        register_partner_kinds()
