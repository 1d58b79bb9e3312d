"""What a representative does with the people of the own organisation (security.md chapter 3, C12)."""

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES
from partners.actions.invitations import withdraw_invitations_of
from partners.actions.representation import refuse_unless_representing
from partners.enums import MembershipRole
from partners.models import Membership, Organisation

#: Roles that run the portal; only a coordinator changes the membership of somebody who holds one.
PORTAL_ROLES = frozenset(role.slug for role in GROUP_ROLES if role.uses_admin)


@transaction.atomic
def change_member_role(membership: Membership, *, role: str, by: User) -> Membership:
    """Make a member representative or the other way round; nobody gives more than the own role."""
    membership = _claim(membership, by)
    if role not in MembershipRole.values:
        raise ValidationError(_("Kies lid of vertegenwoordiger."))
    refuse_unless_role_fits(membership, role)
    membership.role = role
    membership.save(update_fields=["role"])
    if role != MembershipRole.REPRESENTATIVE:
        withdraw_invitations_of(membership)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, reason: str = "", by: User) -> Membership:
    """End a membership; the person has no access for this organisation from the next request (A04)."""
    membership = _claim(membership, by)
    _keep_a_representative(membership)
    membership.ended_at = timezone.now()
    with pghistory.context(user=by.pk, reason=reason):
        membership.save(update_fields=["ended_at"])
        withdraw_invitations_of(membership)
    return membership


def refuse_unless_role_fits(membership: Membership, role: str) -> None:
    """Raise a `ValidationError` when this membership cannot get this role now."""
    if membership.ended_at is not None:
        raise ValidationError(_("Dit lidmaatschap is al beëindigd."))
    if role != MembershipRole.REPRESENTATIVE:
        _keep_a_representative(membership)


def _claim(membership: Membership, by: User) -> Membership:
    """Lock the organisation and the membership, so that two representatives cannot remove each other at once."""
    refuse_unless_representing(membership.organisation_id, by)
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership = Membership.objects.select_for_update(of=["self"]).select_related("user").get(pk=membership.pk)
    runs_portal = membership.user.is_superuser or membership.user.role_slugs & PORTAL_ROLES
    if runs_portal and not Organisation.objects.editable_by(by).filter(pk=membership.organisation_id).exists():
        raise PermissionDenied
    if membership.ended_at is not None:
        raise ValidationError(_("Dit lidmaatschap is al beëindigd."))
    return membership


def _keep_a_representative(membership: Membership) -> None:
    """Refuse to take the last representative away: somebody must be able to act for the organisation."""
    if membership.role != MembershipRole.REPRESENTATIVE or membership.suspended_at is not None:
        return
    others = Membership.objects.filter(organisation=membership.organisation_id).exclude(pk=membership.pk)
    if not others.current().representatives().exists():
        raise ValidationError(_("Dit is de enige vertegenwoordiger. Wijs eerst een andere vertegenwoordiger aan."))
