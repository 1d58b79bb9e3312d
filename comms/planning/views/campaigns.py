"""`/campagnes/`: what the network says together for a while (R97)."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comms.checking import is_warm
from comms.models import Audience, Publication
from comms.planning.actions.campaigns import CHANGEABLE, join_campaign, leave_campaign
from comms.planning.campaign_parts import parts_of
from comms.planning.enums import CampaignStatus, CoreMessageStatus
from comms.planning.models import CalendarEntry, Campaign, Placement, plans, reads_plans
from comms.planning.timeline import schedule_of
from comms.planning.views.access import asked_for, members_page
from comms.planning.views.campaign_steps import steps_for, waits_for_second
from cwn.accounts.http import AccountRequest
from cwn.core.enums import CwnFunction
from cwn.core.history import history_of
from cwn.core.steps import press
from partners.models import Organisation

#: Lines of the history that the page shows.
MOST_LINES = 30


@members_page
@require_safe
def campaign_list(request: AccountRequest) -> HttpResponse:
    """Show the campaigns that the reader may know of, filtered by plain parameters of the address."""
    known = Campaign.objects.visible_to(request.user)
    chosen = asked_for(request, "functie", "doelgroep", "status", "partner", "q")
    rows = _filtered(known, chosen, request.user)
    context = {
        "campaigns": rows.select_related("owner").prefetch_related("audiences", "partners"),
        "functions": CwnFunction.choices,
        "statuses": CampaignStatus.choices,
        "audiences": Audience.objects.all(),
        "partners": Organisation.objects.visible_to(request.user)
        .filter(campaigns__in=known.values("pk"))
        .distinct()
        .order_by("name"),
        "chosen": chosen,
        "plans": plans(request.user),
    }
    return render(request, "planning/campaign_list.html", context)


def _filtered(rows: Any, asked: dict[str, str], user: Any) -> Any:
    """Return the campaigns that fit; a value that does not exist fits nothing."""
    if function := asked["functie"]:
        rows = rows.filter(functions__contains=[function])
    if audience := asked["doelgroep"]:
        rows = rows.filter(pk__in=Campaign.audiences.through.objects.filter(audience__slug=audience).values("campaign"))
    if status := asked["status"]:
        rows = rows.filter(status=status)
    if partner := asked["partner"]:
        known = Organisation.objects.visible_to(user).filter(slug=partner)
        rows = rows.filter(
            Q(owner__in=known)
            | Q(pk__in=Campaign.partners.through.objects.filter(organisation__in=known).values("campaign"))
        )
    if words := asked["q"]:
        rows = rows.filter(Q(name__icontains=words) | Q(goal__icontains=words))
    return rows


@members_page
@require_safe
def campaign_detail(request: AccountRequest, slug: str) -> HttpResponse:
    """Show one campaign with all that belongs to it, as far as the reader may see it."""
    rows = Campaign.objects.visible_to(request.user).select_related("owner", "lead", "approved_by", "created_by")
    campaign = get_object_or_404(rows, slug=slug)
    at_desk = plans(request.user)
    entries = CalendarEntry.objects.visible_to(request.user).filter(campaign=campaign).select_related("owner")
    partners = Organisation.objects.visible_to(request.user).filter(campaigns=campaign).order_by("name")
    represented = Organisation.objects.represented_by(request.user).order_by("name")
    own = represented if is_open_to_partners(campaign) else []
    context = {
        "campaign": campaign,
        "status": CampaignStatus(campaign.status),
        "functions": [CwnFunction(function).label for function in campaign.functions],
        "audiences": campaign.audiences.all(),
        "core_messages": campaign.core_messages.exclude(status=CoreMessageStatus.RETIRED),
        "channels": campaign.channels.select_related("organisation"),
        "partners": partners,
        "own": [(one, one in partners) for one in own],
        "schedule": schedule_of(campaign, entries.prefetch_related("channels")),
        "placements": Placement.objects.visible_to(request.user)
        .filter(entry__campaign=campaign)
        .select_related("entry", "channel__organisation"),
        "assets": _assets(campaign, request.user),
        "results": campaign.results.all(),
        "parts": parts_of(campaign, request.user),
        "plans": at_desk,
        "reads_plans": reads_plans(request.user),
        "steps": steps_for(campaign, request.user),
        "waits_for_second": at_desk and waits_for_second(campaign, request.user),
        "is_open": campaign.status in CHANGEABLE,
        "is_warm": at_desk and is_warm(campaign.functions),
        "history": history_of(campaign)[:MOST_LINES] if at_desk else [],
    }
    return render(request, "planning/campaign_detail.html", context)


def is_open_to_partners(campaign: Campaign) -> bool:
    """Tell whether partners can still join or leave."""
    return campaign.status in (CampaignStatus.RUNNING, CampaignStatus.APPROVED)


def _assets(campaign: Campaign, user: Any) -> list[Any]:
    """Return the material that the reader may open; what he or she may not read does not exist (A10)."""
    readable = Publication.objects.visible_to(user).filter(pk__in=campaign.assets.values("publication"))
    known = {publication.pk: publication for publication in readable}
    assets = [one for one in campaign.assets.all() if one.publication_id is None or one.publication_id in known]
    return [{"asset": one, "publication": known.get(one.publication_id or 0)} for one in assets]


@members_page
@require_POST
def campaign_join(request: AccountRequest, slug: str) -> HttpResponse:
    """Let a representative join or leave for the own organisation."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), slug=slug)
    own = Organisation.objects.represented_by(request.user)
    organisation = get_object_or_404(own, slug=request.POST.get("organisatie", ""))
    leaves = request.POST.get("doe") == "stop"
    step, said = (
        (leave_campaign, _("%(name)s doet niet meer mee.")) if leaves else (join_campaign, _("%(name)s doet mee."))
    )
    return press(
        request,
        lambda: step(campaign, organisation=organisation, by=request.user),
        said % {"name": organisation.name},
        campaign.get_absolute_url(),
    )
