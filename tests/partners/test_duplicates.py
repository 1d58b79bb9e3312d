"""Organisations that are in the registry twice: found, judged, merged (R19)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models
from django.urls import reverse

from cwn.celery import app as celery
from cwn.core.enums import CwnFunction
from partners.actions.duplicates import MOST_SHARED, REGISTRY_LOCK, dismiss_duplicate, find_duplicates
from partners.actions.merge import LINK_FIELDS, SINGLE_FIELDS, merge_organisations, references
from partners.enums import DuplicateState, MembershipRole, PartnerStatus, RelationKind
from partners.models import DuplicateCandidate, Membership, Organisation, OrganisationAlias, Participation, Relation
from partners.models.organisations import default_field_visibility
from partners.tasks import seek_duplicates
from tests.factories.accounts import UserFactory
from tests.factories.partners import (
    ContactFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    RegionFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db


def _found() -> dict[tuple[str, str], list[str]]:
    return {(pair.first.name, pair.second.name): pair.reasons for pair in DuplicateCandidate.objects.all()}


# --- finding -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"kvk_number": "12345678"}, {"kvk_number": "12345678"}, ["KvK-nummer"]),
        ({"email_domain": "ring.nl"}, {"email_domain": "RING.nl"}, ["maildomein"]),
        ({"website": "https://www.ring.nl/over"}, {"website": "http://ring.nl:8080"}, ["website"]),
        ({"name": "Stichting Havenring"}, {"name": "Havenring B.V."}, ["naam"]),
        ({"name": "Cyberweerbaarheid Zeeland"}, {"name": "Cyberweerbaarheid Zeelant"}, ["naam"]),
        ({"name": "Ring", "kvk_number": "1" * 8}, {"name": "Ring", "kvk_number": "1" * 8}, ["KvK-nummer", "naam"]),
    ],
)  # fmt: skip
def test_what_two_organisations_share_makes_them_suspect(one, other, reasons):
    first = OrganisationFactory(**{"name": "Alfa Netten", **one})
    second = OrganisationFactory(**{"name": "Omega Zorg", **other})

    assert find_duplicates() == 1
    assert _found() == {(first.name, second.name): reasons}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kvk_number": ""}, {"kvk_number": ""}),
        ({"email_domain": "gmail.com"}, {"email_domain": "gmail.com"}),
        ({"website": "https://ring.nl"}, {"website": "https://ring.be"}),
        ({"name": "Stichting"}, {"name": "Vereniging"}),
        ({"is_fictional": True, "kvk_number": "12345678"}, {"kvk_number": "12345678"}),
    ],
)
def test_what_says_nothing_makes_nobody_suspect(one, other):
    OrganisationFactory(**{"name": "Alfa Netten", **one})
    OrganisationFactory(**{"name": "Omega Zorg", **other})

    assert find_duplicates() == 0


def test_a_domain_that_many_share_says_nothing():
    for letter in "ABCDEFGH"[: MOST_SHARED + 1]:
        OrganisationFactory(name=letter * 12, email_domain="concern.nl")

    assert find_duplicates() == 0


def test_a_name_that_many_resemble_says_nothing():
    for number in range(10, 10 + MOST_SHARED + 1):
        OrganisationFactory(name=f"Regionaal samenwerkingsverband nummer {number}")

    assert find_duplicates() == 0


def test_only_pairs_with_a_given_organisation_are_sought():
    OrganisationFactory(name="Alfa Netten", kvk_number="11111111")
    OrganisationFactory(name="Omega Zorg", kvk_number="11111111")
    new = OrganisationFactory(name="Havenring", kvk_number="22222222")
    OrganisationFactory(name="Zuidelijk Waterwerk", kvk_number="22222222")

    assert find_duplicates(among=[new.pk]) == 1
    assert [pair.reasons for pair in DuplicateCandidate.objects.filter(first=new)] == [["KvK-nummer"]]


def test_the_night_finds_what_became_alike():
    OrganisationFactory(kvk_number="12345678", name="Ring")
    changed = OrganisationFactory(name="Geheel Anders")
    assert seek_duplicates() == 0
    Organisation.objects.filter(pk=changed.pk).update(kvk_number="12345678")
    assert seek_duplicates() == 1
    assert celery.conf.beat_schedule["seek-duplicates"]["task"] == seek_duplicates.name


@pytest.mark.django_db(transaction=True)
def test_while_one_process_compares_another_does_not():
    OrganisationFactory(kvk_number="12345678", name="Ring")
    OrganisationFactory(kvk_number="12345678", name="Geheel Anders")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [REGISTRY_LOCK])
    try:
        assert seek_duplicates() == 0
    finally:
        other.close()


def test_an_organisation_that_is_added_in_the_admin_is_compared_at_once(cast):
    address = reverse("admin:partners_organisation_add")
    client = cast.client("coord")
    page = client.get(address).context
    form = {"name": cast.organisations["havenring"].name, "slug": "nog-een", "ownership": "privaat"}
    form |= {f"reads_{name}": level for name, level in default_field_visibility().items()}
    for inline in page["inline_admin_formsets"]:
        form |= {f"{inline.formset.prefix}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.context["errors"]
    assert DuplicateCandidate.objects.filter(second__slug="nog-een").exists()


def test_a_judged_pair_is_not_proposed_again(cast):
    OrganisationFactory(name="Alfa Netten", kvk_number="11111111")
    OrganisationFactory(name="Omega Zorg", kvk_number="11111111")
    find_duplicates()

    dismiss_duplicate(DuplicateCandidate.objects.get(), by=cast["coord"])

    assert find_duplicates() == 0
    assert DuplicateCandidate.objects.get().state == DuplicateState.DISMISSED


def test_only_coordinators_judge(cast):
    pair = DuplicateCandidate.objects.create(
        first=cast.organisations["havenring"], second=cast.organisations["zorgring"], reasons=["naam"]
    )

    for principal in ("rep", "adm", "nctv"):
        with pytest.raises(PermissionDenied):
            dismiss_duplicate(pair, by=cast[principal])


# --- merging -----------------------------------------------------------------------------------------
def test_no_foreign_key_to_organisations_is_forgotten():
    """Walk the tables themselves: what has a constraint to organisations must be in the list of the merge."""
    from django.apps import apps

    known = {(reference.model, reference.field) for reference in references()}
    own_links = [getattr(Organisation, field).through for field in LINK_FIELDS]
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            points_here = isinstance(field, models.ForeignKey) and field.related_model is Organisation
            if points_here and field.db_constraint and model not in own_links:
                assert (model, field.name) in known, f"{model.__name__}.{field.name}"


def test_every_field_of_an_organisation_is_chosen_or_has_a_reason():
    chosen = {*SINGLE_FIELDS, *LINK_FIELDS}
    by_rule = {
        "id", "slug", "status", "known_as", "is_fictional", "created_at", "updated_at", "related_organisations"
    }  # fmt: skip

    fields = {field.name for field in [*Organisation._meta.fields, *Organisation._meta.many_to_many]}
    assert fields == chosen | by_rule


def test_what_hung_on_either_hangs_on_the_one_that_stays(cast):
    keep, absorb = OrganisationFactory(name="Havenring"), OrganisationFactory(name="Ring Haven", slug="ring-haven")
    contact, membership = ContactFactory(organisation=absorb), MembershipFactory(organisation=absorb)
    participation = ParticipationFactory(organisation=absorb, function=CwnFunction.TRAINING)
    initiative = InitiativeFactory()
    initiative.participations.create(organisation=absorb, is_lead=True)

    kept = merge_organisations(keep=keep, absorb=absorb, choices={}, by=cast["coord"])

    for row in (contact, membership, participation):
        row.refresh_from_db()
        assert row.organisation == keep
    assert initiative.participations.get().organisation == keep
    assert not Organisation.objects.filter(pk=absorb.pk).exists()
    assert kept.known_as == ["Ring Haven"]
    assert Organisation.objects.at_address("ring-haven").get() == keep


def test_an_own_address_goes_before_that_of_an_organisation_that_was_merged():
    old, new = OrganisationFactory(), OrganisationFactory(slug="ring-haven")
    OrganisationAlias.objects.create(slug="ring-haven", organisation=old)
    assert Organisation.objects.at_address("ring-haven").get() == new


def test_the_admin_gives_no_address_from_before_a_merge(cast):
    OrganisationAlias.objects.create(slug="ring-haven", organisation=cast.organisations["havenring"])
    form = {"name": "Ring Haven", "slug": "ring-haven", "ownership": "privaat"}
    answer = cast.client("coord").post(reverse("admin:partners_organisation_add"), form)
    assert "Dit adres was van een organisatie die is samengevoegd" in answer.content.decode()
    assert not Organisation.objects.filter(slug="ring-haven").exists()


def test_chosen_values_come_over_and_links_are_joined(cast):
    keep = OrganisationFactory(
        description="Oud", regions=[RegionFactory(slug="zeeland")], sectors=[SectorFactory(slug="a")]
    )
    absorb = OrganisationFactory(
        description="Nieuw",
        kvk_number="12345678",
        regions=[RegionFactory(slug="saba")],
        sectors=[SectorFactory(slug="b")],
    )

    choices = {
        "description": "absorb",
        "kvk_number": "keep",
        "regions": "both",
        "sectors": "absorb",
        "status": "absorb",
    }
    kept = merge_organisations(keep=keep, absorb=absorb, choices=choices, by=cast["coord"])

    assert (kept.description, kept.kvk_number, kept.status) == ("Nieuw", "", PartnerStatus.PARTNER)
    assert {region.slug for region in kept.regions.all()} == {"zeeland", "saba"}
    assert {sector.slug for sector in kept.sectors.all()} == {"b"}


def test_what_both_had_stays_once_and_as_the_kept_one_had_it(cast):
    keep, absorb, user = OrganisationFactory(), OrganisationFactory(), UserFactory()
    for organisation, role in ((keep, MembershipRole.REPRESENTATIVE), (absorb, MembershipRole.MEMBER)):
        MembershipFactory(organisation=organisation, user=user, role=role)
        ParticipationFactory(organisation=organisation)
    Relation.objects.create(from_organisation=keep, kind=RelationKind.PART_OF, to_organisation=absorb)

    merge_organisations(keep=keep, absorb=absorb, choices={}, by=cast["coord"])

    assert Membership.objects.get(user=user).role == MembershipRole.REPRESENTATIVE
    assert Participation.objects.get(organisation=keep).function == CwnFunction.INFORMATION_SHARING
    assert not Relation.objects.filter(from_organisation=keep).exists()


@pytest.mark.parametrize("status", [PartnerStatus.SUSPENDED, PartnerStatus.FORMER, PartnerStatus.PROSPECT])
def test_a_merge_lets_nobody_in(cast, status):
    keep, absorb = OrganisationFactory(), OrganisationFactory(status=status, partner_since=None)
    membership = MembershipFactory(organisation=absorb, role=MembershipRole.REPRESENTATIVE)
    invitation = absorb.invitations.create(email="nieuw@example.nl", name="Nina", token_hash="x")
    address = reverse("admin:partners_organisation_merge", args=[keep.pk, absorb.pk])
    assert "De lidmaatschappen" in cast.client("coord").get(address).content.decode()

    merge_organisations(keep=keep, absorb=absorb, choices={}, by=cast["coord"])

    membership.refresh_from_db()
    invitation.refresh_from_db()
    assert membership.ended_at is not None
    assert invitation.withdrawn_at is not None
    assert not keep.memberships.current().exists()


def test_the_stronger_role_stays_between_two_partners(cast):
    keep, absorb, user = OrganisationFactory(), OrganisationFactory(), UserFactory()
    MembershipFactory(organisation=keep, user=user, role=MembershipRole.MEMBER)
    MembershipFactory(organisation=absorb, user=user, role=MembershipRole.REPRESENTATIVE)

    merge_organisations(keep=keep, absorb=absorb, choices={}, by=cast["coord"])

    assert Membership.objects.get(user=user).role == MembershipRole.REPRESENTATIVE


def test_a_merge_stands_in_the_history(cast):
    keep, absorb = OrganisationFactory(), OrganisationFactory(name="Ring Haven")
    DuplicateCandidate.objects.create(first=keep, second=absorb, reasons=["naam"])

    merge_organisations(keep=keep, absorb=absorb, choices={}, by=cast["coord"])

    gone = Organisation.pgh_event_model.objects.get(pgh_obj_id=absorb.pk, pgh_label="delete")
    assert gone.name == "Ring Haven"
    assert gone.pgh_context.metadata == {"user": cast["coord"].pk, "reason": "Samengevoegd met Ring Haven"}
    states = DuplicateCandidate.pgh_event_model.objects.values_list("pgh_label", "state")
    assert ("update", DuplicateState.MERGED) in states


@pytest.mark.parametrize(
    ("keep_status", "absorb_status", "sentence"),
    [(PartnerStatus.PROSPECT, PartnerStatus.PARTNER, "netwerkpartner"), ("same", "same", "verschillende")],
)
def test_a_merge_the_wrong_way_round_is_refused(cast, keep_status, absorb_status, sentence):
    absorb = OrganisationFactory()
    keep = absorb if keep_status == "same" else OrganisationFactory(status=keep_status, partner_since=None)

    with pytest.raises((ValidationError, PermissionDenied), match=sentence):
        merge_organisations(keep=keep, absorb=absorb, choices={}, by=cast["coord"])
    assert Organisation.objects.filter(pk=absorb.pk).exists()


def test_a_value_that_is_wrong_changes_nothing(cast):
    keep, absorb = OrganisationFactory(), OrganisationFactory()
    Organisation.objects.filter(pk=absorb.pk).update(website="geen adres")
    contact = ContactFactory(organisation=absorb)

    with pytest.raises(ValidationError):
        merge_organisations(keep=keep, absorb=absorb, choices={"website": "absorb"}, by=cast["coord"])
    contact.refresh_from_db()
    assert contact.organisation == absorb


def test_the_page_shows_both_and_merges(cast):
    keep, absorb = OrganisationFactory(name="Havenring"), OrganisationFactory(name="Ring Haven", description="Beter")
    ContactFactory(organisation=absorb)
    client = cast.client("coord")
    address = reverse("admin:partners_organisation_merge", args=[keep.pk, absorb.pk])

    page = client.get(address).content.decode()
    assert "Ring Haven" in page
    assert "Contacten: 1" in page
    answer = client.post(address, {"keuze_name": "absorb", "keuze_description": "absorb", "keuze_status": "absorb"})

    assert answer.status_code == 302
    keep.refresh_from_db()
    assert (keep.name, keep.description) == ("Ring Haven", "Beter")


def test_the_page_exists_for_coordinators_only(cast):
    first, second = cast.organisations["havenring"], cast.organisations["zorgring"]
    address = reverse("admin:partners_organisation_merge", args=[first.pk, second.pk])

    for principal, status in (("rep", 404), ("nctv", 404), ("adm", 403)):
        assert cast.client(principal).post(address, {}).status_code == status
    assert cast.client("coord").get(address.replace(str(second.pk), "987654")).status_code == 404
    assert Organisation.objects.filter(pk=second.pk).exists()


def test_partner_since_can_come_from_the_other(cast):
    keep = OrganisationFactory(partner_since=date(2026, 1, 1))
    absorb = OrganisationFactory(partner_since=date(2024, 1, 1))

    kept = merge_organisations(keep=keep, absorb=absorb, choices={"partner_since": "absorb"}, by=cast["coord"])

    assert kept.partner_since == date(2024, 1, 1)
