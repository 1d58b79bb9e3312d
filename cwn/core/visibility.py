"""Who is asking: the principals of a reader, in which every `visible_to(user)` is written.

A principal is a short string: "public", "members", "role:coordinator", "org:17", "user:3". A row of which
the visibility shares a principal with the reader may be read. Everybody has "public"; the apps add what
they know about a person through `principal_provider`. Nothing is kept longer than one request, because
`request.user` is a new object in each: a removed right holds from the next request (security.md A04).
"""

from collections.abc import Callable, Iterable
from typing import Any

PUBLIC = "public"
MEMBERS = "members"

PrincipalProvider = Callable[[Any], Iterable[str]]
_providers: list[PrincipalProvider] = []


def principal_provider(provider: PrincipalProvider) -> PrincipalProvider:
    """Register a function that names principals of an authenticated, trusted user."""
    _providers.append(provider)
    return provider


def principals_of(user: Any) -> frozenset[str]:
    """Return the principals of a reader; only "public" without a full log-in.

    Someone who is logged in without the second factor that the role demands, or who was made inactive,
    is a visitor for all data (security.md chapter 3: ex, sus and nomfa are anon).
    """
    if not getattr(user, "is_trusted", False):
        return frozenset({PUBLIC})
    known: frozenset[str] | None = getattr(user, "_principals", None)
    if known is None:
        known = frozenset({PUBLIC}.union(*(provider(user) for provider in _providers)))
        user._principals = known
    return known


def role_principal(role: str) -> str:
    """Return the principal of everybody who holds a role."""
    return f"role:{role}"


def organisation_principal(organisation_id: int) -> str:
    """Return the principal of the members of one organisation."""
    return f"org:{organisation_id}"


def representation_principal(organisation_id: int) -> str:
    """Return the principal of those who may act for one organisation."""
    return f"represents:{organisation_id}"


def user_principal(user_id: int) -> str:
    """Return the principal of one person."""
    return f"user:{user_id}"
