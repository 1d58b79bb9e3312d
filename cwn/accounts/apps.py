"""App configuration of the accounts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts; after each migrate the groups follow the roles in the code."""

    name = "cwn.accounts"
    label = "accounts"
    verbose_name = "accounts"

    def ready(self) -> None:
        from cwn.accounts import principals  # noqa: F401  registers the provider
        from cwn.accounts.roles import synchronise_roles

        post_migrate.connect(lambda **kwargs: synchronise_roles(), sender=self, weak=False)
