"""Every person of the cast, at every address, by every method."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.rows import ELSEWHERE, ROWS
from tests.cast import PRINCIPALS

pytestmark = pytest.mark.django_db
STRANGE_METHODS = ("put", "patch", "delete", "trace")


def names(patterns, namespace: str = "") -> set[str]:
    """Return the names of all addresses, those of the admin with their name space."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(f"{namespace}:{pattern.name}" if namespace else pattern.name)
    return found


def test_every_address_has_a_row():
    missing = names(get_resolver().url_patterns) - {row.name for row in ROWS} - set(ELSEWHERE)
    missing = {name for name in missing if not name.startswith("admin:")}  # tests/architecture/test_admin.py
    assert missing == set()


def test_every_row_is_an_address():
    assert {row.name for row in ROWS} <= names(get_resolver().url_patterns)


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_status(cast, principal):
    client = cast.client(principal)
    wrong = []
    for row in ROWS:
        address = reverse(row.name, kwargs=row.arguments(cast)) + row.query
        status = client.get(address).status_code
        if status != row.expected(principal):
            wrong.append(f"{address}: {status} instead of {row.expected(principal)}")
    assert wrong == []


@pytest.mark.parametrize("principal", ["anon", "mem", "coord"])
def test_strange_methods_change_nothing(cast, principal):
    client = cast.client(principal)
    wrong = []
    for row in ROWS:
        address = reverse(row.name, kwargs=row.arguments(cast))
        for method in STRANGE_METHODS:
            status = getattr(client, method)(address).status_code
            if status != 405:
                wrong.append(f"{method} {address}: {status}")
    assert wrong == []


@pytest.mark.parametrize("principal", ["anon", "mem"])
def test_head_says_what_get_says(cast, principal):
    client = cast.client(principal)
    for row in ROWS:
        address = reverse(row.name, kwargs=row.arguments(cast)) + row.query
        assert client.head(address).status_code == client.get(address).status_code, address


def test_a_visitor_who_reads_gets_no_cookie(cast):
    for row in ROWS:
        client = cast.client("anon")
        response = client.get(reverse(row.name, kwargs=row.arguments(cast)) + row.query)
        if "csrfmiddlewaretoken" not in response.content.decode(errors="replace"):
            assert dict(client.cookies) == {}, row.name
