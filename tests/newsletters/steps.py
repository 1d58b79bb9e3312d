"""What the tests of newsletters do again and again: approve, let time pass, send, read mails."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.utils import timezone

from comms.newsletters.actions.approving import approve, ask_approval, seen_content
from comms.newsletters.models import Issue
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.models import Delivery, Mailing
from tests.delivery.sink import Sink


def approved(issue: Issue, cast: Any) -> Issue:
    """Let Wim ask and Coby agree."""
    issue = ask_approval(issue, by=cast["wg"])
    return approve(issue, seen=seen_content(issue, cast["coord"]), by=cast["coord"])


def let_window_pass(issue: Issue) -> Mailing:
    """Let the ten minutes be over."""
    past = timezone.now() - timedelta(hours=1)
    Mailing.objects.filter(key=issue.mailing_key).update(sends_at=past)
    Delivery.objects.filter(mailing__key=issue.mailing_key).update(next_at=past)
    return Mailing.objects.get(key=issue.mailing_key)


def send(issue: Issue) -> Mailing:
    """Let everything that is due leave, and return the mailing as it is then."""
    let_window_pass(issue)
    pump_outbox()
    issue.refresh_from_db()
    return Mailing.objects.get(key=issue.mailing_key)


def mails_in(sink: Sink) -> list[EmailMessage]:
    """Return what the mail server took, taken apart."""
    return [message_from_bytes(mail, policy=policy.default) for mail in sink.mails]  # type: ignore[misc]


def html_of(mail: EmailMessage) -> str:
    """Return the HTML part."""
    return mail.get_body(("html",)).get_content()  # type: ignore[union-attr]


def text_of(mail: EmailMessage) -> str:
    """Return the text part."""
    return mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
