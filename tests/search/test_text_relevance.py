"""The search finds what it should: judged questions about texts of our own (R3).

Another file of the same shape is judged too when CWN_RELEVANCE names it.
"""

import json
import os
from collections import defaultdict
from pathlib import Path
from statistics import mean

import pytest

from cwn.search.text import SURFACE, Synonyms, Vocabulary, analyse, find

HERE = Path(__file__).parent
SETS = [HERE / "relevance_own.nl.json", HERE / "relevance_second.nl.json"]
if extra := os.environ.get("CWN_RELEVANCE"):
    SETS.append(Path(extra))


class Judged:
    """A judged set, indexed with plain sets."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        self.queries, self.off_topic = data["queries"], data["off_topic"]
        self.synonyms = Synonyms.of(data["synonyms"])
        self.postings: dict[str, set[int]] = defaultdict(set)
        for document in data["documents"]:
            for term in analyse(document["title"], document["text"]):
                self.postings[term].add(document["id"])
        self.vocabulary = Vocabulary(term[1:] for term in self.postings if term.startswith(SURFACE))

    def ask(self, question: str) -> set[int]:
        """Return the documents that a question finds."""
        outcome = find(question, self.postings, self.vocabulary, self.synonyms)
        return set().union(*outcome.tiers)


@pytest.fixture(scope="module", params=SETS, ids=lambda path: path.stem)
def judged(request):
    return Judged(request.param)


def test_nearly_everything_relevant_is_found(judged):
    recalls = {q["q"]: len(judged.ask(q["q"]) & set(q["relevant"])) / len(q["relevant"]) for q in judged.queries}
    assert mean(recalls.values()) >= 0.97, {q: recall for q, recall in recalls.items() if recall < 1}


def test_nearly_everything_found_is_relevant(judged):
    found = {q["q"]: (judged.ask(q["q"]), set(q["relevant"])) for q in judged.queries}
    precisions = {q: len(got & relevant) / len(got) for q, (got, relevant) in found.items() if got}
    assert mean(precisions.values()) >= 0.94, {q: precision for q, precision in precisions.items() if precision < 1}


def test_what_the_network_is_not_about_finds_nothing(judged):
    assert {q: found for q in judged.off_topic if (found := judged.ask(q))} == {}
