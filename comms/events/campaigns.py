"""The events of a campaign, on the page of the campaign (R97, R98)."""

from typing import Any

from django.utils.translation import gettext as _

from comms.events.models import Event
from comms.planning.campaign_parts import CampaignPart, campaign_part
from comms.planning.models import Campaign


@campaign_part(order=30)
def events_of_campaign(campaign: Campaign, user: Any) -> CampaignPart | None:
    """Show the events of a campaign that this reader may know of."""
    events = list(Event.objects.visible_to(user).filter(campaign=campaign).order_by("starts_at", "pk"))
    if not events:
        return None
    return CampaignPart(_("Bijeenkomsten"), "events/_campaign_events.html", {"events": events})
