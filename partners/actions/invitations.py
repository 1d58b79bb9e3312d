"""Invitations: the only way in (security.md C03; chapter 3, "Membership/invitations")."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.actions import open_account
from cwn.accounts.addresses import normal_address
from cwn.accounts.models import User
from cwn.core.mail import send_after_commit, site_address
from partners.actions.representation import refuse_unless_representing
from partners.enums import MembershipRole, PartnerStatus
from partners.models import Invitation, Membership, Organisation

#: Invitations that one organisation may send in a day, so that the portal is nobody's mail cannon.
DAILY_INVITATIONS = 25


@transaction.atomic
def invite_person(*, email: str, name: str, organisation: Organisation, role: str, by: User) -> Invitation:
    """Send somebody a way in to an organisation, as member or representative and never as more.

    An invitation that still stood for this address is withdrawn: only the newest link works. Raises
    `PermissionDenied` for who may not invite, `ValidationError` with one sentence for what cannot be done.
    """
    refuse_unless_representing(organisation.pk, by)
    if role not in MembershipRole.values:
        raise ValidationError(_("Kies lid of vertegenwoordiger."))
    email = normal_address(email)
    # The row is locked, so that two invitations at once do not pass the daily limit or both stand.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    refuse_unless_invitable(organisation, email)
    Invitation.objects.open().filter(organisation=organisation, email=email).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email, name=name, organisation=organisation, role=role, token_hash=hash_of(token), invited_by=by
    )
    send_after_commit(
        "email/invitation",
        to=email,
        context={"invitation": invitation, "invited_by": by, "url": site_address("accept_invitation", token)},
    )
    return invitation


def refuse_unless_invitable(organisation: Organisation, email: str) -> None:
    """Raise a `ValidationError` when this organisation cannot invite this address now."""
    if organisation.status != PartnerStatus.PARTNER:
        raise ValidationError(_("Deze organisatie is nu geen netwerkpartner. U kunt niemand uitnodigen."))
    if organisation.memberships.not_ended().filter(user__email=email).exists():
        raise ValidationError(_("Deze persoon is al lid van deze organisatie."))
    today = organisation.invitations.filter(sent_at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= DAILY_INVITATIONS:
        raise ValidationError(_("Uw organisatie heeft vandaag al veel mensen uitgenodigd. Probeer het morgen weer."))


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Make the link of an invitation worthless before it is used."""
    refuse_unless_representing(invitation.organisation_id, by)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise ValidationError(_("Deze uitnodiging is al gebruikt."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
    return invitation


def withdraw_invitations_of(membership: Membership) -> None:
    """Make worthless what somebody who may no longer act for an organisation has sent for it (A04)."""
    sent = Invitation.objects.open().filter(organisation=membership.organisation_id, invited_by=membership.user_id)
    sent.update(withdrawn_at=timezone.now())


def find_invitation(token: str) -> Invitation:
    """Return the invitation behind a link that can still be used, or say in one sentence why not."""
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_of(token)).first()
    )
    if invitation is None or invitation.withdrawn_at is not None:
        raise ValidationError(_("Deze uitnodiging bestaat niet of is ingetrokken. Vraag een nieuwe uitnodiging."))
    if invitation.accepted_at is not None:
        raise ValidationError(_("Deze uitnodiging is al gebruikt. U kunt inloggen."))
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        raise ValidationError(_("Deze uitnodiging is ouder dan 7 dagen. Vraag een nieuwe uitnodiging."))
    if invitation.organisation.status != PartnerStatus.PARTNER:
        raise ValidationError(
            _("De organisatie van deze uitnodiging is nu geen netwerkpartner. Neem contact met ons op.")
        )
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> Membership:
    """Make somebody with an account a member; only the owner of the invited address can."""
    invitation = _claim(token)
    if not owns_address(by, invitation.email):
        raise ValidationError(_("Deze uitnodiging is voor een ander e-mailadres. Log uit en open de link opnieuw."))
    return _join(invitation, by)


@transaction.atomic
def accept_invitation_as_newcomer(token: str, *, name: str, password: str) -> Membership:
    """Open an account for the invited address and make its owner a member.

    Whoever has the link reads that mailbox, so the address counts as verified.
    """
    invitation = _claim(token)
    if account_of(invitation.email) is not None:
        raise ValidationError(_("Dit e-mailadres heeft al een account. Log in en open de link opnieuw."))
    return _join(invitation, open_account(email=invitation.email, name=name, password=password))


def account_of(email: str) -> User | None:
    """Return the account that an address belongs to, closed ones included."""
    address = EmailAddress.objects.select_related("user").filter(email__iexact=email, verified=True).first()
    return address.user if address else User.objects.filter(email__iexact=email).first()


def owns_address(user: User, email: str) -> bool:
    """Tell whether an address is a verified one of this account."""
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


def hash_of(token: str) -> str:
    """Return what the database keeps of a token, so that a stolen backup opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def _claim(token: str) -> Invitation:
    """Lock the row of an invitation, so that two requests cannot both use it, and check it once more."""
    list(Invitation.objects.select_for_update().filter(token_hash=hash_of(token)))
    return find_invitation(token)


def _join(invitation: Invitation, user: User) -> Membership:
    if Membership.objects.filter(user=user, organisation=invitation.organisation).not_ended().exists():
        raise ValidationError(_("U bent al lid van deze organisatie."))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return Membership.objects.create(user=user, organisation=invitation.organisation, role=invitation.role)
