"""The newsletters of a campaign, on the page of the campaign (R97, R94)."""

from typing import Any

from django.utils.translation import gettext as _

from comms.newsletters.models import Issue
from comms.planning.campaign_parts import CampaignPart, campaign_part
from comms.planning.models import Campaign, plans


@campaign_part(order=40)
def issues_of_campaign(campaign: Campaign, user: Any) -> CampaignPart | None:
    """Show the issues of a campaign that this reader may open: the desk also those that are being made."""
    rows = Issue.objects.visible_to(user).filter(campaign=campaign).select_related("newsletter")
    issues = list(rows.order_by("sent_at", "pk"))
    if not issues:
        return None
    context = {"issues": issues, "at_desk": plans(user)}
    return CampaignPart(_("Nieuwsbrieven"), "newsletters/_campaign_issues.html", context)
