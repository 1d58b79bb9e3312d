"""The pages and the banner about phases: who comes in, what they look at before deciding, what shows (R45)."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction, IncidentPhase
from functions.base.actions import propose_phase
from functions.base.models import FunctionPhase
from functions.base.phases import current_phase
from tests.cast import PRINCIPALS
from tests.factories.functions import make_charter, make_period
from tests.factories.partners import ParticipationFactory, RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db
HANDLING = CwnFunction.INCIDENT_HANDLING
PHASE = "/functies/incidentafhandeling/fase/"
PAGE = "/functies/incidentafhandeling/"


@pytest.fixture(autouse=True)
def _charter(db: None) -> None:
    make_charter(HANDLING)


@pytest.fixture
def second(cast):
    """The browser of a second coordinator: Ruben has that role as well, for once."""
    cast["rep"].groups.add(Group.objects.get(name=COORDINATOR.slug))
    return cast.client("rep")


def fill_in(**values: str) -> dict[str, str]:
    """Return the form of a proposal."""
    return {"phase": "warm", "sector": "", "region": "", "reason": "Grote storing", **values}


# --- two coordinators, step by step ------------------------------------------------------------------
def test_two_coordinators_raise_and_lower_a_phase(cast, second):
    first, care = cast.client("coord"), SectorFactory(name="Zorg")
    cast.organisations["zorgring"].sectors.add(care)

    preview = first.post(PHASE, {**fill_in(sector=care.pk), "step": "preview"}).content.decode()
    assert "leden van 1 partner (2 personen)" in preview
    assert "De Zorgring" in preview
    assert not FunctionPhase.objects.exists(), "looking changes nothing"

    first.post(PHASE, {**fill_in(sector=care.pk), "step": "propose"})
    proposal = FunctionPhase.objects.get()
    own = f"{PHASE}{proposal.pk}/"
    assert "Een andere coördinator moet het bevestigen" in first.get(own).content.decode()
    assert 'value="confirm"' not in first.get(own).content.decode()
    first.post(own, {"decision": "confirm"})
    assert current_phase(HANDLING, sector=care) == IncidentPhase.COLD

    assert "leden van 1 partner" in second.get(own).content.decode()
    second.post(own, {"decision": "confirm"})
    assert current_phase(HANDLING, sector=care) == IncidentPhase.WARM

    for reason, phase in (("Opgelost", IncidentPhase.AFTERMATH), ("Besproken", IncidentPhase.COLD)):
        current = FunctionPhase.objects.current().get()
        second.post(f"{PHASE}{current.pk}/", {"decision": "lower", "reason": reason})
        assert current_phase(HANDLING, sector=care) == phase
    page = first.get(PHASE).content.decode()
    assert "Opgelost" in page
    assert "Coby Coördinator stelde voor, Ruben Vertegenwoordiger bevestigde" in page


def test_a_refusal_keeps_what_was_filled_in(cast):
    make_period(IncidentPhase.WARM)
    page = cast.client("coord").post(PHASE, {**fill_in(phase="lauw"), "step": "preview"}).content.decode()
    assert "Hier geldt al: warme fase. Kies een hogere fase." in page
    assert "Grote storing</textarea>" in page


def test_a_second_proposal_for_the_same_part_is_explained(cast, second):
    propose_phase(function=HANDLING, phase="lauw", reason="Eerste", by=cast["coord"])
    page = second.post(PHASE, {**fill_in(), "step": "propose"}).content.decode()
    assert "Hiervoor ligt al een voorstel. Beslis eerst daarover." in page
    assert FunctionPhase.objects.count() == 1


@pytest.mark.parametrize(
    "values", [{"phase": "koud"}, {"phase": ""}, {"sector": "x"}, {"region": "9" * 30}, {"reason": ""}]
)
def test_a_form_that_is_wrong_comes_back(cast, values):
    for step in ("preview", "propose"):
        page = cast.client("coord").post(PHASE, {**fill_in(**values), "step": step}).content.decode()
        assert "Dit klopt nog niet" in page
    assert not FunctionPhase.objects.exists()


def test_lowering_asks_why(cast):
    period = make_period()
    page = cast.client("coord").post(f"{PHASE}{period.pk}/", {"decision": "lower", "reason": " "}).content.decode()
    assert "Dit klopt nog niet" in page
    assert current_phase(HANDLING) == IncidentPhase.WARM


def test_a_decision_that_makes_no_sense_changes_nothing(cast):
    period = make_period()
    client = cast.client("coord")
    for decision in ("confirm", "withdraw", "", "onzin"):
        assert client.post(f"{PHASE}{period.pk}/", {"decision": decision}).status_code in (200, 302)
    assert current_phase(HANDLING) == IncidentPhase.WARM


def test_whoever_decides_has_just_shown_who_it_is(cast, second):
    proposal = propose_phase(function=HANDLING, phase="warm", reason="Storing", by=cast["coord"])
    session = second.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    response = second.post(f"{PHASE}{proposal.pk}/", {"decision": "confirm"})
    assert "/account/" in response.headers["Location"]
    assert current_phase(HANDLING) == IncidentPhase.COLD


@pytest.mark.parametrize("principal", [one for one in PRINCIPALS if one not in ("coord", "anon", "nomfa")])
def test_the_pages_do_not_exist_for_others(cast, principal):
    period = make_period()
    client = cast.client(principal)
    for page in (PHASE, f"{PHASE}{period.pk}/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {**fill_in(), "step": "propose", "decision": "lower"}).status_code == 404
    assert FunctionPhase.objects.count() == 1


def test_a_period_stands_under_its_own_function_only(cast):
    make_charter(CwnFunction.TRAINING)
    period = make_period(function=CwnFunction.TRAINING)
    assert cast.client("coord").get(f"{PHASE}{period.pk}/").status_code == 404


def test_the_task_list_counts_what_somebody_else_proposed(cast, second):
    propose_phase(function=HANDLING, phase="warm", reason="Storing", by=cast["coord"])

    def waits(client) -> bool:
        return "stand=voorstel" in client.get("/beheer/").content.decode()

    assert waits(second)
    page = second.get("/beheer/base/functionphase/?stand=voorstel").content.decode()
    assert "Warme fase" in page


# --- the banner --------------------------------------------------------------------------------------
def test_the_banner_stands_on_every_page_of_whom_it_concerns(cast):
    zeeland = RegionFactory(name="Zeeland")
    cast.organisations["havenring"].regions.add(zeeland)
    ParticipationFactory(organisation=cast.organisations["eilandring"], function=HANDLING)
    make_period(region=zeeland, reason="kanarie-fase")

    for principal, shown in (("mem", True), ("rcp", True), ("coord", True), ("mem-x", False), ("anon", False)):
        client = cast.client(principal)
        for page in ("/", "/partners/", PAGE, "/en/contact/"):
            assert ("cwn-urgent" in client.get(page).content.decode()) == shown, (principal, page)
        assert ("kanarie-fase" in client.get(PAGE).content.decode()) == shown, principal


def test_many_phases_leave_room_for_the_page(cast):
    for number in range(4):
        make_period("lauw", region=RegionFactory(name=f"Regio Lauw {number}"))
    make_period("warm", region=RegionFactory(name="Regio Warm"))
    client = cast.client("coord")

    banner = client.get("/contact/").content.decode()
    assert [name for name in ("Regio Warm", "Regio Lauw 0", "Regio Lauw 1") if name in banner] == [
        "Regio Warm",
        "Regio Lauw 0",
    ]
    assert "Er gelden nog 3 verhoogde fasen" in banner
    functions = client.get("/functies/").content.decode()
    assert all(f"Regio Lauw {number}" in functions for number in range(4))
    assert "Regio" not in cast.client("anon").get("/functies/").content.decode()


def test_a_page_kept_for_visitors_has_no_banner_of_a_member(cast):
    make_period()
    assert "cwn-urgent" in cast.client("mem").get("/").content.decode()
    assert "cwn-urgent" not in cast.client("anon").get("/").content.decode()


def test_a_removed_right_holds_from_the_next_page(cast):
    make_period()
    client = cast.client("mem")
    assert "cwn-urgent" in client.get("/contact/").content.decode()
    cast["mem"].memberships.update(ended_at="2026-01-01T00:00Z")
    assert "cwn-urgent" not in client.get("/contact/").content.decode()


@pytest.mark.parametrize(("principal", "more"), [("anon", 0), ("mem", 1), ("coord", 1)])
def test_the_banner_costs_visitors_nothing_and_others_one_query(cast, principal, more):
    client = cast.client(principal)
    make_period(sector=SectorFactory(), region=RegionFactory())
    client.get("/contact/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/contact/")
    about_phases = [query["sql"] for query in captured if "base_functionphase" in query["sql"]]
    assert len(about_phases) == more


def test_a_proposal_shows_to_nobody_but_coordinators(cast):
    propose_phase(function=HANDLING, phase="warm", reason="kanarie-voorstel", by=cast["coord"])
    for principal in PRINCIPALS:
        assert "kanarie-voorstel" not in cast.client(principal).get(PAGE).content.decode()
    assert "kanarie-voorstel" in cast.client("coord").get(PHASE).content.decode()
