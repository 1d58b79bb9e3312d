"""App configuration of the portal pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The pages about everything."""

    name = "cwn.portal"
    label = "portal"
    verbose_name = "portaal"

    def ready(self) -> None:
        from cwn.portal import brand, documents, media  # noqa: F401  register themselves
