"""Text mails of the portal to one person: log-in, invitations, confirmations.

They carry no content of the network, only links to it, and the links start with SITE_URL: never with the
Host header, which a stranger chooses (security.md C14).
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

log = structlog.get_logger("cwn.mail")

#: Answers of a mail server (RFC 5321): 4xx is "not now", 5xx is "never"; 0 stands for no answer.
ACCEPTED, TRY_LATER, SERVER_CLOSES, REFUSED, IN_DOUBT = 250, 400, 421, 500, 0


def site_address(name: str, *args: Any) -> str:
    """Return the full address of a page, for a mail."""
    return settings.SITE_URL + reverse(name, args=args)


def compose(template: str, *, to: str, context: dict[str, Any], language: str = "nl") -> EmailMultiAlternatives:
    """Render `<template>_subject.txt` and `<template>_message.txt` to a mail of plain text and simple HTML.

    The HTML is made of the same text, so the two never say different things; it has no images, hence no
    way to see who opened it.
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", {"site_url": settings.SITE_URL, **context}).strip() + "\n"
        page = {"subject": subject, "text": body, "language": language}
        html = render_to_string("email/page.html", page)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    message = EmailMultiAlternatives(subject, body, to=[to], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def send_after_commit(template: str, *, to: str, context: dict[str, Any], language: str = "nl") -> None:
    """Compose a mail now and send it once the transaction holds.

    A mail server that does not answer is logged and does not undo or break what somebody did: each of
    these mails can be asked for again. The log names no address (security.md I05).
    """
    message = compose(template, to=to, context=context, language=language)

    def send() -> None:
        try:
            message.send()
        except OSError as problem:  # smtplib's errors are among them
            log.error("mail_not_sent", template=template, problem=type(problem).__name__)

    transaction.on_commit(send)


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend | None]:
    """Keep the way to the mail server open for a run of mails; None, and a line in the log, when it is away."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as problem:
        log.warning("mail_server_unreachable", problem=type(problem).__name__)
        yield None
        return
    try:
        yield connection
    finally:
        connection.close()


def deliver(message: EmailMessage) -> int:
    """Send one mail and return the answer of the mail server, 0 when there was none that we can trust."""
    try:
        message.send()
    except smtplib.SMTPResponseException as problem:
        return problem.smtp_code
    except smtplib.SMTPRecipientsRefused as problem:
        return next(iter(problem.recipients.values()))[0]
    except OSError:
        return IN_DOUBT
    return ACCEPTED
