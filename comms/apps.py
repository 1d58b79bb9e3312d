"""App configuration of the communication desk."""

from django.apps import AppConfig


class CommsConfig(AppConfig):
    """The communication desk."""

    name = "comms"
    verbose_name = "communicatie"
