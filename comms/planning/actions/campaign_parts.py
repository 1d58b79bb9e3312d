"""What belongs to a campaign: material, results, a copy of an old one, and the fast lane for what happens now."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from comms.actions.drafting import create_draft, save_draft
from comms.actions.steps import require
from comms.enums import Tlp
from comms.models import Audience, Publication
from comms.planning.actions.campaigns import LINKS, create_campaign
from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry, Campaign, CampaignAsset, CampaignResult, plans
from cwn.delivery.clock import local_moment

#: At what time a topical item stands in the calendar on its first day.
MORNING = time(9)
#: What a copy takes along; partners decide again, results and evaluation belong to the old one.
COPIED = ("audiences", "core_messages", "channels")


@transaction.atomic
def add_asset(campaign: Campaign, *, title: str, publication: Publication | None, url: str, by: Any) -> CampaignAsset:
    """Add a publication or a page elsewhere; only a publication that the one who adds it may read."""
    require(plans(by))
    if publication is not None:
        require(Publication.objects.visible_to(by).filter(pk=publication.pk).exists())
    asset = CampaignAsset(campaign=campaign, title=title, publication=publication, url=url)
    asset.full_clean(exclude=["campaign"])
    asset.save()
    return asset


@transaction.atomic
def remove_asset(asset: CampaignAsset, *, by: Any) -> None:
    """Take material off the page; the publication itself stays."""
    require(plans(by))
    asset.delete()


@transaction.atomic
def add_result(campaign: Campaign, *, values: Mapping[str, Any], by: Any) -> CampaignResult:
    """Write down what was counted, with its day and its source."""
    require(plans(by))
    result = CampaignResult(campaign=campaign, **values)
    result.full_clean(exclude=["campaign"])
    result.save()
    return result


@transaction.atomic
def remove_result(result: CampaignResult, *, by: Any) -> None:
    """Take a wrong count away; the history of the campaign does not depend on it."""
    require(plans(by))
    result.delete()


@transaction.atomic
def copy_campaign(campaign: Campaign, *, name: str, starts_on: date, by: Any) -> Campaign:
    """Begin a new draft from an old campaign; its schedule comes along as ideas, moved by the same number of days."""
    require(plans(by))
    moved = starts_on - campaign.starts_on
    values = {
        "name": name,
        "goal": campaign.goal,
        "functions": campaign.functions,
        "owner": campaign.owner,
        "lead": campaign.lead,
        "starts_on": starts_on,
        "ends_on": campaign.ends_on + moved,
    }
    links = {link: getattr(campaign, link).all() for link in COPIED}
    made = create_campaign(values=values, links=links, by=by)
    for entry in CalendarEntry.objects.visible_to(by).filter(campaign=campaign).order_by("starts_at", "pk"):
        _copy_entry(entry, made, moved, by)
    return made


def _copy_entry(entry: CalendarEntry, campaign: Campaign, moved: timedelta, by: Any) -> None:
    copied = CalendarEntry.objects.create(
        campaign=campaign,
        title=entry.title,
        starts_at=_moved(entry.starts_at, moved, entry.time_zone),
        ends_at=entry.ends_at and _moved(entry.ends_at, moved, entry.time_zone),
        is_all_day=entry.is_all_day,
        time_zone=entry.time_zone,
        content=entry.content,
        message=entry.message,
        medium=entry.medium,
        tlp=entry.tlp,
        owner=entry.owner,
        functions=entry.functions,
        status=EntryStatus.IDEA,
        created_by=by,
    )
    copied.audiences.set(entry.audiences.all())
    copied.channels.set(entry.channels.all())


def _moved(moment: datetime, days: timedelta, zone: str) -> datetime:
    """Return the same time on the wall so many days later, whatever summer time does."""
    there = moment.astimezone(ZoneInfo(zone))
    return local_moment(there.date() + days, there.time(), zone)


@transaction.atomic
def start_topical(
    *, owner: Any, plan: Mapping[str, Any], sheet: Mapping[str, Any], kind: str, tlp: str, by: Any
) -> tuple[Campaign, CalendarEntry, Publication]:
    """Begin campaign, planned item and draft publication about something that happens now, in one go (R112).

    The publication asks for the same cover sheet as every other one, and the campaign for the same second person.
    `plan` holds title, goal, starts_on, ends_on, functions and audiences; `sheet` the columns of the publication.
    """
    publication = create_draft(owner=owner, kind=kind, title=plan["title"], tlp=tlp, by=by)
    publication = save_draft(publication, values=sheet, edit_version=publication.edit_version, by=by)
    audiences = Audience.objects.filter(slug__in=plan["audiences"])
    values = {
        "name": plan["title"][:120],
        "goal": plan["goal"],
        "functions": plan["functions"],
        "owner": owner,
        "lead": by,
        "starts_on": plan["starts_on"],
        "ends_on": plan["ends_on"],
    }
    links = dict.fromkeys(LINKS, ()) | {"audiences": audiences, "channels": plan["channels"]}
    campaign = create_campaign(values=values, links=links, by=by)
    entry = CalendarEntry.objects.create(
        title=plan["title"],
        starts_at=local_moment(plan["starts_on"], MORNING),
        content=sheet.get("summary", ""),
        message=sheet.get("communication_message", "")[:1000],
        tlp=Tlp(tlp),
        owner=owner,
        person=by,
        status=EntryStatus.CONCEPT,
        campaign=campaign,
        functions=plan["functions"],
        publication=publication,
        created_by=by,
    )
    entry.audiences.set(audiences)
    entry.channels.set(plan["channels"])
    add_asset(campaign, title=publication.title, publication=publication, url="", by=by)
    return campaign, entry, publication
