"""The way to the first coordinator, and to every group role: `manage.py grant_role coby@ncsc.example coordinator`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cwn.accounts.actions import grant_role, open_account, withdraw_role
from cwn.accounts.addresses import normal_address
from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES


class Command(BaseCommand):
    """Give or take a group role; nobody can do that on the site (security.md C12)."""

    help = "Geef iemand een rol, of neem die terug. Met --name maakt u ook het account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person, the role and the reason."""
        parser.add_argument("email", type=normal_address)
        parser.add_argument("role", choices=[role.slug for role in GROUP_ROLES])
        parser.add_argument("--reason", required=True, help="Wie hiertoe besloot en waarom; komt in de historie.")
        parser.add_argument("--name", help="Naam, als deze persoon nog geen account heeft.")
        parser.add_argument("--withdraw", action="store_true", help="Neem de rol terug.")

    def handle(self, *, email: str, role: str, reason: str, name: str | None, withdraw: bool, **options: Any) -> None:
        """Change the role and say what happened."""
        user = User.objects.filter(email=email).first()
        if user is None and (withdraw or not name):
            raise CommandError(f"Er is geen account voor {email}. Geef --name om het te maken.")
        if user is None:
            user = open_account(email=email, name=str(name), password=None)
            self.stdout.write(f"Account gemaakt voor {email}. Kies een wachtwoord via 'Wachtwoord vergeten'.")
        chosen = next(known for known in GROUP_ROLES if known.slug == role)
        change = withdraw_role if withdraw else grant_role
        change(user, chosen, reason=reason, by=None)
        self.stdout.write(f"{email} heeft de rol {chosen.label} {'niet meer' if withdraw else 'nu'}.")
