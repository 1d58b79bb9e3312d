"""What the pages of campaigns, channels and the working group show in more than one place."""

from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comms.planning.enums import ActivityStatus, AttendanceState, CampaignStatus, PlacementState
from comms.planning.filters import Choice
from comms.planning.models import ActionItem, Campaign, Placement, SessionAttendance, plans, reads_plans
from comms.planning.models.visibility import POLICY
from cwn.core.markdown import render_article
from cwn.core.templatetags.components import badge
from cwn.core.visibility import principals_of

register = template.Library()

ITEM_TONES = {ActivityStatus.DONE: "success", ActivityStatus.BUSY: "info"}
ATTENDANCE_TONES = {
    AttendanceState.COMING: "info",
    AttendanceState.PRESENT: "success",
    AttendanceState.EXCUSED: "warning",
}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def desk_tabs(context: Context) -> dict[str, Any]:
    """Show the pages of planning together that this reader has."""
    request: Any = context["request"]
    user = request.user
    pages = [
        (_("Contentkalender"), "calendar_agenda", reads_plans(user)),
        (_("Campagnes"), "campaign_list", True),
        (_("Kanalen"), "channel_list", True),
        (_("Kernboodschappen"), "core_message_list", True),
        (_("Doelgroepen"), "audience_list", True),
        (_("Werkgroep"), "working_group", plans(user) or POLICY in principals_of(user)),
    ]
    items = [(label, reverse(name)) for label, name, is_shown in pages if is_shown]
    return {"label": _("Samen plannen"), "items": items, "current": request.path}


@register.simple_tag
def campaign_badge(campaign: Campaign) -> SafeString:
    """Show how far a campaign is."""
    status = CampaignStatus(campaign.status)
    return badge(str(status.label), status.tone)


@register.simple_tag
def placement_badge(placement: Placement) -> SafeString:
    """Show what became of a request."""
    state = PlacementState(placement.state)
    return badge(str(state.label), state.tone)


@register.simple_tag
def item_badge(item: ActionItem) -> SafeString:
    """Show how far an action item is."""
    status = ActivityStatus(item.status)
    return badge(str(status.label), ITEM_TONES.get(status, "neutral"))


@register.simple_tag
def attendance_badge(attendance: SessionAttendance) -> SafeString:
    """Show whether somebody comes or came."""
    state = AttendanceState(attendance.state)
    return badge(str(state.label), ATTENDANCE_TONES.get(state, "neutral"))


@register.filter
def formatted(text: str) -> SafeString:
    """Render agenda and minutes."""
    return render_article(text)


@register.simple_tag
def agenda_address(choice: Choice, day: date) -> str:
    """Write where the agenda begins on a day, with the filters of this page."""
    return choice.address(reverse("calendar_agenda"), day=day.isoformat())
