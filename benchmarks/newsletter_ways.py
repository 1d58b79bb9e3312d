"""Ways to send one issue: `python -m benchmarks.newsletter_ways WAY NUMBER` in the environment of the portal.

Each says "ready" when it is loaded, waits for a line, and answers "done" with what it counted; so neither the start of
Python nor the opening of the database is measured.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cwn.settings")
warnings.simplefilter("ignore")
django.setup()

from django.core.mail import get_connection  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import newsletter_issue as issue  # noqa: E402
from benchmarks.newsletter_message import message  # noqa: E402
from cwn.delivery.actions.pumping import pump_outbox  # noqa: E402
from cwn.delivery.actions.queueing import Recipient, queue_mailing  # noqa: E402
from cwn.delivery.compiling import compile_mail, fill, hole  # noqa: E402
from cwn.delivery.enums import AfterDoubt, DeliveryState, Stream  # noqa: E402
from cwn.delivery.kinds import MailKind, register_kind  # noqa: E402
from cwn.delivery.models import Delivery, Mailing  # noqa: E402
from cwn.delivery.parcels import Parcel, Verdict  # noqa: E402
from cwn.delivery.ways import open_way  # noqa: E402

KIND = "benchmark"
CONNECTIONS = 4
register_kind(MailKind(KIND, "Benchmark", Stream.NEWS, AfterDoubt.ASK, lambda deliveries: {}))


# --- ours ----------------------------------------------------------------------------------------
def compiled() -> bytes:
    """Compose the issue, once."""
    return compile_mail(
        subject=issue.SUBJECT,
        text=issue.text(hole),
        html=issue.html(hole),
        language="nl",
        headers=issue.headers(hole),
        holes=issue.NAMES,
    )


def queue(number: int) -> int:
    """Put the issue in the outbox."""
    return queued(number).deliveries.count()


def queued(number: int) -> Mailing:
    """Put the issue in the outbox and return its mailing."""
    people = issue.people(number)
    recipients = (Recipient(f"guest:{one}", address, "nl", None, of) for one, (address, of) in enumerate(people))
    return queue_mailing(key=f"benchmark:{uuid4()}", kind=KIND, mails={"nl": compiled()}, recipients=recipients)


def pump(_number: int) -> int:
    """Empty the outbox, as a worker does, beside others who do."""
    sent = 0
    while Delivery.objects.due().exists():
        sent += pump_outbox()
    return sent


def books(number: int) -> int:
    """Return how many of the newest mailing stand in the books as sent."""
    return Delivery.objects.filter(state=DeliveryState.SENT).order_by("-pk")[:number].count()


def raw(number: int) -> int:
    """Fill and send without a database: what our own conversation can do at most."""
    content = compiled()
    taken: list[int] = []
    shares = [Thread(target=raw_share, args=(content, number, share, taken)) for share in range(CONNECTIONS)]
    for thread in shares:
        thread.start()
    for thread in shares:
        thread.join()
    return sum(taken)


def raw_share(content: bytes, number: int, share: int, taken: list[int]) -> None:
    """Send one in so many over a connection of its own."""
    accepted = 0

    def report(outcome: Any) -> None:
        nonlocal accepted
        accepted += outcome.verdict is Verdict.ACCEPTED

    def parcels() -> Iterator[Parcel]:
        for key, (address, values) in enumerate(issue.people(number)):
            if key % CONNECTIONS == share:
                mail = fill(content, values, to=address, token=uuid4(), is_dotted=True)
                yield Parcel(key, 0, f"terug+{key}@example.nl", address, mail)

    way = open_way()
    way.carry(parcels(), report)
    way.quit()
    taken.append(accepted)


# --- the usual ways ------------------------------------------------------------------------------
def messages(number: int) -> int:
    """Send with Django, over one connection."""
    with get_connection() as line:
        return line.send_messages([message(address, values) for address, values in issue.people(number)])


def tasks(number: int) -> int:
    """Put a task per row in the queue; a worker of its own sends them and keeps the books."""
    from benchmarks.newsletter_celery import send_row

    for key in queued(number).deliveries.values_list("pk", flat=True):
        send_row.delay(key)
    return number


def blind_tasks(number: int) -> int:
    """Put a task per mail in the queue; a worker of its own sends them, and nobody knows afterwards."""
    from benchmarks.newsletter_celery import send

    for address, values in issue.people(number):
        send.delay(address, values)
    return number


WAYS: dict[str, Callable[[int], int]] = {
    "queue": queue,
    "pump": pump,
    "books": books,
    "raw": raw,
    "messages": messages,
    "tasks": tasks,
    "blind_tasks": blind_tasks,
}


def main() -> None:
    """Load, wait for the sign, do it, and tell."""
    way, number = sys.argv[1], int(sys.argv[2])
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    print("done", WAYS[way](number), flush=True)
    sys.stdin.readline()  # so that what it spent can still be read


if __name__ == "__main__":
    main()
