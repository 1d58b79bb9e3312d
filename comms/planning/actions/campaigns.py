"""Campaigns: made, written, agreed to, started, ended and learned from (R97)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comms.actions.steps import demand_reason, require
from comms.checking import is_warm
from comms.planning.actions.editing import change_links, save_columns
from comms.planning.enums import CampaignStatus
from comms.planning.models import Campaign, plans
from cwn.core.history import event_model
from partners.models import Organisation
from partners.models.organisations import represented_organisations_of

#: What a form may write; everything else that it sends is ignored (A19).
COLUMNS = ("name", "goal", "functions", "owner", "lead", "starts_on", "ends_on")
LINKS = ("audiences", "core_messages", "channels", "partners")
#: Changing one of these asks for a new approval.
AGREED = ("name", "goal", "functions", "owner")
#: Statuses in which the plan itself can still change.
CHANGEABLE = (CampaignStatus.DRAFT, CampaignStatus.APPROVED, CampaignStatus.RUNNING)
#: Addresses that are no campaign.
RESERVED_SLUGS = ("nieuw", "actualiteit")


def locked_campaign(campaign: Campaign) -> Campaign:
    """Return the row as it is now, held until the transaction ends."""
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


@transaction.atomic
def create_campaign(*, values: Mapping[str, Any], links: Mapping[str, Iterable[Any]], by: Any) -> Campaign:
    """Begin a campaign as a draft; only the desk sees it."""
    require(plans(by))
    campaign = Campaign(**{name: value for name, value in values.items() if name in COLUMNS}, created_by=by)
    campaign.slug = new_slug(campaign.name)
    campaign.full_clean(exclude=["slug"])
    campaign.save()
    for name in LINKS:
        getattr(campaign, name).set(links.get(name, ()))
    return campaign


def new_slug(name: str) -> str:
    """Return an address that no campaign has."""
    base = slugify(name)[:80].strip("-") or "campagne"
    is_taken = base in RESERVED_SLUGS or Campaign.objects.filter(slug=base).exists()
    return f"{base}-{uuid4().hex[:6]}" if is_taken else base


@transaction.atomic
def save_campaign(
    campaign: Campaign,
    *,
    values: Mapping[str, Any],
    links: Mapping[str, tuple[Iterable[Any], Iterable[Any]]],
    edit_version: int,
    by: Any,
) -> Campaign:
    """Save what somebody wrote; raises `StaleEditError` when another changed the same field meanwhile.

    `links` holds per name what was chosen and what the page showed. An agreed plan that changes in substance is a
    draft again: the second person agreed to something else.
    """
    require(plans(by))
    current = locked_campaign(campaign)
    _require_status(current, *CHANGEABLE)
    columns = {name: value for name, value in values.items() if name in COLUMNS}
    before = {name: getattr(current, name) for name in AGREED}
    for name, (chosen, shown) in links.items():
        change_links(getattr(current, name), chosen=chosen, shown=shown)
    save_columns(current, values=columns, edit_version=edit_version, besides={})
    if current.status == CampaignStatus.APPROVED and before != {name: getattr(current, name) for name in AGREED}:
        _move(current, CampaignStatus.DRAFT, approved_by=None)
    return current


@transaction.atomic
def approve_campaign(campaign: Campaign, *, by: Any) -> Campaign:
    """Agree to a campaign as the second person: somebody who did not write it."""
    require(plans(by))
    current = locked_campaign(campaign)
    _require_status(current, CampaignStatus.DRAFT)
    if by.pk in writers_of(current):
        raise ValidationError(_("U schreef mee aan deze campagne. Vraag iemand anders om akkoord."))
    return _move(current, CampaignStatus.APPROVED, approved_by=by)


def writers_of(campaign: Campaign) -> set[int]:
    """Return the keys of everybody who wrote the columns of a campaign; a step that others take is no writing."""
    events: Any = event_model(Campaign)
    writers, version = {campaign.created_by_id}, 0
    for event in events.objects.filter(pgh_obj_id=campaign.pk).select_related("pgh_context").order_by("pgh_id"):
        if event.edit_version > version and event.pgh_context is not None:
            writers.add(event.pgh_context.metadata.get("user"))
        version = event.edit_version
    return writers - {None}


@transaction.atomic
def start_campaign(campaign: Campaign, *, reason: str = "", by: Any, today: date | None = None) -> Campaign:
    """Start an agreed campaign; during the warm phase of one of its functions only with a reason (R112).

    `by` is nobody when the clock starts it: that waits for a person while a function is in the warm phase.
    """
    require(by is None or plans(by))
    current = locked_campaign(campaign)
    _require_status(current, CampaignStatus.APPROVED)
    if (today or timezone.localdate()) > current.ends_on:
        raise ValidationError(_("De laatste dag is al voorbij. Verander eerst de planning."))
    if is_warm(current.functions):
        require(by is not None)
        reason = demand_reason(reason)
    return _move(current, CampaignStatus.RUNNING, reason=reason)


@transaction.atomic
def finish_campaign(campaign: Campaign, *, by: Any) -> Campaign:
    """End a campaign that ran; `by` is nobody when the clock ends it after its last day."""
    require(by is None or plans(by))
    current = locked_campaign(campaign)
    _require_status(current, CampaignStatus.RUNNING)
    return _move(current, CampaignStatus.FINISHED)


@transaction.atomic
def evaluate_campaign(campaign: Campaign, *, evaluation: str, by: Any) -> Campaign:
    """Write down what was learned; may be written again later."""
    require(plans(by))
    current = locked_campaign(campaign)
    _require_status(current, CampaignStatus.FINISHED, CampaignStatus.EVALUATED)
    said = evaluation.strip()
    return _move(current, CampaignStatus.EVALUATED, evaluation=said, evaluated_on=timezone.localdate())


@transaction.atomic
def stop_campaign(campaign: Campaign, *, reason: str, by: Any) -> Campaign:
    """Stop a campaign before its end, and say why."""
    require(plans(by))
    current = locked_campaign(campaign)
    _require_status(current, *CHANGEABLE)
    return _move(current, CampaignStatus.STOPPED, reason=demand_reason(reason))


@transaction.atomic
def join_campaign(campaign: Campaign, *, organisation: Organisation, by: Any) -> Campaign:
    """Let an organisation take part; its own representative decides (R106)."""
    _require_own(campaign, organisation, by)
    campaign.partners.add(organisation)
    return campaign


@transaction.atomic
def leave_campaign(campaign: Campaign, *, organisation: Organisation, by: Any) -> Campaign:
    """Let an organisation take part no longer; its own representative decides (R106)."""
    _require_own(campaign, organisation, by)
    campaign.partners.remove(organisation)
    return campaign


def _require_own(campaign: Campaign, organisation: Organisation, by: Any) -> None:
    require(Campaign.objects.visible_to(by).filter(pk=campaign.pk).exists())
    require(organisation.pk in represented_organisations_of(by))
    _require_status(campaign, CampaignStatus.RUNNING, CampaignStatus.APPROVED)


def move_by_clock(today: date) -> int:
    """Start what was agreed and begins, end what is past its last day, and return how many moved.

    What begins while one of its functions is in the warm phase waits for a person.
    """
    moved = 0
    for campaign in Campaign.objects.filter(status=CampaignStatus.APPROVED, starts_on__lte=today, ends_on__gte=today):
        if not is_warm(campaign.functions):
            start_campaign(campaign, by=None, today=today)
            moved += 1
    for campaign in Campaign.objects.filter(status=CampaignStatus.RUNNING, ends_on__lt=today):
        finish_campaign(campaign, by=None)
        moved += 1
    return moved


def _move(campaign: Campaign, status: CampaignStatus, *, reason: str = "", **changes: Any) -> Campaign:
    """Take a step; the history keeps the reason."""
    for name, value in (changes | {"status": status}).items():
        setattr(campaign, name, value)
    campaign.validate_constraints()
    with pghistory.context(**({"reason": reason} if reason else {})):
        campaign.save(update_fields=[*changes, "status", "updated_at"])
    return campaign


def _require_status(campaign: Campaign, *statuses: str) -> None:
    if campaign.status not in statuses:
        raise ValidationError(
            _("Dit kan niet meer: de campagne staat op %(status)s.") % {"status": campaign.get_status_display().lower()}
        )
