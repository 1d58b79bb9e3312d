"""`/mijn/`: representatives keep their own organisation right and touch no other (A16, A17, A19, C12)."""

import pytest
from django.test import Client
from django.urls import reverse

from cwn.core.enums import CwnFunction, IncidentPhase
from partners.enums import (
    MembershipRole,
    ParticipationBasis,
    ParticipationDegree,
    PartnerStatus,
)
from partners.models import Constituency, Contact, Invitation, Membership, Organisation, Participation, ProfileProposal
from tests.factories.accounts import UserFactory
from tests.factories.partners import (
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
)

READ = ["own_organisation", "my_profile", "my_contacts", "my_participation", "my_members"]
WRITE = ["propose_profile", "add_contact", "add_constituency", "invite_person"]
POST_ONLY = ["withdraw_proposal", "set_field_visibility", "confirm_contacts"]


def at(name: str, *args) -> str:
    return reverse(name, args=["havenring", *args])


# --- who gets where --------------------------------------------------------------------------------------
def test_everybody_who_logs_in_lands_on_a_page_that_helps(cast):
    for principal in ("wg", "coord", "nctv", "adm", "mem-x", "ex", "sus"):
        response = cast.client(principal).get("/mijn/", follow=True)
        assert response.status_code == 200, principal
        assert len(response.content) > 1000
    assert reverse("admin:index") in cast.client("coord").get("/mijn/").content.decode()
    assert reverse("admin:index") not in cast.client("nctv").get("/mijn/").content.decode()
    assert cast.client("anon").get("/mijn/").url == "/account/login/?next=/mijn/"


def test_who_has_several_organisations_chooses(cast):
    MembershipFactory(user=cast["mem"], organisation=cast.organisations["zorgring"])
    page = cast.client("mem").get("/mijn/").content.decode()
    assert "De Havenring" in page
    assert "De Zorgring" in page
    assert "De Eilandring" not in page


@pytest.mark.parametrize("name", READ)
def test_members_read_their_own_organisation_only(cast, name):
    expected = {"mem": 200, "rep": 200, "anon": 302, "nomfa": 302}
    for principal, client in cast.clients():
        assert client.get(at(name)).status_code == expected.get(principal, 404), principal


@pytest.mark.parametrize("name", WRITE)
def test_only_representatives_write(cast, name):
    expected = {"rep": 200, "anon": 302, "nomfa": 302}
    for principal, client in cast.clients():
        assert client.get(at(name)).status_code == expected.get(principal, 404), principal
        if principal != "rep":
            assert client.post(at(name), {}).status_code == expected.get(principal, 404), principal


@pytest.mark.parametrize("name", POST_ONLY)
def test_opening_a_link_changes_nothing(cast, name):
    for method in ("get", "head", "put", "patch", "delete"):
        assert getattr(cast.client("rep"), method)(at(name)).status_code == 405
    assert cast.client("mem").post(at(name)).status_code == 404


def test_a_suspended_partner_reads_nothing_from_the_next_request(cast):
    client = cast.client("mem")
    assert client.get(at("my_contacts")).status_code == 200
    Organisation.objects.filter(slug="havenring").update(status=PartnerStatus.SUSPENDED)
    for name in READ:
        assert client.get(at(name)).status_code == 404


def test_a_member_sees_no_buttons_that_do_not_work(cast):
    client = cast.client("mem")
    for name in READ:
        page = client.get(at(name)).content.decode()
        assert "/nieuw/" not in page
        assert "/wijzigen/" not in page
        assert "bevestigen/" not in page


@pytest.mark.parametrize("name", READ)
def test_a_longer_list_costs_no_more_questions(cast, name, django_assert_num_queries, django_assert_max_num_queries):
    haven = cast.organisations["havenring"]
    client = cast.client("rep")

    def count() -> int:
        with django_assert_max_num_queries(60) as captured:
            client.get(at(name))
        return len(captured)

    def grow() -> None:
        ContactFactory(organisation=haven)
        MembershipFactory(organisation=haven, role=MembershipRole.REPRESENTATIVE)
        Constituency.objects.create(organisation=haven, description="Havens")

    grow()
    client.get(at(name))
    one = count()
    grow()
    grow()
    assert count() == one


# --- nested keys of another organisation (A16) -----------------------------------------------------------
@pytest.fixture
def neighbours(cast) -> dict[str, int]:
    """Rows of another organisation, by the address that would change them."""
    zorg = cast.organisations["zorgring"]
    constituency = Constituency.objects.create(organisation=zorg, description="Huisartsen")
    invitation = Invitation.objects.create(email="x@x.example", name="X", organisation=zorg, token_hash="x")
    contact = zorg.contacts.first()
    membership = Membership.objects.get(user=cast["mem-x"])
    return {
        "change_contact": contact.pk,
        "end_contact": contact.pk,
        "change_constituency": constituency.pk,
        "remove_constituency": constituency.pk,
        "withdraw_invitation": invitation.pk,
        "change_member_role": membership.pk,
        "end_membership": membership.pk,
    }


def everything() -> list:
    models = (Organisation, Contact, Constituency, Invitation, Membership, Participation, ProfileProposal)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_keys_of_another_organisation_change_nothing(cast, neighbours):
    client = cast.client("rep")
    before = everything()
    for name, key in neighbours.items():
        for slug in ("havenring", "zorgring"):
            address = reverse(name, args=[slug, key])
            assert client.post(address, {"role": "vertegenwoordiger", "name": "gekaapt"}).status_code == 404, name
    client.post(at("confirm_contacts"), {"contact": [neighbours["change_contact"], "x", "-1", "9" * 40, "²"]})
    assert everything() == before


@pytest.mark.parametrize("slug", ["zorgring", "geschorste-ring", "prospectring", "bestaat-niet"])
def test_a_representative_changes_no_other_organisation(cast, slug):
    before = everything()
    client = cast.client("rep")
    for name in WRITE + POST_ONLY:
        address = reverse(name, args=[slug])
        assert client.post(address, {"name": "gekaapt", "description": "gekaapt"}).status_code == 404
    address = reverse("change_participation", args=[slug, CwnFunction.TRAINING])
    assert client.post(address, {"degree": "volgen", "phases": ["koud"]}).status_code == 404
    assert everything() == before


# --- participation ---------------------------------------------------------------------------------------
def take_part(cast, function=CwnFunction.TRAINING, **data):
    return cast.client("rep").post(at("change_participation", function), data)


def test_a_partner_chooses_degree_and_phases_itself(cast):
    haven = cast.organisations["havenring"]
    take_part(cast, degree=ParticipationDegree.FOLLOW, phases=[IncidentPhase.COLD])
    take_part(cast, degree=ParticipationDegree.LEND_CAPACITY, phases=[IncidentPhase.COLD, IncidentPhase.WARM])
    participation = haven.participations.get()
    assert participation.degree == ParticipationDegree.LEND_CAPACITY
    assert participation.phases == [IncidentPhase.COLD, IncidentPhase.WARM]
    take_part(cast, degree="")
    assert not haven.participations.current().exists()
    assert haven.participations.count() == 1
    take_part(cast, degree=ParticipationDegree.FOLLOW, phases=[IncidentPhase.COLD])
    assert haven.participations.current().count() == 1


def test_what_was_expected_becomes_agreed(cast):
    haven = cast.organisations["havenring"]
    ParticipationFactory(organisation=haven, function=CwnFunction.TRAINING, basis=ParticipationBasis.EXPECTED)
    take_part(cast, degree=ParticipationDegree.FOLLOW, phases=[IncidentPhase.COLD])
    assert haven.participations.current().get().basis == ParticipationBasis.AGREED


@pytest.mark.parametrize("data", [{"degree": "volgen"}, {"degree": "alles", "phases": ["koud"]}, {"phases": ["heet"]}])
def test_a_choice_that_does_not_exist_is_refused(cast, data):
    assert "Dit klopt nog niet" in take_part(cast, **data).content.decode()
    assert not cast.organisations["havenring"].participations.exists()


def test_an_unknown_function_does_not_exist(cast):
    assert take_part(cast, "onzin", degree="volgen", phases=["koud"]).status_code == 404


def test_a_number_needs_a_source_and_a_date(cast):
    client = cast.client("rep")
    page = client.post(at("add_constituency"), {"description": "Havenbedrijven", "size": "120"}).content.decode()
    assert "Vul bij een aantal ook de bron en de peildatum in." in page
    assert 'value="120"' in page
    data = {"description": "Havenbedrijven", "size": "120", "source": "Ledenlijst", "as_of": "2026-01-01"}
    client.post(at("add_constituency"), data | {"organisation": cast.organisations["zorgring"].pk})
    constituency = Constituency.objects.get()
    assert constituency.organisation == cast.organisations["havenring"]
    client.post(at("change_constituency", constituency.pk), data | {"size": "130"})
    constituency.refresh_from_db()
    assert constituency.size == 130
    client.post(at("remove_constituency", constituency.pk))
    assert not Constituency.objects.exists()


def test_names_are_never_code(cast):
    organisation = OrganisationFactory(slug="kwaad", name="<script>alert(1)</script>")
    user = UserFactory(name="<img src=x onerror=alert(1)>")
    MembershipFactory(user=user, organisation=organisation)
    ContactFactory(organisation=organisation, name="<b>x</b>", job_title="{{ 7|add:7 }}")
    client = Client()
    client.force_login(user)
    for name in READ:
        page = client.get(reverse(name, args=["kwaad"])).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>x</b>" not in page
