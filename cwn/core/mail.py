"""Text mails of the portal to one person: log-in, invitations, confirmations.

They carry no content of the network, only links to it, and the links start with SITE_URL: never with the
Host header, which a stranger chooses (security.md C14).
"""

from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

log = structlog.get_logger("cwn.mail")


def site_address(name: str, *args: Any) -> str:
    """Return the full address of a page, for a mail."""
    return settings.SITE_URL + reverse(name, args=args)


def send_after_commit(template: str, *, to: str, context: dict[str, Any], language: str = "nl") -> None:
    """Render `<template>_subject.txt` and `<template>_message.txt`; send them once the transaction holds.

    A mail server that does not answer is logged and does not undo or break what somebody did: each of
    these mails can be asked for again. The log names no address (security.md I05).
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", {"site_url": settings.SITE_URL, **context}).strip() + "\n"
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    message = EmailMessage(subject, body, to=[to], headers=headers)

    def send() -> None:
        try:
            message.send()
        except OSError as problem:  # smtplib's errors are among them
            log.error("mail_not_sent", template=template, problem=type(problem).__name__)  # noqa: TRY400

    transaction.on_commit(send)
