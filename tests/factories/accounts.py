"""People who can log in, for tests."""

from typing import Any

import factory
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from factory.django import DjangoModelFactory

from cwn.accounts.models import User

#: A password that passes every rule; hashing it takes time, so only tests that type it ask for it.
PASSWORD = "een-lang-wachtwoord-42"


def set_up_code_app(user: User, *, secret: str) -> User:
    """Give somebody a code app with a known secret, and recovery codes."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user


class UserFactory(DjangoModelFactory):
    """Somebody with an account and no password; `UserFactory(password=PASSWORD)` can log in with one."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Persoon {n}")
    email = factory.Sequence(lambda n: f"persoon{n}@example.nl")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        """Make accounts the way the portal does, with an address that is known to be theirs."""
        return model_class.objects.create_user(*args, **kwargs)
