"""The list pages ask the database as often for one row as for many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cwn.portal.page_cache import forget_pages
from tests.search.documents import document, store

pytestmark = pytest.mark.django_db

FACETS = ["regio:zeeland", "soort:organisatie"]
PAGES = ("/", "/partners/", "/en/", "/?q=haven", "/?regio=zeeland", "/.json")


def queries_of(client: Client, path: str) -> int:
    """Count the queries of a page that was asked before, but is not kept."""
    client.get(path)
    forget_pages()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("principal", "most"), [("anon", 2), ("mem", 6), ("coord", 6)])
def test_a_page_takes_as_many_queries_for_one_row_as_for_fifty(cast, principal, most):
    client = cast.client(principal)
    store([document(90_000, facets=FACETS)])
    few = [queries_of(client, path) for path in PAGES]
    store(document(number, facets=FACETS) for number in range(90_001, 90_050))

    assert [queries_of(client, path) for path in PAGES] == few
    assert max(few) <= most


def test_a_kept_page_takes_one_query(cast):
    store([document(1)])
    client = cast.client("anon")
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/")

    assert len(captured) == 1
