"""How an app makes its things findable, without knowing the search.

An app registers a `Searchable` (which things, and how one becomes documents) and the `Facet`s it brings.
Its models carry the trigger `marks_stale(...)`, so that every way of writing (form, admin, `update()`,
`bulk_create`, raw SQL) leaves a row in `StaleDocument`; `cwn.search` refreshes those documents before it
answers the next reader (docs/adr/0003-search-index.md).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

import pgtrigger
from django.db import models
from django.utils.translation import override

#: A document has a field called `date`, which hides the type from the fields below it.
Day = date
#: Characters of a summary on a result card.
SUMMARY_LENGTH = 240


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One findable text in one language."""

    kind: str
    object_id: int
    language: str
    title: str
    summary: str
    body: str
    url: str
    date: date
    facets: frozenset[str]
    """Values as "facet:slug", those above a value in a tree included."""
    visibility: frozenset[str]
    """Principals of cwn.core.visibility; empty means nobody."""
    languages: frozenset[str] = frozenset({"nl", "en"})
    """The languages of the pages on which this text is shown."""
    sort_date: Day | None = None
    """The day that counts for the order of lists where that is not `date`: what is urgent stands higher (R78)."""
    holds_until: datetime | None = None
    """When this must be made anew because time passes, though nobody changes anything (R110)."""
    card: dict[str, Any] = field(default_factory=dict)
    """What the result card shows besides title and summary: its `badge`, and values of facets as facts. Plain
    JSON, no private fields."""


class Status(Protocol):
    """A value of an enum that a card shows as a badge."""

    @property
    def label(self) -> Any:
        """Its words, in the language of the page."""

    @property
    def tone(self) -> str:
        """How loud it is: neutral, info, success, warning or danger."""


@lru_cache(maxsize=64, typed=True)  # typed: a value of one enum may be spelled like one of another
def badge(status: Status) -> dict[str, str]:
    """Return a status as the badge of a card: its words in both languages, and how loud it is."""
    return {**in_both_languages(status.label), "tone": status.tone}


def in_both_languages(label: Any) -> dict[str, str]:
    """Return a translatable text as what is stored of it, so that no page needs the app that it came from."""
    texts = {}
    for language in ("nl", "en"):
        with override(language):
            texts[language] = str(label)
    return texts


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a facet."""

    value: str
    label: str
    label_en: str = ""
    parent: str = ""
    position: tuple[int, int] | None = None
    """Row and column on the tile map, for regions."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of things that can be found."""

    kind: str
    slug: str
    label: Any
    label_plural: Any
    documents: Callable[[Sequence[int] | None], Iterator[SearchDocument]]
    """All documents, or those of the given primary keys. A thing without documents is not findable."""
    kinds: Callable[[], Iterable[FacetOption]] = tuple
    """Finer values of the facet `soort` below this kind; a document names its own among its facets."""
    is_news: bool = False
    """Whether its own list begins with the newest; other lists begin with the first name."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its parameter name, its label and its values in the order in which they are shown."""

    name: str
    label: Any
    options: Callable[[], Iterable[FacetOption]]
    order: int = 100


_searchables: dict[str, Searchable] = {}
_facets: dict[str, Facet] = {}


def register_searchable(searchable: Searchable) -> None:
    """Make a kind of things findable; called once, from `AppConfig.ready`."""
    _searchables[searchable.kind] = searchable


def register_facet(facet: Facet) -> None:
    """Add a filter; called once, from `AppConfig.ready`."""
    _facets[facet.name] = facet


def searchables() -> dict[str, Searchable]:
    """Return every registered kind."""
    return dict(_searchables)


def facets() -> list[Facet]:
    """Return every registered facet in the order of the page."""
    return sorted(_facets.values(), key=lambda facet: facet.order)


def marks_stale(kind: str, column: str = "id") -> list[pgtrigger.Trigger]:
    """Return the triggers that mark the documents of a row as stale, whatever way the row is written.

    `column` is the column that holds the primary key of the findable thing.
    """
    return [
        pgtrigger.Trigger(
            name=f"stale_{kind}_{verb}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**{side: f"{side}_rows" for side in sides}),
            func=f"""
                INSERT INTO core_staledocument (kind, object_id)
                {" UNION ".join(f"SELECT '{kind}', {column} FROM {side}_rows" for side in sides)};
                RETURN NULL;
            """,  # noqa: S608  our own table and column names
        )
        for verb, operation, sides in (
            ("insert", pgtrigger.Insert, ("new",)),
            ("update", pgtrigger.Update, ("old", "new")),
            ("delete", pgtrigger.Delete, ("old",)),
        )
    ]


def link_marks_stale(model: type[models.Model], field: str, kind: str) -> type[models.Model]:
    """Return a proxy of the table behind a many-to-many field, which carries `marks_stale`.

    Triggers live on a model of ours; the table that Django makes by itself has none, hence the proxy.
    """
    through = getattr(model, field).through
    meta = type(
        "Meta",
        (),
        {
            "proxy": True,
            "app_label": model._meta.app_label,
            "default_permissions": (),
            "triggers": marks_stale(kind, column=f"{model._meta.model_name}_id"),
        },
    )
    return type(f"{model.__name__}{field.title()}Link", (through,), {"__module__": model.__module__, "Meta": meta})


def marks_vocabulary_stale(facet: str) -> list[pgtrigger.Trigger]:
    """Return the trigger for a table that holds the values of a facet: its labels are read again."""
    return [
        pgtrigger.Trigger(
            name=f"stale_facet_{facet}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func="INSERT INTO core_staledocument (kind, object_id) VALUES ('facet', 0); RETURN NULL;",
        )
    ]


def unregister_searchable(kind: str) -> None:
    """Take a kind back that was only registered for a trial."""
    _searchables.pop(kind, None)
