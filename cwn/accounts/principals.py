"""What the accounts know about a reader: the person and the roles."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cwn.core.visibility import principal_provider, role_principal, user_principal

if TYPE_CHECKING:
    from cwn.accounts.models import User


@principal_provider
def person_and_roles(user: "User") -> Iterator[str]:
    """Name the person and each group role."""
    yield user_principal(user.pk)
    for role in user.role_slugs:
        yield role_principal(role)
