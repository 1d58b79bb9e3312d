"""What happens to accounts: opening one, roles, sessions, keys, and what is written down about log-ins."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

import pghistory
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.addresses import normal_address
from cwn.accounts.enums import LoginMethod, LoginOutcome
from cwn.accounts.models import ApiToken, LoginEvent, User
from cwn.accounts.roles import Role
from cwn.core.mail import send_after_commit, site_address


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None, language: str = "nl") -> User:
    """Make an account of which the address is known to be its owner's.

    Without a password the owner chooses one through "Wachtwoord vergeten".
    """
    return User.objects.create_user(email=email, name=name, password=password, language=language)


@transaction.atomic
def update_account(user: User, *, name: str, language: str) -> User:
    """Change what somebody may say about themselves."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return user


@transaction.atomic
def end_sessions(user: User, *, by: User) -> User:
    """Log somebody out everywhere; holds from the next request of each session.

    Everybody does it to the own sessions, and who may change accounts to those of another.
    """
    if by != user and not by.has_perm("accounts.change_user"):
        raise PermissionDenied
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    return user


@transaction.atomic
def grant_role(user: User, role: Role, *, reason: str, by: User | None) -> User:
    """Give somebody a group role; `by` is nobody on the command line (security.md C12: roles are not self-service)."""
    with _audited(reason, by):
        user.groups.add(Group.objects.get(name=role.slug))
    return user


@transaction.atomic
def withdraw_role(user: User, role: Role, *, reason: str, by: User | None) -> User:
    """Take a group role from somebody; it holds from the next request."""
    with _audited(reason, by):
        user.groups.remove(Group.objects.get(name=role.slug))
    return user


def _audited(reason: str, by: User | None) -> pghistory.context:
    return pghistory.context(reason=reason, **({} if by is None else {"user": by.pk}))


def record_login(user: User | None, *, method: LoginMethod, outcome: LoginOutcome) -> LoginEvent:
    """Write down that somebody tried to log in, and how it ended; never from where (security.md chapter 6)."""
    return LoginEvent.objects.create(user=user, method=method, outcome=outcome)


def record_login_of_address(email: str, *, method: LoginMethod, outcome: LoginOutcome) -> LoginEvent:
    """Write down an attempt for an address, whether or not it has an account."""
    return record_login(User.objects.filter(email=normal_address(email)).first(), method=method, outcome=outcome)


@transaction.atomic
def warn_of_refused_logins() -> list[User]:
    """Tell people that log-ins with their address were refused, at most once a day (security.md C04).

    Not at the moment itself: then the time of the answer would tell which addresses have an account.
    """
    warned = [
        User.objects.select_for_update().get(pk=pk) for pk in LoginEvent.objects.people_to_warn().order_by("user_id")
    ]
    for user in warned:
        record_login(user, method=LoginMethod.PASSWORD, outcome=LoginOutcome.WARNED)
        send_after_commit(
            "email/login_refused",
            to=user.email,
            context={"user": user, "url": site_address("account_reset_password")},
            language=user.language,
        )
    return warned


#: Keys that one person can have at once.
MOST_TOKENS = 10


@transaction.atomic
def create_token(user: User, *, name: str, days: int) -> tuple[ApiToken, str]:
    """Make a key for the API that works for a number of days; the second value is shown once and kept nowhere."""
    if ApiToken.objects.of(user).valid().count() >= MOST_TOKENS:
        raise ValidationError(_("U hebt al %(number)d sleutels. Trek er eerst een in.") % {"number": MOST_TOKENS})
    secret = f"cwn_{token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user, name=name, token_hash=_hash(secret), expires_on=timezone.localdate() + timedelta(days=days)
    )
    return token, secret


@transaction.atomic
def withdraw_token(token: ApiToken, *, by: User) -> ApiToken:
    """Make a key useless from the next request on."""
    if token.user_id != by.pk:
        raise PermissionDenied
    ApiToken.objects.filter(pk=token.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    token.refresh_from_db()
    return token


def user_of_token(secret: str) -> User | None:
    """Return whose key this is, if it still works and the person may read more than a visitor.

    The day of the last use is kept, not the moment: enough to find keys that nobody needs.
    """
    token = ApiToken.objects.valid().filter(token_hash=_hash(secret)).first()
    if token is None:
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    user: User = User.objects.with_access_facts().get(pk=token.user_id)
    return user if user.is_trusted else None


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
