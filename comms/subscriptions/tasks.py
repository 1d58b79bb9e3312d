"""What the clock does with subscriptions; each job asks the rows what is due (security.md H06)."""

from uuid import UUID

import structlog
from celery import shared_task
from django.db import transaction

from comms.subscriptions.actions.subscribing import answer_request
from comms.subscriptions.models import AddressChange, SubscriberImport, Subscription, SubscriptionRequest

log = structlog.get_logger("comms.subscriptions")

#: Requests that one run answers; the next run does the others.
BATCH = 200


@shared_task
def answer_requests() -> int:
    """Answer by mail what strangers asked, and return how many requests that were."""
    keys = list(SubscriptionRequest.objects.values_list("pk", flat=True)[:BATCH])
    return sum(_answer(key) for key in keys)


def _answer(key: UUID) -> bool:
    """Answer one request in a transaction of its own: one that fails keeps no other waiting."""
    try:
        with transaction.atomic():
            request = SubscriptionRequest.objects.select_for_update(skip_locked=True).filter(pk=key).first()
            if request is None:
                return False
            answer_request(request)
            return True
    except Exception as problem:
        # Whatever is wrong with one request, the others must be answered.
        log.error("request_not_answered", problem=type(problem).__name__)
        return False


@shared_task
def forget_unconfirmed() -> int:
    """Remove what nobody confirmed within seven days, and return how many subscriptions that were (D05).

    Also changes of address, files that nobody said yes to, and requests that could not be answered for a day.
    """
    SubscriptionRequest.objects.expired().delete()
    AddressChange.objects.expired().delete()
    SubscriberImport.objects.expired().delete()
    expired = Subscription.objects.expired()
    number = expired.count()
    expired.delete()
    return number
