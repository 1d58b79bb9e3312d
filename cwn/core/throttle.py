"""How often somebody may do something, counted in the shared cache (security.md C05, D05).

A count is kept under a keyed hash: the cache holds no address of a person or of a machine. All web
processes count together, and a cache that does not answer means "not now".
"""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

#: Somebody with an IPv6 address owns at least this much of the network, so it counts as one.
IPV6_PREFIX = 64


def allowed(action: str, who: str, *, times: int, seconds: int) -> bool:
    """Count one attempt and tell whether it is still within `times` per window of `seconds`."""
    key = f"throttle:{action}:{salted_hmac('cwn.throttle', who).hexdigest()[:40]}"
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) <= times
    except ValueError:  # the window ended between the two calls
        return True
    except RedisError:
        return False


def network_address(request: HttpRequest) -> str:
    """Return the address of the reader's machine or network, behind trusted proxies only."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, IPV6_PREFIX), strict=False).network_address)
    return str(address)
