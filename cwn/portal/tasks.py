"""What the portal does by the clock."""

from email.errors import MessageError

import structlog
from celery import shared_task
from django.utils import timezone

from cwn.portal.actions import forget_old_messages, forward_message
from cwn.portal.models import ContactMoment

log = structlog.get_logger("cwn.mail")


@shared_task
def forward_messages() -> int:
    """Pass on every message that waits; one that cannot be sent stops no other and is tried again next time."""
    forwarded = 0
    for moment_id in ContactMoment.objects.waiting().order_by("pk").values_list("pk", flat=True):
        try:
            forwarded += forward_message(moment_id=moment_id)
        except (OSError, ValueError, MessageError) as problem:  # smtplib's errors are among the first
            log.error("message_not_forwarded", moment=moment_id, problem=type(problem).__name__)
    return forwarded


@shared_task
def forget_messages() -> int:
    """Forget the messages of more than a year ago."""
    return forget_old_messages(now=timezone.now())
