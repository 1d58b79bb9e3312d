"""What the registry does by the clock: ask, send, suspend and clear away."""

import structlog
from celery import shared_task
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from cwn.core.mail import (
    ACCEPTED,
    IN_DOUBT,
    REFUSED,
    SERVER_CLOSES,
    TRY_LATER,
    compose,
    deliver,
    mail_server,
    site_address,
)
from partners.actions.admission import purge_unconfirmed_applications
from partners.actions.confirmation import (
    NOTICES_BEFORE_SUSPENSION,
    claim_notice,
    mark_sent,
    queue_notices,
    release_notice,
    suspend_silent_representatives,
)
from partners.actions.duplicates import compare_registry
from partners.actions.imports import forget_waiting_imports
from partners.models import ConfirmationNotice, Contact

log = structlog.get_logger("cwn.partners")

#: Mails in one run, so that a run ends well within the time limit of a task; the next run goes on.
MAILS_A_RUN = 200


@shared_task
def ask_confirmations() -> dict[str, int]:
    """Suspend who stayed silent, then queue the mails of today; harmless when it runs twice (H06)."""
    return {"suspended": suspend_silent_representatives(), "queued": queue_notices()}


@shared_task
def send_confirmation_notices(most: int = MAILS_A_RUN) -> int:
    """Send pending mails and return how many; stop when the mail server does not answer.

    The claim is kept before the mail leaves. Only when it is certain that the server took nothing does a
    mail go back in the queue; a doubtful one is never sent again (security.md chapter 5).
    """
    if not ConfirmationNotice.objects.pending().exists():
        return 0
    sent, later = 0, []
    with mail_server() as connection:
        while connection and sent < most and (notice := claim_notice()):
            code = send(notice, connection)
            if code == ACCEPTED:
                mark_sent(notice)
                sent += 1
            elif TRY_LATER <= code < REFUSED:
                later.append(notice)
            if code in (IN_DOUBT, SERVER_CLOSES):
                break
    for notice in later:
        release_notice(notice)
    return sent


def send(notice: ConfirmationNotice, connection: BaseEmailBackend) -> int:
    """Send one mail and return the answer of the mail server, 0 when there was none that we can trust."""
    message = message_of(notice)
    message.connection = connection
    code = deliver(message)
    if code != ACCEPTED:
        log.warning("notice_not_sent", notice=notice.pk, code=code)
    return code


def message_of(notice: ConfirmationNotice) -> EmailMultiAlternatives:
    """Compose the mail that asks one representative to confirm the contacts that are due now."""
    earlier = notice.organisation.confirmation_notices.unanswered().filter(recipient=notice.recipient)
    return compose(
        "email/partners/confirm_contacts",
        to=notice.recipient.email,
        context={
            "notice": notice,
            "contacts": Contact.objects.to_confirm().filter(organisation=notice.organisation).order_by("role", "name"),
            "is_last": earlier.count() + 1 >= NOTICES_BEFORE_SUSPENSION,
            "url": site_address("my_contacts", notice.organisation.slug),
        },
        language=notice.recipient.language,
    )


@shared_task
def purge_applications() -> int:
    """Remove applications that nobody confirmed within seven days (D05), and imports that wait for a day."""
    forget_waiting_imports()
    return purge_unconfirmed_applications()


@shared_task
def seek_duplicates() -> int:
    """Propose pairs that became alike through a change; every night, and twice does no harm (R19)."""
    return compare_registry()
