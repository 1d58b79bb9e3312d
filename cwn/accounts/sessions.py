"""How long a log-in lasts: 30 minutes without activity, 12 hours in all, 8 in the admin (security.md C10)."""

import time

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.accounts.http import AccountRequest
from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES

IDLE_LIMIT = 30 * 60  # seconds
MEMBER_HOURS = 12
FRESH = 15 * 60  # seconds
#: A session is written at most once in this time, so that reading pages does not mean writing rows.
SEEN_STEP = 60  # seconds

STARTED, SEEN, UNPROVEN = "started_at", "seen_at", "without_second_factor"

TOO_LONG_IDLE = _("U was langer dan 30 minuten niet actief. Log opnieuw in.")
TOO_OLD = _("U was lang ingelogd. Log opnieuw in, dan weten wij dat u het bent.")
FACTOR_WAS_ADDED = _("Uw account heeft nu een tweede factor. Log opnieuw in.")


def start(request: HttpRequest, user: User) -> None:
    """Begin to count; remember a log-in for which no second factor existed yet."""
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    request.session[UNPROVEN] = not _has_second_factor(user)
    request.session.set_expiry(0)  # the cookie ends with the browser: there is no "remember me"


def prove(request: HttpRequest, *, factor: str) -> None:
    """Note that the person in this session showed a second factor while setting it up; that counts as recent."""
    request.session[UNPROVEN] = False
    record_authentication(request, request.user, method="mfa", type=factor, reauthenticated=True)


def reason_to_end(request: AccountRequest) -> str | None:
    """Return why this session must end now, in a sentence, or nothing.

    A session that began with a password alone ends when a second factor is set up elsewhere: whoever has
    only the password does not come along.
    """
    now = int(time.time())
    if now - request.session.get(SEEN, now) > IDLE_LIMIT:
        return str(TOO_LONG_IDLE)
    if now - request.session.get(STARTED, now) > hours_for(request.user) * 3600:
        return str(TOO_OLD)
    if request.session.get(UNPROVEN) and request.user.has_second_factor:
        return str(FACTOR_WAS_ADDED)
    return None


def touch(request: HttpRequest) -> None:
    """Note activity; a session that somebody else began (a test, a command) starts to count here."""
    now = int(time.time())
    request.session.setdefault(STARTED, now)
    if now - request.session.get(SEEN, 0) >= SEEN_STEP:
        request.session[SEEN] = now


def hours_for(user: User) -> int:
    """Return how many hours a session of this person may last; the strictest role counts."""
    hours = [role.session_hours for role in GROUP_ROLES if role.slug in user.role_slugs]
    if user.is_superuser:
        hours.append(min(role.session_hours for role in GROUP_ROLES))
    return min(hours, default=MEMBER_HOURS)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person in this session proved who they are in the last 15 minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH


def _has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
