"""App configuration of the outbox."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The outbox and the clock."""

    name = "cwn.delivery"
    verbose_name = "verzending"

    def ready(self) -> None:
        from cwn.delivery import providers  # noqa: F401  hears what providers report
