"""Waking the worker: a message without content, which may get lost (security.md chapter 5, step 2)."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger("cwn.delivery")

#: By name, for actions stand below tasks.
PUMP = "cwn.delivery.tasks.pump"


def wake_after_commit() -> None:
    """Ask a worker to look in the outbox once the transaction holds; without a broker the clock does it."""
    transaction.on_commit(wake)


def wake() -> None:
    """Ask a worker to look in the outbox; a question that is not heard soon is forgotten, for the clock asks too."""
    try:
        current_app.send_task(PUMP, ignore_result=True, retry=False, expires=60)
    except (OperationalError, OSError) as problem:
        log.warning("pump_not_woken", problem=type(problem).__name__)
