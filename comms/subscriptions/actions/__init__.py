"""What people and the portal do with subscriptions: everything that writes."""

from comms.subscriptions.actions.ending import (
    end_all_subscriptions,
    end_subscription,
    erase_subscriber,
    stop_after_bounce,
)
from comms.subscriptions.actions.preferring import change_preferences
from comms.subscriptions.actions.subscribing import (
    answer_request,
    ask_subscription,
    confirm_subscriptions,
    subscribe_member,
)

__all__ = [
    "answer_request",
    "ask_subscription",
    "change_preferences",
    "confirm_subscriptions",
    "end_all_subscriptions",
    "end_subscription",
    "erase_subscriber",
    "stop_after_bounce",
    "subscribe_member",
]
