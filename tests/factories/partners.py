"""Organisations and what belongs to them, for tests: plain, valid, and all different."""

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cwn.core.enums import CwnFunction, Ownership
from partners.enums import (
    ApplicationState,
    ContactRole,
    InitiativeKind,
    InitiativeStatus,
    MembershipRole,
    PartnerStatus,
    RegionLevel,
)
from partners.models import (
    Application,
    Branch,
    Contact,
    Initiative,
    Membership,
    Organisation,
    OrganisationKind,
    Participation,
    Region,
    Sector,
)
from tests.factories.accounts import UserFactory


class RegionFactory(DjangoModelFactory):
    """A province without a place on the map."""

    class Meta:
        model = Region
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Regio {n}")
    slug = factory.Sequence(lambda n: f"regio-{n}")
    level = RegionLevel.PROVINCE


class SectorFactory(DjangoModelFactory):
    """A sector."""

    class Meta:
        model = Sector
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Sector {n}")
    slug = factory.Sequence(lambda n: f"sector-{n}")


class BranchFactory(DjangoModelFactory):
    """A line of business."""

    class Meta:
        model = Branch
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Branche {n}")
    slug = factory.Sequence(lambda n: f"branche-{n}")


class KindFactory(DjangoModelFactory):
    """A kind of organisation."""

    class Meta:
        model = OrganisationKind
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Soort {n}")
    slug = factory.Sequence(lambda n: f"soort-{n}")


class OrganisationFactory(DjangoModelFactory):
    """A partner of the network; lists of domains may be given as `regions=[…]` and so on."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Organisatie {n}")
    slug = factory.Sequence(lambda n: f"organisatie-{n}")
    ownership = Ownership.PRIVATE
    status = PartnerStatus.PARTNER
    partner_since = date(2026, 1, 1)

    @factory.post_generation
    def kinds(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Set the kinds."""
        self.kinds.set(extracted or [])

    @factory.post_generation
    def regions(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Set the regions."""
        self.regions.set(extracted or [])

    @factory.post_generation
    def sectors(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Set the sectors."""
        self.sectors.set(extracted or [])

    @factory.post_generation
    def branches(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Set the branches."""
        self.branches.set(extracted or [])


class InitiativeFactory(DjangoModelFactory):
    """An initiative beside the network."""

    class Meta:
        model = Initiative

    name = factory.Sequence(lambda n: f"Initiatief {n}")
    slug = factory.Sequence(lambda n: f"initiatief-{n}")
    kind = InitiativeKind.PROGRAMME
    ownership = Ownership.PUBLIC_PRIVATE
    status = InitiativeStatus.LINKED


class ContactFactory(DjangoModelFactory):
    """A general contact that only the own people see."""

    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory)
    role = ContactRole.GENERAL
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.nl")


class ParticipationFactory(DjangoModelFactory):
    """Somebody who follows a function."""

    class Meta:
        model = Participation

    organisation = factory.SubFactory(OrganisationFactory)
    function = CwnFunction.INFORMATION_SHARING


class MembershipFactory(DjangoModelFactory):
    """A member of a partner."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = MembershipRole.MEMBER
    since = factory.LazyFunction(timezone.now)


class ApplicationFactory(DjangoModelFactory):
    """An application of a prospect whose applicant confirmed the address."""

    class Meta:
        model = Application

    organisation = factory.SubFactory(OrganisationFactory, status=PartnerStatus.PROSPECT, partner_since=None)
    applicant_name = "Anja Aanvrager"
    applicant_email = factory.Sequence(lambda n: f"aanvrager{n}@example.nl")
    functions = factory.LazyFunction(lambda: [CwnFunction.TRAINING])
    state = ApplicationState.NEW
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    confirmed_at = factory.LazyFunction(timezone.now)
