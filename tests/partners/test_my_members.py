"""The people of the own organisation, and whom a representative cannot touch (C12)."""

import pytest
from django.urls import reverse

from cwn.accounts.models import User
from partners.enums import (
    MembershipRole,
)
from partners.models import Invitation, Membership
from tests.factories.partners import (
    MembershipFactory,
)


def at(name: str, *args) -> str:
    return reverse(name, args=["havenring", *args])


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


def test_the_last_representative_stays_in_the_admin_too(cast):
    Membership.objects.filter(user=cast["nomfa"]).delete()
    own = Membership.objects.get(user=cast["rep"])
    address = reverse("admin:partners_membership_change", args=[own.pk])
    page = cast.client("coord").post(address, {"role": MembershipRole.MEMBER}).content.decode()
    assert "enige vertegenwoordiger" in page
    own.refresh_from_db()
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


def test_trusted_people_are_those_whose_log_in_counts(cast):
    trusted = set(Membership.objects.of_trusted_people().values_list("user", flat=True))
    for membership in Membership.objects.select_related("user"):
        assert (membership.user_id in trusted) == User.objects.get(pk=membership.user_id).is_trusted
    assert cast["nomfa"].pk not in trusted
    assert cast["rep"].pk in trusted
