"""The rows of a page: the same that `visible_to` gives, in the order that was asked."""

import pytest

from cwn.core.visibility import MEMBERS, PUBLIC
from cwn.search import journal
from cwn.search.index import Criteria, Index
from cwn.search.models import Document
from cwn.search.results import fetch
from tests.cast import PRINCIPALS
from tests.search.documents import document, store

pytestmark = pytest.mark.django_db


def test_rows_are_those_that_the_reader_may_see(cast):
    own = f"org:{cast.organisations['havenring'].pk}"
    visibilities = ([PUBLIC], [MEMBERS], [own], ["role:coordinator"], ["user:0"], [])
    rows = store(document(number, visibility=names) for number, names in enumerate(visibilities))
    ids = [row.pk for row in rows]
    seen = {principal: [row.pk for row in fetch(ids, user=cast[principal])] for principal in PRINCIPALS}

    for principal in PRINCIPALS:
        assert seen[principal] == sorted(
            Document.objects.visible_to(cast[principal]).filter(pk__in=ids).values_list("pk", flat=True)
        )
    assert [len(seen[principal]) for principal in ("anon", "mem-x", "mem", "coord", "sus")] == [1, 2, 3, 2, 1]


def test_rows_come_in_the_order_that_was_asked(cast):
    ids = [row.pk for row in store(document(number) for number in range(3))]

    assert [row.pk for row in fetch(ids[::-1], user=cast["anon"])] == ids[::-1]
    assert fetch([], user=cast["anon"]) == []


def test_document_that_changes_twice_stays_in_its_place():
    first, second = (row.pk for row in store([document(1), document(2)]))
    index = Index(journal.read_entries())
    for _change in range(2):
        for entry in journal.read_entries([first]):
            index.put(entry)

    assert index.answer(Criteria(), index.readable({PUBLIC}, "nl")).ids == [second, first]
