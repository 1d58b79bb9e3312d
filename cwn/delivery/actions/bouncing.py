"""Keeping what mail servers and readers say about a mail (security.md D09, D15)."""

from collections.abc import Iterable

from django.db import connection, transaction

from cwn.delivery.addresses import digest_of, digests_of
from cwn.delivery.bouncing import tell_listeners
from cwn.delivery.enums import DeliveryState, Stream, SuppressionReason
from cwn.delivery.kinds import kind_of
from cwn.delivery.models import Bounce, Delivery, Suppression

#: Characters of the words of another mail server that we keep.
EXPLANATION = 500
SUPPRESSED = "SELECT digest FROM delivery_suppression WHERE stream = %s AND digest = ANY (%s::text[])"
#: States in which a mail left, as far as we know.
LEFT = (DeliveryState.SENT, DeliveryState.CLAIMED, DeliveryState.UNKNOWN)


@transaction.atomic
def report_bounce(
    delivery: Delivery,
    *,
    reason: SuppressionReason,
    is_final: bool,
    source: str,
    event_key: str,
    explanation: str = "",
) -> Bounce:
    """Keep a report about a delivery and return it; the same report twice counts once.

    A final one stops the stream of that mail for the address. Warnings never stop: somebody must look why they do not
    arrive, and a complaint about a newsletter is no wish to be attacked unwarned (D15).
    """
    values = {
        "delivery": delivery,
        "reason": reason,
        "is_final": is_final,
        "source": source,
        "explanation": _plain(explanation),
    }
    bounce, is_new = Bounce.objects.get_or_create(event_key=f"{source}:{event_key}"[:200], defaults=values)
    if is_new and is_final:
        if reason == SuppressionReason.BOUNCED:
            Delivery.objects.filter(pk=delivery.pk, state__in=LEFT).update(
                state=DeliveryState.BOUNCED, lease_until=None, reason=_plain(explanation)[:200]
            )
        stream = Stream(kind_of(delivery.mailing.kind).stream)
        if stream != Stream.WARNING:
            suppress(delivery.address, stream=stream, reason=reason)
        tell_listeners(delivery, reason)
    return bounce


def suppress(address: str, *, stream: Stream, reason: SuppressionReason) -> Suppression:
    """Send no more mail of a stream to an address, and return the row; a reason that was there already stays."""
    return Suppression.objects.get_or_create(digest=digest_of(address), stream=stream, defaults={"reason": reason})[0]


def release(address: str, *, stream: Stream, reasons: Iterable[SuppressionReason] = tuple(SuppressionReason)) -> int:
    """Let an address have mail of a stream again and return how many rows went; only those with one of the reasons."""
    rows = Suppression.objects.filter(digest__in=digests_of(address), stream=stream, reason__in=list(reasons))
    return rows.delete()[0]


def suppressed_among(addresses: Iterable[str], *, stream: Stream) -> set[str]:
    """Return those addresses that get no more mail of a stream, in one query."""
    by_digest = {digest: address for address in set(addresses) for digest in digests_of(address)}
    with connection.cursor() as cursor:  # one array instead of as many parameters as there are addresses
        cursor.execute(SUPPRESSED, [stream, list(by_digest)])
        return {by_digest[digest] for (digest,) in cursor.fetchall()}


def _plain(text: str) -> str:
    """Return the words of a stranger on one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:EXPLANATION]
