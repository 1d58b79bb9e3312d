"""App configuration of the communication desk."""

from django.apps import AppConfig


class CommsConfig(AppConfig):
    """The communication desk."""

    name = "comms"
    verbose_name = "communicatie"

    def ready(self) -> None:
        from comms import documents, reminders, waiting  # noqa: F401  register themselves
