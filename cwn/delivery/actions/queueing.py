"""Putting mails in the outbox: one transaction, and asking twice does no harm (security.md chapter 5, step 1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cwn.delivery.kinds import kind_of
from cwn.delivery.models import CompiledMail, Delivery, Mailing
from cwn.delivery.waking import wake_after_commit

#: Rows in one INSERT.
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a mail."""

    key: str
    """Who it is in the table of the kind: "user:3", "subscription:17", "guest:8"."""
    address: str
    language: str = "nl"
    user_id: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """What fills the holes of the compiled mail."""


@transaction.atomic
def queue_mailing(
    *,
    key: str,
    kind: str,
    mails: Mapping[str, bytes],
    recipients: Iterable[Recipient],
    object_id: int | None = None,
    label: str = "",
    content_hash: str = "",
    sends_at: datetime | None = None,
    by: Any = None,
) -> Mailing:
    """Put a mailing with all its deliveries in the outbox and return it; the one that is there when the key was used.

    `mails` holds the compiled mail per language (`cwn.delivery.compiling.compile_mail`); a recipient whose language
    is missing gets the first one. Raises KeyError for a kind that nobody registered.
    """
    kind_of(kind)
    mailing, is_new = Mailing.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "object_id": object_id,
            "label": label,
            "content_hash": content_hash,
            "sends_at": sends_at or timezone.now(),
            "approved_by": by,
        },
    )
    if not is_new:
        return mailing
    CompiledMail.objects.bulk_create(
        CompiledMail(mailing=mailing, language=language, content=content) for language, content in mails.items()
    )
    fallback = next(iter(mails))
    rows = (
        Delivery(
            mailing=mailing,
            recipient=recipient.key,
            user_id=recipient.user_id,
            address=recipient.address,
            language=recipient.language if recipient.language in mails else fallback,
            values=dict(recipient.values),
        )
        for recipient in recipients
    )
    Delivery.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    wake_after_commit()
    return mailing
