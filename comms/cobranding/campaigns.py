"""The templates of a campaign, on its page."""

from typing import Any

from django.utils.translation import gettext as _

from comms.cobranding.models import MessageTemplate
from comms.planning.campaign_parts import CampaignPart, campaign_part
from comms.planning.models import Campaign
from comms.planning.models.visibility import plans


@campaign_part(order=20)
def templates_of_campaign(campaign: Campaign, user: Any) -> CampaignPart | None:
    """Return what partners can take along, as far as the reader may see it."""
    templates = MessageTemplate.objects.visible_to(user).in_use().filter(campaign=campaign)
    found = list(templates.select_related("publication").order_by("name"))
    if not found:
        return None
    context = {"templates": found, "campaign": campaign, "works_here": plans(user)}
    return CampaignPart(_("Templates om door te geven"), "cobranding/campaign_part.html", context)
