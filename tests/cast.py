"""The cast: one person per principal of security.md chapter 3, with a name one remembers.

Every access test uses it. What must not leak exists here as data that could: an organisation of every
status, and contacts and notes of every visibility, each with a token of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.utils import timezone

from cwn.accounts.models import User
from cwn.accounts.roles import ADMINISTRATOR, COORDINATOR, POLICY_OWNER, WORKING_GROUP, Role
from partners.enums import ContactRole, MembershipRole, PartnerStatus, VisibilityLevel
from partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import ContactFactory, MembershipFactory, OrganisationFactory

ANON = "anon"
PRINCIPALS = ("anon", "mem", "rep", "wg", "coord", "nctv", "adm", "mem-x", "mem-o", "rcp", "ex", "sus", "nomfa")
"""All but the newsletter subscriber, who has no log-in and comes with the newsletter."""


@dataclass(slots=True)
class Cast:
    """The people and their network."""

    people: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def __getitem__(self, principal: str) -> Any:
        return self.people[principal]

    def client(self, principal: str) -> Client:
        """Return a browser in which this person is logged in; Anna the visitor is not."""
        client = Client()
        if isinstance(self.people[principal], User):
            log_in(client, self.people[principal])
        return client

    def clients(self) -> Iterator[tuple[str, Client]]:
        """Yield everybody with a browser."""
        for principal in PRINCIPALS:
            yield principal, self.client(principal)


def log_in(client: Client, user: User) -> None:
    """Log somebody in as the log-in form does it: that counts as showing who one is (security.md C11)."""
    client.force_login(user)
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, method="password")
    session.save()


def make_cast() -> Cast:
    """Make everybody."""
    cast = Cast()
    for key, status in (
        ("havenring", PartnerStatus.PARTNER),  # Petra's
        ("zorgring", PartnerStatus.PARTNER),  # Xandra's, in the same group later on
        ("eilandring", PartnerStatus.PARTNER),  # Omar's
        ("geschorste-ring", PartnerStatus.SUSPENDED),
        ("prospectring", PartnerStatus.PROSPECT),
        ("kandidaatring", PartnerStatus.CANDIDATE),
        ("voormalige-ring", PartnerStatus.FORMER),
        ("geraadpleegde-ring", PartnerStatus.CONSULTED),
    ):
        cast.organisations[key] = _organisation(key, status)
    haven, zorg, eiland = (cast.organisations[key] for key in ("havenring", "zorgring", "eilandring"))
    cast.people = {
        "anon": AnonymousUser(),  # Anna
        "mem": _member("Petra Partner", haven),
        "rep": _member("Ruben Vertegenwoordiger", haven, represents=True),
        "wg": _member("Wim Werkgroep", zorg, role=WORKING_GROUP),
        "coord": _with_role("Coby Coördinator", COORDINATOR),
        "nctv": _with_role("Tess Toezicht", POLICY_OWNER),
        "adm": _with_role("Adam Techniek", ADMINISTRATOR),
        "mem-x": _member("Xandra Zorg", zorg),
        "mem-o": _member("Omar Ander", eiland),
        "rcp": _member("Rik Ontvanger", eiland),
        "ex": _former_member("Esra Ex", haven),
        "sus": _member("Sanne Geschorst", cast.organisations["geschorste-ring"]),
        "nomfa": _member("Noor Zonder Factor", haven, represents=True, second_factor=False),
    }
    return cast


def _organisation(key: str, status: PartnerStatus) -> Organisation:
    """Make an organisation with contacts of every visibility; each secret carries the word `kanarie`."""
    organisation = OrganisationFactory(
        name=f"De {key.replace('-', ' ').title()}",
        slug=key,
        status=status,
        partner_since=date(2026, 1, 1) if status == PartnerStatus.PARTNER else None,
        internal_notes=f"kanarie-notitie-{key}",
    )
    for level in VisibilityLevel:
        ContactFactory(
            organisation=organisation,
            name=f"kanarie-{level.value}-{key}",
            email=f"{level.value}@{key}.example",
            role=ContactRole.GENERAL,
            visibility=level,
            is_mailbox=level == VisibilityLevel.MEMBERS,
        )
    for name, role, is_mailbox in (("persoon", ContactRole.GENERAL, False), ("piket", ContactRole.DUTY, True)):
        ContactFactory(
            organisation=organisation,
            name=f"kanarie-{name}-{key}",
            email=f"{name}@{key}.example",
            phone="+31 20 123 45 67",
            role=role,
            visibility=VisibilityLevel.MEMBERS,
            is_mailbox=is_mailbox,
        )
    return organisation


def _member(
    name: str,
    organisation: Organisation,
    *,
    represents: bool = False,
    role: Role | None = None,
    second_factor: bool = True,
) -> User:
    user = _user(name, second_factor=second_factor)
    MembershipFactory(
        user=user,
        organisation=organisation,
        role=MembershipRole.REPRESENTATIVE if represents else MembershipRole.MEMBER,
    )
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=role.slug)[0])
    return User.objects.get(pk=user.pk)


def _former_member(name: str, organisation: Organisation) -> User:
    user = _user(name, second_factor=True)
    MembershipFactory(user=user, organisation=organisation, ended_at=timezone.now())
    return user


def _with_role(name: str, role: Role) -> User:
    user = _user(name, second_factor=True)
    user.groups.add(Group.objects.get_or_create(name=role.slug)[0])
    return User.objects.get(pk=user.pk)


def _user(name: str, *, second_factor: bool) -> User:
    user = UserFactory(name=name, email=f"{name.split()[0].lower()}@test.example")
    if second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return user
