"""`/mijn/`: representatives keep their own organisation right and touch no other (A16, A17, A19, C12)."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cwn.core.enums import CwnFunction, IncidentPhase
from partners.actions.profile import accept_proposal, decline_proposal
from partners.enums import (
    MembershipRole,
    ParticipationBasis,
    ParticipationDegree,
    PartnerStatus,
    ProposalState,
    VisibilityLevel,
)
from partners.models import Constituency, Contact, Invitation, Membership, Organisation, Participation, ProfileProposal
from tests.factories.accounts import UserFactory
from tests.factories.partners import (
    ContactFactory,
    KindFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    RegionFactory,
)

READ = ["own_organisation", "my_profile", "my_contacts", "my_participation", "my_members"]
WRITE = ["propose_profile", "add_contact", "add_constituency", "invite_person"]
POST_ONLY = ["withdraw_proposal", "set_field_visibility", "confirm_contacts"]


def at(name: str, *args) -> str:
    return reverse(name, args=["havenring", *args])


def profile_of(organisation: Organisation, /, **changes) -> dict:
    """Return what the profile form sends when nothing but `changes` was changed."""
    return {
        "name": organisation.name,
        "ownership": organisation.ownership,
        "description": organisation.description,
        "website": organisation.website,
    } | changes


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


# --- profile ---------------------------------------------------------------------------------------------
def test_a_proposal_changes_nothing_until_it_is_accepted(cast):
    haven = cast.organisations["havenring"]
    region = RegionFactory(slug="zeeland")
    client = cast.client("rep")
    data = profile_of(haven, description="Wij bewaken de havens.", known_as="Haven\nHR\nHaven", regions=[region.slug])
    assert client.post(at("propose_profile"), data).status_code == 302
    haven.refresh_from_db()
    assert haven.description == ""
    proposal = ProfileProposal.objects.get()
    assert proposal.proposed_by == cast["rep"]
    assert proposal.values == {
        "description": "Wij bewaken de havens.",
        "known_as": ["Haven", "HR"],
        "regions": ["zeeland"],
    }
    page = client.get(at("my_profile")).content.decode()
    assert "Wij bewaken de havens." in page
    assert "wacht op een coördinator" in page


def test_accepting_writes_what_was_proposed_and_nothing_else(cast):
    haven = cast.organisations["havenring"]
    cast.client("rep").post(at("propose_profile"), profile_of(haven, description="Nieuw."))
    Organisation.objects.filter(pk=haven.pk).update(website="https://intussen.example")
    proposal = ProfileProposal.objects.get()
    proposal.values |= {"status": "voormalig", "internal_notes": "weg"}
    proposal.save()
    accept_proposal(proposal, by=cast["coord"])
    haven.refresh_from_db()
    assert haven.description == "Nieuw."
    assert haven.website == "https://intussen.example"
    assert haven.status == PartnerStatus.PARTNER
    assert "kanarie" in haven.internal_notes
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.ACCEPTED, cast["coord"])


def test_a_declined_proposal_tells_why(cast):
    haven = cast.organisations["havenring"]
    client = cast.client("rep")
    client.post(at("propose_profile"), profile_of(haven, description="De beste!"))
    decline_proposal(ProfileProposal.objects.get(), reason="Graag zonder reclame.", by=cast["coord"])
    assert "Graag zonder reclame." in client.get(at("my_profile")).content.decode()


@pytest.mark.parametrize("principal", ["mem", "rep", "nctv", "adm"])
def test_only_coordinators_decide_on_a_proposal(cast, principal):
    haven = cast.organisations["havenring"]
    proposal = ProfileProposal.objects.create(organisation=haven, values={"description": "x"}, proposed_by=cast["rep"])
    with pytest.raises(PermissionDenied):
        accept_proposal(proposal, by=cast[principal])
    with pytest.raises(PermissionDenied):
        decline_proposal(proposal, reason="x", by=cast[principal])


def test_a_logo_is_redrawn_and_waits_with_the_proposal(cast):
    haven = cast.organisations["havenring"]
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    upload = SimpleUploadedFile("../../logo.png", picture.getvalue() + b"<script>alert(1)</script>", "image/png")
    cast.client("rep").post(at("propose_profile"), profile_of(haven, logo=upload))
    proposal = ProfileProposal.objects.get()
    assert b"<script" not in proposal.logo.read()
    assert proposal.logo.name.endswith(".webp")
    haven.refresh_from_db()
    assert not haven.logo
    accept_proposal(proposal, by=cast["coord"])
    haven.refresh_from_db()
    assert haven.logo.name.startswith("logos/")


def test_a_logo_that_is_no_picture_is_refused(cast):
    upload = SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml")
    data = profile_of(cast.organisations["havenring"], description="Getypt", logo=upload)
    page = cast.client("rep").post(at("propose_profile"), data).content.decode()
    assert "Kies een plaatje van het type PNG, JPEG of WebP." in page
    assert "Getypt" in page
    assert not ProfileProposal.objects.exists()


def test_a_second_proposal_takes_the_place_of_the_first_and_can_be_withdrawn(cast):
    haven = cast.organisations["havenring"]
    client = cast.client("rep")
    client.post(at("propose_profile"), profile_of(haven, description="Eerste."))
    assert "Eerste." in client.get(at("propose_profile")).content.decode()
    client.post(at("propose_profile"), profile_of(haven, description="Tweede."))
    states = ProfileProposal.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ProposalState.WITHDRAWN, ProposalState.OPEN]
    client.post(at("withdraw_proposal"))
    assert not ProfileProposal.objects.filter(state=ProposalState.OPEN).exists()


def test_an_empty_proposal_is_refused(cast):
    page = cast.client("rep").post(at("propose_profile"), profile_of(cast.organisations["havenring"])).content.decode()
    assert "U hebt niets veranderd." in page


def test_a_refused_proposal_keeps_what_was_typed(cast):
    haven = cast.organisations["havenring"]
    kind = KindFactory(slug="isac")
    data = profile_of(haven, description="Lang verhaal", website="javascript:alert(1)", kinds=[kind.slug])
    page = cast.client("rep").post(at("propose_profile"), data).content.decode()
    assert "Dit klopt nog niet" in page
    assert "Lang verhaal" in page
    assert not ProfileProposal.objects.exists()


def test_extra_fields_of_a_profile_are_ignored(cast):
    haven = cast.organisations["havenring"]
    data = profile_of(
        haven, description="Nieuw.", status="voormalig", slug="gekaapt", internal_notes="", partner_since="1990-01-01",
        kvk_number="87654321", organisation=cast.organisations["zorgring"].pk, state="overgenomen", is_fictional="on",
    )  # fmt: skip
    cast.client("rep").post(at("propose_profile"), data)
    assert ProfileProposal.objects.get().values == {"description": "Nieuw."}
    assert ProfileProposal.objects.get().state == ProposalState.OPEN


def test_who_reads_which_field_holds_at_once(cast):
    haven = cast.organisations["havenring"]
    Organisation.objects.filter(pk=haven.pk).update(website="https://haven.example")
    assert "haven.example" in cast.client("anon").get(haven.get_absolute_url()).content.decode()
    levels = dict.fromkeys(haven.field_visibility, VisibilityLevel.OWN)
    cast.client("rep").post(at("set_field_visibility"), levels | {"internal_notes": "openbaar"})
    assert "haven.example" not in cast.client("anon").get(haven.get_absolute_url()).content.decode()
    haven.refresh_from_db()
    assert "internal_notes" not in haven.field_visibility
    assert cast.client("rep").post(at("set_field_visibility"), {"website": "geheim"}).status_code == 400


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


# --- people ----------------------------------------------------------------------------------------------
def test_a_representative_invites_and_withdraws(cast, mailoutbox, django_capture_on_commit_callbacks):
    client = cast.client("rep")
    data = {"name": "Nina Nieuw", "email": "nina@haven.example", "role": MembershipRole.MEMBER}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("invite_person"), data)
    invitation = Invitation.objects.get()
    assert invitation.organisation == cast.organisations["havenring"]
    assert mailoutbox[0].to == ["nina@haven.example"]
    assert "nina@haven.example" in client.get(at("my_members")).content.decode()
    assert "nina@haven.example" not in cast.client("mem").get(at("my_members")).content.decode()
    client.post(at("withdraw_invitation", invitation.pk))
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize("role", ["coordinator", "administrator", "", "superuser"])
def test_nobody_is_invited_as_more_than_a_representative(cast, role):
    data = {"name": "Nina", "email": "nina@haven.example", "role": role, "is_staff": "on", "is_superuser": "on"}
    assert "Dit klopt nog niet" in cast.client("rep").post(at("invite_person"), data).content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_that_cannot_be_sent_keeps_what_was_typed(cast):
    data = {"name": "Petra", "email": cast["mem"].email, "role": MembershipRole.MEMBER}
    page = cast.client("rep").post(at("invite_person"), data).content.decode()
    assert "Deze persoon is al lid van deze organisatie." in page
    assert cast["mem"].email in page


def test_a_membership_that_ends_gives_no_access_from_the_next_request(cast):
    theirs = cast.client("mem")
    assert theirs.get(at("my_contacts")).status_code == 200
    membership = Membership.objects.get(user=cast["mem"])
    assert cast.client("rep").get(at("end_membership", membership.pk)).status_code == 200
    assert theirs.get(at("my_contacts")).status_code == 200
    cast.client("rep").post(at("end_membership", membership.pk))
    assert theirs.get(at("my_contacts")).status_code == 404


def test_a_member_becomes_representative(cast):
    membership = Membership.objects.get(user=cast["mem"])
    cast.client("rep").post(at("change_member_role", membership.pk), {"role": MembershipRole.REPRESENTATIVE})
    membership.refresh_from_db()
    assert membership.role == MembershipRole.REPRESENTATIVE
    assert cast.client("mem").post(at("change_member_role", membership.pk), {"role": "lid"}).status_code == 302


def test_the_last_representative_stays(cast):
    Membership.objects.filter(user=cast["nomfa"]).delete()
    own = Membership.objects.get(user=cast["rep"])
    client = cast.client("rep")
    assert "enige vertegenwoordiger" in client.post(at("end_membership", own.pk)).content.decode()
    page = client.post(at("change_member_role", own.pk), {"role": MembershipRole.MEMBER}).content.decode()
    assert "enige vertegenwoordiger" in page
    own.refresh_from_db()
    assert own.ended_at is None
    assert own.role == MembershipRole.REPRESENTATIVE


@pytest.mark.parametrize("principal", ["coord", "adm"])
def test_a_representative_cannot_touch_who_runs_the_portal(cast, principal):
    membership = MembershipFactory(user=cast[principal], organisation=cast.organisations["havenring"])
    client = cast.client("rep")
    assert client.post(at("end_membership", membership.pk)).status_code == 404
    assert client.post(at("change_member_role", membership.pk), {"role": "vertegenwoordiger"}).status_code == 404
    membership.refresh_from_db()
    assert membership.ended_at is None
    assert membership.role == MembershipRole.MEMBER


@pytest.mark.parametrize("role", ["coordinator", "x", ""])
def test_no_other_role_can_be_given(cast, role):
    membership = Membership.objects.get(user=cast["mem"])
    page = cast.client("rep").post(at("change_member_role", membership.pk), {"role": role}).content.decode()
    assert "Dit klopt nog niet" in page


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
