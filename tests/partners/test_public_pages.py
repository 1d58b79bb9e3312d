"""The pages of organisations, initiatives and laws: each reader sees what is meant for that reader."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from html5lib import parse

from cwn.core.enums import CwnFunction
from partners.enums import (
    InitiativeStatus,
    LegalBasisKind,
    ParticipationBasis,
    ParticipationDegree,
    PartnerStatus,
    RelationKind,
    VisibilityLevel,
)
from partners.models import (
    Constituency,
    InitiativeParticipant,
    LegalBasis,
    LegalRegime,
    Maturity,
    Organisation,
    OrganisationAlias,
    Relation,
)
from tests.cast import PRINCIPALS, Cast
from tests.factories.partners import (
    ContactFactory,
    InitiativeFactory,
    KindFactory,
    OrganisationFactory,
    ParticipationFactory,
    RegionFactory,
)

LEVELS = list(VisibilityLevel)
FIELDS = ("website", "description", "participation", "relations", "constituency", "maturity", "legal_basis")


def readers(cast: Cast) -> Iterator[tuple[str, Client]]:
    """Yield everybody who gets a page at all; Noor is sent to set up her second factor first."""
    return ((principal, client) for principal, client in cast.clients() if principal != "nomfa")


def page_of(client: Client, organisation: Organisation) -> str:
    response = client.get(organisation.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def full_profile(slug: str, level: VisibilityLevel) -> Organisation:
    """Make a partner that has everything, with one visibility for every field."""
    organisation = OrganisationFactory(
        slug=slug,
        name=f"Ring {slug}",
        website=f"https://kanarie-website-{slug}.example",
        description=f"kanarie-description-{slug}",
        field_visibility=dict.fromkeys(FIELDS, level),
    )
    ParticipationFactory(organisation=organisation, note=f"kanarie-participation-{slug}")
    other = OrganisationFactory(name=f"kanarie-relations-{slug}", slug=f"ander-{slug}")
    Relation.objects.create(from_organisation=organisation, kind=RelationKind.SERVES, to_organisation=other)
    Constituency.objects.create(organisation=organisation, description=f"kanarie-constituency-{slug}")
    Maturity.objects.create(
        organisation=organisation,
        function=CwnFunction.TRAINING,
        maturity_level=3,
        assessed_on=date(1999, 9, 9),  # this date marks the section
    )
    regime = LegalRegime.objects.create(name=f"Wet {slug}")
    LegalBasis.objects.create(
        organisation=organisation,
        kind=LegalBasisKind.OKTT,
        regime=regime,
        evidence=f"kanarie-legal_basis-{slug}",
        valid_from=date(2025, 1, 1),
    )
    return organisation


@pytest.mark.parametrize("level", LEVELS)
def test_each_field_follows_its_visibility_for_everybody(cast, level):
    organisation = full_profile("vol", level)
    for principal, client in readers(cast):
        page = page_of(client, organisation)
        for field in FIELDS:
            mark = "9 september 1999" if field == "maturity" else f"kanarie-{field}-vol"
            assert (mark in page) is organisation.shows(field, cast[principal]), (principal, field)


@pytest.mark.parametrize("level", LEVELS)
def test_the_queryset_and_the_row_say_the_same_about_a_field(cast, level):
    organisation = OrganisationFactory(field_visibility={"relations": level})
    own = cast.organisations["havenring"]
    own.field_visibility = {"relations": level}
    own.save()
    for principal in PRINCIPALS:
        user = cast[principal]
        shown = set(Organisation.objects.showing("relations", user).values_list("pk", flat=True))
        for row in (organisation, own):
            assert (row.pk in shown) is row.shows("relations", user), principal


@pytest.mark.django_db
def test_a_field_without_a_choice_is_for_the_own_people(client):
    organisation = OrganisationFactory(website="https://nergens.example", field_visibility={})
    assert "nergens.example" not in page_of(client, organisation)


def test_who_must_not_know_an_organisation_gets_404(cast):
    for key in ("prospectring", "kandidaatring", "geschorste-ring", "voormalige-ring"):
        for principal, client in readers(cast):
            status = client.get(f"/partners/{key}/").status_code
            assert status == (200 if principal in ("coord", "nctv") else 404), (key, principal)


def test_an_address_of_before_a_merge_leads_on_for_who_may_know(cast):
    for key in ("havenring", "prospectring"):
        OrganisationAlias.objects.create(slug=f"oud-{key}", organisation=cast.organisations[key])
    assert cast.client("anon").get("/partners/oud-havenring/").url == "/partners/havenring/"
    assert cast.client("anon").get("/partners/oud-prospectring/").status_code == 404
    assert cast.client("coord").get("/partners/oud-prospectring/").status_code == 301


@pytest.mark.django_db
def test_consulted_is_never_shown_as_partner(client):
    organisation = OrganisationFactory(status=PartnerStatus.CONSULTED, partner_since=None)
    ParticipationFactory(organisation=organisation, basis=ParticipationBasis.EXPECTED)
    page = page_of(client, organisation)
    assert "Geraadpleegd, geen partner van het netwerk" in page
    assert "Afgesproken is dat niet" in page
    assert "Partner sinds" not in page


@pytest.mark.django_db
def test_a_relation_is_told_from_both_ends(client):
    koepel, lid = OrganisationFactory(name="Koepel"), OrganisationFactory(name="Lid")
    Relation.objects.create(from_organisation=lid, kind=RelationKind.MEMBER_OF, to_organisation=koepel)
    assert "is lid van" in page_of(client, lid)
    assert "heeft als lid" in page_of(client, koepel)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [PartnerStatus.PROSPECT, PartnerStatus.SUSPENDED])
def test_a_relation_with_a_hidden_organisation_stays_hidden(client, status):
    known, hidden = OrganisationFactory(), OrganisationFactory(name="kanarie-verborgen", status=status)
    Relation.objects.create(from_organisation=known, kind=RelationKind.SERVES, to_organisation=hidden)
    InitiativeParticipant.objects.create(initiative=InitiativeFactory(slug="plan"), organisation=hidden)
    assert "kanarie-verborgen" not in page_of(client, known)
    assert "kanarie-verborgen" not in client.get("/initiatieven/plan/").content.decode()


@pytest.mark.django_db
def test_what_one_end_hides_the_other_end_does_not_tell(client):
    known = OrganisationFactory()
    shy = OrganisationFactory(name="kanarie-stil", field_visibility={"relations": "eigen", "participation": "eigen"})
    Relation.objects.create(from_organisation=known, kind=RelationKind.SERVES, to_organisation=shy)
    InitiativeParticipant.objects.create(initiative=InitiativeFactory(slug="plan"), organisation=shy)
    assert "kanarie-stil" not in page_of(client, known)
    assert "kanarie-stil" not in client.get("/initiatieven/plan/").content.decode()


def test_contacts_follow_their_visibility(cast):
    for principal, client in readers(cast):
        page = page_of(client, cast.organisations["havenring"])
        assert "kanarie-openbaar-havenring" in page
        assert ("kanarie-netwerk-havenring" in page) is (
            principal in ("mem", "rep", "wg", "coord", "mem-x", "mem-o", "rcp")
        )
        for hidden in ("kanarie-persoon-havenring", "kanarie-piket-havenring"):
            assert (hidden in page) is (principal in ("mem", "rep", "coord")), principal
        assert ("kanarie-eigen-havenring" in page) is (principal in ("mem", "rep", "coord"))
        assert "kanarie-notitie" not in page, "nobody reads internal notes here"


@pytest.mark.django_db
def test_domains_lead_to_the_filtered_list(client):
    organisation = OrganisationFactory(
        kinds=[KindFactory(slug="isac")], regions=[RegionFactory(slug="saba", name="Saba")]
    )
    page = page_of(client, organisation)
    assert 'href="/partners/?regio=saba"' in page
    assert 'href="/partners/?rol=isac"' in page
    assert f'href="/partners/?pps={organisation.ownership}"' in page


@pytest.mark.django_db
def test_degree_and_phases_of_participation_are_shown(client):
    participation = ParticipationFactory(degree=ParticipationDegree.LEND_CAPACITY, phases=["koud", "warm"])
    page = page_of(client, participation.organisation)
    assert "capaciteit leveren (koude fase, warme fase)" in page


def structured_data(page: str) -> list[dict]:
    tree = parse(page, namespaceHTMLElements=False)
    return [json.loads(script.text) for script in tree.iter("script") if script.get("type") == "application/ld+json"]


def test_search_engines_learn_public_facts_only_whoever_asks(cast):
    organisation = full_profile("vol", VisibilityLevel.OWN)
    for _principal, client in readers(cast):
        (facts,) = structured_data(page_of(client, organisation))
        assert "kanarie" not in json.dumps(facts)
        assert facts["name"] == "Ring vol"
    assert structured_data(page_of(cast.client("coord"), cast.organisations["prospectring"])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_a_hostile_name_stays_text(client, name):
    organisation = OrganisationFactory(name=name, known_as=[name], source_reference=name)
    ContactFactory(organisation=organisation, name=name, job_title=name, visibility=VisibilityLevel.PUBLIC)
    page = page_of(client, organisation)
    tree = parse(page, namespaceHTMLElements=False)
    assert [script.get("src") or script.get("type") for script in tree.iter("script")] == [
        "/static/js/cwn.js",
        "application/ld+json",
    ]
    assert not [image for image in tree.iter("img") if image.get("src") == "x"]
    assert structured_data(page)[0]["name"] == name
    assert "49" not in tree.find(".//title").text


@pytest.mark.django_db
def test_dutch_text_on_an_english_page_says_that_it_is_dutch(client):
    organisation = OrganisationFactory(slug="half", description="Alleen Nederlands")
    page = client.get("/en/partners/half/").content.decode()
    assert '<span lang="nl">Alleen Nederlands</span>' in page
    organisation.description_en = "Now in English"
    organisation.save()
    page = client.get("/en/partners/half/").content.decode()
    assert "Now in English" in page
    assert "Alleen Nederlands" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(InitiativeStatus))
def test_an_initiative_explains_its_place_beside_the_network(client, status):
    initiative = InitiativeFactory(status=status, functions=[CwnFunction.TRAINING])
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert str(status.explanation) in page
    assert "Het netwerk vervangt geen initiatieven" in page
    assert 'href="/functies/opleiden-trainen-oefenen/"' in page


@pytest.mark.django_db
def test_laws_are_listed_with_term_and_successor(client):
    new = LegalRegime.objects.create(name="Nieuwe wet")
    LegalRegime.objects.create(name="Oude wet", abbreviation="OW", valid_until=date(2026, 5, 1), successor=new)
    page = client.get("/wettelijke-kaders/").content.decode()
    assert "begindatum nog niet bekend" in page
    assert "tot en met 1 mei 2026" in page
    assert "Opvolger: Nieuwe wet" in page


def more_of_everything(organisation: Organisation) -> None:
    for _ in range(3):
        other = OrganisationFactory()
        Relation.objects.create(from_organisation=organisation, kind=RelationKind.SERVES, to_organisation=other)
        Relation.objects.create(from_organisation=other, kind=RelationKind.SUPPLIES, to_organisation=organisation)
        initiative = InitiativeFactory()
        InitiativeParticipant.objects.create(initiative=initiative, organisation=organisation)
        ContactFactory(organisation=organisation, visibility=VisibilityLevel.PUBLIC)
        organisation.regions.add(RegionFactory())


def test_more_rows_ask_no_more_questions(cast, django_assert_num_queries, django_assert_max_num_queries):
    organisation = full_profile("vol", VisibilityLevel.PUBLIC)
    more_of_everything(organisation)
    client = cast.client("coord")
    page_of(client, organisation)
    with django_assert_max_num_queries(40) as few:
        page_of(client, organisation)
    more_of_everything(organisation)
    with django_assert_num_queries(len(few)):
        page_of(client, organisation)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/partners/niets/", "/initiatieven/niets/", "/functies/niets/", "/vragen/niets/"])
def test_what_does_not_exist_gets_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_reading_sets_no_cookie(client):
    organisation = OrganisationFactory()
    assert not client.get(organisation.get_absolute_url()).cookies
