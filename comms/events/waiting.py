"""What events wait for: an answer to an invitation, a decision on an offered part (R98, R123)."""

from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.enums import EventStatus, OfferState
from comms.events.models import ContributionOffer, Event, EventInvitation
from cwn.core.waiting import WaitingItem, waiting_provider

#: Rows that are named one by one.
MOST_NAMED = 10


@waiting_provider(order=16)
def invitations(user: Any) -> Iterator[WaitingItem]:
    """Ask people whether they come, and representatives whether their organisation does."""
    asked = EventInvitation.objects.answerable_by(user).unanswered()
    asked = asked.filter(event__status=EventStatus.PUBLISHED, event__starts_at__gt=Now())
    for row in asked.select_related("event", "organisation").order_by("event__starts_at", "pk")[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Laat weten of u komt: %(title)s") % {"title": row.event.title},
            url=row.event.get_absolute_url(),
            about=row.organisation.name if row.organisation else "",
            until=timezone.localdate(row.event.starts_at),
        )


@waiting_provider(order=18)
def offers(user: Any) -> Iterator[WaitingItem]:
    """Ask organisers to decide on parts that partners offered."""
    organised = Event.objects.organised_by(user).filter(status=EventStatus.PUBLISHED).values("pk")
    open_offers = ContributionOffer.objects.visible_to(user).filter(event__in=organised, state=OfferState.OFFERED)
    for offer in open_offers.select_related("event", "organisation")[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Besluit over een aangeboden onderdeel: %(title)s") % {"title": offer.title},
            url=reverse("event_offers", args=[offer.event.slug]),
            about=offer.organisation.name,
        )
