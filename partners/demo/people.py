"""Making the accounts of cwn/accounts/demo_people.py, second factor included."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from cwn.accounts.demo_people import DEMO_PEOPLE, DemoPerson
from cwn.accounts.models import User
from cwn.accounts.roles import synchronise_roles
from partners.enums import MembershipRole
from partners.models import Membership, Organisation


@transaction.atomic
def make_people() -> list[User]:
    """Make or repair one account per principal of security.md chapter 3, with the password of this demo."""
    synchronise_roles()
    password = _password()
    return [_make_person(person, password) for person in DEMO_PEOPLE]


def _password() -> str:
    """Return the hash that the accounts have, or one for all of them when the password changed."""
    present = User.objects.filter(email=DEMO_PEOPLE[0].email).values_list("password", flat=True).first()
    if present and check_password(settings.DEMO_PASSWORD, present):
        return present
    return make_password(settings.DEMO_PASSWORD)


def _make_person(person: DemoPerson, password: str) -> User:
    user, _created = User.objects.update_or_create(
        email=person.email,
        defaults={"name": person.name, "password": password, "is_active": True, "is_fictional": True},
    )
    EmailAddress.objects.update_or_create(
        user=user, defaults={"email": person.email, "verified": True, "primary": True}
    )
    user.groups.set(Group.objects.filter(name=person.role.slug) if person.role else [])
    _give_second_factor(user, person)
    if person.organisation:
        _make_member(user, person)
    return user


def _give_second_factor(user: User, person: DemoPerson) -> None:
    factors = Authenticator.objects.filter(user=user)
    if not person.has_second_factor:
        factors.delete()
        return
    secret = {"secret": encrypt(settings.DEMO_TOTP_SECRET)}
    Authenticator.objects.update_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": secret})


def _make_member(user: User, person: DemoPerson) -> None:
    organisation = Organisation.objects.get(slug=person.organisation)
    if Membership.objects.filter(user=user, organisation=organisation).exists():
        return
    Membership.objects.create(
        user=user,
        organisation=organisation,
        role=MembershipRole.REPRESENTATIVE if person.represents else MembershipRole.MEMBER,
        ended_at=timezone.now() if person.has_left else None,
    )
