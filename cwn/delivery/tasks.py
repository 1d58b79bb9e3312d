"""What the clock does with the outbox; each job asks the rows what is due, so none runs twice (security.md H06)."""

import imaplib
import mailbox

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings

from cwn.delivery.actions.announcing import announce_due
from cwn.delivery.actions.bouncing import report_bounce
from cwn.delivery.actions.diagnosing import note_trouble
from cwn.delivery.actions.holding import is_held
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.bounce_mails import read_report
from cwn.delivery.mailbox import take_mails
from cwn.delivery.models import Delivery
from cwn.delivery.waking import wake
from cwn.delivery.watching import watch

log = structlog.get_logger("cwn.delivery")
worker_ready.connect(watch)


@shared_task
def pump(most: int | None = None) -> int:
    """Send what is due and return how many mails left; a run is short, so a large mailing takes several."""
    sent = pump_outbox(most=most)
    note_trouble(sent=sent)
    if sent and most is None and Delivery.objects.due().exists():
        wake()
    return sent


@shared_task
def run_reminders() -> int:
    """Write the mails of every reminder that is due in the outbox and return how many reminders that were."""
    return 0 if is_held() else announce_due()


@shared_task
def read_bounces() -> int:
    """Read the mailbox for bounces, if there is one, and return how many reports were about mails of ours."""
    if not settings.BOUNCE_MAILBOX:
        return 0
    try:
        return sum(_keep_report(raw) for raw in take_mails(settings.BOUNCE_MAILBOX))
    except (OSError, imaplib.IMAP4.error, mailbox.Error) as problem:
        log.warning("bounce_mailbox_unreachable", problem=type(problem).__name__)
        return 0


def _keep_report(raw: bytes) -> bool:
    report = read_report(raw)
    if report is None:
        return False
    report_bounce(
        report.delivery,
        reason=report.reason,
        is_final=report.is_final,
        source="mailbox",
        event_key=report.key,
        explanation=report.explanation,
    )
    return True
