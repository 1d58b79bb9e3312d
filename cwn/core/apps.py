"""App configuration of the core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The core."""

    name = "cwn.core"
    label = "core"
    verbose_name = "kern"
