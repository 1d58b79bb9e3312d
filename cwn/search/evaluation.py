"""How well and how fast the search finds: recall, precision and speed on a set of judged questions."""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import mean, quantiles
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import QueryDict

from cwn.core.searchable import Searchable, SearchDocument, register_searchable, unregister_searchable
from cwn.core.visibility import PUBLIC
from cwn.search import journal
from cwn.search.indexing import document_row, write_documents
from cwn.search.models import SynonymGroup
from cwn.search.queries import search

KIND = "evaluation"


class UndoError(Exception):
    """Rolls the trial back."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, what it found and what it should have found."""

    kind: str
    found: list[int]
    relevant: set[int]
    milliseconds: float

    @property
    def recall(self) -> float:
        """Share of the relevant documents that were found."""
        return len(self.relevant & set(self.found)) / len(self.relevant) if self.relevant else 1.0

    @property
    def precision(self) -> float:
        """Share of what was found that is relevant; a question that finds nothing has no precision of its own."""
        return len(self.relevant & set(self.found)) / len(self.found) if self.found else 0.0

    @property
    def reciprocal_rank(self) -> float:
        """One divided by the place of the first relevant document."""
        return next((1 / place for place, pk in enumerate(self.found, 1) if pk in self.relevant), 0.0)


def evaluate_search(judged_set: dict[str, Any]) -> dict[str, Any]:
    """Load a judged set as public documents, ask its questions, and undo everything.

    Averages are over questions; precision over those that found something. Times are in milliseconds, of the
    whole search without the page around it, after one round to warm up.
    """
    report: dict[str, Any] = {}
    register_searchable(Searchable(KIND, KIND, KIND, KIND, lambda primary_keys: iter(())))
    try:
        with transaction.atomic():
            _load(judged_set)
            journal.forget()
            for entry in judged_set["queries"]:
                _ask(entry["q"], entry["kind"], entry["relevant"])
            report.update(
                _report(
                    [_ask(entry["q"], entry["kind"], entry["relevant"]) for entry in judged_set["queries"]],
                    [_ask(words, "off_topic", []) for words in judged_set.get("off_topic", [])],
                )
            )
            raise UndoError
    except UndoError:
        pass
    finally:
        unregister_searchable(KIND)
        journal.forget()
    return report


def _load(judged_set: dict[str, Any]) -> None:
    language = judged_set.get("language", "nl")
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.bulk_create(SynonymGroup(phrases=group) for group in judged_set.get("synonyms", []))
    write_documents(
        [
            document_row(
                SearchDocument(
                    kind=KIND,
                    object_id=document["id"],
                    language=language,
                    title=document["title"],
                    summary=document["text"],
                    body="",
                    url=f"/{KIND}/{document['id']}/",
                    date=date(2026, 1, 1),
                    facets=frozenset(),
                    visibility=frozenset({PUBLIC}),
                )
            )
            for document in judged_set["documents"]
        ]
    )


def _ask(words: str, kind: str, relevant: list[int]) -> Judged:
    parameters = QueryDict(mutable=True)
    parameters["q"] = words
    started = time.perf_counter()
    page = search(parameters, user=AnonymousUser(), kind=KIND, page_size=1_000)
    milliseconds = (time.perf_counter() - started) * 1_000
    return Judged(kind, [document.object_id for document in page.documents], set(relevant), milliseconds)


def _report(judged: list[Judged], off_topic: list[Judged]) -> dict[str, Any]:
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_kind[one.kind].append(one)
    times = sorted(one.milliseconds for one in judged + off_topic)
    found_something = [one for one in judged if one.found]
    return {
        "queries": len(judged),
        "recall": round(mean(one.recall for one in judged), 4),
        "precision": round(mean(one.precision for one in found_something), 4) if found_something else 0.0,
        "mrr": round(mean(one.reciprocal_rank for one in judged), 4),
        "off_topic_results": sum(len(one.found) for one in off_topic),
        "p50_ms": round(quantiles(times, n=100)[49], 3),
        "p95_ms": round(quantiles(times, n=100)[94], 3),
        "recall_by_kind": {kind: round(mean(one.recall for one in ones), 4) for kind, ones in sorted(by_kind.items())},
    }
