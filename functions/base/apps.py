"""App configuration of what every function has."""

from django.apps import AppConfig


class FunctionsBaseConfig(AppConfig):
    """The ground under the five functions."""

    name = "functions.base"
    label = "base"
    verbose_name = "functies"

    def ready(self) -> None:
        """Tell the communication desk below when a function is warm."""
        from comms.checking import warm_source
        from functions.base.phases import is_warm

        warm_source(is_warm)
