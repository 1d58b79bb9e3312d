"""What waits for people: a place in a channel, something agreed, a campaign to agree to or start (R85, R91, R97)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.checking import is_warm
from comms.planning.actions.working_group import OPEN
from comms.planning.enums import CampaignStatus, PlacementState
from comms.planning.models import ActionItem, Campaign, Placement, plans
from cwn.core.waiting import WaitingItem, waiting_provider

#: Things that are named one by one.
MOST_NAMED = 10


@waiting_provider(order=40)
def placements(user: Any) -> Iterator[WaitingItem]:
    """Ask representatives whether something gets a place in a channel of theirs."""
    asked = Placement.objects.answerable_by(user).filter(state=PlacementState.ASKED)
    for placement in asked.select_related("entry", "channel__organisation").order_by("asked_at", "pk")[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Plaatst u dit in “%(channel)s”? %(title)s")
            % {"channel": placement.channel.name, "title": placement.entry.title},
            url=placement.get_absolute_url(),
            about=placement.channel.organisation.name,  # type: ignore[union-attr]
        )


@waiting_provider(order=42)
def action_items(user: Any) -> Iterator[WaitingItem]:
    """Name what somebody agreed to do in the working group."""
    if not plans(user):
        return
    agreed = ActionItem.objects.visible_to(user).filter(who=user.pk, status__in=OPEN)
    for item in agreed.order_by("due_on", "pk")[:MOST_NAMED]:
        yield WaitingItem(text=item.what, url=reverse("action_item_list"), about=_("Werkgroep"), until=item.due_on)


@waiting_provider(order=44)
def campaigns(user: Any) -> Iterator[WaitingItem]:
    """Name campaigns that begin soon without approval, and those that the clock left for a person."""
    if not plans(user):
        return
    today = timezone.localdate()
    begins = Campaign.objects.visible_to(user).filter(starts_on__lte=today, ends_on__gte=today)
    for campaign in begins.filter(status=CampaignStatus.APPROVED).order_by("starts_on", "pk")[:MOST_NAMED]:
        if is_warm(campaign.functions):
            yield WaitingItem(
                text=_("Begint deze campagne, ook nu een functie in de warme fase is? %(name)s")
                % {"name": campaign.name},
                url=reverse("campaign_step", args=[campaign.slug, "start"]),
            )
    for campaign in begins.filter(status=CampaignStatus.DRAFT).order_by("starts_on", "pk")[:MOST_NAMED]:
        if campaign.created_by_id != user.pk:
            yield WaitingItem(
                text=_("Geef akkoord: %(name)s") % {"name": campaign.name},
                url=campaign.get_absolute_url(),
                until=campaign.starts_on,
            )
