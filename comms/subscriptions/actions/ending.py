"""Ending subscriptions: one list, all of them, or every trace; the address goes at once (security.md chapter 6)."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comms.subscriptions.actions.subscribing import note
from comms.subscriptions.enums import OVER, EndReason, StepKind, SubscriptionState
from comms.subscriptions.models import AddressChange, Subscription, SubscriptionRequest, SubscriptionStep
from cwn.accounts.addresses import normal_address
from cwn.core.guard import as_the_portal
from cwn.delivery.actions.bouncing import suppress
from cwn.delivery.addresses import digest_of
from cwn.delivery.enums import Stream, SuppressionReason
from cwn.delivery.models import Delivery

#: What else a row says about a person, and what stands there afterwards.
NOTHING_LEFT: dict[str, Any] = {
    "email": "", "name": "", "user": None, "tracks_me": False, "paused_until": None, "functions": [], "regions": [],
    "sectors": [], "branches": [], "reader_role": "", "organisation_kind": "",
}  # fmt: skip


@transaction.atomic
def end_subscription(subscription: Subscription, *, reason: EndReason = EndReason.LEFT) -> Subscription:
    """End one subscription and return it; ending it again changes nothing (security.md D02).

    The address goes at once, a keyed digest stays so that no import brings it back. Other lists go on.
    """
    if subscription.is_over:
        return subscription
    note(subscription, StepKind.ENDED, str(EndReason(reason).label))  # before the row is out of its owner's sight
    subscription.digest = digest_of(subscription.email)
    subscription.state = SubscriptionState.BOUNCED if reason == EndReason.BOUNCED else SubscriptionState.ENDED
    subscription.ended_reason, subscription.ended_at = reason, timezone.now()
    for name, value in NOTHING_LEFT.items():
        setattr(subscription, name, value)
    subscription.save()
    return subscription


@transaction.atomic
def end_all_subscriptions(
    subscriptions: QuerySet[Subscription], *, reason: EndReason = EndReason.LEFT
) -> list[Subscription]:
    """End every subscription of these that is not over yet, and return those."""
    return [end_subscription(row, reason=reason) for row in subscriptions.exclude(state__in=OVER).order_by("pk")]


@transaction.atomic
def erase_subscriber(subscriptions: QuerySet[Subscription]) -> int:
    """Leave nothing that leads to a subscriber: not the address, not the choices, not the link; return how many rows.

    The digest of the address says that it left. Not for somebody with an account: that has its own switches, and
    overviews of saved searches are not ours to stop. What the outbox keeps goes by the term of `cwn.delivery`.
    """
    rows = list(subscriptions.order_by("pk"))
    addresses = {row.email for row in rows if row.email}
    has_account = any(row.user_id for row in rows)
    with as_the_portal():
        end_all_subscriptions(Subscription.objects.filter(pk__in=[row.pk for row in rows]), reason=EndReason.ERASED)
        for row in rows:
            Subscription.objects.filter(pk=row.pk).update(subscriber=uuid.uuid4())
        Subscription.topics.through.objects.filter(subscription__in=rows).delete()
        SubscriptionStep.objects.filter(subscription__in=rows, kind=StepKind.CHANGED).delete()
        AddressChange.objects.filter(subscriber__in={row.subscriber for row in rows}).delete()
        SubscriptionRequest.objects.filter(email__in=addresses).delete()
        for address in () if has_account else addresses:
            suppress(address, stream=Stream.NEWS, reason=SuppressionReason.LEFT)
    return len(rows)


def stop_after_bounce(delivery: Delivery, reason: SuppressionReason) -> None:
    """End every subscription of an address that gets no mail or does not want it (security.md D09)."""
    ended = EndReason.COMPLAINED if reason == SuppressionReason.COMPLAINED else EndReason.BOUNCED
    with as_the_portal():
        end_all_subscriptions(Subscription.objects.filter(email=normal_address(delivery.address)), reason=ended)
