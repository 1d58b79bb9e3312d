"""Writing down what became of mails: many in one statement, and only by the worker that claimed them (step 5)."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from cwn.delivery.actions.bouncing import report_bounce
from cwn.delivery.enums import DeliveryState, SuppressionReason
from cwn.delivery.kinds import kind_of
from cwn.delivery.models import Delivery
from cwn.delivery.parcels import Outcome, Verdict

log = structlog.get_logger("cwn.delivery")

#: Seconds to wait after the first, second, third and fourth failure; the fifth is the last, within 24 hours (G05).
WAITS = (120, 1_200, 7_200, 43_200)
MOST_TRIES = len(WAITS) + 1
#: Seconds before a mail that could not be offered comes back: the server may need a moment, the mail did nothing wrong.
BREATHER = 5
MARK = """
    UPDATE delivery_delivery AS delivery
    SET state = mark.state, reason = mark.reason, smtp_code = mark.code, tries = delivery.tries + mark.failed,
        next_at = statement_timestamp() + mark.wait * interval '1 second', claimed_by = NULL, lease_until = NULL,
        sent_at = CASE WHEN mark.state = 'verstuurd' THEN statement_timestamp() END
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::smallint[], %s::smallint[], %s::float8[])
        AS mark (id, state, reason, code, failed, wait)
    WHERE delivery.id = mark.id AND delivery.state = 'bezig' AND delivery.claimed_by = %s
    RETURNING delivery.id
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What to write down about one delivery."""

    delivery: Delivery
    state: DeliveryState
    reason: str = ""
    code: int | None = None
    failed: int = 0
    wait: float = 0.0
    is_about_address: bool = False


def mark_of(delivery: Delivery, outcome: Outcome) -> Mark | None:
    """Return what to write down; None for a mail in doubt, which stays claimed until it is looked into (step 6)."""
    match outcome.verdict:
        case Verdict.ACCEPTED:
            return Mark(delivery, DeliveryState.SENT, code=outcome.code)
        case Verdict.REFUSED:
            reason = f"de mailserver weigert deze mail ({outcome.code})"
            return Mark(
                delivery, DeliveryState.BOUNCED, reason, outcome.code, is_about_address=outcome.is_about_address
            )
        case Verdict.LATER:
            return later(delivery, f"de mailserver vraagt om later ({outcome.code})", outcome.code)
        case Verdict.DROPPED:
            return later(delivery, "de verbinding met de mailserver viel weg")
        case Verdict.UNTOUCHED:
            return Mark(delivery, DeliveryState.QUEUED, wait=BREATHER)
        case _:
            return None


def later(delivery: Delivery, reason: str, code: int | None = None) -> Mark:
    """Return the mark of a mail that is tried again, each time after a longer wait; the last time a person looks."""
    if delivery.tries + 1 >= MOST_TRIES:
        return Mark(delivery, DeliveryState.PARKED, reason, code, failed=1)
    wait = WAITS[delivery.tries] * random.uniform(0.8, 1.2)  # noqa: S311  so that not all come back at once
    return Mark(delivery, DeliveryState.QUEUED, reason, code, failed=1, wait=wait)


def write_marks(marks: Collection[Mark], *, by: UUID) -> set[int]:
    """Write marks down, each only if the delivery is still claimed by this worker, and return the keys written.

    What a kind wants to do after sending is in the same transaction. If that fails the marks are written without it:
    a mail that left must never look as if it did not.
    """
    if not marks:
        return set()
    try:
        with transaction.atomic():
            return _write(marks, by, with_followers=True)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        log.exception("after_sending_failed", problem=type(problem).__name__)
    with transaction.atomic():
        return _write(marks, by, with_followers=False)


def release_strays(*, by: UUID, in_doubt: Iterable[int]) -> int:
    """Put back what this worker claimed and does not know about: a claim of which the answer got lost."""
    strays = Delivery.objects.filter(state=DeliveryState.CLAIMED, claimed_by=by).exclude(pk__in=list(in_doubt))
    return strays.update(state=DeliveryState.QUEUED, claimed_by=None, lease_until=None)


def _write(marks: Collection[Mark], by: UUID, *, with_followers: bool) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            MARK,
            [
                [mark.delivery.pk for mark in marks],
                [str(mark.state) for mark in marks],
                [mark.reason[:200] for mark in marks],
                [mark.code or None for mark in marks],
                [mark.failed for mark in marks],
                [float(mark.wait) for mark in marks],
                by,
            ],
        )
        written = {key for (key,) in cursor.fetchall()}
    if with_followers:
        _follow([mark for mark in marks if mark.delivery.pk in written])
    return written


def _follow(marks: Iterable[Mark]) -> None:
    """Let the kinds know what left, and keep a report of each address that does not exist."""
    sent: dict[int, list[Delivery]] = defaultdict(list)
    for mark in marks:
        if mark.state == DeliveryState.SENT:
            sent[mark.delivery.mailing_id].append(mark.delivery)
        elif mark.state == DeliveryState.BOUNCED:
            report_bounce(
                mark.delivery,
                reason=SuppressionReason.BOUNCED,
                is_final=mark.is_about_address,
                source="smtp",
                event_key=str(mark.delivery.token),
                explanation=mark.reason,
            )
    for deliveries in sent.values():
        tell_kind(deliveries)


def tell_kind(sent: list[Delivery]) -> None:
    """Let the kind do what follows when mails of one mailing left."""
    after_sending = kind_of(sent[0].mailing.kind).after_sending
    if after_sending:
        after_sending(sent)
