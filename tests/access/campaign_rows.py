"""Rows of the access matrix for campaigns, channels, core messages, target groups and the working group."""

from typing import Any

from comms.enums import Tlp
from comms.planning.enums import CampaignStatus, EntryReaders
from comms.planning.models import Placement, Talk, WorkingGroupSession
from tests.access.matrix import ABSENT, FOUND, OK, WRONG, Arguments, Row, nothing, organisation
from tests.cast import Cast
from tests.factories.planning import (
    ActionItemFactory,
    AudienceFactory,
    CampaignFactory,
    ChannelFactory,
    CoreMessageFactory,
    EntryFactory,
    WorkingGroupSessionFactory,
)

MEMBERS = ("mem", "rep", "wg", "mem-x", "mem-o", "rcp")
NETWORK = (*MEMBERS, "coord", "nctv")
PLANNERS = ("wg", "coord")
ANON = {FOUND: ("anon",)}


def network(name: str, arguments: Arguments = nothing) -> Row:
    """A page for everybody in the network."""
    return Row(name, ABSENT, {OK: NETWORK, **ANON}, arguments)


def desk(name: str, arguments: Arguments = nothing, *, who: tuple[str, ...] = PLANNERS) -> Row:
    """A page for the communication desk, or a part of it."""
    return Row(name, ABSENT, {OK: who, **ANON}, arguments)


def pressed(name: str, arguments: Arguments, *, who: tuple[str, ...] = PLANNERS) -> Row:
    """A button: a GET is refused by its method for those who may press, and is nothing for the others."""
    return Row(name, ABSENT, {WRONG: who, **ANON}, arguments)


def campaign(status: CampaignStatus, **more: Any) -> Arguments:
    """The address of a campaign of the Zorgring."""

    def arguments(cast: Cast) -> dict:
        slug = f"campagne-{status.value}"
        made = CampaignFactory._meta.model.objects.filter(slug=slug).first() or CampaignFactory(
            slug=slug, name=f"kanarie-campagne-{status.value}", status=status, owner=cast.organisations["zorgring"],
            created_by=cast["wg"],
        )  # fmt: skip
        return {"slug": made.slug, **more}

    return arguments


def placement(cast: Cast) -> dict:
    """The address of a place that was asked of the Havenring."""
    made = Placement.objects.first()
    if made is None:
        entry = EntryFactory(tlp=Tlp.CLEAR, readers=EntryReaders.MEMBERS, owner=cast.organisations["zorgring"])
        channel = ChannelFactory(organisation=cast.organisations["havenring"], accepts_placements=True)
        made = Placement.objects.create(entry=entry, channel=channel, asked_by=cast["wg"])
    return {"pk": made.pk}


def session(cast: Cast) -> dict:
    """The address of a session."""
    made = WorkingGroupSession.objects.first() or WorkingGroupSessionFactory()
    return {"uid": made.uid}


def action_item(cast: Cast) -> dict:
    """The address of something that was agreed."""
    return {"pk": ActionItemFactory().pk}


def channel(cast: Cast) -> dict:
    """The address of a channel of the Havenring."""
    return {"pk": ChannelFactory(organisation=cast.organisations["havenring"]).pk}


def talk(cast: Cast) -> dict:
    """The address of a talk."""
    fields = {"on": "2026-11-01", "with_whom": "De directeur", "summary": "kanarie-gesprek", "by": cast["coord"]}
    return {"pk": Talk.objects.create(organisation=cast.organisations["zorgring"], **fields).pk}


RUNNING, DRAFT, FINISHED = CampaignStatus.RUNNING, CampaignStatus.DRAFT, CampaignStatus.FINISHED
CAMPAIGNS = [
    network("campaign_list"),
    network("campaign_detail", campaign(RUNNING)),
    desk("campaign_detail", campaign(DRAFT)),
    desk("campaign_new"),
    desk("campaign_topical", who=("wg",)),  # writes a draft, so for people of a partner
    desk("campaign_edit", campaign(DRAFT)),
    Row("campaign_edit", ABSENT, ANON, campaign(FINISHED)),
    desk("campaign_copy", campaign(RUNNING)),
    desk("campaign_step", campaign(DRAFT, step="akkoord")),
    Row("campaign_step", ABSENT, ANON, campaign(RUNNING, step="akkoord")),
    desk("campaign_asset_new", campaign(RUNNING)),
    desk("campaign_result_new", campaign(RUNNING)),
    pressed("campaign_asset_remove", campaign(RUNNING, pk=0)),
    pressed("campaign_result_remove", campaign(RUNNING, pk=0)),
    pressed("campaign_join", campaign(RUNNING), who=NETWORK),
    network("channel_list"),
    desk("media_mix", who=("rep", *PLANNERS, "nctv")),
    desk("channel_new"),
    desk("channel_edit", channel, who=("rep",)),
    desk("placement_ask"),
    desk("placement_detail", placement, who=("mem", "rep", *PLANNERS, "nctv")),
    desk("my_channels", organisation("havenring"), who=("rep",)),
    desk("my_channel_new", organisation("havenring"), who=("rep",)),
    network("core_message_list"),
    network("core_message_new"),
    desk("core_message_decide", lambda cast: {"pk": CoreMessageFactory().pk}),
    network("audience_list"),
    network("audience_detail", lambda cast: {"slug": AudienceFactory().slug}),
    desk("analysis_new", lambda cast: {"slug": AudienceFactory().slug}),
    desk("working_group", who=(*PLANNERS, "nctv")),
    desk("seat_new", who=("coord",)),
    pressed("seat_end", lambda cast: {"pk": 0}),
    desk("session_new"),
    desk("session_detail", session, who=(*PLANNERS, "nctv")),
    desk("session_edit", session),
    pressed("session_attend", session),
    pressed("session_attendance", session),
    desk("action_item_new", session),
    desk("action_item_list", who=(*PLANNERS, "nctv")),
    pressed("action_item_status", action_item),
    desk("talk_list"),
    desk("talk_new"),
    pressed("talk_done", talk),
]
