"""One trial: a mailing to many people while everything that can break is broken, and the books compared afterwards."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from django.db import InterfaceError, OperationalError, connection
from django.db.models.functions import Now

from cwn.core.up.postgres import LocalPostgres
from cwn.core.up.processes import Processes
from cwn.core.up.valkey import free_port
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.compiling import compile_mail, hole, message_id_of
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery, Mailing

PYTHON = sys.executable
#: Seconds in which nothing may change before a trial counts as stuck.
STUCK = 90
#: Seconds that the mail server takes for each answer, so that there is something to break off.
DELAY = 0.004
#: Deliveries that will not move any more by themselves.
AT_REST = {DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.PARKED, DeliveryState.BOUNCED}


@dataclass(frozen=True)
class Plan:
    """What a trial does."""

    recipients: int = 10_000
    kills: int = 20
    flushes: int = 5
    restarts: int = 3
    seed: int = 1
    has_log: bool = True
    kind: str = "proef-vragen"
    drops: float = 0.04
    refusals: float = 0.05


@dataclass
class Result:
    """What came of it."""

    plan: Plan
    states: Counter = field(default_factory=Counter)
    lost: int = 0
    """Recipients of whom the portal says that they got it, or says nothing at all, and who did not get it."""
    doubled: int = 0
    """Recipients who got it twice."""
    silent: int = 0
    """Recipients who did not get it and whom nobody is told about."""
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Tell whether the promise held: a kind that sends again when in doubt may double, and no other."""
        resends = not self.plan.has_log and self.plan.kind == "proef-opnieuw"
        return not self.lost and not self.silent and (resends or not self.doubled)


class Trial:
    """The servers, the workers and the mail server of one run."""

    def __init__(self, folder: Path, processes: Processes, database: LocalPostgres, plan: Plan) -> None:
        self.folder, self.processes, self.database, self.plan = folder, processes, database, plan
        self.chance = random.Random(plan.seed)
        self.log = folder / f"mail-{plan.seed}-{plan.has_log}-{plan.kind}.log"
        self.workers: list[subprocess.Popen] = []
        self.environment = {**os.environ, "MAIL_TIMEOUT": "1", "MAIL_LOG": str(self.log) if plan.has_log else ""}

    def run(self) -> Result:
        """Send to everybody under fire and compare the books."""
        began = time.monotonic()
        with self.mail_server(), self.workers_and_clock():
            mailing = self.queue()
            self.break_things(mailing)
            self.wait_until_at_rest(mailing)
        result = self.compare(mailing)
        result.seconds = time.monotonic() - began
        return result

    # --- what runs -------------------------------------------------------------------------------
    @contextmanager
    def mail_server(self) -> Iterator[None]:
        """Run the sink as a process of its own; nobody kills it."""
        port = free_port()
        plan = self.plan
        command = [PYTHON, "-m", "tests.delivery.sink", str(port), str(self.log), "--seed", str(plan.seed),
                   "--drops", str(plan.drops), "--refusals", str(plan.refusals), "--delay", str(DELAY)]  # fmt: skip
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        server = subprocess.Popen(command)
        try:
            while not self.log.exists():
                time.sleep(0.05)
            yield
        finally:
            server.kill()
            server.wait()

    @contextmanager
    def workers_and_clock(self) -> Iterator[None]:
        """Run two workers and the clock."""
        beat = self.start("beat", "--schedule", str(self.folder / f"beat-{time.time()}"), "--pidfile=")
        self.workers = [self.start_worker() for _number in range(2)]
        try:
            yield
        finally:
            for process in (beat, *self.workers):
                kill(process)

    def start(self, *words: str) -> subprocess.Popen:
        command = [PYTHON, "-m", "celery", "-A", "tests.faults.worker", *words, "--loglevel", "warning"]
        with (self.folder / "workers.log").open("ab") as output:
            return subprocess.Popen(command, env=self.environment, stdout=output, stderr=output, start_new_session=True)

    def start_worker(self) -> subprocess.Popen:
        return self.start("worker", "--concurrency", "1", "--without-gossip", "--without-mingle")

    # --- what happens ----------------------------------------------------------------------------
    def queue(self) -> Mailing:
        """Put the mailing in the outbox."""
        content = compile_mail(subject="Proef", text=f"Beste {hole('name')},\n\nTekst.", language="nl")
        people = (
            Recipient(f"guest:{number}", f"p{number}@example.nl", values={"name": f"Jan {number}"})
            for number in range(self.plan.recipients)
        )
        key = f"proef:{self.plan.seed}:{time.time()}"
        return queue_mailing(key=key, kind=self.plan.kind, mails={"nl": content}, recipients=people)

    def break_things(self, mailing: Mailing) -> None:
        """Break one thing after the other, spread over the mailing."""
        plan = self.plan
        events = ["kill"] * plan.kills + ["flush"] * plan.flushes + ["restart"] * plan.restarts
        self.chance.shuffle(events)
        for number, event in enumerate(events, 1):
            self.wait_for_share(mailing, number / (len(events) + 1))
            getattr(self, event)()

    def kill(self) -> None:
        """Kill a worker with everything in its hands and start another."""
        index = self.chance.randrange(len(self.workers))
        kill(self.workers[index])
        self.workers[index] = self.start_worker()

    def flush(self) -> None:
        """Empty the broker."""
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
            broker.flushall()

    def restart(self) -> None:
        """Stop PostgreSQL as a power cut does, and start it again."""
        child = next(child for child in reversed(self.processes.children) if child.name == self.database.name)
        os.kill(child.process.pid, signal.SIGQUIT)
        child.process.wait()
        self.processes.children.remove(child)
        self.database.start(self.processes)

    def wait_for_share(self, mailing: Mailing, share: float) -> None:
        """Wait until so much of the mailing was taken by the mail server, or until nothing moves any more."""
        wanted, seen, since = share * self.plan.recipients, -1, time.monotonic()
        while (taken := self.number_taken()) < wanted:
            if taken != seen:
                seen, since = taken, time.monotonic()
            if set(self.counts(mailing)) <= AT_REST:
                return
            if time.monotonic() - since > STUCK:
                raise RuntimeError(f"stuck at {taken} mails: {self.counts(mailing)}")
            self.let_time_pass(mailing)

    def wait_until_at_rest(self, mailing: Mailing) -> None:
        """Wait until no mail will move any more by itself."""
        seen: Counter = Counter()
        since = time.monotonic()
        while not set(counts := self.counts(mailing)) <= AT_REST:
            if counts != seen:
                seen, since = counts, time.monotonic()
            if time.monotonic() - since > STUCK:
                raise RuntimeError(f"stuck: {counts}")
            self.let_time_pass(mailing)

    def let_time_pass(self, mailing: Mailing) -> None:
        """Wait a moment; minutes of waiting after a refusal pass in it."""
        time.sleep(0.2)
        again_if_away(
            lambda: Delivery.objects.filter(mailing=mailing, state=DeliveryState.QUEUED, next_at__gt=Now()).update(
                next_at=Now()
            )
        )

    # --- the books -------------------------------------------------------------------------------
    def number_taken(self) -> int:
        """Return how many mails the mail server took."""
        return self.log.read_bytes().count(b"(queue active)")

    def counts(self, mailing: Mailing) -> Counter:
        """Return the number of deliveries by state."""
        rows = again_if_away(lambda: list(Delivery.objects.filter(mailing=mailing).values_list("state", flat=True)))
        return Counter(rows)

    def compare(self, mailing: Mailing) -> Result:
        """Hold what the portal says against what the mail server has."""
        words = [
            line.split("message-id=")[1].strip() for line in self.log.read_text().splitlines() if "message-id=" in line
        ]
        taken = Counter(words)
        result = Result(self.plan, states=self.counts(mailing))
        for delivery in Delivery.objects.filter(mailing=mailing):
            copies = taken[message_id_of(delivery.token)]
            result.doubled += copies > 1
            result.lost += delivery.state == DeliveryState.SENT and not copies
            result.silent += not copies and delivery.state not in (DeliveryState.UNKNOWN, DeliveryState.PARKED)
        result.lost += self.plan.recipients - sum(result.states.values())
        return result


def kill(process: subprocess.Popen) -> None:
    """Kill a process and all it started, without a word."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def again_if_away(step):
    """Do a step with the database, again when it is being restarted."""
    for _try in range(100):
        try:
            return step()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.2)
    return step()
