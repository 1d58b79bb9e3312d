"""The reference data: everything that the sources name is there, nothing is a partner, edits survive."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from comms.models import Audience
from cwn.core.enums import CwnFunction
from cwn.core.reference import read_rows
from cwn.portal.models import ContactTopic, Question, QuestionState
from functions.base.models import FunctionCharter
from partners.enums import ParticipationBasis, PartnerStatus, RegionLevel, SectorGroup
from partners.models import Branch, Initiative, LegalRegime, Organisation, OrganisationKind, Region, Relation, Sector
from partners.reference import FOLDER

pytestmark = pytest.mark.django_db

#: A Bijlage A, letter for letter.
ANNEX_A = """
Anti-DDoS-Coalitie | CERT-WM | CIO Platform Nederland | Connect2Trust | Cyberveilig Nederland |
Cyber Weerbaarheidscentrum Brainport | CyberweerbaarNL | DTC | Dutch Cloud Community | ECP/Veiliginternetten.nl | Ferm |
Het Waterschapshuis | HSD | Ministerie van Economische Zaken, Directie Digitale Economie | MSP-ISAC | NCSC | NCTV |
NLdigital | NBIP | Politie Caribisch Nederland | Platform Veilig Ondernemen | SURF |
Veiligheidsdienst Aruba, Kwartiermaker CISO van Land Aruba | VNG/IBD | VNO-NCW/MKB-Nederland | Z-CERT
"""
#: B bijlage 2: the coordinating body, the IOCS and the private organisations.
ANNEX_B_COORDINATING = """
Ministerie van Binnenlandse Zaken en Koninkrijksrelaties | Ministerie van Economische Zaken en Klimaat |
Ministerie van Justitie en Veiligheid | DTC | NCTV | NCSC
"""
ANNEX_B_IOCS = """
Ministerie van Algemene Zaken | Ministerie van Buitenlandse Zaken | Ministerie van Defensie | Ministerie van Financiën |
Ministerie van Infrastructuur en Waterstaat | Ministerie van Justitie en Veiligheid |
Ministerie van Landbouw, Natuur en Voedselkwaliteit | Ministerie van Onderwijs, Wetenschap en Cultuur |
Ministerie van Sociale Zaken en Werkgelegenheid | Ministerie van Volksgezondheid, Welzijn en Sport |
Vereniging van Nederlandse Gemeenten
"""
ANNEX_B_PRIVATE = """
Abuse information exchange | Agrifood | Bouwend Nederland | Brainport | CERT-WM | CIP | Cloud SWV | Connect2trust |
Cybercampus | Cyberveilig Nederland | CYSSEC | CYRA | DIVD | ECP | FERM | FHI | FME | Greenport |
IBD (onderdeel van VNG) | Inretail | Insurance CERT | Legal ISAC | Media ISAC | Metaalunie | MSP SWV | NBIP | NIDV |
NL CISO Circle of Trust | NLDigital | Noordzeekanaalgebied ISAC | NSM | NXP | Pensioen ISAC | Payments Industry ISAC |
PZO | SHV | SRA | SurfCert | Techniek NL | Tunnels ISAC | VNO NCW | Z-CERT
"""
SOURCES = {
    "A Bijlage A": (ANNEX_A, 26),
    "B bijlage 2, coördinerend overleg LDS": (ANNEX_B_COORDINATING, 6),
    "B bijlage 2, deelnemers interdepartementaal overleg cybersecurity": (ANNEX_B_IOCS, 11),
    "B bijlage 2, private organisaties": (ANNEX_B_PRIVATE, 42),
}


def names_in(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split("|")]


def load(*options: str) -> str:
    output = StringIO()
    call_command("load_reference", *options, stdout=output)
    return output.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the reference data once for the tests of this file; each test is rolled back by itself."""
    with django_db_blocker.unblock():
        outside = transaction.atomic()
        outside.__enter__()
        load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outside.__exit__(None, None, None)


def counts() -> dict[str, int]:
    """How many rows every table of ours has, history included."""
    return {
        model._meta.label: model._default_manager.count()
        for label in ("partners", "comms", "base", "portal")
        for model in apps.get_app_config(label).get_models()
    }


# --- what the sources name ---------------------------------------------------------------------------------
@pytest.mark.parametrize("source", SOURCES)
def test_every_organisation_of_the_annexes_is_there_under_its_name_in_the_source(loaded, source):
    text, number = SOURCES[source]
    names = names_in(text)
    assert len(names) == number
    known = {
        name
        for organisation in Organisation.objects.filter(source_reference__contains=source)
        for name in (organisation.name, *organisation.known_as)
    }
    assert set(names) - known == set()


@pytest.mark.parametrize("source", SOURCES)
def test_no_organisation_claims_an_annex_that_does_not_name_it(loaded, source):
    names = set(names_in(SOURCES[source][0]))
    claiming = Organisation.objects.filter(source_reference__contains=source)
    assert [o.name for o in claiming if not names & {o.name, *o.known_as}] == []


def test_consulted_is_not_partner(loaded):
    assert set(Organisation.objects.values_list("status", flat=True)) == {PartnerStatus.CONSULTED}
    assert not Organisation.objects.partners().exists()
    assert not Organisation.objects.filter(partner_since__isnull=False).exists()
    bases = Organisation.objects.values_list("participations__basis", flat=True).distinct()
    assert set(bases) == {ParticipationBasis.EXPECTED}
    assert all(o.status_changes.get().new_status == PartnerStatus.CONSULTED for o in Organisation.objects.all())


def test_the_public_list_never_calls_a_consulted_organisation_a_partner(loaded):
    answer = Client().get("/partners.json?q=Zorg-CERT").json()
    assert [result["title"] for result in answer["results"]] == ["Z-CERT"]
    by_status = {option["value"]: option["count"] for option in answer["facets"].get("status", [])}
    assert by_status.get(PartnerStatus.PARTNER, 0) == 0


def test_every_consulted_organisation_can_be_found_by_region_sector_and_function(loaded):
    for organisation in Organisation.objects.visible_to(AnonymousUser()).with_domains():
        assert organisation.kinds.all(), organisation
        assert organisation.regions.all(), organisation
        assert organisation.sectors.all(), organisation
        assert organisation.branches.all(), organisation
        assert organisation.participations.all(), organisation
        assert organisation.description, organisation
        assert organisation.description_en, organisation


def test_the_parts_of_a_larger_organisation_are_tied_to_it(loaded):
    pairs = set(Relation.objects.values_list("from_organisation__slug", "to_organisation__slug"))
    assert ("informatiebeveiligingsdienst", "vng") in pairs
    assert ("nctv", "ministerie-van-justitie-en-veiligheid") in pairs


def test_the_initiatives_of_the_vision_stand_with_their_function(loaded):
    functions = dict(Initiative.objects.values_list("slug", "functions"))
    assert functions["programma-cyclotron"] == [CwnFunction.INFORMATION_SHARING]
    assert functions["project-doelwit-en-slachtoffernotificatie"] == [CwnFunction.VICTIM_NOTIFICATION]
    assert functions["oefenprogrammas"] == [CwnFunction.TRAINING]
    assert CwnFunction.KNOWLEDGE_EXCHANGE in functions["isacs"]
    isacs = names_in("Legal ISAC | Media ISAC | Noordzeekanaalgebied ISAC | Pensioen ISAC | Payments Industry ISAC")
    assert set(isacs) <= set(Initiative.objects.values_list("name", flat=True))


# --- the other taxonomies ----------------------------------------------------------------------------------
def test_the_tree_of_the_kingdom(loaded):
    def below(slug: str, level: str) -> int:
        return Region.objects.filter(parent__slug=slug, level=level).count()

    assert below("koninkrijk", RegionLevel.COUNTRY) == 4
    assert below("nederland", RegionLevel.PROVINCE) == 12
    assert below("nederland", RegionLevel.ISLAND) == 3
    safety_regions = Region.objects.filter(level=RegionLevel.SAFETY_REGION)
    assert safety_regions.count() == 25
    assert set(safety_regions.values_list("parent__level", flat=True)) == {RegionLevel.PROVINCE}


def test_the_tile_map_has_eighteen_equal_tiles_and_none_on_top_of_another(loaded):
    places = list(Region.objects.tiles().values_list("tile_row", "tile_column"))
    assert len(places) == len(set(places)) == 18


def test_sectors_and_branches_are_those_of_nis2_and_the_sbi(loaded):
    assert Sector.objects.filter(group=SectorGroup.ESSENTIAL).count() == 11
    assert Sector.objects.filter(group=SectorGroup.IMPORTANT).count() == 7
    assert "".join(Branch.objects.order_by("code").values_list("code", flat=True)) == "ABCDEFGHIJKLMNOPQRSTU"


def test_every_kind_that_the_code_names_is_in_the_file(loaded):
    constants = {value for name, value in vars(OrganisationKind).items() if name.isupper()}
    assert constants - set(OrganisationKind.objects.values_list("slug", flat=True)) == set()


def test_a_law_knows_its_successor(loaded):
    assert LegalRegime.objects.get(abbreviation="Wbni").successor.abbreviation == "Cbw"


def test_the_questions_are_thirteen_concepts_in_two_languages(loaded):
    questions = Question.objects.all()
    assert [q.source_reference for q in questions] == [f"A-QA {number}" for number in range(1, 14)]
    assert {q.state for q in questions} == {QuestionState.CONCEPT}
    assert all(q.answer and q.answer_en and q.question_en and q.topic_en for q in questions)
    assert "MijnNCSC" in questions.get(source_reference="A-QA 6").answer


def test_each_function_has_a_charter_that_admits_where_the_figure_is_missing(loaded):
    assert set(FunctionCharter.objects.values_list("function", flat=True)) == set(CwnFunction.values)
    for charter in FunctionCharter.objects.all():
        assert re.search(r"Uit de tekst, figuur \d+ niet beschikbaar", charter.source_note)
        assert charter.conditions.filter(is_required=True).exists()
        assert not charter.conditions.filter(key__contains="maturity").exists()  # R32


def test_five_audiences_each_with_an_objective(loaded):
    assert Audience.objects.exclude(objective="").count() == 5


def test_every_row_is_one_that_a_form_would_accept(loaded):
    models = (
        Region,
        Sector,
        Branch,
        OrganisationKind,
        LegalRegime,
        Organisation,
        Initiative,
        FunctionCharter,
        Question,
    )
    for model in (*models, Audience, ContactTopic):
        for row in model._default_manager.all():
            row.full_clean()


def test_each_file_says_where_it_comes_from_and_how_to_edit_it():
    for file in Path(FOLDER).glob("*.toml"):
        head = file.read_text().split("[[", 1)[0]
        assert "# Source:" in head, file.name
        assert "# How to edit:" in head, file.name


# --- loading again -----------------------------------------------------------------------------------------
def test_a_second_time_nothing_happens_at_all(loaded):
    before = counts()
    assert set(re.findall(r": (.+)", load())) == {"niets te doen"}
    assert set(re.findall(r": (.+)", load("--refresh"))) == {"niets te doen"}
    assert counts() == before


def test_an_edit_in_the_portal_survives_and_refresh_takes_it_back(loaded):
    Organisation.objects.filter(slug="fme").update(description="Zelf geschreven.")
    Sector.objects.filter(slug="zorg").update(name="Zorg en welzijn")
    load()
    assert Organisation.objects.get(slug="fme").description == "Zelf geschreven."
    assert Sector.objects.get(slug="zorg").name == "Zorg en welzijn"
    load("--refresh")
    assert Organisation.objects.get(slug="fme").description == written_in_the_file("fme")
    assert Sector.objects.get(slug="zorg").name == "Gezondheidszorg"


def written_in_the_file(slug: str) -> str:
    rows = read_rows(FOLDER, "consulted_organisations", "organisation")
    return next(row["description"] for row in rows if row["slug"] == slug)


def test_a_refresh_never_takes_a_partnership_away(loaded):
    Organisation.objects.filter(slug="surf").update(status=PartnerStatus.PARTNER, partner_since="2026-01-01")
    load("--refresh")
    assert Organisation.objects.get(slug="surf").status == PartnerStatus.PARTNER


@pytest.mark.parametrize("options", [(), ("--refresh",)])
def test_what_was_removed_stays_away(loaded, options):
    Organisation.objects.get(slug="nxp").delete()
    Question.objects.get(source_reference="A-QA 13").delete()
    assert "1 eerder verwijderd en niet teruggezet" in load(*options)
    assert not Organisation.objects.filter(slug="nxp").exists()
    assert not Question.objects.filter(source_reference="A-QA 13").exists()


def test_what_a_coordinator_added_stays(loaded):
    Region.objects.create(slug="twente", name="Twente", level=RegionLevel.SAFETY_REGION)
    load("--refresh")
    assert Region.objects.filter(slug="twente").exists()
