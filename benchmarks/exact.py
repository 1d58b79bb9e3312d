"""What is measured inside one process (P4, P7, P9, P10), and that a change is seen at once (P9)."""

from time import time_ns

from benchmarks.load import one_by_one
from benchmarks.report import Report
from benchmarks.servers import WORKERS, Servers

#: Changes that are published one by one, each looked for in every worker.
PUBLISHED = 40


def counts(servers: Servers, report: Report, name: str, label: str, *, must: float, stretch: float) -> None:
    """P4: counts and primary keys from bitmaps and from SQL."""
    found = servers.inside(name, "counts", number=8 if "million" in name else 24)
    rows = []
    for kind in ("filters", "words"):
        bitmaps, sql = found[kind]["bitmaps_ms"], found[kind]["sql_ms"]
        rows.append([kind, bitmaps, sql, sql / bitmaps, "yes" if found[kind]["equal"] else "NO"])
        report.goal("P4", f"counts and keys against SQL, {label}, {kind}", sql / bitmaps, must=must, stretch=stretch)
    head = ["questions, none asked before", "bitmaps CPU ms", "SQL CPU ms", "ratio", "equal answers"]
    report.table(f"Counts and primary keys of a page, {found['documents']:,} documents", head, rows)


def first_words(servers: Servers, report: Report, name: str) -> None:
    """P7: a word that nobody asked before, common against rare."""
    found = servers.inside(name, "first_words")
    rows = [["common", found["common_ms"]], ["rare", found["rare_ms"]]]
    report.table("The page of a word that nobody asked before", ["word", "CPU ms"], rows)
    ratio = found["common_ms"] / found["rare_ms"]
    report.goal("P7", "first use of a common word / of a rare word, page CPU", ratio, must=1.3, stretch=1.1)


def queries(servers: Servers, report: Report, names: list[str]) -> None:
    """P10: queries per list page, with one row and with many."""
    found = {name: servers.inside(name, "queries") for name in names}
    rows = [
        [name.removeprefix("bench_"), reader, *numbers.values()]
        for name, readers in found.items()
        for reader, numbers in readers.items()
    ]
    report.table("Queries per list page", ["publications", "reader", *found[names[0]]["visitor"]], rows)
    fresh = [[row[2], row[3], row[4]] for row in rows]
    most = max(max(numbers) for numbers in fresh)
    equal = all(len(set(numbers)) == 1 for numbers in fresh)
    measured = f"{most}, {'equal' if equal else 'not equal'}"
    report.fact("P10", "queries per list page, 1 row or all", measured, "≤ 6, equal", reached=most <= 6 and equal)


def changes(servers: Servers, report: Report, name: str) -> None:
    """P9: counts equal SQL after ten thousand changes with readers, and what a change costs."""
    found = servers.inside(name, "changes")
    measured = f"{found['equal']} of {found['questions']} equal"
    path = f"answers equal to SQL after {found['changes']:,} changes and {found['readings']:,} readings"
    report.fact("P9", path, measured, "all", reached=found["equal"] == found["questions"])
    report.goal("P9", "CPU of a change in the index", found["microseconds"], must=51, stretch=50, unit=" µs")


def seen_at_once(servers: Servers, report: Report, name: str) -> None:
    """P9: after each commit, the next request on every connection shows it."""
    missed = 0
    with servers.portal(name) as web, servers.connect(name) as connection:
        web.warm(["/"])
        for _change in range(PUBLISHED):
            mark = f"Gepubliceerd {time_ns()}"
            connection.execute(
                "UPDATE search_document SET title = %s, sort_date = DATE '2099-01-01' "
                "WHERE id = (SELECT max(id) FROM search_document "
                "WHERE 'public' = ANY(visibility) AND 'nl' = ANY(languages))",
                [mark],
            )
            for _connection in range(WORKERS * 3):
                missed += sum(mark.encode() not in body for _path, _status, body, _time in one_by_one(web.port, ["/"]))
    requests = PUBLISHED * WORKERS * 3
    path = f"a committed change in the next request, {PUBLISHED} changes, new connections"
    report.fact("P9", path, f"{requests - missed} of {requests}", "all", reached=not missed)
