"""Waking the worker for a new request; the message has no content and may get lost, the clock looks too."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger("comms.subscriptions")

#: By name, for actions stand below tasks.
ANSWERING = "comms.subscriptions.tasks.answer_requests"


def wake_after_commit() -> None:
    """Ask a worker to answer requests once the transaction holds."""
    transaction.on_commit(_wake)


def _wake() -> None:
    try:
        current_app.send_task(ANSWERING, ignore_result=True, retry=False)
    except (OperationalError, OSError) as problem:
        log.warning("requests_not_woken", problem=type(problem).__name__)
