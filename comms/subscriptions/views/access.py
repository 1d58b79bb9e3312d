"""Opening a signed link: the reader of the page becomes its holder, for PostgreSQL too (docs/adr/0020).

These pages need no cookie and no CSRF token: the link itself is the secret, and nothing happens with the rights of
somebody who is logged in. One that is wrong, old or made up gets one and the same answer (security.md D04).
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.links import keys_in, subscriber_in
from comms.subscriptions.models import Subscription
from cwn.core.guard import reading_as

View = Callable[..., HttpResponse]
Opener = Callable[[str], LinkHolder]


class LinkGoneError(Exception):
    """What the link was about is not there any more."""


def by_key(purpose: str) -> Opener:
    """Open a link about one or more subscriptions."""
    return lambda signed: LinkHolder(keys=keys_in(purpose, signed))


def by_subscriber(signed: str) -> LinkHolder:
    """Open a link to the preferences of one address."""
    return LinkHolder(subscriber=keys_in("preferences", signed)[0])


def by_fresh_mail(signed: str) -> LinkHolder:
    """Open a link that was mailed within the last hour."""
    return LinkHolder(subscriber=subscriber_in(signed))


def by_change(signed: str) -> LinkHolder:
    """Open a link to a change of address: the subscriber and the key of the change."""
    subscriber, change = keys_in("move", signed)
    return LinkHolder(subscriber=subscriber, keys=[change])


def behind_link(opener: Opener) -> Callable[[View], View]:
    """Run a view with the rights of who holds the link, and with no more than those."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def opens(request: HttpRequest, signed: str) -> HttpResponse:
            try:
                with reading_as(holder := opener(signed)):
                    return view(request, holder, signed)
            except (BadSignature, LinkGoneError):
                return render(request, "subscriptions/link_refused.html", status=410)

        return opens

    return decorate


def own_subscriptions(holder: LinkHolder) -> list[Subscription]:
    """Return the subscriptions of a holder that are not over; raises LinkGoneError when there are none."""
    rows = list(
        Subscription.objects.visible_to(holder)
        .running()
        .with_topics()
        .prefetch_related("newsletter__topics")
        .order_by("newsletter__order", "newsletter__name", "pk")
    )
    if not rows:
        raise LinkGoneError
    return rows


def only(keys: tuple[uuid.UUID, ...]) -> uuid.UUID:
    """Return the one key of a link about one subscription; raises LinkGoneError when there are more."""
    if len(keys) != 1:
        raise LinkGoneError
    return keys[0]


def first_or_gone(rows: Any) -> Any:
    """Return the first row; raises LinkGoneError when there is none."""
    row = rows.first()
    if row is None:
        raise LinkGoneError
    return row
