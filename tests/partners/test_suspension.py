"""A suspended representative: what is gone, and how it comes back (R19, A04)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.actions.confirmation import lift_suspension
from partners.actions.invitations import invite_person
from partners.enums import MembershipRole
from partners.models import Membership


@pytest.fixture
def suspended(cast):
    """Ruben of the cast, suspended a moment ago."""
    membership = Membership.objects.get(user=cast["rep"])
    membership.suspended_at = timezone.now()
    membership.save()
    return membership


def lift_link(cast, mailoutbox, capture, membership) -> str:
    with capture(execute=True):
        cast.client("rep").post(reverse("request_lift_link", args=[membership.pk]))
    return re.search(r"https?://[^/\s]+(/mijn/geschorst/\S+)", mailoutbox[-1].body).group(1)


def test_suspended_access_is_gone_at_the_next_request_and_comes_back_by_mail(
    cast, suspended, mailoutbox, django_capture_on_commit_callbacks
):
    client, contacts = cast.client("rep"), reverse("my_contacts", args=["havenring"])
    assert client.get(contacts).status_code == 404
    assert "is geschorst" in client.get("/mijn/").content.decode()
    link = lift_link(cast, mailoutbox, django_capture_on_commit_callbacks, suspended)
    assert mailoutbox[-1].to == [cast["rep"].email]
    for method in ("get", "head"):
        assert getattr(client, method)(link).status_code == 200
        assert client.get(contacts).status_code == 404
    assert client.post(link).url == contacts
    assert client.get(contacts).status_code == 200
    assert client.post(link).status_code == 404


def test_a_link_lifts_only_for_its_owner_and_seven_days(
    cast, suspended, mailoutbox, django_capture_on_commit_callbacks
):
    link = lift_link(cast, mailoutbox, django_capture_on_commit_callbacks, suspended)
    assert cast.client("anon").post(link).status_code == 302
    for principal in ("mem", "coord", "mem-o"):
        assert cast.client(principal).post(link).status_code == 404
    assert cast.client("rep").post(link[:-3] + "x/").status_code == 404
    suspended.refresh_from_db()
    assert suspended.suspended_at is not None
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        client = cast.client("rep")
        assert client.post(link).status_code == 404


def test_the_link_is_no_way_around_the_second_factor(cast, mailoutbox, django_capture_on_commit_callbacks):
    membership = Membership.objects.get(user=cast["nomfa"])
    Membership.objects.filter(pk=membership.pk).update(suspended_at=timezone.now())
    client = Client()
    client.force_login(cast["nomfa"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("request_lift_link", args=[membership.pk]))
    link = re.search(r"https?://[^/\s]+(/mijn/geschorst/\S+)", mailoutbox[-1].body).group(1)
    assert client.post(link).url == reverse("mfa_index")
    membership.refresh_from_db()
    assert membership.suspended_at is not None


def test_one_link_in_ten_minutes(cast, suspended, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(3):
            cast.client("rep").post(reverse("request_lift_link", args=[suspended.pk]))
    assert len(mailoutbox) == 1
    assert cast.client("mem").post(reverse("request_lift_link", args=[suspended.pk])).status_code == 404


def test_coordinators_lift_a_suspension_and_others_do_not(cast, suspended):
    with pytest.raises(PermissionDenied):
        lift_suspension(suspended, by=cast["nomfa"])
    assert lift_suspension(suspended, by=cast["coord"]).suspended_at is None


def test_a_suspended_person_is_not_invited_a_second_time(cast, suspended):
    with pytest.raises(ValidationError):
        invite_person(
            email=cast["rep"].email,
            name="Ruben",
            organisation=suspended.organisation,
            role=MembershipRole.MEMBER,
            by=cast["coord"],
        )
