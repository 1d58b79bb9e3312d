"""Putting mails in the outbox: one transaction, and asking twice does no harm (security.md chapter 5, step 1)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from cwn.core.guard import as_the_portal
from cwn.core.mail import compose
from cwn.delivery.addresses import digest_of
from cwn.delivery.compiling import compile_mail, holes_in
from cwn.delivery.kinds import kind_of
from cwn.delivery.models import CompiledMail, Mailing
from cwn.delivery.waking import wake_after_commit

#: Recipients in one INSERT.
BATCH = 5_000
#: One statement however many recipients; who is in the mailing already is left alone. The values come as one document:
#: an array of documents is escaped value by value.
INSERT = """
    INSERT INTO delivery_delivery
        (mailing_id, state, reason, tries, next_at, recipient, user_id, address, language, "values")
    SELECT %s, 'wacht', '', 0, %s, row.*
    FROM ROWS FROM (unnest(%s::text[], %s::bigint[], %s::text[], %s::text[]), jsonb_array_elements(%s::jsonb)) AS row
    ON CONFLICT (mailing_id, recipient) DO NOTHING
"""


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
    is missing gets the first one. Raises KeyError for a kind that nobody registered and ValueError when a recipient
    leaves a hole open (security.md D12): then nothing is queued.
    """
    kind_of(kind)
    with as_the_portal():
        mailing, is_new = Mailing.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "object_id": object_id,
                "label": label,
                "content_hash": content_hash,
                "approved_by": by,
                **({"sends_at": sends_at} if sends_at else {}),  # else the clock of the database, which claims too
            },
        )
        if is_new:
            CompiledMail.objects.bulk_create(
                CompiledMail(mailing=mailing, language=language, content=content) for language, content in mails.items()
            )
            _insert_deliveries(mailing, mails, recipients)
            wake_after_commit()
    return mailing


def queue_mail(
    *,
    key: str,
    kind: str,
    template: str,
    context: dict[str, Any],
    to: str,
    user: Any = None,
    language: str = "nl",
    object_id: int | None = None,
    by: Any = None,
    calendar: str = "",
) -> Mailing:
    """Put one mail to one person in the outbox, rendered now by `cwn.core.mail.compose` from the texts of a template.

    `calendar` is a calendar file that goes along. Returns its mailing; the one that is there when the key was used
    before.
    """
    message = compose(template, to=to, context=context, language=language)
    html = str(message.alternatives[0][0])
    subject, text = str(message.subject), str(message.body)
    content = compile_mail(subject=subject, text=text, html=html, language=language, holes=(), calendar=calendar)
    recipient = Recipient(
        key=f"user:{user.pk}" if user else f"address:{digest_of(to)[:40]}",
        address=to,
        language=language,
        user_id=user.pk if user else None,
    )
    return queue_mailing(
        key=key, kind=kind, mails={language: content}, recipients=[recipient], object_id=object_id, by=by
    )


def _insert_deliveries(mailing: Mailing, mails: Mapping[str, bytes], recipients: Iterable[Recipient]) -> None:
    fallback = next(iter(mails))
    needed = {language: holes_in(content) for language, content in mails.items()}
    coming = iter(recipients)
    while rows := list(islice(coming, BATCH)):
        languages = [row.language if row.language in mails else fallback for row in rows]
        for row, language in zip(rows, languages, strict=True):
            if not needed[language] <= row.values.keys():
                missing = ", ".join(sorted(needed[language] - row.values.keys()))
                raise ValueError(f"{row.key} has no value for {missing}")
        with connection.cursor() as cursor:
            cursor.execute(
                INSERT,
                [
                    mailing.pk,
                    mailing.sends_at,
                    [row.key for row in rows],
                    [row.user_id for row in rows],
                    [row.address for row in rows],
                    languages,
                    json.dumps([dict(row.values) for row in rows]),
                ],
            )
