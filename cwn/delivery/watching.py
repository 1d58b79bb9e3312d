"""Whether mail moves (security.md G03): asked by the health page, and by each worker about itself."""

import os
import signal
import threading
from datetime import timedelta

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Q
from django.db.models.functions import Now

from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery, Mailing, Outbox

log = structlog.get_logger("cwn.delivery")

#: How long a mail may be due before somebody should know.
LATE = timedelta(minutes=2)
LOOK = 30.0  # seconds between two looks
GRACE = 60.0  # seconds that a worker gets to finish what it was doing


def mail_moves() -> bool:
    """Tell whether no mail is due for long, or mail leaves at least: a large mailing takes its time.

    Mails that could not be offered are due anew each time, so a mail server that is away shows in the outbox itself.
    """
    if Outbox.objects.filter(trouble_since__lt=Now() - LATE).exists():
        return False
    overdue = Delivery.objects.due().filter(next_at__lt=Now() - LATE, mailing__sends_at__lt=Now() - LATE)
    forgotten = Delivery.objects.filter(state=DeliveryState.CLAIMED, lease_until__lt=Now() - LATE)
    if not overdue.exists() and not forgotten.exists():
        return True
    return Delivery.objects.filter(mailing__in=Mailing.objects.open(), sent_at__gt=Now() - LATE).exists()


def worker_is_deaf() -> bool:
    """Tell whether mail stands still because nobody looks: a worker that lives but takes no tasks any more."""
    looked = Outbox.objects.filter(~Q(pumped_at=None), pumped_at__gt=Now() - LATE)
    return not looked.exists() and not mail_moves()


def watch(**_options: object) -> None:
    """Let each worker watch itself; not under `manage.py up`, which would end with it."""
    if "CWN_UP" not in os.environ:
        threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    pause = threading.Event()
    while not pause.wait(LOOK):
        try:
            is_deaf = worker_is_deaf()
        except (DatabaseError, InterfaceError):
            continue  # without a database no worker can do better
        finally:
            connection.close()
        if is_deaf:
            log.error("worker_is_deaf")
            os.kill(os.getpid(), signal.SIGTERM)
            pause.wait(GRACE)
            os._exit(1)
