"""App configuration of newsletters and who gets them."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """The communication desk: newsletters and who gets them."""

    name = "comms.subscriptions"
    label = "subscriptions"
    verbose_name = "abonnementen"
