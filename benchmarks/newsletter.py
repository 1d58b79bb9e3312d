"""M1, M2 and M3: one issue to many people, by our outbox and by the usual ways, to the same server on loopback."""

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Thread

import psutil

from benchmarks import machine
from benchmarks.newsletter_sink import HOST
from benchmarks.report import Report
from benchmarks.servers import Servers, peers_python
from cwn.core.up.valkey import free_port

TURNS = 3
#: Of slow ways a part of the recipients says as much: each mail costs the same.
SLOW_SHARE = 5
AWAY = 20  # milliseconds to the relay and back
FAR_CONNECTIONS, FAR_SHARE = 20, 50
PATIENCE = 120  # seconds
HEAD = ["way", "mails", "mails/s", "CPU ms per mail, application", "CPU ms per mail, PostgreSQL"]
OURS, OURS_TWICE = "our outbox, one worker", "our outbox, two workers"
OURS_WITHOUT_LOG = "our outbox, one worker, no log of the mail server"
RAW = "raw: compiled mails, pipelined, four connections, no database"
MESSAGES = "Django send_messages, one connection"
TASKS = "Celery task per mail with its row in the database, Django mail, two processes"
BLIND_TASKS = "Celery task per mail without a database, Django mail, two processes"
PEER = "django-newsletter"


@dataclass(slots=True)
class Turn:
    """What one way did in one turn."""

    mails: int
    seconds: float
    app: float
    """CPU seconds."""
    database: float

    @property
    def rate(self) -> float:
        return self.mails / self.seconds

    @property
    def row(self) -> tuple[int, float, float, float]:
        return self.mails, self.rate, self.app / self.mails * 1000, self.database / self.mails * 1000


class Post:
    """The mail server of a run, and the ways to send to it."""

    def __init__(self, running: Servers, database: str, port: int, relay: int) -> None:
        self.running, self.database, self.port, self.relay = running, database, port, relay
        self.log = Path(running.folder) / "newsletter-mail.log"
        self.log.touch()

    # --- contestants -----------------------------------------------------------------------------
    def outbox(self, number: int, workers: int = 1, *, log: bool = True, far: bool = False) -> Turn:
        """Queue the issue and let workers empty the outbox; what the books say must be what the server took."""
        more = {"MAIL_LOG": str(self.log) if log else "", "MAIL_CONNECTIONS": str(FAR_CONNECTIONS if far else 4)}
        with ExitStack() as stack:
            desk = stack.enter_context(self.way("queue", number, far=far, more=more))
            pumps = [stack.enter_context(self.way("pump", number, far=far, more=more)) for _one in range(workers)]
            turn = self.measured(number, [desk, *pumps], [[desk], pumps])
        with self.way("books", number) as books:
            books.go()
            if books.wait() != number:
                raise RuntimeError("not every mail that was taken stands in the books as sent")
        return turn

    def alone(self, way: str, number: int, *, far: bool = False) -> Turn:
        """Let one process send."""
        with self.way(way, number, far=far) as sender:
            return self.measured(number, [sender], [[sender]])

    def tasks(self, number: int, way: str = "tasks") -> Turn:
        """Queue a task per mail and wait until a worker has sent them."""
        options = ("-A", "benchmarks.newsletter_celery", "worker", "--concurrency=2", "--loglevel=ERROR")
        command = [sys.executable, "-m", "celery", *options, "--without-gossip", "--without-mingle"]
        with self.process([*command, "--queues=newsletter-benchmark"], machine.ROOT, waits=False) as worker:
            with self.way(way, 1) as one:  # the worker is there when its first mail is
                before = self.taken()
                one.go()
                one.wait()
                self.wait_for(before + 1)
            with self.way(way, number) as sender:
                return self.measured(number, [sender, worker], [[sender]])

    def peer(self, number: int) -> Turn:
        """Let django-newsletter send."""
        command = [peers_python(), "newsletter_peer.py", str(number)]
        with self.process(command, machine.ROOT / "benchmarks") as sender:
            return self.measured(number, [sender], [[sender]])

    def ceiling(self, number: int) -> float:
        """Return how many mails per second the server takes from two clients that compose and wait for nothing."""
        with self.way("raw", 1) as one:
            one.go()
            one.wait()
        mail = b"MAIL FROM:<a@example.nl>\r\nRCPT TO:<b@example.nl>\r\nDATA\r\n" + b"x" * 75 * 150 + b"\r\n.\r\n"
        before, start = self.taken(), time.perf_counter()
        clients = [Thread(target=self.flood, args=(mail * 20, number // 40)) for _client in range(2)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        return (self.taken() - before) / (time.perf_counter() - start)

    def flood(self, block: bytes, times: int) -> None:
        """Send blocks of ready mails, reading what comes back now and then."""
        with socket.create_connection((HOST, self.port)) as line:
            reading = Thread(target=lambda: [None for _ in iter(lambda: line.recv(65_536), b"")])
            reading.start()
            for _time in range(times):
                line.sendall(block)
            line.sendall(b"QUIT\r\n")
            reading.join()

    # --- measuring -------------------------------------------------------------------------------
    def measured(self, number: int, all_of_them: list["Sender"], phases: list[list["Sender"]]) -> Turn:
        """Let senders go, one phase after the other, until the server took as many mails as were asked for."""
        taken, processes = self.taken(), [sender.process for sender in all_of_them]
        app, database = machine.seconds_of(processes), machine.seconds_of([self.running.postgres])
        start = time.perf_counter()
        for senders in phases:
            for sender in senders:
                sender.go()
            for sender in senders:
                sender.wait()
        self.wait_for(taken + number)
        seconds = time.perf_counter() - start
        app, database = (
            machine.seconds_of(processes) - app,
            machine.seconds_of([self.running.postgres]) - database,
        )
        if self.taken() != taken + number:
            raise RuntimeError(f"the server took {self.taken() - taken} mails instead of {number}")
        return Turn(number, seconds, app, database)

    def taken(self) -> int:
        """Ask the server how many mails it took."""
        with socket.create_connection((HOST, self.port), timeout=PATIENCE) as line, line.makefile("rwb") as words:
            words.readline()
            words.write(b"COUNT\r\n")
            words.flush()
            return int(words.readline().split()[1])

    def wait_for(self, number: int) -> None:
        """Wait until the server took so many mails."""
        until = time.monotonic() + PATIENCE
        while self.taken() < number:
            if time.monotonic() > until:
                raise RuntimeError(f"{number - self.taken()} mails did not arrive")
            time.sleep(0.01)

    def way(self, way: str, number: int, *, far: bool = False, more: dict[str, str] | None = None):
        """Start a way to send, up to the point where it waits for the sign."""
        command = [sys.executable, "-m", "benchmarks.newsletter_ways", way, str(number)]
        return self.process(command, machine.ROOT, far=far, more=more)

    @contextmanager
    def process(
        self,
        command: list[str],
        cwd: Path,
        *,
        far: bool = False,
        more: dict[str, str] | None = None,
        waits: bool = True,
    ) -> Iterator["Sender"]:
        """Start a process in the environment of the portal, and end it afterwards."""
        environment = self.running.environment(self.database) | {
            "EMAIL_URL": f"smtp://{HOST}:{self.relay if far else self.port}",
            "LOG_LEVEL": "ERROR",
            **(more or {}),
        }
        with (self.running.folder / "newsletter.log").open("ab") as log:
            child = subprocess.Popen(
                command, cwd=cwd, env=environment, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        try:
            sender = Sender(child)
            if waits:
                sender.read("ready")
            yield sender
        finally:
            child.stdin.close()
            if not waits:
                child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


class Sender:
    """A process that sends when it is told to."""

    def __init__(self, child: subprocess.Popen) -> None:
        self.child, self.process = child, psutil.Process(child.pid)

    def go(self) -> None:
        self._say()

    def wait(self) -> int:
        """Wait until it is done and return what it counted."""
        return int(self.read("done"))

    def read(self, word: str) -> str:
        """Read lines until one begins with a word, and return the rest of that one."""
        while select.select([self.child.stdout], [], [], PATIENCE)[0]:
            line = self.child.stdout.readline().decode()
            if line.startswith(word):
                return line[len(word) :].strip()
            if not line:
                break
        raise RuntimeError(f"{' '.join(map(str, self.child.args[1:4]))} ended or hangs; see newsletter.log")

    def _say(self) -> None:
        self.child.stdin.write(b"go\n")
        self.child.stdin.flush()


@contextmanager
def post(running: Servers, database: str) -> Iterator[Post]:
    """Start the mail server and the relay that is far away."""
    port, relay = free_port(), free_port()
    sink = [sys.executable, "-m", "benchmarks.newsletter_sink"]
    with ExitStack() as stack:
        for options in ([str(port)], [str(relay), "--before", str(port), "--away", str(AWAY)]):
            child = stack.enter_context(subprocess.Popen([*sink, *options], cwd=machine.ROOT))
            stack.callback(child.terminate)
        one = Post(running, database, port, relay)
        for place in (port, relay):
            wait_until_open(place)
        yield one


def wait_until_open(port: int) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


# --- goals -------------------------------------------------------------------------------------------
def contest(running: Servers, report: Report, number: int, database: str) -> None:
    """Compare all ways that send to a server nearby (M1, M2)."""
    with post(running, database) as to:
        few, load = max(200, number // SLOW_SHARE), [os.getloadavg()[0]]
        ways = {
            OURS: lambda: to.outbox(number),
            OURS_TWICE: lambda: to.outbox(number, 2),
            OURS_WITHOUT_LOG: lambda: to.outbox(number, log=False),
            RAW: lambda: to.alone("raw", number),
            MESSAGES: lambda: to.alone("messages", few),
            TASKS: lambda: to.tasks(few),
            BLIND_TASKS: lambda: to.tasks(few, "blind_tasks"),
            PEER: lambda: to.peer(few),
        }
        ceiling = median(to.ceiling(number) for _turn in range(TURNS))
        best = in_turn(report, ways, load)
    rows = [[name, *turn.row] for name, turn in best.items()]
    rows.append(["what the server takes from two clients that only write", number, ceiling, "", ""])
    report.table(f"One issue to {number:,} people, load before each turn {shown_load(load)}", HEAD, rows)
    for other, must, stretch in ((PEER, 40, 100), (TASKS, 20, 50), (BLIND_TASKS, 20, 50), (MESSAGES, 10, 25)):
        for ours in (OURS, OURS_TWICE):
            if other in best and ours in best:
                ratio = best[ours].rate / best[other].rate
                report.goal("M1", f"{ours}, against {other}, mails/s", ratio, must=must, stretch=stretch)
    for ours in (OURS, OURS_TWICE):
        if ours in best and RAW in best:
            path = f"{ours}, against raw pipelined sending, mails/s"
            report.goal("M2", path, best[ours].rate / best[RAW].rate, must=0.25, stretch=0.5)


def far_away(running: Servers, report: Report, number: int, database: str) -> None:
    """Compare with Django where the relay is far away (M3)."""
    with post(running, database) as to:
        load = [os.getloadavg()[0]]
        ours, django = f"our outbox, one worker, {FAR_CONNECTIONS} connections", MESSAGES
        ways = {
            ours: lambda: to.outbox(number, far=True),
            django: lambda: to.alone("messages", max(40, number // FAR_SHARE), far=True),
        }
        best = in_turn(report, ways, load)
    rows = [[name, *turn.row] for name, turn in best.items()]
    report.table(f"A relay {AWAY} ms away, load before each turn {shown_load(load)}", HEAD, rows)
    if len(best) == len(ways):
        path = f"relay {AWAY} ms away, {FAR_CONNECTIONS} connections, against {django}, mails/s"
        report.goal("M3", path, best[ours].rate / best[django].rate, must=40, stretch=60)


def in_turn(report: Report, ways: dict, load: list[float]) -> dict[str, Turn]:
    """Let all ways take turns and return the median turn of each; one that fails does not stop the others."""
    turns: dict[str, list[Turn]] = {name: [] for name in ways}
    broken = set()
    for _turn in range(TURNS):
        for name, way in ways.items():
            if name in broken:
                continue
            load.append(os.getloadavg()[0])
            try:
                turns[name].append(way())
            except (RuntimeError, OSError, ValueError) as problem:
                broken.add(name)
                report.failed(f"M1 {name}", problem)
                continue
            print(f"       {name}: {turns[name][-1].rate:,.0f} mails/s", flush=True)
    return {
        name: sorted(of_one, key=lambda turn: turn.rate)[len(of_one) // 2] for name, of_one in turns.items() if of_one
    }


def shown_load(load: list[float]) -> str:
    """Return the least, the median and the most."""
    return f"{min(load):.1f} / {median(load):.1f} / {max(load):.1f} (least, median, most)"
