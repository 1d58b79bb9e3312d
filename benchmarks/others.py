"""The admin (A1), the wire (W1), the cold start (C1) and the suite."""

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.load import HOST, Connection, one_by_one
from benchmarks.machine import ROOT, seconds_of
from benchmarks.report import Report
from benchmarks.servers import Servers, Web, peers_python
from cwn.core.up.valkey import free_port

#: Seconds that a start may take before it counts as failed.
LONGEST_START = 300


def admin(servers: Servers, report: Report, size: int) -> None:
    """A1: the list of organisations in the admin, against the stock admin with facets on the same rows."""
    (name, _seconds), label = servers.organisations(size), f"{size:,} organisations"
    cookie = servers.inside(name, "session", email="coord@demo.example")
    stock_cookie = servers.run([peers_python(), "-m", "peers.session"], name, cwd=ROOT / "benchmarks").strip()
    with servers.portal(name) as ours, servers.peers(name) as peers:
        found = [
            cost(ours, "/beheer/partners/organisation/", cookie, 9),
            cost(peers, "/beheer/peers/item/", {"cookie": stock_cookie}, 3),
        ]
    rows = [["admin of the portal", *found[0]], ["stock admin, facets on", *found[1]]]
    report.table(f"Admin list, {label}", ["admin", "ms", "CPU ms app and database"], rows)
    report.goal("A1", f"admin list against the stock admin, {label}", found[1][1] / found[0][1], must=20, stretch=100)


def cost(web: Web, path: str, headers: dict[str, str], turns: int) -> tuple[float, float]:
    """Return the median milliseconds and CPU milliseconds of a page that is asked alone, after a first time."""
    times, spent = [], []
    for _turn in range(turns + 2):
        before = seconds_of([web.process, web.postgres])
        for asked, status, _body, seconds in one_by_one(web.port, [path], headers):
            if status != 200:
                raise RuntimeError(f"{status} on {asked}")
            times.append(seconds * 1000)
        spent.append((seconds_of([web.process, web.postgres]) - before) * 1000)
    return median(times[2:]), sum(spent[2:]) / turns


def wire(servers: Servers, report: Report, name: str, label: str) -> None:
    """W1: bytes of the landing page with all it loads, and the CPU of every public page."""
    with servers.portal(name) as web:
        connection = Connection(web.port, {"Accept-Encoding": "gzip"})
        for _turn in range(4):  # both workers have compressed it
            _status, page = connection.get("/")
        html = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
        sizes = {"/ (as sent)": len(page)}
        for asset in sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))):
            sizes[asset] = len(connection.get(asset)[1])
        connection.close()
    report.table(
        "Landing page over the wire, gzip where the server gives it", ["address", "bytes"], list(sizes.items())
    )
    report.goal("W1", "landing page over the wire, HTML", len(page) / 1000, must=60, stretch=30, unit=" kB")
    pages = servers.inside(name, "pages")
    rows = sorted(pages.items(), key=lambda pair: -pair[1])
    report.table(f"CPU of each public page, {label}", ["page", "CPU ms"], rows)
    path = f"slowest public page ({rows[0][0]}), {label}, CPU"
    report.goal("W1", path, rows[0][1], must=50.01, stretch=50, unit=" ms")


def cold_start(report: Report) -> None:
    """C1: from a fresh clone with an empty home to the first page, against `wagtail start`; then a second start."""
    with tempfile.TemporaryDirectory(prefix="cwn-cold-") as folder:
        place = Path(folder)
        first = start_ours(place)
        second = start_ours(place)
        theirs = start_wagtail(place)
    rows = [["portal, first start", first], ["portal, second start", second], ["Wagtail, first start", theirs]]
    report.table("Cold start, empty home, package index as this machine reaches it", ["what", "seconds"], rows)
    report.goal(
        "C1", "fresh clone to first page / `wagtail start` to its first page", first / theirs, must=1, stretch=0.5
    )
    report.goal("C1", "second start", second, must=5.01, stretch=5, unit=" s")


def bare_environment(place: Path, **more: str) -> dict[str, str]:
    """Return an environment with an empty home and without our virtual environment."""
    (place / "home").mkdir(exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "UV_", "SSL_", "LANG", "LC_"))}
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if ".venv" not in part)
    return {**kept, "PATH": path, "HOME": str(place / "home"), **more}


def start_ours(place: Path) -> float:
    """Clone when there is no clone yet, `make run`, and return the seconds until the first page."""
    port, clone = free_port(), place / "clone"
    before = time.perf_counter()
    if not clone.exists():
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    return until_page(["make", "run"], clone, bare_environment(place, PORT=str(port)), port, before)


def start_wagtail(place: Path) -> float:
    """Follow the first page of the Wagtail documentation, and return the seconds until the first page.

    Its step `pip install -r requirements.txt` is left out: `pip install wagtail` did that already, and the file
    of a new site may ask for a Django that this Python does not have.
    """
    port, python = free_port(), place / "wagtail" / "bin" / "python"
    environment = bare_environment(place)
    before = time.perf_counter()
    site = place / "mysite"
    version = re.search(r"^wagtail==(\S+)", (ROOT / "benchmarks" / "requirements.txt").read_text(), re.M).group(1)
    for command, cwd in (
        ([Path(sys.base_prefix) / "bin" / "python3", "-m", "venv", place / "wagtail"], place),
        ([python, "-m", "pip", "install", "--quiet", f"wagtail=={version}"], place),
        ([place / "wagtail" / "bin" / "wagtail", "start", "mysite"], place),
        ([python, "manage.py", "migrate", "--verbosity=0"], site),
    ):
        subprocess.run(list(map(str, command)), cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL)
    return until_page([str(python), "manage.py", "runserver", str(port)], site, environment, port, before)


def until_page(command: list[str], cwd: Path, environment: dict[str, str], port: int, before: float) -> float:
    """Start something, wait for its first page, stop it, and return the seconds since `before`."""
    with (cwd / "start.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            while time.perf_counter() - before < LONGEST_START and process.poll() is None:
                try:
                    if [status for _path, status, _body, _time in one_by_one(port, ["/"])] == [200]:
                        return time.perf_counter() - before
                except OSError:
                    time.sleep(0.05)
            raise RuntimeError(f"{command} on {HOST}:{port} gave no page:\n{(cwd / 'start.log').read_text()[-2000:]}")
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def suite(report: Report) -> None:
    """Run the whole suite once, as `make test` does, and note how long that takes."""
    make = shutil.which("make") or "make"
    before = time.perf_counter()
    done = subprocess.run([make, "test"], cwd=ROOT, capture_output=True, text=True)
    seconds = time.perf_counter() - before
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "no output"
    report.table("The suite", ["what", "seconds", "said"], [["make test", seconds, last]])
