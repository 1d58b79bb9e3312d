"""What stands on the page of a function beside its charter (R47, R49, R50, R72, R145)."""

import re
from datetime import date, timedelta

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from comms.enums import PublicationStatus, Tlp
from cwn.core.enums import CwnFunction, Ownership
from cwn.core.history import event_model
from functions.base.balance import balance_of
from functions.base.changes import changes_of, last_change
from functions.base.models import FunctionChannel, FunctionCharter, FunctionCondition, FunctionGoal, SoundingBoard
from partners.enums import ParticipationBasis, ParticipationDegree, PartnerStatus
from partners.models import Organisation
from tests.factories.comms import published
from tests.factories.functions import make_channel, make_charter, make_flow, make_seat
from tests.factories.partners import OrganisationFactory, ParticipationFactory, RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db
HANDLING = CwnFunction.INCIDENT_HANDLING
PAGE = "/functies/incidentafhandeling/"


@pytest.fixture
def charter(db: None) -> FunctionCharter:
    """The function of which these tests open the page."""
    return make_charter(HANDLING)


def read(client, page: str = PAGE) -> str:
    """Return a page that exists."""
    response = client.get(page)
    assert response.status_code == 200
    return response.content.decode()


# --- goals -------------------------------------------------------------------------------------------
def test_goals_stand_with_their_progress(client, charter):
    yesterday = timezone.localdate() - timedelta(days=1)
    FunctionGoal.objects.create(
        charter=charter, goal="Iedereen bereikt", activity="Bellen", progress=40, due_on=yesterday
    )
    FunctionGoal.objects.create(charter=charter, goal="Loket open", progress=100, done_on=date(2026, 3, 1))
    page = read(client)

    assert "Voortgang: 40 procent" in page
    assert page.count("<progress") == 1
    assert "Later dan gepland" in page
    assert "Gehaald op 1 maart 2026" in page


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"progress": 101}, "goal_progress_is_a_percentage"),
        ({"progress": 60, "done_on": date(2026, 3, 1)}, "goal_that_is_reached_is_complete"),
    ],
)
def test_progress_that_cannot_be_is_refused(charter, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FunctionGoal.objects.create(charter=charter, goal="Doel", **values)
    with pytest.raises(ValidationError):
        FunctionGoal(charter=charter, goal="Doel", **values).full_clean()


# --- who takes part ----------------------------------------------------------------------------------
def test_partners_are_counted_per_degree_and_phase(client, charter):
    for degree, phases in (("volgen", ["koud"]), ("volgen", ["koud", "warm"]), ("capaciteit", ["warm"])):
        ParticipationFactory(function=HANDLING, degree=degree, phases=phases)
    ParticipationFactory(function=HANDLING, degree="volgen", basis=ParticipationBasis.EXPECTED)
    hidden = OrganisationFactory(field_visibility={"participation": "eigen"})
    ParticipationFactory(function=HANDLING, degree="volgen", organisation=hidden)

    rows = re.findall(r'<th scope="row">([^<]+)</th>((?:<td class="cwn-number">\d+</td>)+)', read(client))
    numbers = {degree: [int(one) for one in re.findall(r"\d+", cells)] for degree, cells in rows}
    assert numbers == {
        ParticipationDegree.LEND_CAPACITY.label: [0, 0, 1, 0],
        ParticipationDegree.CONTRIBUTE.label: [0, 0, 0, 0],
        ParticipationDegree.FOLLOW.label: [2, 0, 1, 0],
    }


# --- channels ----------------------------------------------------------------------------------------
MAY_SEE = ("mem", "rep", "wg", "coord", "mem-x", "mem-o", "rcp")


@pytest.mark.parametrize("principal", ["anon", "mem", "rep", "wg", "coord", "nctv", "adm", "mem-x", "rcp", "ex", "sus"])
def test_channels_are_for_members_and_coordinators(cast, charter, principal):
    secret = make_channel(name="kanarie-signal", address="kanarie-ruimte", owner=cast.organisations["havenring"])
    make_channel(name="Openbaar portaal", is_public=True, fallback=secret)
    page = read(cast.client(principal))

    assert "Openbaar portaal" in page
    assert ("kanarie" in page) == (principal in MAY_SEE)
    assert ("Leden zien die na het inloggen" in page) == (principal not in MAY_SEE)
    shown = FunctionChannel.objects.visible_to(cast[principal])
    assert shown.count() == (2 if principal in MAY_SEE else 1)


def test_an_owner_that_nobody_may_know_of_is_not_named(cast, charter):
    make_channel(owner=cast.organisations["prospectring"])
    assert "De Prospectring" not in read(cast.client("mem"))
    assert "De Prospectring" in read(cast.client("coord"))


def test_a_fallback_over_which_less_may_go_is_pointed_out(cast, charter):
    mail = make_channel(name="Maillijst", ceiling=Tlp.GREEN)
    make_channel(name="Piketlijn", ceiling=Tlp.AMBER, fallback=mail)
    assert "daar mag hoogstens TLP:GREEN over" in read(cast.client("mem"))


def test_a_channel_does_not_fall_back_on_itself_or_on_another_function():
    channel = make_channel()
    with pytest.raises(IntegrityError, match="no_channel_falls_back_on_itself"), transaction.atomic():
        FunctionChannel.objects.filter(pk=channel.pk).update(fallback=channel)
    channel.fallback = make_channel(CwnFunction.TRAINING)
    with pytest.raises(ValidationError, match="dezelfde functie"):
        channel.full_clean()


# --- sounding board ----------------------------------------------------------------------------------
@pytest.fixture
def board(db: None) -> SoundingBoard:
    """The sounding board of the function."""
    return SoundingBoard.objects.create(function=HANDLING, purpose="Denkt mee")


@pytest.mark.parametrize("principal", ["anon", "nctv", "adm", "mem-x", "coord", "ex"])
def test_organisations_are_for_all_and_people_for_members(cast, charter, board, principal):
    make_seat(board, cast.organisations["havenring"], person_name="kanarie-zetel")
    make_seat(board, cast.organisations["geschorste-ring"], person_name="kanarie-geschorst")
    page = read(cast.client(principal))

    assert "De Havenring" in page
    assert ("kanarie-zetel" in page) == (principal in ("mem-x", "coord"))
    assert ("De Geschorste Ring" in page) == (principal in ("coord", "nctv"))
    assert ("goede afspiegeling?" in page) == (principal == "coord")


def test_a_seat_holds_for_its_term(client, charter, board):
    today = timezone.localdate()
    for name, since, until in (
        ("Nu", -10, 0), ("Eeuwig", -10, None), ("Voorbij", -10, -1), ("Straks", 1, None),
    ):  # fmt: skip
        end = None if until is None else today + timedelta(days=until)
        make_seat(board, OrganisationFactory(name=f"Zetel {name}"), since=today + timedelta(days=since), until=end)
    assert re.findall(r">Zetel (\w+)<", read(client)) == ["Eeuwig", "Nu"]


def taking_part(**values) -> Organisation:
    """Return a partner that takes part in the function."""
    organisation = OrganisationFactory(**values)
    ParticipationFactory(organisation=organisation, function=HANDLING)
    return organisation


def test_a_board_that_looks_like_the_participants_gets_no_remark(board):
    care, zeeland = SectorFactory(), RegionFactory()
    for ownership in (Ownership.PUBLIC, Ownership.PRIVATE):
        make_seat(board, taking_part(ownership=ownership, sectors=[care], regions=[zeeland]))
    assert balance_of(board).remarks == []


def test_too_many_seats_of_one_kind_are_named_in_plain_words(board):
    make_seat(board, taking_part(ownership=Ownership.PUBLIC))
    for _number in range(3):
        taking_part(ownership=Ownership.PRIVATE)
    taking_part(ownership=Ownership.PRIVATE, status=PartnerStatus.SUSPENDED)
    assert balance_of(board).remarks == [
        "Publiek heeft veel zetels: 100% van de zetels, 25% van de deelnemers.",
        "Privaat heeft weinig zetels: 0% van de zetels, 75% van de deelnemers.",
    ]


def test_sectors_and_regions_without_a_seat_are_named(board):
    care, energy = SectorFactory(name="Zorg"), SectorFactory(name="Energie")
    netherlands = RegionFactory(name="Nederland", level="land")
    zeeland = RegionFactory(name="Zeeland", parent=netherlands)
    drenthe = RegionFactory(name="Drenthe", parent=netherlands)
    aruba = RegionFactory(name="Aruba", level="eiland")
    make_seat(board, taking_part(sectors=[care], regions=[zeeland]))
    taking_part(sectors=[energy], regions=[drenthe, aruba])

    assert balance_of(board).missing_sectors == ["Energie"]
    assert balance_of(board).missing_regions == ["Aruba", "Drenthe"]

    make_seat(board, taking_part(regions=[netherlands]))
    assert balance_of(board).missing_regions == ["Aruba"], "who works in the whole country sits there for each part"


def test_a_board_without_seats_or_participants_says_so(board):
    assert balance_of(board).remarks == ["Aan deze functie neemt nog niemand deel. Er valt niets te vergelijken."]
    taking_part()
    assert balance_of(board).remarks == ["Er zijn nog geen zetels bezet."]


def test_the_admin_shows_the_balance(cast, board):
    taking_part()
    page = read(cast.client("coord"), reverse("admin:base_soundingboard_change", args=[board.pk]))
    assert "Er zijn nog geen zetels bezet." in page


# --- publications ------------------------------------------------------------------------------------
def test_the_page_lists_the_newest_publications_that_the_reader_may_find(cast, charter):
    haven = cast.organisations["havenring"]
    for name, values in {
        "Open": {},
        "Groen": {"tlp": Tlp.GREEN},
        "Oranje": {"tlp": Tlp.AMBER, "addressed_organisations": [haven]},
        "Rood": {"tlp": Tlp.RED, "named_readers": [cast["mem"]]},
        "Weg": {"status": PublicationStatus.WITHDRAWN},
        "Elders": {"functions": [CwnFunction.TRAINING.value]},
    }.items():
        published(title=f"Bericht {name}", **{"functions": [HANDLING.value], **values})

    def titles(principal: str) -> set[str]:
        return set(re.findall(r"Bericht (\w+)<", read(cast.client(principal))))

    assert titles("anon") == {"Open"}
    assert titles("mem-o") == {"Open", "Groen"}
    assert titles("mem") == {"Open", "Groen", "Oranje"}


def test_five_publications_are_enough_for_a_page(client, charter):
    for _number in range(7):
        published(functions=[HANDLING.value])
    page = read(client)
    assert len(re.findall(r'href="/informatie/\w', page)) == 5
    assert 'href="/?functie=incidentafhandeling"' in page


# --- what changed ------------------------------------------------------------------------------------
CHANGES = f"{PAGE}wijzigingen/"


def told(charter: FunctionCharter) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what readers learn, the newest first."""
    return [(change.what, change.fields) for _day, changes in changes_of(charter) for change in changes]


def a_day_passes() -> None:
    """Let everything that happened have happened yesterday; all writes of one test share a moment otherwise."""
    for events in (event_model(FunctionCharter), event_model(FunctionCondition)):
        with pgtrigger.ignore(f"{events._meta.label}:append_only"):
            events.objects.update(pgh_created_at=timezone.now() - timedelta(days=1))


def test_readers_learn_what_changed_but_not_who_or_why(cast, charter):
    FunctionCondition.objects.create(charter=charter, key="a", question="Kunt u?", explanation="ja", advice="nee")
    a_day_passes()
    data = {
        "summary": "Nieuwe samenvatting", "main_task": "Taak", "activities": "Werk", "contribution": "Doel",
        "served_organisations": "Alle", "flow_direction": "beide", "order": "7", "change_reason": "kanarie-reden",
        "goals-TOTAL_FORMS": "0", "goals-INITIAL_FORMS": "0", "conditions-TOTAL_FORMS": "0",
        "conditions-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = reverse("admin:base_functioncharter_change", args=[charter.pk])
    assert cast.client("coord").post(address, data).status_code == 302
    page = read(cast.client("anon"), CHANGES)
    assert "Nieuwe samenvatting" in page
    assert "kanarie-reden" not in page
    assert "Coby" not in page


def test_a_change_shows_what_was_and_what_is(charter):
    assert told(charter) == [("Eerste beschrijving van deze functie", [])]
    a_day_passes()
    FunctionCharter.objects.update(summary="Nieuwe samenvatting")
    make_flow(HANDLING, ("a0", "b1"))
    *today, beginning = told(charter)
    assert beginning == ("Eerste beschrijving van deze functie", [])
    assert sorted(today) == [
        ("De informatiestroom voor het eerst getekend", []),
        ("Functiebeschrijving gewijzigd", [("In het kort", "Kort", "Nieuwe samenvatting")]),
    ]


def test_the_page_says_when_something_last_changed(client, charter):
    a_day_passes()
    yesterday, today = timezone.localdate() - timedelta(days=1), timezone.localdate()
    assert last_change(charter) == yesterday
    make_flow(HANDLING, ("a0", "b1"))
    make_flow(CwnFunction.TRAINING, ("c0", "d1"))
    assert last_change(charter) == today
    assert last_change(make_charter(CwnFunction.KNOWLEDGE_EXCHANGE)) == today
    assert "Laatst gewijzigd" in read(client)


def test_a_new_order_and_other_line_endings_are_no_news(charter):
    FunctionCharter.objects.update(activities="Eén\nTwee")
    a_day_passes()
    FunctionCharter.objects.update(order=3, activities="Eén\r\nTwee")
    assert told(charter) == [("Eerste beschrijving van deze functie", [])]


def test_every_function_links_to_its_changes(client, charter):
    assert f'href="{CHANGES}"' in read(client)
    assert "Eerste beschrijving van deze functie" in read(client, CHANGES)
    assert client.get("/functies/bestaat-niet/wijzigingen/").status_code == 404
