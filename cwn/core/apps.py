"""App configuration of the core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The core."""

    name = "cwn.core"
    label = "core"
    verbose_name = "kern"

    def ready(self) -> None:
        from cwn.core import checks  # noqa: F401  registers itself
