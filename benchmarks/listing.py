"""The landing page under load, beside its peers (P1, P2, P3, P5, P6, P8)."""

from statistics import median

from benchmarks.load import Load, again, never_asked
from benchmarks.mix import EMPTY_VIEW, MIX, PLAIN
from benchmarks.report import Report
from benchmarks.servers import Servers, Web

#: Turns that each contestant gets; they alternate, so that a busy moment hits all of them.
ROUNDS = 3
AS_BROWSERS_DO = {"Accept-Encoding": "gzip"}


def contest(servers: Servers, report: Report, sizes: list[int], seconds: float) -> None:
    """P1, P2 and P3: the same twenty addresses at each size, none of which was asked before."""
    rows, at_largest = [], {}
    for size in sizes:
        name, _seconds = servers.data(size)
        with (
            servers.portal(name) as portal,
            servers.portal(name, "benchmarks.portal_on_sql") as on_sql,
            servers.peers(name) as peers,
        ):
            for web, paths in (
                (portal, [*MIX, EMPTY_VIEW]),
                (on_sql, MIX[:4]),
                (peers, ["/empty/", *MIX[:2], *PLAIN[:2]]),
            ):
                web.warm(paths)
            empty, bitmaps = alternate(portal, [[EMPTY_VIEW], MIX], seconds / ROUNDS)
            contestants = {
                "empty view of the portal, same middleware": empty,
                "portal, bitmaps": bitmaps,
                "portal, the same address again": portal.load(again(MIX), seconds=seconds / 2, headers=AS_BROWSERS_DO),
                "portal, SQL only": on_sql.load(never_asked(MIX), seconds=seconds, at_least=len(MIX)),
                "django-filter + ORM": peers.load(never_asked(PLAIN), seconds=seconds, at_least=len(MIX)),
                "Wagtail listing": peers.load(never_asked(MIX), seconds=seconds, at_least=len(MIX)),
            }
        rows += [line(size, label, found) for label, found in contestants.items()]
        at_largest = contestants
        print(*(f"    {row[0]:>9,} {row[1]:<42} {row[2]:>8.1f}/s {row[5]:7.2f} ms" for row in rows[-6:]), sep="\n")
    head = ["publications", "contestant", "req/s", "p50 ms", "p95 ms", "CPU ms app", "CPU ms database"]
    report.table("Landing page, mix of 20 addresses, 8 connections, 2 workers", head, rows)
    largest, ours = f"{sizes[-1]:,} publications", at_largest["portal, bitmaps"]
    for number, other, must, stretch in (
        ("P1", "Wagtail listing", 200, 400),
        ("P2", "django-filter + ORM", 150, 300),
        ("P2", "portal, SQL only", 30, 60),
    ):
        path = f"landing page against {other}, {largest}, req/s"
        report.goal(number, path, ours.per_second / at_largest[other].per_second, must=must, stretch=stretch)
    ratio = ours.app_ms / at_largest["empty view of the portal, same middleware"].app_ms
    report.goal("P3", f"CPU of a page / of an empty view, {largest}", ratio, must=9, stretch=5)


def alternate(
    web: Web, contestants: list[list[str]], seconds: float, headers: list[dict[str, str]] | None = None
) -> list[Load]:
    """Give each contestant some turns, and return the one with the median CPU of each."""
    asked = headers or [{}] * len(contestants)
    turns: list[list[Load]] = [[] for _ in contestants]
    for _round in range(ROUNDS):
        for place, paths in enumerate(contestants):
            turns[place].append(web.load(never_asked(paths), seconds=seconds, headers=asked[place]))
    return [sorted(loads, key=lambda load: load.app_ms)[len(loads) // 2] for loads in turns]


def line(size: int, label: str, found: Load) -> list[object]:
    """Return a row of the table."""
    return [size, label, found.per_second, found.p50, found.p95, found.app_ms, found.database_ms]


def as_member(servers: Servers, report: Report, size: int, seconds: float) -> None:
    """P6: the page of a member, session and rights included, against that of a visitor."""
    name, _seconds = servers.data(size)
    cookie = servers.inside(name, "session", email="mem@demo.example")
    with servers.portal(name) as web:
        web.warm(MIX)
        web.warm(MIX, cookie)
        visitor, member = alternate(web, [MIX, MIX], seconds / ROUNDS, [{}, cookie])
    rows = [["visitor", visitor.per_second, visitor.app_ms, visitor.database_ms]]
    rows.append(["member", member.per_second, member.app_ms, member.database_ms])
    report.table(f"A member's page, {size:,} publications", ["reader", "req/s", "CPU ms app", "CPU ms database"], rows)
    ratio = member.app_ms / visitor.app_ms
    report.goal("P6", "CPU of a member's page / of a visitor's", ratio, must=1.3, stretch=1.15)


def after_publishing(servers: Servers, report: Report, name: str) -> None:
    """P8: a page that everybody asks again, from the moment of a publication, against the empty view."""
    publish = "UPDATE search_document SET title = title WHERE id = (SELECT max(id) FROM search_document)"
    with servers.portal(name) as web, servers.connect(name) as connection:
        web.warm([*MIX, EMPTY_VIEW])
        turns = []
        for _turn in range(2 * ROUNDS):
            empty = web.load(again([EMPTY_VIEW]), seconds=1, headers=AS_BROWSERS_DO)
            connection.execute(publish)
            turns.append((web.load(again(["/"]), seconds=1, headers=AS_BROWSERS_DO), empty))
    rows = [
        [
            label,
            median(one.per_second for one in loads),
            median(one.app_ms for one in loads),
            median(one.database_ms for one in loads),
        ]
        for label, loads in (("kept page", [page for page, _ in turns]), ("empty view", [empty for _, empty in turns]))
    ]
    report.table("A second from each publication on", ["what", "req/s", "CPU ms app", "CPU ms database"], rows)
    ratio = median(page.per_second / empty.per_second for page, empty in turns)
    report.goal("P8", "repeated page against the empty view, from a publication on", ratio, must=0.5, stretch=0.8)


def at_a_million(servers: Servers, report: Report, small: int, seconds: float) -> None:
    """P5: CPU of the page at a million documents and at the usual number."""
    found = {}
    for name in (servers.data(small)[0], "bench_million"):
        with servers.portal(name) as web:
            web.warm(MIX)
            web.settle()
            found[name] = web.load(never_asked(MIX), seconds=seconds)
    usual, million = found.values()
    report.table(
        "A million documents",
        ["documents", "req/s", "p95 ms", "CPU ms app", "CPU ms database"],
        [
            [label, load.per_second, load.p95, load.app_ms, load.database_ms]
            for label, load in ((f"{small:,} publications", usual), ("a million", million))
        ],
    )
    report.goal("P5", "page CPU at 1,000,000 / at 10,000", million.app_ms / usual.app_ms, must=2.5, stretch=1.5)
