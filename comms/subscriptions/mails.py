"""Mails about subscriptions themselves: each was asked for by its reader, and goes out through the outbox.

Their stream is SERVICE, so an address that left the newsletters can still come back (security.md D15).
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from comms.subscriptions import links
from comms.subscriptions.models import AddressChange, Subscription
from cwn.delivery.actions.queueing import queue_mail
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind
from cwn.delivery.models import Delivery

KIND = "subscription"


def nobody_refused(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    """Let every mail go: it holds nothing but a link, to the address that asked for it minutes ago."""
    return {}


SUBSCRIPTION_MAIL = MailKind(
    slug=KIND,
    label=_("Abonnementen"),
    stream=Stream.SERVICE,
    after_doubt=AfterDoubt.RESEND,
    recheck=nobody_refused,
    hours_late=24,
)


def mail_confirmation(subscriptions: Sequence[Subscription]) -> None:
    """Ask the owner of an address whether he or she asked for these newsletters; they have one address."""
    first = subscriptions[0]
    context = {"url": links.confirm_address(subscriptions), "newsletters": [row.newsletter for row in subscriptions]}
    _queue("confirm", first.email, first.language, context)


def mail_already_subscribed(subscription: Subscription) -> None:
    """Say to the owner of an address, and to nobody else, that the newsletter comes already (security.md D04)."""
    context = {"url": links.preferences_address(subscription), "newsletters": [subscription.newsletter]}
    _queue("already", subscription.email, subscription.language, context)


def mail_data_link(subscription: Subscription) -> None:
    """Send the link behind which all own data stand; who only has a forwarded newsletter does not get it."""
    context = {"url": links.data_address(subscription.subscriber, subscription.language)}
    _queue("data", subscription.email, subscription.language, context)


def mail_new_address(change: AddressChange, *, language: str) -> None:
    """Ask at a new address whether its owner wants the newsletters there."""
    _queue("move", change.email, language, {"url": links.move_address(change, language)})


def _queue(what: str, to: str, language: str, context: dict[str, Any]) -> None:
    template, key = f"email/subscriptions/{what}", f"{KIND}:{what}:{uuid.uuid4()}"
    queue_mail(key=key, kind=KIND, template=template, context=context, to=to, language=language)
