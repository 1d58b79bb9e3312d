"""The user of the portal."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pghistory
import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cwn.accounts.addresses import normal_address
from cwn.accounts.enums import LoginMethod, LoginOutcome
from cwn.accounts.roles import GROUP_ROLES

#: How long log-in events are kept (security.md chapter 6: six months).
LOGIN_EVENT_RETENTION = timedelta(days=182)


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
        """Make a user with an e-mail address in its one spelling.

        Accounts come from an invitation or the command line, so the address counts as its owner's.
        """
        user = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user with all model permissions, for the first start of an empty portal."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, however it is spelled."""
        return self.get(email=normal_address(username or ""))


@pghistory.track(exclude=["password", "last_login", "session_generation"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in, known by e-mail address (security.md chapter 3)."""

    email = models.EmailField(_("e-mailadres"), max_length=254, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    is_active = models.BooleanField(_("actief"), default=True)
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    session_generation = models.PositiveIntegerField(default=0, editable=False)
    """One more, and every session of this person has ended."""
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

    def get_session_auth_hash(self) -> str:
        """Return what each session repeats: other after a new password or `end_sessions`."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same under the keys that are on their way out."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | None = None) -> str:
        value = f"{self.password}|{self.session_generation}"
        return salted_hmac("cwn.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def role_slugs(self) -> frozenset[str]:
        """The group roles of this person."""
        known = getattr(self, "known_roles", None)
        return frozenset(self.groups.values_list("name", flat=True) if known is None else known)

    def has_role(self, role: Any) -> bool:
        """Tell whether this person holds a group role."""
        return role.slug in self.role_slugs

    @property
    def role_labels(self) -> list[str]:
        """The group roles of this person in words."""
        return [str(role.label) for role in GROUP_ROLES if self.has_role(role)]

    @cached_property
    def has_second_factor(self) -> bool:
        """Tell whether this person set up a code app or a passkey."""
        known = getattr(self, "known_second_factor", None)
        if known is None:
            known = Authenticator.objects.filter(user=self).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return bool(known)

    @cached_property
    def needs_second_factor(self) -> bool:
        """Tell whether a role above member asks for a second factor (ASVS 6.3.3)."""
        return self.is_superuser or bool(self.role_slugs) or self.represents_an_organisation

    @cached_property
    def current_memberships(self) -> list[Any]:
        """The memberships that give access now; the registry, a rung higher, says what they are."""
        return self.memberships.model.current_of(self.pk)  # type: ignore[attr-defined, no-any-return]

    @cached_property
    def represents_an_organisation(self) -> bool:
        """Tell whether this person may act for an organisation."""
        return any(membership.is_representative for membership in self.current_memberships)

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


@pghistory.track(obj_field=None)
class GroupMembership(User.groups.through):  # type: ignore[name-defined, misc]
    """Who holds which group role; a proxy, so that granting and withdrawing leave a trace (security.md C12)."""

    class Meta:
        proxy = True
        default_permissions = ()


class LoginEventQuerySet(models.QuerySet["LoginEvent"]):
    """Questions about log-ins."""

    def of(self, user: User) -> "LoginEventQuerySet":
        """Return the log-in history that somebody may see: the own one (security.md chapter 3, "Audit log")."""
        return self.filter(user=user).order_by("-at", "-pk")

    def people_to_warn(self) -> models.QuerySet[Any, int]:
        """Primary keys of active users with refused log-ins of the last day about which nobody told them."""
        last_day = self.filter(at__gt=timezone.now() - timedelta(days=1))
        warned = last_day.filter(outcome=LoginOutcome.WARNED).values("user")
        refused = last_day.filter(outcome=LoginOutcome.REFUSED, user__is_active=True).exclude(user__in=warned)
        return refused.values_list("user_id", flat=True).distinct()

    def outdated(self) -> "LoginEventQuerySet":
        """Events that are older than their retention (security.md chapter 6)."""
        return self.filter(at__lt=timezone.now() - LOGIN_EVENT_RETENTION)


class LoginEvent(models.Model):
    """Somebody tried to log in, with a coarse result; no address of a person or a machine is kept.

    Attempts for addresses without an account are kept as well, without a person: writing the row takes
    the same time, so the answer does not tell the two apart (security.md C01).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="login_events", verbose_name=_("gebruiker")
    )
    at = models.DateTimeField(_("tijdstip"), default=timezone.now, db_index=True)
    method = models.CharField(_("manier"), max_length=20, choices=LoginMethod.choices)
    outcome = models.CharField(_("uitkomst"), max_length=20, choices=LoginOutcome.choices)

    objects = LoginEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("inlogpoging")
        verbose_name_plural = _("inlogpogingen")
        indexes = [models.Index(fields=["user", "-at"])]
        triggers = [
            pgtrigger.Trigger(
                name="login_events_stay_as_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{LOGIN_EVENT_RETENTION.days} days' THEN
                        RETURN OLD;
                    END IF;
                    IF TG_OP = 'UPDATE' AND NEW.user_id IS NULL
                       AND (NEW.at, NEW.method, NEW.outcome) = (OLD.at, OLD.method, OLD.outcome) THEN
                        RETURN NEW;  -- the person was erased
                    END IF;
                    RAISE EXCEPTION 'login events stay as they were written';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.get_outcome_display()}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Questions about keys of the API."""

    def of(self, user: User) -> "ApiTokenQuerySet":
        """Keys that somebody may see and withdraw: the own ones."""
        return self.filter(user=user).order_by("-created_at", "-pk")

    def valid(self) -> "ApiTokenQuerySet":
        """Keys that open the API today."""
        return self.filter(withdrawn_at__isnull=True, expires_on__gte=timezone.localdate())


@pghistory.track(exclude=["token_hash", "last_used_on"])
class ApiToken(models.Model):
    """A personal key with which a program reads what its owner may read; only its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("gebruiker")
    )
    name = models.CharField(_("waarvoor"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    expires_on = models.DateField(_("werkt tot en met"))
    last_used_on = models.DateField(_("laatst gebruikt op"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("sleutel voor de API")
        verbose_name_plural = _("sleutels voor de API")

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid(self) -> bool:
        """Tell whether it opens the API today."""
        return self.withdrawn_at is None and self.expires_on >= timezone.localdate()
