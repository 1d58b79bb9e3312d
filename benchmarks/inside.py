"""What is measured inside a process of the portal: `python -m benchmarks.inside WHAT '{"option": 1}'`.

Writes one line of JSON. CPU is that of this process, and for SQL that of its PostgreSQL process as well.
"""

import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from random import Random
from statistics import median
from typing import Any

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cwn.settings")
warnings.simplefilter("ignore")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.mix import MIX  # noqa: E402
from benchmarks.questions import (  # noqa: E402
    SEED,
    VISITOR,
    Question,
    ask,
    questions,
    same,
    words_by_frequency,
)
from cwn.portal.page_cache import forget_pages  # noqa: E402
from cwn.search import journal  # noqa: E402
from cwn.search.index import Answer, Criteria, Index  # noqa: E402
from cwn.search.sql import SqlIndex  # noqa: E402
from cwn.search.text import warm  # noqa: E402


# --- helpers -------------------------------------------------------------------------------------
def database_process() -> psutil.Process:
    """Return the process of PostgreSQL that serves us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


def spent(process: psutil.Process | None = None) -> float:
    """Return the CPU seconds of this process, and of another one."""
    if process is None:
        return time.process_time()
    times = process.cpu_times()
    return time.process_time() + times.user + times.system


def ready_index() -> Index:
    """Return the index of this process, built."""
    journal.BUILD_INLINE = 10_000_000
    index = journal.synchronise().index
    assert index is not None
    return index


def visitor() -> Client:
    """Return a browser without a cookie."""
    return Client(headers={"host": "localhost"})


def member(email: str) -> Client:
    """Return a browser in which a demo person is logged in."""
    client = visitor()
    client.force_login(get_user_model().objects.get(email=email))
    client.get("/")
    return client


def milliseconds_each(asks: list[Callable[[], Any]], process: psutil.Process | None = None) -> float:
    """Return the CPU milliseconds per call."""
    before = spent(process)
    for one in asks:
        one()
    return (spent(process) - before) / len(asks) * 1000


# --- measurements --------------------------------------------------------------------------------
def counts(number: int = 24) -> dict[str, Any]:
    """P4: counts and primary keys of a page, from bitmaps and from SQL; the answers must be equal."""
    index, process = ready_index(), database_process()
    warm()
    placed = journal.state.vocabulary.placed
    result: dict[str, Any] = {"documents": len(index)}
    for name, words in (("filters", False), ("words", True)):
        drawn = questions(index, number, words=words)

        def by_bitmaps(question: Question) -> Answer:
            index._readable.clear()  # nothing that an earlier question left
            return ask(index, question, placed)

        bitmaps = milliseconds_each([lambda one=one: by_bitmaps(one) for one in drawn])
        sql = milliseconds_each([lambda one=one: ask(SqlIndex(), one, placed) for one in drawn], process)
        equal = all(same(ask(index, one, placed), ask(SqlIndex(), one, placed)) for one in drawn[:8])
        result[name] = {"bitmaps_ms": bitmaps, "sql_ms": sql, "equal": equal}
    return result


def first_words(number: int = 30) -> dict[str, float]:
    """P7: the page of a word that nobody asked before: common words against words in one or two documents."""
    index, client = ready_index(), visitor()
    known = words_by_frequency(index)
    for path in MIX:
        client.get(path)

    def cost(word: str) -> float:
        before = spent()
        assert client.get("/", {"q": word}).status_code == 200
        return (spent() - before) * 1000

    cost(known[0])
    common, rare = known[1 : number + 1], known[-number:]
    pairs = [(cost(often), cost(seldom)) for often, seldom in zip(common, rare, strict=True)]
    return {"common_ms": median(one for one, _ in pairs), "rare_ms": median(one for _, one in pairs)}


def changes(number: int = 10_000) -> dict[str, Any]:
    """P9: change documents at random while readers follow, then compare the index with SQL; cost per change."""
    from threading import Event, Thread

    index, chance, done = ready_index(), Random(SEED), Event()
    followed: list[int] = []

    def read() -> None:
        while not done.is_set():
            state = journal.synchronise()
            with journal.lock:
                followed.append(state.index.answer(Criteria(), state.index.readable(VISITOR, "nl")).count)
        connection.close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_document ORDER BY id")
        ids = [primary_key for (primary_key,) in cursor.fetchall()]
        cursor.execute("SELECT DISTINCT unnest(facets) AS word FROM search_document ORDER BY 1")
        words = [word for (word,) in cursor.fetchall()]
    readers = [Thread(target=read, daemon=True) for _ in range(2)]
    for reader in readers:
        reader.start()
    changed = 0
    while changed < number:
        batch = chance.sample(ids, chance.choice((1, 1, 5, 50)))
        with connection.cursor() as cursor:
            if chance.random() < 0.1:
                cursor.execute("DELETE FROM search_document WHERE id = ANY(%s)", [batch])
            else:
                cursor.execute(
                    "UPDATE search_document SET facets = %s, visibility = %s, sort_date = sort_date + %s "
                    "WHERE id = ANY(%s)",
                    [
                        sorted(chance.sample(words, 6)),
                        chance.choice((["public"], ["members"], [])),
                        chance.randint(-9, 9),
                        batch,
                    ],
                )
        changed += len(batch)
    done.set()
    for reader in readers:
        reader.join()
    state = journal.synchronise()
    drawn = questions(state.index, 40, words=False) + questions(state.index, 20, words=True)
    placed = state.vocabulary.placed
    equal = sum(same(ask(state.index, one, placed), ask(SqlIndex(), one, placed)) for one in drawn)
    entries = list(journal.read_entries(ids[:2_000]))
    before = spent()
    for entry in entries:
        index.put(entry)
    return {
        "changes": changed,
        "readings": len(followed),
        "questions": len(drawn),
        "equal": equal,
        "microseconds": (spent() - before) / len(entries) * 1e6,
    }


def queries() -> dict[str, Any]:
    """P10: queries per list page, for a visitor and a member; a kept page is another row."""
    ready_index()
    result = {}
    for name, client in (("visitor", visitor()), ("member", member("mem@demo.example"))):
        found = {}
        for label, path in (("many rows", "/"), ("one row", one_row()), ("with words", "/?q=oefent")):
            client.get(path)
            forget_pages()
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            found[label] = len(captured)
        with CaptureQueriesContext(connection) as captured:
            client.get("/?q=oefent")
        found["once more"] = len(captured)
        result[name] = found
    return result


def one_row() -> str:
    """Return the address of a list with one result: the title of an organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title FROM search_document WHERE 'public' = ANY(visibility) AND kind = 'organisation' "
            "ORDER BY id DESC LIMIT 1"
        )
        return f"/?q={'+'.join(cursor.fetchone()[0].split())}"


def session(email: str = "mem@demo.example") -> dict[str, str]:
    """Log a demo person in and return the cookie."""
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={member(email).cookies[settings.SESSION_COOKIE_NAME].value}"}


def pages() -> dict[str, float]:
    """W1: CPU milliseconds of every public page, the best of three after a first look."""
    from cwn.search.models import Document

    ready_index()
    client = visitor()
    names = [
        "home",
        "publication_list",
        "organisation_list",
        "initiative_list",
        "function_list",
        "faq_list",
        "join",
        "contact",
        "accessibility",
        "privacy",
        "styleguide",
    ]
    paths = [reverse(name) for name in names] + ["/sitemap.xml", "/.json", "/informatie.csv", "/partners.csv", "/.atom"]
    paths += ["/sitemap-informatie.xml", "/account/login/"]
    for kind in ("publication", "organisation", "initiative", "question"):
        row = Document.objects.filter(kind=kind, visibility__contains=["public"]).first()
        paths += [row.url] if row else []
    result = {}
    for path in paths:
        times = []
        for _turn in range(4):
            forget_pages()
            before = spent()
            response = client.get(path)
            b"".join(response)
            times.append((spent() - before) * 1000)
            assert response.status_code == 200, (path, response.status_code)
        result[path] = min(times[1:])
    return result


def multiply(times: int = 10) -> dict[str, int]:
    """Make a database that many times as large: every document with other numbers, words and all."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET session_replication_role = replica; DROP INDEX document_terms")
        cursor.execute("SELECT max(object_id), max(id) FROM search_document")
        things, _last = cursor.fetchone()
        cursor.execute(
            """
            INSERT INTO search_document (kind, object_id, language, title, sort_key, summary, url, date, sort_date,
                                         facets, visibility, languages, terms, card)
            SELECT kind, object_id + %s * copy, language, title, sort_key, summary, url, date - copy::int,
                   sort_date - copy::int, facets, visibility, languages, terms, card
            FROM search_document, generate_series(1, %s) AS copy
            """,
            [things, times - 1],
        )
        cursor.execute("CREATE INDEX document_terms ON search_document USING gin (terms)")
        cursor.execute("ANALYZE search_document")
        cursor.execute("SELECT count(*) FROM search_document")
        return {"documents": cursor.fetchone()[0]}


MEASUREMENTS = {
    measure.__name__: measure for measure in (counts, first_words, changes, queries, session, pages, multiply)
}

if __name__ == "__main__":
    print(json.dumps(MEASUREMENTS[sys.argv[1]](**json.loads(sys.argv[2]))))
