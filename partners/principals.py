"""What the registry knows about a reader: the active partners of which somebody is a member."""

from collections.abc import Iterator
from typing import Any

from cwn.core.visibility import MEMBERS, organisation_principal, principal_provider, representation_principal
from partners.enums import PartnerStatus


@principal_provider
def memberships(user: Any) -> Iterator[str]:
    """Name each active partner of the reader; membership of a suspended one gives nothing (A04)."""
    for membership in user.current_memberships:
        if membership.organisation_status == PartnerStatus.PARTNER:
            yield MEMBERS
            yield organisation_principal(membership.organisation_id)
            if membership.is_representative:
                yield representation_principal(membership.organisation_id)
