"""The tables of newsletters and who gets them."""

from comms.subscriptions.models.consent import ConsentText
from comms.subscriptions.models.newsletters import Newsletter, Topic
from comms.subscriptions.models.requests import AddressChange, SubscriberImport, SubscriptionRequest
from comms.subscriptions.models.subscriptions import Subscription, SubscriptionStep

__all__ = [
    "AddressChange",
    "ConsentText",
    "Newsletter",
    "SubscriberImport",
    "Subscription",
    "SubscriptionRequest",
    "SubscriptionStep",
    "Topic",
]
