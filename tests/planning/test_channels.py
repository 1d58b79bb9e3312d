"""Channels, places asked in those of partners, and the mix of channels and media (R90, R91, R106, R107)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.enums import Tlp
from comms.planning.actions.channels import add_channel, answer_placement, ask_placement, report_placement, save_channel
from comms.planning.enums import EntryReaders, PlacementState
from comms.planning.mail_kinds import who_left
from comms.planning.media_mix import media_mix
from comms.planning.models import Channel, Placement
from cwn.core.waiting import waiting_items
from cwn.delivery.models import Delivery
from tests.cast import PRINCIPALS
from tests.factories.planning import AudienceFactory, ChannelFactory, EntryFactory

pytestmark = pytest.mark.django_db

VALUES = {"name": "Havenbericht", "kind": "nieuwsbrief", "cadence": "wekelijks"}


@pytest.fixture
def entry(cast):
    """Something that Wim's organisation plans for tomorrow."""
    return EntryFactory(owner=cast.organisations["zorgring"], title="Bericht", readers=EntryReaders.MEMBERS)


@pytest.fixture
def channel(cast):
    """A channel of the Havenring that takes messages of others."""
    return ChannelFactory(name="Havenbericht", organisation=cast.organisations["havenring"], accepts_placements=True)


@pytest.fixture
def placement(cast, entry, channel):
    """Wim asked the Havenring for a place."""
    return ask_placement(entry=entry, channel=channel, question="Past dit?", by=cast["wg"])


# --- channels ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("owner", "who", "may"),
    [
        ("havenring", "rep", True),
        ("havenring", "mem", False),
        ("havenring", "wg", False),
        ("havenring", "coord", False),
        ("zorgring", "rep", False),
        (None, "wg", True),
        (None, "coord", True),
        (None, "rep", False),
        (None, "nctv", False),
    ],
)
def test_who_registers_which_channel(cast, owner, who, may):
    """The desk keeps those of the network, a partner its own; NCSC does not write for partners (R106)."""
    organisation = cast.organisations[owner] if owner else None
    if not may:
        with pytest.raises(PermissionDenied):
            add_channel(organisation=organisation, values=VALUES, audiences=(), by=cast[who])
        return
    made = add_channel(organisation=organisation, values=VALUES, audiences=[AudienceFactory()], by=cast[who])
    assert (made.organisation, made.audiences.count()) == (organisation, 1)
    assert save_channel(made, values={"reach": 12}, audiences=(), by=cast[who]).reach == 12


def test_a_representative_registers_a_channel_in_the_browser(cast):
    client, address = cast.client("rep"), reverse("my_channel_new", args=["havenring"])
    assert client.post(address, VALUES | {"lead_days": "x"}).status_code == 400
    typed = VALUES | {"lead_days": 2, "reach": 900, "is_active": "on", "url": "havenring.example/nieuws"}
    assert client.post(address, typed).status_code == 302
    made = Channel.objects.get(name="Havenbericht")
    assert (made.organisation.slug, made.reach, made.url) == ("havenring", 900, "https://havenring.example/nieuws")
    twice = client.post(address, typed)
    assert (twice.status_code, "staat er al" in twice.content.decode()) == (400, True)


def test_who_sees_channels(cast):
    ChannelFactory(name="kanarie-in-gebruik")
    ChannelFactory(name="kanarie-oud", is_active=False)
    for principal in PRINCIPALS:
        response = cast.client(principal).get(reverse("channel_list"))
        member = principal in ("mem", "rep", "wg", "coord", "nctv", "mem-x", "mem-o", "rcp")
        assert (b"kanarie-in-gebruik" in response.content) == member, principal
        assert (b"kanarie-oud" in response.content) == (principal in ("rep", "wg", "coord", "nctv")), principal


# --- placements --------------------------------------------------------------------------------------
def test_a_place_is_asked_answered_and_counted(cast, placement):
    """The partner's representative gets a mail and a waiting item, answers, and later says how many read it."""
    mailed = Delivery.objects.filter(mailing__kind="planning-request")
    assert {delivery.user for delivery in mailed} >= {cast["rep"]}
    assert cast["mem"] not in {delivery.user for delivery in mailed}
    assert [item.url for item in waiting_items(cast["rep"]) if "Havenbericht" in item.text] == [
        placement.get_absolute_url()
    ]
    client = cast.client("rep")
    assert client.post(placement.get_absolute_url(), {"accepts": "ja", "answer": "Maandag."}).status_code == 302
    assert not [item for item in waiting_items(cast["rep"]) if "Havenbericht" in item.text]
    assert mailed.filter(user=cast["wg"]).exists()  # who asked hears the answer
    answered = client.post(placement.get_absolute_url(), {"placed_on": "2026-11-20", "reach": "1200", "url": ""})
    assert answered.status_code == 302
    placement.refresh_from_db()
    assert (placement.state, placement.reach, placement.placed_on) == (PlacementState.PLACED, 1200, date(2026, 11, 20))


def test_a_no_says_why(cast, placement):
    with pytest.raises(ValidationError):
        answer_placement(placement, accepts=False, answer=" ", by=cast["rep"])
    said = answer_placement(placement, accepts=False, answer="Past niet bij ons.", by=cast["rep"])
    assert said.state == PlacementState.DECLINED
    with pytest.raises(ValidationError):
        report_placement(placement, placed_on=date(2026, 11, 1), by=cast["rep"])


@pytest.mark.parametrize("who", ["mem", "wg", "coord", "mem-o", "nctv"])
def test_nobody_answers_for_a_partner(cast, placement, who):
    with pytest.raises(PermissionDenied):
        answer_placement(placement, accepts=True, by=cast[who])
    assert cast.client(who).post(placement.get_absolute_url(), {"accepts": "ja"}).status_code == 404


def test_only_open_items_go_into_channels_that_take_them(cast, entry, channel):
    amber = EntryFactory(owner=cast.organisations["zorgring"], tlp=Tlp.AMBER)
    closed = ChannelFactory(organisation=cast.organisations["havenring"])
    for wrong in ({"entry": amber, "channel": channel}, {"entry": entry, "channel": closed}):
        with pytest.raises(ValidationError):
            ask_placement(**wrong, question="", by=cast["coord"])
    ask_placement(entry=entry, channel=channel, question="", by=cast["wg"])
    with pytest.raises(ValidationError, match="al aan dit kanaal gevraagd"):
        ask_placement(entry=entry, channel=channel, question="", by=cast["coord"])
    assert Placement.objects.count() == 1


def test_who_sees_a_placement(cast, placement):
    seen = {one for one in PRINCIPALS if Placement.objects.visible_to(cast[one]).exists()}
    assert seen == {"mem", "rep", "wg", "coord", "nctv"}


def test_who_left_gets_no_mail_any_more(cast, placement):
    """The outbox asks once more at the moment of sending (security.md A04)."""
    deliveries = list(Delivery.objects.filter(mailing__kind="planning-request", user=cast["rep"]))
    assert who_left(deliveries) == {}
    cast["rep"].memberships.update(ended_at=timezone.now())
    assert set(who_left(deliveries)) == {delivery.pk for delivery in deliveries}


# --- mix ---------------------------------------------------------------------------------------------
def test_the_mix_counts_what_is_planned_and_shows_whom_nobody_reaches(cast):
    reached, unreached = AudienceFactory(name="Bereikt"), AudienceFactory(name="Overgeslagen")
    channel, other = ChannelFactory(reach=100), ChannelFactory(reach=50)
    channel.audiences.set([reached])
    other.audiences.set([reached])
    EntryFactory(audiences=[reached], channels=[channel])
    EntryFactory(audiences=[reached], channels=[channel], starts_at=timezone.now() - timedelta(days=1))  # is past
    EntryFactory(audiences=[unreached], channels=[channel], tlp=Tlp.AMBER)  # of another, so unknown to Wim
    mix = media_mix(cast["wg"])
    assert mix.gaps == [unreached]
    assert dict(zip(mix.audiences, mix.planned, strict=True)) == {reached: 1, unreached: 0}
    assert dict(zip(mix.audiences, mix.reach, strict=True)) == {reached: 150, unreached: 0}
    line = next(line for line in mix.lines if line.channel == channel)
    cells = dict(zip(mix.audiences, line.cells, strict=True))
    assert ((cells[reached].planned, cells[reached].reaches), line.total) == ((1, True), 1)
    assert cells[unreached].planned == 0


@pytest.mark.parametrize("name", ["media_mix", "channel_list"])
def test_pages_ask_as_much_for_three_as_for_one(cast, name):
    client = cast.client("wg")

    def fill():
        channel = ChannelFactory(organisation=cast.organisations["havenring"], accepts_placements=True)
        channel.audiences.set([AudienceFactory()])
        entry = EntryFactory(audiences=[AudienceFactory()], channels=[channel])
        Placement.objects.create(entry=entry, channel=channel, asked_by=cast["wg"])

    def queries():
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    fill()
    one = queries()
    fill()
    fill()
    assert queries() == one
