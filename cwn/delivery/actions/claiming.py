"""Taking mails out of the queue to send them: the intention is committed before a byte goes out (chapter 5, step 3)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from cwn.delivery.actions.bouncing import suppressed_among
from cwn.delivery.enums import MailingState, Stream
from cwn.delivery.kinds import all_kinds, kind_of
from cwn.delivery.models import Delivery, Mailing

log = structlog.get_logger("cwn.delivery")

#: Warnings first, then what has waited longest. Mails of a kind that this release does not know are left alone (G15).
CLAIM = """
    WITH due AS (
        SELECT id FROM delivery_mailing AS mailing
        WHERE state IN ('wacht', 'bezig') AND sends_at <= statement_timestamp() AND kind = ANY (%(known)s::text[])
          AND EXISTS (SELECT FROM delivery_delivery
            WHERE mailing_id = mailing.id AND state = 'wacht' AND next_at <= statement_timestamp())
        ORDER BY kind <> ALL (%(urgent)s::text[]), sends_at, id LIMIT %(most)s
    ), chosen AS (
        SELECT one.id, due.id AS mailing_id FROM due CROSS JOIN LATERAL (
            SELECT id FROM delivery_delivery
            WHERE mailing_id = due.id AND state = 'wacht' AND next_at <= statement_timestamp()
            ORDER BY next_at LIMIT %(most)s FOR UPDATE SKIP LOCKED) AS one
        LIMIT %(most)s
    ), started AS (
        UPDATE delivery_mailing SET state = 'bezig', started_at = statement_timestamp()
        WHERE state = 'wacht' AND id IN (SELECT mailing_id FROM chosen)
    )
    UPDATE delivery_delivery AS delivery
    SET state = 'bezig', claimed_by = %(me)s, lease_until = statement_timestamp() + %(lease)s * interval '1 second'
    FROM chosen WHERE delivery.id = chosen.id
    RETURNING delivery.id, delivery.mailing_id, recipient, user_id, address, language, "values", token, tries
"""


def lease() -> float:
    """Return for how many seconds a claim holds: more than everything that can happen to a mail takes together."""
    return 10 * settings.MAIL_TIMEOUT


def claim(*, by: UUID, most: int) -> list[Delivery]:
    """Take mails that are due for one worker and return them; another worker gets others, at the same moment too."""
    kinds = all_kinds()
    parameters: dict[str, Any] = {
        "known": [kind.slug for kind in kinds],
        "urgent": [kind.slug for kind in kinds if kind.stream == Stream.WARNING],
        "me": by,
        "most": most,
        "lease": lease(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, parameters)
        rows = cursor.fetchall()
    return [Delivery.from_db("default", FIELDS, _loaded(row)) for row in rows]


FIELDS = ("id", "mailing_id", "recipient", "user_id", "address", "language", "values", "token", "tries")


def _loaded(row: tuple[Any, ...]) -> list[Any]:
    return [json.loads(value) if name == "values" else value for name, value in zip(FIELDS, row, strict=True)]


def reasons_not_to_send(claimed: Iterable[Delivery]) -> dict[int, str | None]:
    """Ask again, at the last moment, who may get which mail; the reason per key of those who may not (A04, A20).

    None means that the kind could not say it now.
    """
    by_mailing: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in claimed:
        by_mailing[delivery.mailing_id].append(delivery)
    mailings = Mailing.objects.in_bulk(by_mailing)
    reasons: dict[int, str | None] = {}
    for key, deliveries in by_mailing.items():
        for delivery in deliveries:
            delivery.mailing = mailings[key]
        try:
            with transaction.atomic():
                reasons.update(_reasons_of(mailings[key], deliveries))
        except (OperationalError, InterfaceError):
            raise
        except Exception as problem:  # what one kind does wrong must not stop the mails of the others (G14)
            log.exception("recheck_failed", mailing=key, problem=type(problem).__name__)
            reasons.update(dict.fromkeys((one.pk for one in deliveries), None))
    return reasons


def stopped(mailings: Iterable[int]) -> set[int]:
    """Return those mailings that somebody paused or cancelled in the meantime."""
    halted = [MailingState.PAUSED, MailingState.CANCELLED]
    return set(Mailing.objects.filter(pk__in=mailings, state__in=halted).values_list("pk", flat=True))


def _reasons_of(mailing: Mailing, deliveries: list[Delivery]) -> Mapping[int, str | None]:
    kind = kind_of(mailing.kind)
    reasons = dict(kind.recheck(deliveries))
    blocked = suppressed_among((one.address for one in deliveries), stream=Stream(kind.stream))
    for delivery in deliveries:
        if delivery.address in blocked:
            reasons.setdefault(delivery.pk, "dit adres krijgt deze soort mail niet meer")
    return reasons
