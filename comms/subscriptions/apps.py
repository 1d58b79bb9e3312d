"""App configuration of newsletters and who gets them."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """The communication desk: newsletters and who gets them."""

    name = "comms.subscriptions"
    label = "subscriptions"
    verbose_name = "abonnementen"

    def ready(self) -> None:
        from comms.subscriptions.actions.ending import stop_after_bounce
        from comms.subscriptions.mails import SUBSCRIPTION_MAIL
        from cwn.delivery.bouncing import bounce_listener
        from cwn.delivery.kinds import register_kind

        register_kind(SUBSCRIPTION_MAIL)
        bounce_listener(stop_after_bounce)
