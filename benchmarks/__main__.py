"""`make bench`: measure, compare, and write benchmarks/RESULTS.md."""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial

from benchmarks import exact, listing, machine, newsletter, others
from benchmarks.report import Report
from benchmarks.servers import Servers, servers

RESULTS = machine.ROOT / "benchmarks" / "RESULTS.md"


def main() -> None:
    """Measure everything that was asked for, one after the other, with what went wrong in the report."""
    options = arguments()
    report, began = Report(machine.facts()), time.perf_counter()
    with servers() as running:
        running.drop_outdated(all_of_it=options.fresh)
        for title, measure in plan(running, report, options):
            if options.only and not set(options.only) & set(title.split()):
                continue
            print(f"{time.perf_counter() - began:5.0f} s  {title}", flush=True)
            try:
                measure()
            except Exception as problem:  # one that fails must not cost the others their results
                report.failed(title, problem)
    command = " ".join(["python -m benchmarks", *sys.argv[1:]])
    report.write(options.output, command, time.perf_counter() - began)
    print(f"{time.perf_counter() - began:5.0f} s  {options.output}")


def plan(running: Servers, report: Report, options: argparse.Namespace) -> list[tuple[str, Callable[[], object]]]:
    """Return the measurements of this run in order."""
    sizes = [1_000, 10_000] if options.quick else [1_000, 10_000, 100_000]
    seconds = 4.0 if options.quick else 12.0
    largest, usual = sizes[-1], 10_000
    at_largest, at_usual = f"bench_{largest}", f"bench_{usual}"
    label = f"{largest:,} publications"
    steps: list[tuple[str, Callable[[], object]]] = [
        ("data", lambda: make_data(running, report, sizes)),
        ("P1 P2 P3  landing page beside its peers", lambda: listing.contest(running, report, sizes, seconds)),
        ("P4  counts and keys", lambda: exact.counts(running, report, at_largest, label, must=80, stretch=110)),
        ("P6  a member's page", lambda: listing.as_member(running, report, largest, seconds)),
        ("P7  first use of a word", lambda: exact.first_words(running, report, at_usual)),
        (
            "P8  right after publishing",
            lambda: with_scratch(running, at_usual, lambda name: listing.after_publishing(running, report, name)),
        ),
        (
            "P9  seen at once",
            lambda: with_scratch(running, at_usual, lambda name: exact.seen_at_once(running, report, name)),
        ),
        (
            "P9  ten thousand changes",
            lambda: with_scratch(running, at_usual, lambda name: exact.changes(running, report, name)),
        ),
        ("P10 queries", lambda: exact.queries(running, report, [f"bench_{sizes[0]}", at_largest])),
        ("A1  admin", lambda: others.admin(running, report, largest)),
        ("W1  wire and pages", lambda: others.wire(running, report, at_usual, "10,000 publications")),
    ]
    mails = 2_000 if options.quick else 10_000
    for title, measure in (
        ("M1 M2  one issue to many people", newsletter.contest),
        ("M3  a relay far away", newsletter.far_away),
    ):
        steps.append((title, partial(with_empty, running, partial(measure, running, report, mails))))
    if options.million:
        steps += [
            ("P5  make a million documents", lambda: running.million(100_000)),
            (
                "P4  counts and keys of a million",
                lambda: exact.counts(running, report, "bench_million", "1,000,000", must=150, stretch=200),
            ),
            ("P5  page at a million", lambda: listing.at_a_million(running, report, usual, seconds)),
        ]
    if not options.quick:
        steps += [("C1  cold start", lambda: others.cold_start(report)), ("suite", lambda: others.suite(report))]
    return steps


def make_data(running: Servers, report: Report, sizes: list[int]) -> None:
    """Make the databases that are not there yet, and note how long `load_demo` took."""
    for size in sizes:
        for what, (_name, seconds) in (
            ("publications", running.data(size)),
            ("organisations", running.organisations(size) if size == sizes[-1] else ("", None)),
        ):
            if seconds is not None and size == 100_000:
                path = f"load_demo of 100,000 {what}, search documents included"
                report.goal("B", path, seconds, must=60, stretch=59.99, unit=" s")


def with_scratch(running: Servers, name: str, measure: Callable[[str], None]) -> None:
    """Measure on a copy that may be changed."""
    with running.scratch(name) as copy:
        measure(copy)


def with_empty(running: Servers, measure: Callable[[str], None]) -> None:
    """Measure on a database of its own with the reference data only."""
    with_scratch(running, running.without_network(), measure)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 10,000 publications, short turns, no cold start")
    parser.add_argument("--million", action="store_true", help="also with a million documents (minutes more)")
    parser.add_argument("--fresh", action="store_true", help="make the data anew")
    parser.add_argument("--only", nargs="+", metavar="P1", help="only these: P1 … W1, M1 … M3, C1, suite, data")
    parser.add_argument("--output", type=type(RESULTS), default=RESULTS, help="where the results go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
