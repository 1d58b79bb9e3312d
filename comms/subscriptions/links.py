"""Signed addresses with which somebody manages the own subscriptions without logging in (security.md D02, I10).

No address of a person stands in them, only a random key. Each purpose has its own salt, so a link to confirm does not
open the preferences. Keys on their way out (SECRET_KEY_FALLBACKS) still open what they signed.
"""

import base64
import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse
from django.utils import translation

if TYPE_CHECKING:
    from comms.subscriptions.models import AddressChange, Subscription

_SALT = "comms.subscriptions."
#: How long the mailed link works behind which somebody sees the full data.
DATA_TERM = timedelta(hours=1)


def preferences_address(subscription: "Subscription") -> str:
    """Return the full address of the preference centre of whoever has this subscription."""
    return _site("subscription_preferences", sign("preferences", [subscription.subscriber]), subscription.language)


def one_click_address(subscription: "Subscription") -> str:
    """Return the full address that ends this one subscription with a POST (RFC 8058); a GET only asks."""
    return _site("subscription_end", sign("end", [subscription.key]), subscription.language)


def confirm_address(subscriptions: "Sequence[Subscription]") -> str:
    """Return the full address with which these subscriptions, at least one, are confirmed."""
    signed = sign("confirm", [subscription.key for subscription in subscriptions])
    return _site("subscription_confirm", signed, subscriptions[0].language)


def data_address(subscriber: uuid.UUID, language: str) -> str:
    """Return the full address behind which somebody sees, takes, moves or erases all own data, for an hour."""
    return _site("subscriber_data", _timed("data").sign(_written([subscriber])), language)


def move_address(change: "AddressChange", language: str) -> str:
    """Return the full address that confirms a new e-mail address."""
    return _site("address_confirm", sign("move", [change.subscriber, change.key]), language)


def sign(purpose: str, keys: Iterable[uuid.UUID]) -> str:
    """Return keys with a signature for one purpose."""
    return _signer(purpose).sign(_written(keys))


def keys_in(purpose: str, signed: str) -> list[uuid.UUID]:
    """Return the keys in a link; raises BadSignature for what we did not sign for this purpose."""
    return _read(_signer(purpose).unsign(signed))


def subscriber_in(signed: str) -> uuid.UUID:
    """Return whose data a link opens; raises BadSignature when it is not ours, SignatureExpired after an hour."""
    return _read(_timed("data").unsign(signed, max_age=DATA_TERM))[0]


def _signer(purpose: str) -> Signer:
    return Signer(salt=_SALT + purpose, sep=".")


def _timed(purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=_SALT + purpose, sep=".")


def _written(keys: Iterable[uuid.UUID]) -> str:
    return base64.urlsafe_b64encode(b"".join(key.bytes for key in keys)).rstrip(b"=").decode()


def _read(value: str) -> list[uuid.UUID]:
    try:
        content = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        return [uuid.UUID(bytes=content[start : start + 16]) for start in range(0, len(content), 16)]
    except ValueError as problem:  # signed by us, so another kind of key than this code writes
        raise BadSignature("no keys in it") from problem


def _site(name: str, signed: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=[signed])
