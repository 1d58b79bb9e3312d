"""What the clock does with publications; each job asks the rows themselves what is due, so none runs twice (H06)."""

from email.errors import MessageError
from typing import Any

import structlog
from celery import shared_task
from django.utils import timezone

from comms.actions import clock, issuing
from comms.actions.sending import Claim, claim_notice, mark_sent, release_expired, settle, try_later
from comms.mails import message_of
from comms.models import Notice, NoticeState
from cwn.core.mail import ACCEPTED, IN_DOUBT, REFUSED, SERVER_CLOSES, TRY_LATER, deliver, mail_server
from cwn.delivery.actions.holding import is_held

log = structlog.get_logger("cwn.comms")

#: Mails in one run, so that a run ends well within the time limit of a task; the next run goes on.
MAILS_A_RUN = 200
#: Answers after which the connection is no good any more.
BROKEN_OFF = (IN_DOUBT, SERVER_CLOSES)


@shared_task
def publish_due() -> int:
    """Issue what was scheduled until now and return how many."""
    return issuing.publish_due(timezone.now())


@shared_task
def expire_overdue() -> int:
    """Let expire what was valid until yesterday, by the calendar of Amsterdam, and return how many."""
    return issuing.expire_overdue(timezone.localdate())


@shared_task
def plan_reminders() -> int:
    """Put on the clock what must be asked about publications and return how many moments; twice does no harm."""
    return clock.plan_second_look(timezone.localdate()) + clock.plan_answers(timezone.now())


@shared_task
def send_notices(most: int = MAILS_A_RUN) -> int:
    """Send the mails about publications that are due and return how many; stop when the mail server is away.

    What the server refuses for now is tried again later, what it refuses for good waits for a person. A mail of
    which nobody knows whether it left stays claimed until its term ends, and goes out again then.
    """
    release_expired()
    if is_held() or not Notice.objects.filter(state=NoticeState.QUEUED, next_at__lte=timezone.now()).exists():
        return 0
    sent, code = 0, ACCEPTED
    with mail_server() as connection:
        while connection and sent < most and code not in BROKEN_OFF and (claim := claim_notice()):
            code = send(claim, connection)
            sent += code == ACCEPTED
    return sent


def send(claim: Claim, connection: Any) -> int:
    """Send one mail, write down how it ended, and return the answer of the mail server."""
    try:
        message = message_of(claim)
        message.connection = connection
        code = deliver(message)
    except (ValueError, MessageError) as problem:  # what no mail can hold; one such row stops no other
        log.error("notice_cannot_be_sent", notice=claim.notice.pk, problem=type(problem).__name__)
        settle(claim.notice, NoticeState.PARKED, reason="de mail kan niet worden gemaakt")
        return REFUSED
    if code == ACCEPTED:
        mark_sent(claim)
        return code
    log.warning("notice_not_sent", notice=claim.notice.pk, code=code)
    if code >= REFUSED:
        settle(claim.notice, NoticeState.PARKED, reason=f"de mailserver weigert ({code})")
    elif code >= TRY_LATER:
        try_later(claim.notice, reason=f"de mailserver vraagt om later ({code})")
    return code  # in doubt: the claim stays until its term ends
