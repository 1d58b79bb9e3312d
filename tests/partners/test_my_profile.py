"""The public profile: proposed by a representative, decided on by a coordinator (security.md chapter 3)."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from partners.actions.profile import accept_proposal, decline_proposal, propose_profile, withdraw_proposal
from partners.enums import (
    PartnerStatus,
    ProposalState,
    VisibilityLevel,
)
from partners.models import Organisation, ProfileProposal
from tests.factories.partners import (
    KindFactory,
    RegionFactory,
)


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


@pytest.mark.parametrize("how", ["accepted", "declined", "withdrawn", "replaced"])
def test_the_file_of_a_proposal_goes_with_the_decision(cast, how, django_capture_on_commit_callbacks):
    haven = cast.organisations["havenring"]
    logo = SimpleUploadedFile("logo.webp", b"x", "image/webp")
    proposal = propose_profile(haven, values={}, logo=logo, by=cast["rep"])
    storage, name = proposal.logo.storage, proposal.logo.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        if how == "accepted":
            accept_proposal(proposal, by=cast["coord"])
        elif how == "declined":
            decline_proposal(proposal, reason="Onleesbaar", by=cast["coord"])
        elif how == "withdrawn":
            withdraw_proposal(haven, by=cast["rep"])
        else:
            propose_profile(haven, values={"description": "Nieuw"}, by=cast["rep"])
    assert not storage.exists(name)


def test_an_organisation_has_at_most_twenty_other_names(cast):
    haven = cast.organisations["havenring"]
    data = profile_of(haven, known_as="\n".join(f"Naam {number}" for number in range(21)))
    assert "Schrijf hoogstens 20 regels." in cast.client("rep").post(at("propose_profile"), data).content.decode()
    assert not ProfileProposal.objects.exists()


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
