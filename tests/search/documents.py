"""Documents for tests of the index, and random worlds of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from cwn.search.indexing import analyse, fold, write_documents
from cwn.search.models import Document

WORDS = ("haven", "zorg", "ransomware", "oefening", "dreiging", "eiland")
FACETS = {
    "regio": ("zeeland", "utrecht", "saba"),
    "sector": ("zorg", "energie"),
    "functie": ("informatiedeling", "incidentafhandeling"),
    "soort": ("organisatie", "vraag"),
}
PRINCIPALS = ("public", "members", "org:1", "org:2", "role:coordinator")
FIRST_DAY = date(2026, 1, 1)


def subsets(values):
    """Draw some of the values."""
    return st.sets(st.sampled_from(values)).map(sorted)


@st.composite
def documents(draw, number: int) -> Document:
    """Draw one document that is not stored yet."""
    title = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)))
    body = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=3)))
    return document(
        number,
        title=title,
        body=body,
        facets=[f"{facet}:{value}" for facet, values in FACETS.items() for value in draw(subsets(values))],
        visibility=draw(subsets(PRINCIPALS)),
        languages=draw(st.sampled_from((["nl"], ["en"], ["nl", "en"]))),
        day=draw(st.integers(0, 5)),
        days_urgent=draw(st.sampled_from((0, 0, 3))),
    )


def worlds(most: int = 25):
    """Draw a list of documents that are not stored yet."""
    return st.integers(0, most).flatmap(lambda size: st.tuples(*(documents(number) for number in range(size))))


def document(
    number: int,
    *,
    title: str = "haven",
    body: str = "",
    facets: list[str] | None = None,
    visibility: list[str] | None = None,
    languages: list[str] | None = None,
    day: int = 0,
    days_urgent: int = 0,
) -> Document:
    """Make a document that is not stored yet; an urgent one stands some days higher."""
    return Document(
        kind="organisation",
        object_id=number,
        language="nl",
        title=title,
        sort_key=fold(title),
        summary=body,
        url=f"/partners/{number}/",
        date=FIRST_DAY + timedelta(days=day),
        sort_date=FIRST_DAY + timedelta(days=day + days_urgent),
        facets=sorted(facets or []),
        visibility=["public"] if visibility is None else sorted(visibility),
        languages=languages or ["nl", "en"],
        terms=analyse(title, body),
    )


def store(rows) -> list[Document]:
    """Write documents as the index does and return them with their primary keys."""
    rows = list(rows)
    for row, primary_key in zip(rows, write_documents(rows), strict=True):
        row.pk = primary_key
    return rows
