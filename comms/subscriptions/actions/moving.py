"""A new address for the own newsletters, once its owner says yes there."""

import uuid

from django.db import transaction

from comms.subscriptions.actions.ending import end_subscription
from comms.subscriptions.actions.subscribing import note
from comms.subscriptions.enums import OVER, EndReason, StepKind
from comms.subscriptions.mails import mail_new_address
from comms.subscriptions.models import AddressChange, Subscription
from cwn.accounts.addresses import normal_address
from cwn.core.guard import as_the_portal


@transaction.atomic
def ask_new_address(*, subscriber: uuid.UUID, email: str, language: str) -> AddressChange:
    """Send a link to a new address and return the change that waits for it; an earlier one is forgotten."""
    AddressChange.objects.filter(subscriber=subscriber).delete()
    change = AddressChange(subscriber=subscriber, email=normal_address(email))
    change.save(force_insert=True)
    mail_new_address(change, language=language)
    return change


@transaction.atomic
def confirm_new_address(change: AddressChange) -> list[Subscription]:
    """Let the newsletters go to the new address and return the subscriptions that moved.

    What the new address had already stays as it was there, and the one that came along ends. A subscription of an
    account follows the account. All subscriptions of the address have one link to the preferences again.
    """
    with as_the_portal():  # the new address may have subscriptions of its own
        theirs = {row.newsletter_id: row for row in Subscription.objects.filter(email=change.email)}
        Subscription.objects.filter(pk__in=[row.pk for row in theirs.values()]).update(subscriber=change.subscriber)
        own = Subscription.objects.filter(subscriber=change.subscriber, user__isnull=True).exclude(state__in=OVER)
        moved = []
        for row in own.exclude(email=change.email).select_for_update():
            if row.newsletter_id in theirs:
                end_subscription(row, reason=EndReason.MOVED)
                continue
            row.email = change.email
            row.save(update_fields=["email"])
            note(row, StepKind.MOVED)
            moved.append(row)
        change.delete()
    return moved
