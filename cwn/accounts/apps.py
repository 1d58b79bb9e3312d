"""App configuration of the accounts."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts; after each migrate the groups follow the roles in the code."""

    name = "cwn.accounts"
    label = "accounts"
    verbose_name = "accounts"

    def ready(self) -> None:
        from cwn.accounts import principals  # noqa: F401  registers the provider

        post_migrate.connect(synchronise_roles_at_the_end)


def synchronise_roles_at_the_end(sender: AppConfig, **kwargs: Any) -> None:
    """Give the groups their permissions once the last app has made its own: roles speak of all apps."""
    from cwn.accounts.roles import synchronise_roles

    if sender is list(apps.get_app_configs())[-1]:
        synchronise_roles()
