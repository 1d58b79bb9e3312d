"""App configuration of the registry."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The registry of the network."""

    name = "partners"
    verbose_name = "register"

    def ready(self) -> None:
        from partners import documents, media, principals, waiting  # noqa: F401  register themselves
        from partners.actions import confirmation_mails  # noqa: F401  as do its mails
