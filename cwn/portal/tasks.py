"""What the portal does by the clock."""

from email.errors import MessageError

import structlog
from celery import shared_task
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from cwn.accounts.models import User
from cwn.core.mail import ACCEPTED, IN_DOUBT, REFUSED, SERVER_CLOSES, deliver, mail_server
from cwn.delivery.actions.holding import is_held
from cwn.portal.actions import forget_old_messages, forward_message
from cwn.portal.models import AlertMail, ContactMoment
from cwn.portal.saved_searches.alerts import (
    claim_mail,
    drop_mail,
    forget_old_mails,
    give_up,
    mark_sent,
    people_to_alert,
    queue_alert,
)
from cwn.portal.saved_searches.content import content_of, message_of

log = structlog.get_logger("cwn.mail")

#: People and mails in one run, so that a run ends well within the time limit of a task; the next run goes on.
PEOPLE_A_RUN = 500
MAILS_A_RUN = 200
#: Beside the answers of a mail server.
NOTHING_TO_SEND = -1


@shared_task
def forward_messages() -> int:
    """Pass on every message that waits; one that cannot be sent stops no other and is tried again next time."""
    forwarded = 0
    if is_held():
        return forwarded
    for moment_id in ContactMoment.objects.waiting().order_by("pk").values_list("pk", flat=True):
        try:
            forwarded += forward_message(moment_id=moment_id)
        except (OSError, ValueError, MessageError) as problem:  # smtplib's errors are among the first
            log.error("message_not_forwarded", moment=moment_id, problem=type(problem).__name__)
    return forwarded


@shared_task
def forget_messages() -> int:
    """Forget the messages of more than a year ago, and the mails about searches of more than a month ago."""
    forget_old_mails(now=timezone.now())
    return forget_old_messages(now=timezone.now())


@shared_task
def queue_alerts(most: int = PEOPLE_A_RUN) -> int:
    """Queue the mails about new results that are due and return how many (R12).

    The searches themselves know when they were last asked, so a late, a double or a missed beat does no harm (H06).
    A search that breaks stops nobody else's; it stays due and is tried again (G14).
    """
    now, queued = timezone.now(), 0
    for user_id in list(people_to_alert(now))[:most]:
        try:
            queued += queue_alert(user_id=user_id, now=now) is not None
        except Exception as problem:
            log.exception("alert_not_queued", user=user_id, problem=type(problem).__name__)
    return queued


@shared_task
def send_alerts(most: int = MAILS_A_RUN) -> int:
    """Send the mails about new results that wait and return how many left; stop when the mail server is away."""
    if is_held() or not AlertMail.objects.pending(timezone.now()).exists():
        return 0
    sent = 0
    with mail_server() as connection:
        for _number in range(most if connection else 0):
            mail = claim_mail(now=timezone.now())
            code = None if mail is None else send_alert(mail, connection)
            if code in (None, IN_DOUBT, SERVER_CLOSES):
                break
            sent += code == ACCEPTED
    return sent


def send_alert(mail: AlertMail, connection: BaseEmailBackend | None) -> int:
    """Send one mail with what its reader may read now, and return the answer of the mail server."""
    user = User.objects.with_access_facts().get(pk=mail.user_id)
    content = content_of(mail, user)
    if not content.sections:
        drop_mail(mail)
        return NOTHING_TO_SEND
    message = message_of(mail, content, user)
    message.connection = connection
    code = deliver(message)
    if code == ACCEPTED:
        mark_sent(mail, told=content.told)
    else:
        log.warning("alert_not_sent", mail=mail.pk, code=code)
    if code >= REFUSED:
        give_up(mail)
    return code
