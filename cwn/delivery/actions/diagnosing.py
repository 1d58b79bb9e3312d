"""Finding out why no mail leaves, and telling it to people (security.md G03, G06)."""

import re
import ssl
from datetime import timedelta

import structlog
from django.db.models.functions import Coalesce, Now

from cwn.delivery.enums import Trouble
from cwn.delivery.models import Delivery, Outbox
from cwn.delivery.smtp_line import NO_LOGIN
from cwn.delivery.ways import open_way

log = structlog.get_logger("cwn.delivery")

#: A mail that could not be offered comes back within this time.
SOON = timedelta(seconds=15)
_CODE = re.compile(r"the mail server says (\d{3})")
#: Log-in asked, too weak, or refused (RFC 4954).
LOGIN_CODES = {"530", "534", "535", "538"}


def note_trouble(*, sent: int) -> None:
    """After a run: when mail waits and none left, ask the mail server why and write it down; else forget it.

    A mail that cannot be offered is put back without blame, so nothing about the mails shows that the server is away.
    """
    stands_still = not sent and Delivery.objects.due(within=SOON).exists()
    trouble = _found_by_greeting() if stands_still else ""
    if trouble:
        Outbox.objects.filter(pk=1).update(trouble=trouble, trouble_since=Coalesce("trouble_since", Now()))
    else:
        Outbox.objects.exclude(trouble="").update(trouble="", trouble_since=None)


def _found_by_greeting() -> Trouble | str:
    try:
        open_way().quit()
    except OSError as problem:
        trouble = trouble_of(problem)
        log.error("no_mail_leaves", trouble=trouble, problem=type(problem).__name__, detail=str(problem))
        return trouble
    return ""


def trouble_of(problem: OSError) -> Trouble:
    """Return what a person should look at."""
    if code := _CODE.fullmatch(str(problem)):
        return Trouble.LOGIN if code[1] in LOGIN_CODES else Trouble.REFUSES
    if str(problem) == NO_LOGIN:
        return Trouble.LOGIN
    if isinstance(problem, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    if isinstance(problem, ssl.SSLError):
        return Trouble.NO_TLS
    return Trouble.SILENT if isinstance(problem, TimeoutError) else Trouble.UNREACHABLE
