"""What happens to accounts: opening one, granting and withdrawing roles."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from cwn.accounts.addresses import normal_address
from cwn.accounts.models import User
from cwn.accounts.roles import Role


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None) -> User:
    """Make an account of which the address is known to be its owner's.

    Without a password the owner chooses one through "Wachtwoord vergeten".
    """
    user = User.objects.create_user(email=normal_address(email), name=name, password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def grant_role(user: User, role: Role, *, by: User | None) -> User:
    """Give somebody a group role; `by` is nobody when it is done on the command line (docs/howto/first-coordinator.md)."""
    user.groups.add(Group.objects.get(name=role.slug))
    return user


@transaction.atomic
def withdraw_role(user: User, role: Role, *, by: User | None) -> User:
    """Take a group role from somebody; it holds from the next request."""
    user.groups.remove(Group.objects.get(name=role.slug))
    return user
