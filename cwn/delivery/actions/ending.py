"""Mailings that begin too late, and mailings of which the last mail is behind us."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from cwn.delivery.enums import DeliveryState, MailingState
from cwn.delivery.kinds import all_kinds
from cwn.delivery.models import Delivery, Mailing

TOO_LATE = "Deze mailing had al eerder moeten gaan. Kijk of zij nog klopt en laat haar dan doorgaan."


def pause_late_mailings() -> int:
    """Let mailings that never began and are too late wait for a person, and return how many (step 8)."""
    hours: dict[float, list[str]] = {}
    for kind in all_kinds():
        hours.setdefault(kind.hours_late, []).append(kind.slug)
    return sum(
        Mailing.objects.filter(
            state=MailingState.WAITING, kind__in=slugs, sends_at__lt=Now() - timedelta(hours=late)
        ).update(state=MailingState.PAUSED, reason=TOO_LATE)
        for late, slugs in hours.items()
    )


def end_finished_mailings() -> int:
    """Mark mailings as done of which no mail is waiting, under way or in doubt, and return how many (step 7)."""
    of_cancelled = Mailing.objects.filter(
        state=MailingState.CANCELLED, finished_at__gt=Now() - timedelta(days=2)
    )  # mails that came back to the queue while somebody cancelled
    Delivery.objects.filter(state=DeliveryState.QUEUED, mailing__in=of_cancelled).update(
        state=DeliveryState.SKIPPED, reason="De mailing is geannuleerd."
    )
    still_open = Delivery.objects.open().filter(mailing=OuterRef("pk"))
    running = Mailing.objects.running().filter(~Exists(still_open))
    return running.update(state=MailingState.DONE, finished_at=Now())
