"""Addresses of the outbox: where a bounce comes back to, and what is kept of an address that gets no more mail.

Both are keyed with SECRET_KEY. An old key in SECRET_KEY_FALLBACKS still counts, so a new key blocks and unblocks
nobody (security.md D09, I10).
"""

import base64
import hashlib
import hmac
import re
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from cwn.delivery.models import Delivery

_RETURN_PATH = re.compile(r"[^@]*\+(\d{1,18})-([a-z2-7]{16})@.+", re.IGNORECASE)


def host_of_site() -> str:
    """Return the host of the portal: the right side of a Message-ID."""
    return _host(settings.SITE_URL)


@lru_cache(maxsize=4)
def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"


def return_path_of(delivery: "Delivery") -> str:
    """Return the address to which mail servers report that a delivery did not arrive; nobody can make one up."""
    return return_path(delivery.pk)


def return_path(key: int) -> str:
    """Return the return address of the delivery with that key: `retour+17-…@example.nl`.

    Without a mailbox for bounces it is the sender: not every mail server takes what stands behind a plus.
    """
    if not settings.BOUNCE_ADDRESS:
        return _mailbox(settings.DEFAULT_FROM_EMAIL)
    local, _at, host = _mailbox(settings.BOUNCE_ADDRESS).rpartition("@")
    return f"{local}+{key}-{_seal(key, settings.SECRET_KEY)}@{host}"


def delivery_of(address: str) -> "Delivery | None":
    """Return the delivery of a return address; None when it was made up, changed or forgotten."""
    from cwn.delivery.models import Delivery

    found = _RETURN_PATH.fullmatch(_mailbox(address))
    if found is None:
        return None
    key, seal = int(found[1]), found[2].lower()
    if not any(hmac.compare_digest(seal, _seal(key, secret)) for secret in _secrets()):
        return None
    return Delivery.objects.filter(pk=key).first()


def digest_of(address: str) -> str:
    """Return what is kept of an address that gets no more mail; capitals and spaces around it do not count."""
    return _digest(address, settings.SECRET_KEY)


def digests_of(address: str) -> list[str]:
    """Return every digest under which an address may be known: one per key that is still valid."""
    return [_digest(address, secret) for secret in _secrets()]


def with_ascii_host(address: str) -> str:
    """Return an address with its host as mail servers write it; raises ValueError for a host that cannot be."""
    local, _at, host = address.rpartition("@")
    return address if host.isascii() else f"{local}@{host.encode('idna').decode()}"


def masked(address: str) -> str:
    """Return an address as a coordinator sees it: enough to recognise, not enough to copy."""
    local, _at, host = address.rpartition("@")
    return f"{local[:1]}…@{host}"


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _seal(key: int, secret: str) -> str:
    mac = hmac.digest(_key("return-path", secret), str(key).encode(), "sha256")
    return base64.b32encode(mac[:10]).decode().lower()


def _digest(address: str, secret: str) -> str:
    return hmac.digest(_key("address", secret), address.strip().lower().encode(), "sha256").hex()


@lru_cache(maxsize=16)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"cwn.delivery.{purpose}:{secret}".encode()).digest()


@lru_cache(maxsize=64)
def _mailbox(address: str) -> str:
    return parseaddr(address)[1]
