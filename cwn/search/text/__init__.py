"""Dutch and English text search without a database: analysis, questions, matching, spelling, highlighting.

`analyse` gives the terms under which a document is kept; `find` answers a question from sets of documents per
term. Nothing is loaded before the first word is analysed; `warm` does that ahead.
"""

from cwn.search.text.highlight import Highlighter
from cwn.search.text.index import BODY, PART, SURFACE, TITLE, analyse
from cwn.search.text.matching import Postings, Tiers, evaluate
from cwn.search.text.query import Query, Word, parse_query
from cwn.search.text.spelling import Outcome, Vocabulary, correct, find, look_alikes, prefix_terms
from cwn.search.text.stems import warm
from cwn.search.text.synonyms import Group, Synonyms
from cwn.search.text.tokens import fold

__all__ = [
    "BODY",
    "PART",
    "SURFACE",
    "TITLE",
    "Group",
    "Highlighter",
    "Outcome",
    "Postings",
    "Query",
    "Synonyms",
    "Tiers",
    "Vocabulary",
    "Word",
    "analyse",
    "correct",
    "evaluate",
    "find",
    "fold",
    "look_alikes",
    "parse_query",
    "prefix_terms",
    "warm",
]
