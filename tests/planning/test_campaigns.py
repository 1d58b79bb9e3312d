"""Campaigns: who may do what, when, and who sees it (R97, R110, R112)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms import checking
from comms.actions.steps import StaleEditError
from comms.enums import PublicationStatus, Tlp
from comms.models import Audience, Publication
from comms.planning import campaign_parts
from comms.planning.actions.campaign_parts import add_asset, copy_campaign
from comms.planning.actions.campaigns import (
    approve_campaign,
    create_campaign,
    evaluate_campaign,
    finish_campaign,
    join_campaign,
    leave_campaign,
    move_by_clock,
    save_campaign,
    start_campaign,
    stop_campaign,
)
from comms.planning.enums import CampaignStatus, EntryReaders, EntryStatus
from comms.planning.models import CalendarEntry, Campaign, CampaignResult
from cwn.core.history import history_of
from tests.cast import PRINCIPALS
from tests.factories.comms import FILLED, published
from tests.factories.planning import AudienceFactory, CampaignFactory, ChannelFactory, EntryFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
DRAFT, APPROVED, RUNNING = CampaignStatus.DRAFT, CampaignStatus.APPROVED, CampaignStatus.RUNNING
FINISHED, EVALUATED, STOPPED = CampaignStatus.FINISHED, CampaignStatus.EVALUATED, CampaignStatus.STOPPED
NETWORK = {"mem", "rep", "wg", "coord", "nctv", "mem-x", "mem-o", "rcp"}
DESK = {"wg", "coord"}


@pytest.fixture(autouse=True)
def _on_a_sunday(time_machine):
    time_machine.move_to("2026-11-22 10:00:00+01:00", tick=False)


@pytest.fixture
def warm(monkeypatch):
    """Make every function warm; the functions themselves stand above this app."""
    monkeypatch.setattr(checking, "_warm_sources", [lambda functions: bool(list(functions))])


def campaign(cast, status=DRAFT, **fields):
    """A campaign that Wim wrote for the Zorgring."""
    fields = {"owner": cast.organisations["zorgring"], "created_by": cast["wg"], "starts_on": TODAY} | fields
    return CampaignFactory(status=status, **fields)


# --- who sees it -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "readers"),
    [
        (DRAFT, DESK),
        (APPROVED, DESK),
        (RUNNING, NETWORK),
        (FINISHED, NETWORK),
        (EVALUATED, NETWORK),
        (STOPPED, DESK),
    ],
)
def test_who_sees_a_campaign_in_list_and_page(cast, status, readers):
    evaluated = {"evaluation": "Korter.", "evaluated_on": TODAY} if status == EVALUATED else {}
    made = campaign(cast, status, name="kanarie-campagne", **evaluated)
    for principal in PRINCIPALS:
        client = cast.client(principal)
        assert (client.get(made.get_absolute_url()).status_code == 200) == (principal in readers), principal
        listed = client.get(reverse("campaign_list"))
        assert (b"kanarie-campagne" in listed.content) == (principal in readers), principal


def test_material_shows_to_who_may_read_it_only(cast):
    made = campaign(cast, RUNNING)
    amber = published(
        title="kanarie-amber", tlp=Tlp.AMBER, owner=cast.organisations["zorgring"],
        addressed_organisations=[cast.organisations["havenring"]],
    )  # fmt: skip
    add_asset(made, title="kanarie-materiaal", publication=amber, url="", by=cast["coord"])
    seen = {one for one in NETWORK if b"kanarie-materiaal" in cast.client(one).get(made.get_absolute_url()).content}
    assert seen == {"mem", "rep", "wg", "mem-x", "coord"}  # addressed, owner, coordinator


def test_nobody_adds_what_he_or_she_may_not_read(cast):
    red = published(tlp=Tlp.RED, owner=cast.organisations["eilandring"], named_readers=[cast["rcp"]])
    with pytest.raises(PermissionDenied):
        add_asset(campaign(cast), title="Geheim", publication=red, url="", by=cast["wg"])


def test_the_schedule_shows_what_the_reader_may_know(cast):
    made = campaign(cast, RUNNING)
    owner = cast.organisations["zorgring"]
    EntryFactory(campaign=made, owner=owner, title="kanarie-voor-planners", readers=EntryReaders.PLANNERS)
    EntryFactory(campaign=made, owner=owner, title="kanarie-voor-leden", readers=EntryReaders.MEMBERS)
    member, desk = (cast.client(one).get(made.get_absolute_url()).content.decode() for one in ("mem-o", "wg"))
    assert "kanarie-voor-leden" in member
    assert "kanarie-voor-planners" not in member
    assert "kanarie-voor-planners" in desk


def test_partners_first_is_said_beside_the_material(cast):
    made = campaign(cast, RUNNING)
    first = published(tlp=Tlp.CLEAR, public_from=timezone.now() + timedelta(days=3))
    add_asset(made, title="Eerst voor ons", publication=first, url="", by=cast["wg"])
    assert "eerst voor netwerkpartners" in cast.client("mem").get(made.get_absolute_url()).content.decode()


# --- steps -------------------------------------------------------------------------------------------
def test_the_way_of_a_campaign(cast):
    made = campaign(cast)
    assert approve_campaign(made, by=cast["coord"]).approved_by == cast["coord"]
    assert start_campaign(made, by=cast["wg"]).status == RUNNING
    assert finish_campaign(made, by=cast["wg"]).status == FINISHED
    done = evaluate_campaign(made, evaluation="Verhalen werkten.", by=cast["wg"])
    assert (done.status, done.evaluated_on) == (EVALUATED, TODAY)


def test_nobody_approves_what_he_or_she_wrote(cast):
    made = campaign(cast)
    with pytest.raises(ValidationError, match="schreef mee"):
        approve_campaign(made, by=cast["wg"])


def test_who_wrote_along_is_a_writer_too(cast):
    made = campaign(cast)
    made.audiences.set([AudienceFactory()])
    client = cast.client("coord")
    form = form_of(made, goal="Een ander doel.")
    assert client.post(reverse("campaign_edit", args=[made.slug]), form).status_code == 302
    with pytest.raises(ValidationError, match="schreef mee"):
        approve_campaign(made, by=cast["coord"])


def test_a_changed_plan_needs_a_new_approval(cast):
    made = approve_campaign(campaign(cast), by=cast["coord"])
    later = save_campaign(made, values={"ends_on": TODAY + timedelta(days=90)}, links={}, edit_version=1, by=cast["wg"])
    assert later.status == APPROVED
    other = save_campaign(made, values={"goal": "Iets anders."}, links={}, edit_version=2, by=cast["wg"])
    assert (other.status, other.approved_by) == (DRAFT, None)


@pytest.mark.parametrize("evaluation", ["", "   "])
def test_evaluated_needs_an_evaluation(cast, evaluation):
    with pytest.raises(ValidationError, match="leerde"):
        evaluate_campaign(campaign(cast, FINISHED), evaluation=evaluation, by=cast["wg"])


def test_steps_do_not_skip(cast):
    for step in (start_campaign, finish_campaign):
        with pytest.raises(ValidationError):
            step(campaign(cast), by=cast["coord"])


def test_the_clock_starts_and_ends_each_on_its_day(cast):
    starts = campaign(cast, APPROVED)
    later = campaign(cast, APPROVED, starts_on=TODAY + timedelta(days=1))
    last_day = campaign(cast, RUNNING, starts_on=TODAY - timedelta(days=9), ends_on=TODAY)
    over = campaign(cast, RUNNING, starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    unapproved = campaign(cast, DRAFT)
    assert (move_by_clock(TODAY), move_by_clock(TODAY)) == (2, 0)
    found = {row.pk: row.status for row in Campaign.objects.all()}
    assert [found[one.pk] for one in (starts, later, last_day, over, unapproved)] == [
        RUNNING, APPROVED, RUNNING, FINISHED, DRAFT,
    ]  # fmt: skip


def test_in_the_warm_phase_a_person_starts_it_with_a_reason(cast, warm):
    made = campaign(cast, APPROVED, functions=["informatiedeling"])
    assert move_by_clock(TODAY) == 0
    with pytest.raises(ValidationError, match="waarom"):
        start_campaign(made, by=cast["wg"])
    address = reverse("campaign_step", args=[made.slug, "start"])
    client = cast.client("wg")
    assert "warme fase" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "Dit gaat juist hierover."}).status_code == 302
    made.refresh_from_db()
    assert made.status == RUNNING
    assert "Dit gaat juist hierover." in [line.why for line in history_of(made)]


def test_stopping_asks_why(cast):
    with pytest.raises(ValidationError):
        stop_campaign(campaign(cast, RUNNING), reason=" ", by=cast["wg"])
    assert stop_campaign(campaign(cast, RUNNING), reason="Geen geld.", by=cast["wg"]).status == STOPPED


@pytest.mark.parametrize("principal", ["mem", "rep", "nctv", "adm", "ex"])
def test_only_the_desk_takes_steps(cast, principal):
    for step in (approve_campaign, finish_campaign):
        with pytest.raises(PermissionDenied):
            step(campaign(cast, RUNNING), by=cast[principal])


# --- partners ----------------------------------------------------------------------------------------
def test_a_representative_joins_and_leaves_for_the_own_organisation(cast):
    made, client = campaign(cast, RUNNING), cast.client("rep")
    address = reverse("campaign_join", args=[made.slug])
    client.post(address, {"organisatie": "havenring", "doe": "mee"})
    assert [row.slug for row in made.partners.all()] == ["havenring"]
    client.post(address, {"organisatie": "havenring", "doe": "stop"})
    assert made.partners.count() == 0
    assert client.post(address, {"organisatie": "zorgring", "doe": "mee"}).status_code == 404


def test_nobody_joins_for_another(cast):
    made, zorg = campaign(cast, RUNNING), cast.organisations["zorgring"]
    for principal in ("rep", "coord", "mem-x"):
        for step in (join_campaign, leave_campaign):
            with pytest.raises(PermissionDenied):
                step(made, organisation=zorg, by=cast[principal])


# --- writing -----------------------------------------------------------------------------------------
def form_of(made, **changed):
    """What the page of a plan sends, with some boxes changed."""
    links = {
        prefix + name: [row.pk for row in getattr(made, name).all()]
        for name in ("audiences", "core_messages", "channels")
        for prefix in ("", "initial-")
    }
    values = {
        "edit_version": made.edit_version, "name": made.name, "goal": made.goal, "owner": made.owner_id, "lead": "",
        "starts_on": made.starts_on, "ends_on": made.ends_on, "functions": made.functions,
    }  # fmt: skip
    return values | links | changed


def test_a_campaign_is_begun_in_the_browser(cast):
    audience, channel = AudienceFactory(), ChannelFactory()
    client = cast.client("wg")
    values = {
        "name": "Zet het aan", "goal": "Iedereen zet het aan.", "owner": cast.organisations["zorgring"].pk,
        "starts_on": "2026-12-01", "ends_on": "2026-12-24", "audiences": [audience.pk], "channels": [channel.pk],
        "functions": ["informatiedeling"],
    }  # fmt: skip
    assert client.post(reverse("campaign_new"), values).status_code == 302
    made = Campaign.objects.get(slug="zet-het-aan")
    assert (made.created_by, made.status, made.audiences.get()) == (cast["wg"], DRAFT, audience)
    assert made.channels.get() == channel


def test_a_refused_plan_keeps_what_was_typed(cast):
    values = {"name": "Half", "goal": "Blijft staan.", "starts_on": "2026-12-24", "ends_on": "2026-12-01"}
    response = cast.client("wg").post(reverse("campaign_new"), values)
    assert response.status_code == 400
    assert "Blijft staan." in response.content.decode()


@pytest.mark.parametrize("name", ["nieuw", "Actualiteit"])
def test_no_campaign_takes_the_address_of_a_page(cast, name):
    values = {"name": name, "goal": "Doel.", "owner": cast.organisations["zorgring"], "starts_on": TODAY}
    made = create_campaign(values=values | {"ends_on": TODAY}, links={}, by=cast["wg"])
    assert made.slug not in ("nieuw", "actualiteit")


def test_two_editors_of_different_parts_lose_nothing(cast):
    made = campaign(cast)
    first, second, third = AudienceFactory(), AudienceFactory(), AudienceFactory()
    made.audiences.set([first])
    save_campaign(made, values={"goal": "Doel van Wim."}, links={"audiences": ([first.pk, second.pk], [first.pk])},
                  edit_version=1, by=cast["wg"])  # fmt: skip
    save_campaign(made, values={"name": "Naam van Coby", "goal": made.goal},
                  links={"audiences": ([third.pk], [first.pk])}, edit_version=1, by=cast["coord"])  # fmt: skip
    made.refresh_from_db()
    assert (made.name, made.goal, made.edit_version) == ("Naam van Coby", "Doel van Wim.", 3)
    assert set(made.audiences.all()) == {second, third}


def test_two_editors_of_the_same_part_are_asked(cast):
    made = campaign(cast, goal="Zo begon het.")
    made.audiences.set([AudienceFactory()])
    save_campaign(made, values={"goal": "Zo schreef Wim het."}, links={}, edit_version=1, by=cast["wg"])
    with pytest.raises(StaleEditError):
        save_campaign(made, values={"goal": "Zo wil Coby het."}, links={}, edit_version=1, by=cast["coord"])
    client, address = cast.client("coord"), reverse("campaign_edit", args=[made.slug])
    mine = form_of(made, goal="Zo wil Coby het.", name="Nieuwe naam") | {"edit_version": 1}
    page = client.post(address, mine)
    assert page.status_code == 409
    for text in ("Zo begon het.", "Zo schreef Wim het.", "Zo wil Coby het."):
        assert text in page.content.decode()
    made.refresh_from_db()
    assert made.goal == "Zo schreef Wim het."
    kept = client.post(address, mine | {"seen": 2, "keuze-goal": "hun"})
    assert kept.status_code == 302
    made.refresh_from_db()
    assert (made.goal, made.name) == ("Zo schreef Wim het.", "Nieuwe naam")


def test_a_copy_takes_the_plan_along_and_leaves_the_outcome(cast):
    old = campaign(cast, RUNNING, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    old.audiences.set([AudienceFactory()])
    old.partners.set([cast.organisations["havenring"]])
    CampaignResult.objects.create(campaign=old, what="Lezers", value=3, counted_on=TODAY, source="Telling")
    before_summer_time = timezone.datetime(2026, 3, 10, 9, tzinfo=timezone.get_current_timezone())
    EntryFactory(campaign=old, starts_at=before_summer_time, status=EntryStatus.LIVE, title="Bericht")
    made = copy_campaign(old, name="Nog eens", starts_on=date(2026, 6, 1), by=cast["coord"])
    assert (made.status, made.ends_on, made.partners.count(), made.results.count()) == (DRAFT, date(2026, 7, 1), 0, 0)
    assert made.audiences.count() == 1
    entry = CalendarEntry.objects.get(campaign=made)
    assert entry.status == EntryStatus.IDEA
    assert timezone.localtime(entry.starts_at).strftime("%Y-%m-%d %H:%M") == "2026-06-10 09:00"


# --- fast lane, other apps, lists ----------------------------------------------------------------------
def topical(cast, **changed):
    """What the page for what is topical sends."""
    AudienceFactory(slug="private-partners")
    sheet = {name: FILLED[name] for name in ("urgency", "urgency_reason", "audience_reason", "key_points")}
    return sheet | {
        "owner": cast.organisations["zorgring"].pk, "title": "Lek in een veelgebruikte router",
        "goal": "Iedereen werkt bij.",
        "starts_on": "2026-11-22", "ends_on": "2026-12-06", "kind": "nieuws", "tlp": "clear", "summary": "Kort.",
        "audiences": ["private-partners"], "communication_message": "Werk bij.", "functions": ["informatiedeling"],
        "action_perspective-audience": ["private-partners"], "action_perspective-action": ["Installeer de update."],
        "action_perspective-when": ["direct"], "action_perspective-date": [""], "action_perspective-effort": ["uur"],
        "wider_developments": "Zorgplicht.",
    } | changed  # fmt: skip


def test_what_is_topical_is_one_form_for_campaign_calendar_and_draft(cast):
    response = cast.client("wg").post(reverse("campaign_topical"), topical(cast))
    assert response.status_code == 302, response.content.decode()
    made = Campaign.objects.get(name="Lek in een veelgebruikte router")
    entry, publication = made.entries.get(), Publication.objects.get(title=made.name)
    assert (made.status, entry.publication, made.assets.get().publication) == (DRAFT, publication, publication)
    assert (publication.status, publication.urgency) == (PublicationStatus.DRAFT, FILLED["urgency"])
    assert publication.key_points == FILLED["key_points"]
    assert [one.slug for one in entry.audiences.all()] == ["private-partners"]


@pytest.mark.parametrize("changed", [{"tlp": "amber"}, {"tlp": ""}, {"ends_on": "2026-11-01"}, {"title": ""}])
def test_what_is_topical_is_refused_as_a_whole(cast, changed):
    assert cast.client("wg").post(reverse("campaign_topical"), topical(cast, **changed)).status_code == 400
    assert (Campaign.objects.count(), CalendarEntry.objects.count(), Publication.objects.count()) == (0, 0, 0)


def test_asking_for_room_for_more_actions_begins_nothing(cast):
    page = cast.client("wg").post(reverse("campaign_topical"), topical(cast, doe="rij")).content.decode()
    assert page.count('name="action_perspective-action"') == 4
    assert "Installeer de update." in page
    assert Campaign.objects.count() == 0


def test_other_apps_bring_their_part(cast, monkeypatch):
    monkeypatch.setattr(campaign_parts, "_sources", [])

    @campaign_parts.campaign_part(order=20)
    def nothing(made, user):
        return None

    @campaign_parts.campaign_part(order=10)
    def status(made, user):
        return campaign_parts.CampaignPart("Kanarie-deel", "planning/_campaign_status.html")

    page = cast.client("mem").get(campaign(cast, RUNNING).get_absolute_url()).content.decode()
    assert "Kanarie-deel" in page


def test_filters_find_and_strange_values_find_nothing(cast):
    audience = AudienceFactory(slug="private-partners")
    made = campaign(cast, RUNNING, name="Router bijwerken", functions=["informatiedeling"])
    made.audiences.set([audience])
    made.partners.set([cast.organisations["havenring"]])
    client = cast.client("mem")
    for query in (
        "functie=informatiedeling",
        "doelgroep=private-partners",
        "status=loopt",
        "partner=havenring",
        "q=ROUTER",
    ):
        assert b"Router bijwerken" in client.get(f"{reverse('campaign_list')}?{query}").content, query
    for query in ("functie=x", "doelgroep=zzz", "status=zzz", "partner=prospectring", "q=%25"):
        response = client.get(f"{reverse('campaign_list')}?{query}")
        assert response.status_code == 200, query
        assert b"Router bijwerken" not in response.content, query
    assert b"Router bijwerken" not in client.get(f"{reverse('campaign_list')}?status=afgerond").content


def full_campaign(cast):
    """A campaign with one of everything."""
    made = campaign(cast, RUNNING)
    made.audiences.set([AudienceFactory()])
    made.channels.set([ChannelFactory()])
    made.partners.set([cast.organisations["havenring"]])
    EntryFactory(campaign=made, readers=EntryReaders.MEMBERS, channels=[ChannelFactory()])
    add_asset(made, title="Materiaal", publication=published(tlp=Tlp.CLEAR), url="", by=cast["wg"])
    return made


def queries(client, address):
    """Count what a page asks the database."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_much_for_three_as_for_one(cast):
    client = cast.client("mem")
    full_campaign(cast)
    one = queries(client, reverse("campaign_list"))
    full_campaign(cast)
    full_campaign(cast)
    assert queries(client, reverse("campaign_list")) == one


def test_the_page_asks_as_much_for_three_items_as_for_one(cast):
    client, made = cast.client("mem"), full_campaign(cast)
    one = queries(client, made.get_absolute_url())
    for _number in range(2):
        EntryFactory(campaign=made, readers=EntryReaders.MEMBERS, channels=[ChannelFactory()])
        add_asset(made, title="Materiaal", publication=published(tlp=Tlp.CLEAR), url="", by=cast["wg"])
        made.audiences.add(AudienceFactory())
    assert queries(client, made.get_absolute_url()) == one


def test_the_target_groups_ask_as_much_for_three_as_for_one(cast):
    client = cast.client("wg")
    AudienceFactory()
    one = queries(client, reverse("audience_list"))
    AudienceFactory.create_batch(2)
    assert queries(client, reverse("audience_list")) == one
    assert Audience.objects.count() == 3


def test_who_wrote_a_plan_reads_that_another_agrees_and_the_other_gets_the_button(cast):
    campaign = CampaignFactory(created_by=cast.people["wg"])
    writer = cast.client("wg").get(campaign.get_absolute_url()).content.decode()
    other = cast.client("coord").get(campaign.get_absolute_url()).content.decode()
    assert "Een ander geeft akkoord" in writer
    assert "Geef akkoord" not in writer
    assert "Een ander geeft akkoord" not in other
    assert "Geef akkoord" in other
