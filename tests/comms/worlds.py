"""Random worlds: who belongs where, and what was shared with whom; and who reads what, in plain Python.

The rule stands here once more, written from security.md chapter 3 and without a look at the code: three ways to say
it are held equal by `tests/comms/test_policies.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from hypothesis import strategies as st

from comms.enums import ISSUED, RESTRICTED, PublicationStatus, Tlp
from comms.models import (
    Acknowledgement,
    Attachment,
    AttachmentFile,
    Correction,
    Download,
    Feedback,
    FeedbackAnswer,
    Keyword,
    Notice,
    Publication,
    PublicationKeyword,
    PublicationStep,
    Receipt,
    RelabelRequest,
    Remark,
    SharingGroup,
    SharingGroupMember,
)
from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES
from cwn.core.visibility import principals_of
from partners.enums import MembershipRole, PartnerStatus
from partners.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.comms import FILLED, DevelopmentFactory
from tests.factories.partners import BranchFactory, OrganisationFactory, RegionFactory, SectorFactory

#: Two partners, and one organisation of each other status.
STATUSES = (PartnerStatus.PARTNER, *PartnerStatus.values)
ORGANISATIONS, PEOPLE, GROUPS = range(len(STATUSES)), range(4), range(2)
#: The partners come up as often as all others together: most of the rule is about them.
MOSTLY_PARTNERS = (0, 0, 0, 1, 1, 1, *ORGANISATIONS)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Belonging:
    """A membership: of whom, of what, whether it represents, and whether it still gives access."""

    person: int
    organisation: int
    represents: bool
    state: str


@dataclass(frozen=True)
class Shared:
    """A publication, in numbers of people, organisations and groups."""

    tlp: str
    status: str
    days_to_public: int | None
    owner: int
    author: int
    reviewer: int | None
    organisations: frozenset[int]
    groups: frozenset[int]
    named: frozenset[int]


@dataclass(frozen=True)
class World:
    """Everything on which visibility depends."""

    belongings: tuple[Belonging, ...]
    roles: dict[int, frozenset[str]]
    with_second_factor: frozenset[int]
    inactive: frozenset[int]
    groups: tuple[frozenset[int], ...]
    publications: tuple[Shared, ...]

    # --- the oracle ----------------------------------------------------------------------------------
    def access(self, person: int | None) -> "Access":
        """Return as what somebody may act; inactive or without the second factor that a role asks for: as a visitor."""
        if person is None or person in self.inactive:
            return Access()
        current = [one for one in self.belongings if one.person == person and one.state == "current"]
        roles = self.roles.get(person, frozenset())
        if (roles or any(one.represents for one in current)) and person not in self.with_second_factor:
            return Access()
        partners = [one for one in current if STATUSES[one.organisation] == PartnerStatus.PARTNER]
        return Access(
            person,
            roles,
            frozenset(one.organisation for one in partners),
            frozenset(one.organisation for one in partners if one.represents),
        )

    def may_read(self, person: int | None, shared: Shared) -> bool:
        """Tell whether somebody may open a publication."""
        who = self.access(person)
        coordinator = "coordinator" in who.roles
        in_network = bool(who.member_of) or coordinator
        if who.person == shared.author and shared.owner in who.member_of:
            return True
        if shared.status not in ISSUED:
            if in_network and shared.reviewer is not None and who.person == shared.reviewer:
                return True
            return shared.tlp != "red" and (coordinator or shared.owner in who.represents)
        if shared.tlp == "clear" and (shared.days_to_public is None or shared.days_to_public < 0):
            return True
        if shared.tlp in ("clear", "green"):
            return in_network or "policy_owner" in who.roles
        if shared.tlp == "red":
            return in_network and person in shared.named
        audience = {shared.owner, *shared.organisations}.union(*(self.groups[group] for group in shared.groups))
        return coordinator or bool(audience & who.member_of)

    def may_find(self, person: int | None, shared: Shared) -> bool:
        """Tell whether the search shows it: what is published now, and nothing that is RED."""
        return shared.status == "gepubliceerd" and shared.tlp != "red" and self.may_read(person, shared)

    def may_work_on(self, person: int | None, shared: Shared) -> bool:
        """Tell whether somebody sees how a publication came about: never more than who may open it.

        Of RED only its author and its reviewer do.
        """
        who = self.access(person)
        coordinator = "coordinator" in who.roles
        if who.person is None or not self.may_read(person, shared):
            return False
        if shared.author == person and shared.owner in who.member_of:
            return True
        if shared.reviewer == person and (who.member_of or coordinator):
            return True
        return shared.tlp != "red" and (coordinator or shared.owner in who.represents)


@dataclass(frozen=True)
class Access:
    """As what somebody may act now."""

    person: int | None = None
    roles: frozenset[str] = frozenset()
    member_of: frozenset[int] = frozenset()
    represents: frozenset[int] = frozenset()


# --- drawing a world ---------------------------------------------------------------------------------
def _some(numbers: Sequence[int], most: int = 2) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.sampled_from(numbers), max_size=most)


def _publications() -> st.SearchStrategy[Shared]:
    return st.builds(
        Shared,
        tlp=st.sampled_from(Tlp.values),
        status=st.sampled_from((PublicationStatus.PUBLISHED.value, *PublicationStatus.values)),
        days_to_public=st.sampled_from((None, -1, 1)),
        owner=st.sampled_from(MOSTLY_PARTNERS),
        author=st.sampled_from(PEOPLE),
        reviewer=st.none() | st.sampled_from(PEOPLE),
        organisations=_some(ORGANISATIONS),
        groups=_some(GROUPS, 1),
        named=_some(PEOPLE),
    ).map(_possible)


def _possible(shared: Shared) -> Shared:
    """Take the partners-first window away where the table refuses it."""
    unfinished = shared.status not in ISSUED
    return replace(shared, days_to_public=None) if unfinished and shared.tlp != "clear" else shared


def worlds() -> st.SearchStrategy[World]:
    """Draw a world."""
    belongings = st.builds(
        Belonging,
        st.sampled_from(PEOPLE),
        st.sampled_from(MOSTLY_PARTNERS),
        st.booleans(),
        st.sampled_from(("current", "current", "ended", "suspended")),
    )
    return st.builds(
        World,
        belongings=st.lists(
            belongings, min_size=2, max_size=8, unique_by=lambda one: (one.person, one.organisation)
        ).map(tuple),
        roles=st.dictionaries(
            st.sampled_from(PEOPLE), st.frozensets(st.sampled_from([role.slug for role in GROUP_ROLES]), max_size=2)
        ),
        with_second_factor=st.frozensets(st.sampled_from(PEOPLE), min_size=3),
        inactive=_some(PEOPLE, 1),
        groups=st.tuples(_some(MOSTLY_PARTNERS, 3), _some(MOSTLY_PARTNERS, 3)),
        publications=st.lists(_publications(), min_size=5, max_size=10).map(tuple),
    )


# --- the same in the database ------------------------------------------------------------------------
@dataclass
class Ground:
    """What all worlds of one test share: organisations of every status, and people without anything."""

    organisations: list[Organisation]
    people: list[User]
    roles: dict[str, Group]
    second_person: User
    domains: dict[str, dict[str, int]]
    """Link of a publication → the column and key of one domain."""


def make_ground() -> Ground:
    """Make it once: a world on top of it takes few queries."""
    return Ground(
        [OrganisationFactory(status=status) for status in STATUSES],
        [UserFactory() for _person in PEOPLE],
        {role.slug: Group.objects.get_or_create(name=role.slug)[0] for role in GROUP_ROLES},
        UserFactory(),
        {
            "regions": {"region_id": RegionFactory().pk},
            "sectors": {"sector_id": SectorFactory().pk},
            "branches": {"branch_id": BranchFactory().pk},
            "developments": {"development_id": DevelopmentFactory().pk},
        },
    )


def build(world: World, ground: Ground) -> list[Publication]:
    """Put a world into the database and return its publications in order, each with all that hangs on one."""
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(
            user=ground.people[one.person],
            organisation=ground.organisations[one.organisation],
            role=MembershipRole.REPRESENTATIVE if one.represents else MembershipRole.MEMBER,
            ended_at=now if one.state == "ended" else None,
            suspended_at=now if one.state == "suspended" else None,
        )
        for one in world.belongings
    )
    Authenticator.objects.bulk_create(
        Authenticator(user=ground.people[person], type=Authenticator.Type.TOTP, data={"secret": "x"})
        for person in world.with_second_factor
    )
    User.objects.filter(pk__in=[ground.people[person].pk for person in world.inactive]).update(is_active=False)
    for person, roles in world.roles.items():
        ground.people[person].groups.set([ground.roles[role] for role in roles])
    groups = SharingGroup.objects.bulk_create(SharingGroup(name=f"Groep {n}", purpose="Delen") for n in GROUPS)
    SharingGroupMember.objects.bulk_create(
        SharingGroupMember(group=groups[number], organisation=ground.organisations[one])
        for number, members in enumerate(world.groups)
        for one in members
    )
    publications = Publication.objects.bulk_create(
        _row(number, shared, ground) for number, shared in enumerate(world.publications)
    )
    for field, column, rows in (
        ("addressed_organisations", "organisations", ground.organisations),
        ("addressed_groups", "groups", groups),
        ("named_readers", "named", ground.people),
    ):
        link: Any = getattr(Publication, field).through
        _publication_key, other_key = (name.attname for name in link._meta.fields if name.is_relation)
        link.objects.bulk_create(
            link(publication=publication, **{other_key: rows[one].pk})
            for publication, shared in zip(publications, world.publications, strict=True)
            for one in getattr(shared, column)
        )
    _hang_rows_on(publications, ground)
    return publications


def _row(number: int, shared: Shared, ground: Ground) -> Publication:
    now = timezone.now()
    restricted = shared.tlp in RESTRICTED
    return Publication(
        **FILLED,
        kind="nieuws",
        title=f"Bericht {number}",
        slug=f"wereld-{number}",
        owner=ground.organisations[shared.owner],
        author=ground.people[shared.author],
        reviewer=None if shared.reviewer is None else ground.people[shared.reviewer],
        approved_by=ground.second_person if restricted else None,
        tlp=shared.tlp,
        status=shared.status,
        restriction_reason="De bron wordt anders bekend.",
        review_on=date(2027, 3, 1),
        public_from=None if shared.days_to_public is None else now + shared.days_to_public * A_DAY,
        publish_at=now + A_DAY,
        published_at=now if shared.status in ISSUED else None,
        version=1,
        withdrawal_reason="De melding bleek niet te kloppen.",
        superseded_by=_successor(ground) if shared.status == "vervangen" else None,
    )


def _successor(ground: Ground) -> Publication:
    """Return a draft that only the second person could see, and that is not part of the world."""
    return Publication.objects.get_or_create(
        slug="opvolger", defaults={"kind": "nieuws", "title": "Opvolger", "owner": ground.organisations[-1],
                                   "author": ground.second_person, "tlp": Tlp.RED}
    )[0]  # fmt: skip


def _hang_rows_on(publications: list[Publication], ground: Ground) -> None:
    """Give each publication one row in every table that hangs on it; history follows by itself."""
    by, organisation = ground.second_person, ground.organisations[0]
    attachments = Attachment.objects.bulk_create(Attachment(publication=one, title="Bijlage") for one in publications)
    AttachmentFile.objects.bulk_create(
        AttachmentFile(attachment=one, number=1, file="x", name="x.pdf", size=1, sha256="0", uploaded_by=by)
        for one in attachments
    )
    word = Keyword.objects.create(name="woord", slug="woord")
    for model, values in (
        (Correction, {"content": {"title": "Anders"}, "author": by}),
        (Remark, {"kind": "opmerking", "text": "Let op", "author": by}),
        (PublicationStep, {"verb": "publish", "new_status": "gepubliceerd", "version": 1, "by": by}),
        (RelabelRequest, {"old_tlp": "red", "new_tlp": "green", "reason": "De update is uit.", "requested_by": by}),
        (Acknowledgement, {"version": 1, "organisation": organisation, "answer": "later", "answered_by": by}),
        (Feedback, {"version": 1, "is_useful": True, "text": "Goed", "user": by}),
        (FeedbackAnswer, {"text": "Dank", "by": by}),
        (Receipt, {"version": 1, "organisation": organisation, "channel": "mail"}),
        (Notice, {"version": 1, "kind": "gepubliceerd", "user": by}),
        (Download, {"what": "oplegger", "day": date(2026, 11, 1)}),
    ):
        model.objects.bulk_create(model(publication=one, **values) for one in publications)
    PublicationKeyword.objects.bulk_create(PublicationKeyword(content_object=one, tag=word) for one in publications)
    for field, key in ground.domains.items():
        link: Any = getattr(Publication, field).through
        link.objects.bulk_create(link(publication=one, **key) for one in publications)
    related: Any = Publication.related.through
    related.objects.bulk_create(related(from_publication=one, to_publication=one) for one in publications)


def reader(ground: Ground, person: int | None) -> Any:
    """Return somebody as a new request finds them: nothing is remembered of who they were."""
    user = AnonymousUser() if person is None else User.objects.with_access_facts().get(pk=ground.people[person].pk)
    principals_of(user)
    return user
