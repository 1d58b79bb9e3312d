"""The bitmaps give the answers that PostgreSQL gives, and both give the right ones."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cwn.search import journal
from cwn.search.index import BY_NAME, EMPTY, NEWEST, RELEVANCE, Answer, Criteria, Index
from cwn.search.models import Document
from cwn.search.sql import SqlIndex
from cwn.search.text.spelling import find
from tests.search.documents import FACETS, PRINCIPALS, WORDS, document, documents, store, subsets, worlds

pytestmark = pytest.mark.django_db

random_world = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
questions = st.fixed_dictionaries(
    {
        "principals": subsets(PRINCIPALS).map(lambda known: frozenset({"public", *known})),
        "language": st.sampled_from(("nl", "en")),
        "words": st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
        "selected": st.dictionaries(st.sampled_from(sorted(FACETS)), st.just(()), max_size=3).flatmap(
            lambda chosen: st.fixed_dictionaries({facet: subsets(FACETS[facet]).map(tuple) for facet in chosen})
        ),
        "sort": st.sampled_from((NEWEST, BY_NAME, RELEVANCE)),
        "offset": st.integers(0, 6),
    }
)


def ask(source, question) -> Answer:
    """Ask an index or its stand-in the same question."""
    readable = source.readable(question["principals"], question["language"])
    tiers = None
    if question["words"]:
        tiers = find(question["words"], source.postings(readable), source.vocabulary, empty=EMPTY).tiers
    criteria = Criteria(question["selected"], question["sort"], question["offset"], 5, ("regio:zeeland",))
    return source.answer(criteria, readable, tiers)


def count_by_hand(rows: list[Document], question) -> tuple[set[int], dict[str, dict[str, int]], int]:
    """Count with plain loops: what matches, each value with the other facets applied, what is off the map."""

    def readable(row: Document) -> bool:
        has_words = all(f"S{word}" in row.terms for word in question["words"].split())
        return (
            bool(set(row.visibility) & question["principals"]) and question["language"] in row.languages and has_words
        )

    def matches(row: Document, without: str = "") -> bool:
        return all(
            facet == without or not values or any(f"{facet}:{value}" in row.facets for value in values)
            for facet, values in question["selected"].items()
        )

    seen = [row for row in rows if readable(row)]
    counts: dict[str, dict[str, int]] = {}
    for facet, values in FACETS.items():
        for value in values:
            if n := sum(f"{facet}:{value}" in row.facets and matches(row, without=facet) for row in seen):
                counts.setdefault(facet, {})[value] = n
    found = [row for row in seen if matches(row)]
    return {row.pk for row in found}, counts, sum("regio:zeeland" not in row.facets for row in found)


def clean() -> None:
    """Make room for the next random world within one test."""
    Document.objects.all().delete()


@given(rows=worlds(), question=questions)
@random_world
def test_bitmaps_equal_sql_and_counting_by_hand(rows, question):
    clean()
    stored = store(rows)
    by_bitmaps, by_sql = ask(Index(journal.read_entries()), question), ask(SqlIndex(), question)
    found, counts, off_map = count_by_hand(stored, question)

    assert by_bitmaps == by_sql
    assert (by_bitmaps.count, by_bitmaps.counts, by_bitmaps.unplaced) == (len(found), counts, off_map)
    assert set(by_bitmaps.ids) <= found


@given(rows=worlds(12), changes=st.lists(st.tuples(st.integers(0, 11), st.booleans()), max_size=12), data=st.data())
@random_world
def test_index_that_followed_changes_equals_one_built_anew(rows, changes, data):
    clean()
    store(rows)
    index = Index(journal.read_entries())
    for number, deleted in changes:
        if deleted:
            gone = list(Document.objects.filter(object_id=number).values_list("pk", flat=True))
            Document.objects.filter(pk__in=gone).delete()
            for primary_key in gone:
                index.remove(primary_key)
        else:
            (row,) = store([data.draw(documents(number))])
            for entry in journal.read_entries([row.pk]):
                index.put(entry)

    question = data.draw(questions)
    assert ask(index, question) == ask(SqlIndex(), question)


def test_pages_of_a_list_are_all_of_it_once(db):
    store(document(number, title=f"haven {number}", day=number % 7) for number in range(60))
    index = Index(journal.read_entries())
    for entry in journal.read_entries(list(Document.objects.values_list("pk", flat=True)[:10])):
        index.put(entry)  # tombstones and numbers out of order
    readable = index.readable({"public"}, "nl")
    for sort in (NEWEST, BY_NAME):
        pages = [index.answer(Criteria(sort=sort, offset=first, limit=7), readable).ids for first in range(0, 63, 7)]
        ids = [pk for page in pages for pk in page]
        assert len(ids) == len(set(ids)) == 60


def test_terms_stay_in_postgresql_without_duplicates(db):
    (row,) = store([document(1, title="haven haven", body="haven")])
    assert len(row.terms) == len(set(row.terms))
