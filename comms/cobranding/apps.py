"""App configuration of message templates with the logo of a partner."""

from django.apps import AppConfig


class CobrandingConfig(AppConfig):
    """The communication desk: message templates with the logo of a partner."""

    name = "comms.cobranding"
    label = "cobranding"
    verbose_name = "templates"

    def ready(self) -> None:
        """Bring the part of the campaign page, and logos for packs."""
        from comms.cobranding import campaigns, own_logos  # noqa: F401  register themselves
