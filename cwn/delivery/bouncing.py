"""What others do when a mail did not arrive for good, or was not wanted; each app registers its own part."""

from collections.abc import Callable

from cwn.delivery.enums import SuppressionReason
from cwn.delivery.models import Delivery

BounceListener = Callable[[Delivery, SuppressionReason], None]
_listeners: list[BounceListener] = []


def bounce_listener(listener: BounceListener) -> BounceListener:
    """Register a function that hears of each final bounce and each complaint, within the transaction that keeps it."""
    _listeners.append(listener)
    return listener


def tell_listeners(delivery: Delivery, reason: SuppressionReason) -> None:
    """Let every app do what a final bounce or a complaint means to it."""
    for listener in _listeners:
        listener(delivery, reason)
