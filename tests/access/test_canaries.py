"""Nothing leaks: every secret of the cast carries a token, and everybody reads everything they can reach.

Pages, data, feeds, counts and suggestions of each person are searched for the tokens that this person may
not see (security.md M2).
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from partners.enums import PUBLIC_STATUSES, VisibilityLevel
from tests.access.rows import ROWS
from tests.cast import PRINCIPALS, Cast

pytestmark = pytest.mark.django_db

MEMBERS = ("mem", "rep", "wg", "mem-x", "mem-o", "rcp")
OWN = {"havenring": ("mem", "rep"), "zorgring": ("wg", "mem-x"), "eilandring": ("mem-o", "rcp")}


def forbidden(cast: Cast, principal: str) -> set[str]:
    """Return the tokens that this person must never see."""
    tokens = set()
    for key, one in cast.organisations.items():
        is_public, own = one.status in PUBLIC_STATUSES, principal in OWN.get(key, ())
        may_see = {
            f"kanarie-notitie-{key}": principal == "coord",
            f"kanarie-{VisibilityLevel.OWN.value}-{key}": own or principal == "coord",
            f"kanarie-persoon-{key}": own or principal == "coord",
            f"kanarie-piket-{key}": own or principal == "coord",
            f"kanarie-{VisibilityLevel.MEMBERS.value}-{key}": (is_public and principal in MEMBERS)
            or principal == "coord",
            f"kanarie-{VisibilityLevel.PUBLIC.value}-{key}": is_public or principal == "coord",
            one.name: is_public or principal in ("coord", "nctv") or (principal, key) == ("sus", "geschorste-ring"),
        }
        tokens |= {token for token, allowed in may_see.items() if not allowed}
    return tokens if principal == "mem" else tokens | {"kanarie-zoekvraag"}


def everything_reachable(cast: Cast, client: Client) -> Iterator[tuple[str, str]]:
    """Yield every address of the matrix and every search for a name or a token, with what it answers."""
    addresses = [reverse(row.name, kwargs=row.arguments(cast)) + row.query for row in ROWS]
    words = [one.name for one in cast.organisations.values()] + ["kanarie", "ring", "kanarie-notitie"]
    for word in words:
        addresses += [f"{form}?q={quote(word)}" for form in ("/", "/.json", "/.csv", "/.atom", "/partners/")]
        addresses.append(f"/zoeken/suggesties/?q={quote(word)}")
    addresses += [f"/.json?status={one.status}" for one in cast.organisations.values()]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield address, body.decode(errors="replace")


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_nobody_sees_what_is_not_theirs(cast, principal):
    tokens = forbidden(cast, principal)
    searched_for = {one.name for one in cast.organisations.values()}
    leaks = []
    for address, body in everything_reachable(cast, cast.client(principal)):
        asked = {name for name in searched_for if quote(name) in address}  # the search box repeats what was typed
        leaks += [(address, token) for token in tokens - asked if token in body]
    assert leaks == []


def test_those_who_may_do_see(cast):
    """The crawl would find a leak: the coordinator sees on the same addresses what others do not."""
    seen = " ".join(body for _address, body in everything_reachable(cast, cast.client("coord")))
    assert cast.organisations["prospectring"].name in seen
    assert "kanarie-eigen-havenring" in seen


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_counts_are_over_visible_rows_only(cast, principal):
    client = cast.client(principal)
    if principal == "nomfa":
        return
    listed = client.get("/.json?soort=organisatie").json()
    hidden = 0 if principal in ("coord", "nctv") else 4
    assert listed["count"] == len(cast.organisations) - hidden
    assert {value["value"]: value["count"] for value in listed["facets"]["status"]}["prospect"] == (0 if hidden else 1)
