"""The user of the portal."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cwn.accounts.roles import GROUP_ROLES


class UserQuerySet(models.QuerySet["User"]):
    """Questions about users."""

    def with_access_facts(self) -> "UserQuerySet":
        """Add in the same query what each request asks: the roles and the second factor."""
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return self.annotate(
            known_roles=ArrayAgg("groups__name", filter=Q(groups__isnull=False), distinct=True, default=[]),
            known_second_factor=Exists(factors),
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; people do not sign up, they are invited."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user with an e-mail address in its normal form."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user with all model permissions, for the first start of an empty portal."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in, known by e-mail address (security.md chapter 3)."""

    email = models.EmailField(_("e-mailadres"), max_length=254, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    is_active = models.BooleanField(_("actief"), default=True)
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    date_joined = models.DateTimeField(_("sinds"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def role_slugs(self) -> frozenset[str]:
        """The group roles of this person."""
        known = getattr(self, "known_roles", None)
        return frozenset(self.groups.values_list("name", flat=True) if known is None else known)

    def has_role(self, role: Any) -> bool:
        """Tell whether this person holds a group role."""
        return role.slug in self.role_slugs

    @cached_property
    def has_second_factor(self) -> bool:
        """Tell whether this person set up a code app or a passkey."""
        known = getattr(self, "known_second_factor", None)
        if known is None:
            known = self.authenticator_set.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return bool(known)

    @cached_property
    def needs_second_factor(self) -> bool:
        """Tell whether a role above member asks for a second factor (issue D, ASVS 6.3.3)."""
        return self.is_superuser or bool(self.role_slugs) or self.represents_an_organisation

    @cached_property
    def represents_an_organisation(self) -> bool:
        """Tell whether this person may act for an organisation; the registry says so."""
        memberships = getattr(self, "memberships", None)
        return memberships is not None and memberships.current().representatives().exists()

    @cached_property
    def is_trusted(self) -> bool:
        """Tell whether this log-in may read more than a visitor."""
        return self.is_active and (self.has_second_factor or not self.needs_second_factor)

    @property
    def is_staff(self) -> bool:
        """Tell whether this person may enter the admin (Django's name for it)."""
        return self.is_trusted and (
            self.is_superuser or any(self.has_role(role) for role in GROUP_ROLES if role.uses_admin)
        )
