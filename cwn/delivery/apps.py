"""App configuration of the outbox."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The outbox and the clock."""

    name = "cwn.delivery"
    verbose_name = "verzending"

    def ready(self) -> None:
        from cwn.delivery import (  # noqa: F401  register themselves
            providers,
            waiting,
        )
