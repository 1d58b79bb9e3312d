"""App configuration of the admin; apart from the core's own, so that Django has one candidate in each file."""

from django.contrib.admin.apps import AdminConfig


class CwnAdminConfig(AdminConfig):
    """Django's admin, served by the portal's own admin site."""

    default_site = "cwn.core.admin_site.CwnAdminSite"

    def ready(self) -> None:
        """Find the admin of every app, and that of the core's own tables."""
        super().ready()
        from cwn.core import audit_admin  # noqa: F401  registers itself
