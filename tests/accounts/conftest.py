"""People who know their password."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, synchronise_roles
from tests.accounts.browser import SECRET, Browser
from tests.factories.accounts import PASSWORD, UserFactory, set_up_code_app
from tests.factories.partners import MembershipFactory


class QuickArgon2(Argon2PasswordHasher):
    """The hasher of the portal at the lowest cost: these tests hash hundreds of passwords."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def _quick_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.conftest.QuickArgon2"]


@pytest.fixture
def visitor() -> Browser:
    """A browser without cookies."""
    return Browser()


@pytest.fixture
def member(db: None) -> User:
    """Petra, member of a partner, with a password and no second factor."""
    user = UserFactory(name="Petra Partner", email="petra@example.nl", password=PASSWORD)
    MembershipFactory(user=user)
    return user


@pytest.fixture
def representative(db: None) -> User:
    """Ruben, who may act for a partner, with a password and no second factor yet."""
    user = UserFactory(name="Ruben Roos", email="ruben@example.nl", password=PASSWORD)
    MembershipFactory(user=user, role="vertegenwoordiger")
    return user


@pytest.fixture
def coordinator(db: None) -> User:
    """Coby, coordinator, with a password and a code app."""
    synchronise_roles()
    user = UserFactory(name="Coby Kers", email="coby@example.nl", password=PASSWORD)
    user.groups.add(user.groups.model.objects.get(name=COORDINATOR.slug))
    return set_up_code_app(user, secret=SECRET)
