"""What the registry knows about a reader: the active partners of which somebody is a member."""

from collections.abc import Iterator
from typing import Any

from cwn.core.visibility import MEMBERS, organisation_principal, principal_provider
from partners.models import Membership


@principal_provider
def memberships(user: Any) -> Iterator[str]:
    """Name each active partner of the reader; membership of a suspended one gives nothing (A04)."""
    current = Membership.objects.filter(user=user).current().of_active_partners()
    for organisation_id in current.values_list("organisation_id", flat=True):
        yield MEMBERS
        yield organisation_principal(organisation_id)
