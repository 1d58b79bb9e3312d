"""The pages of the five functions (R40, R47, R48)."""

import pytest

from cwn.core.enums import CwnFunction
from functions.base.reference import load_charters
from partners.enums import ParticipationBasis, PartnerStatus
from tests.factories.partners import InitiativeFactory, OrganisationFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
PAGE = "/functies/informatiedeling/"


@pytest.fixture(autouse=True)
def charters() -> None:
    load_charters()


@pytest.mark.parametrize("function", CwnFunction)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_function_has_a_page_with_its_charter(client, function, prefix):
    assert f"/functies/{function}/" in client.get(f"{prefix}/functies/").content.decode()
    page = client.get(f"{prefix}/functies/{function}/").content.decode()
    assert "niet beschikbaar" in page, "the figures of the source did not survive, and the page says so"
    assert f'href="{prefix}/meedoen/' in page


def test_only_agreed_participation_of_partners_counts(client):
    shown = OrganisationFactory(name="Doet mee")
    others = {
        "Verwacht": OrganisationFactory(name="Verwacht"),
        "Geraadpleegde": OrganisationFactory(name="Geraadpleegde", status=PartnerStatus.CONSULTED),
        "Geschorste": OrganisationFactory(name="Geschorste", status=PartnerStatus.SUSPENDED),
        "Stille": OrganisationFactory(name="Stille", field_visibility={"participation": "eigen"}),
    }
    for organisation in (shown, *others.values()):
        expected = organisation.name == "Verwacht"
        ParticipationFactory(
            organisation=organisation,
            basis=ParticipationBasis.EXPECTED if expected else ParticipationBasis.AGREED,
        )
    page = client.get(PAGE).content.decode()
    assert "Doet mee" in page
    assert not [name for name in others if f">{name}<" in page]


def test_initiatives_stand_with_their_function(client):
    InitiativeFactory(name="Hier", functions=["informatiedeling"])
    InitiativeFactory(name="Elders", functions=["incidentafhandeling"])
    page = client.get(PAGE).content.decode()
    assert ">Hier<" in page
    assert ">Elders<" not in page


def test_a_page_names_at_most_some_partners_and_links_to_all(client, django_assert_max_num_queries):
    for _ in range(30):
        ParticipationFactory()
    with django_assert_max_num_queries(14):
        page = client.get(PAGE).content.decode()
    assert page.count('href="/partners/organisatie-') == 24
    assert 'href="/partners/?functie=informatiedeling"' in page
