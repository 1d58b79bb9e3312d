"""Looking whether an address outside the portal answers, from the worker only (security.md, SSRF).

Nobody may use the portal to look around in its own network: https and http only, on their own ports, no name or
password, and every address that the name stands for must be a public one. The connection goes to the address that
was judged, so a name that changes its mind in between gains nothing. A redirect is judged anew.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

MOST_REDIRECTS = 4
PATIENCE = 8  # seconds per connection
PORTS = {"https": 443, "http": 80}
#: Answers to HEAD after which a GET is worth a try.
NOT_BY_HEAD = {403, 405, 501}


class NotAllowed(Exception):  # noqa: N818  a refusal, no error of the code
    """Refuses an address that is not for us to ask."""


Resolve = Callable[[str, int], list[str]]


def judged(address: str, resolve: Resolve | None = None) -> tuple[SplitResult, str]:
    """Return an address in parts and the one IP address to ask; raises NotAllowed."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        raise NotAllowed(_("geen geldig adres")) from problem
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise NotAllowed(_("geen gewoon webadres"))
    if port not in (None, PORTS[parts.scheme]):
        raise NotAllowed(_("geen gewoon webadres"))
    try:
        found = (resolve or _resolve)(parts.hostname, PORTS[parts.scheme])
    except OSError as problem:
        raise NotAllowed(_("deze naam bestaat niet")) from problem
    if not found or not all(is_public(ip) for ip in found):
        raise NotAllowed(_("dit adres is niet openbaar"))
    return parts, found[0]


def is_public(ip: str) -> bool:
    """Tell whether an IP address belongs to the open internet, also when it hides in an IPv6 one."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.ip_address(int(address) & 0xFFFFFFFF).is_global
    return address.is_global and not address.is_multicast


def _resolve(name: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]


def look(address: str) -> tuple[bool, str]:
    """Return whether an address is broken, and why, in words; follows a few redirects."""
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            parts, ip = judged(address)
            status, location = _ask("HEAD", parts, ip)
            if status in NOT_BY_HEAD:
                status, location = _ask("GET", parts, ip)
            if status in (301, 302, 303, 307, 308) and location:
                address = urljoin(address, location)
                continue
            return status >= 400 and status not in (401, 403, 429), _("antwoord %(status)d") % {"status": status}
    except NotAllowed as refusal:
        return True, str(refusal)
    except (OSError, http.client.HTTPException, UnicodeError):
        return True, _("geen antwoord")
    return True, _("te veel doorverwijzingen")


def _ask(method: str, parts: SplitResult, ip: str) -> tuple[int, str]:
    """Ask exactly the machine that was judged, under the name of the address."""
    host = str(parts.hostname)
    connection: http.client.HTTPConnection = http.client.HTTPConnection(host, PORTS[parts.scheme], timeout=PATIENCE)
    plain = socket.create_connection((ip, PORTS[parts.scheme]), timeout=PATIENCE)
    try:
        secure = parts.scheme == "https"
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={"User-Agent": "CWN-linkcontrole", "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()
        plain.close()
