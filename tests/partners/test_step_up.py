"""What cannot be undone is done only by somebody who showed who they are in the last 15 minutes (C11)."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cwn.core.sheets import read_sheet
from partners.actions.import_plan import plan_import
from partners.actions.imports import prepare_import
from partners.enums import MembershipRole, PartnerStatus
from partners.models import Membership, Organisation
from tests.cast import Cast
from tests.factories.accounts import PASSWORD
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=15, seconds=1)
NAME = "Kring Om Te Importeren"


def _havenring(name: str, cast: Cast) -> str:
    return reverse(name, args=["havenring", cast["mem"].memberships.get().pk])


def _yes(client: Client, model: str, action: str, row: Any, **data: Any) -> HttpResponse:
    """Look in the admin what an action would do, and say yes."""
    address = reverse(f"admin:partners_{model}_changelist")
    sent = {"action": action, "_selected_action": [row.pk], "step": "preview", **data}
    shown = client.post(address, sent)
    return client.post(address, sent | {"step": "confirm", "fingerprint": shown.context["fingerprint"]})


def merge(client: Client, cast: Cast) -> HttpResponse:
    keep, absorb = cast.organisations["havenring"], OrganisationFactory(slug="dubbel")
    return client.post(reverse("admin:partners_organisation_merge", args=[keep.pk, absorb.pk]))


def carry_out_import(client: Client, cast: Cast) -> HttpResponse:
    rows = read_sheet(io.BytesIO(f"naam;publiek of privaat\n{NAME};privaat\n".encode()))
    pending = prepare_import(rows, file_name="lijst.csv", by=cast["coord"])
    address = reverse("admin:partners_organisation_import_preview", args=[pending.pk])
    return client.post(address, {"fingerprint": plan_import(rows).fingerprint})


def suspend(client: Client, cast: Cast) -> HttpResponse:
    row = cast.organisations["havenring"]
    return _yes(client, "organisation", "change_status", row, to=PartnerStatus.SUSPENDED, reason="Op verzoek")


def end_membership(client: Client, cast: Cast) -> HttpResponse:
    return client.post(_havenring("end_membership", cast))


def change_role(client: Client, cast: Cast) -> HttpResponse:
    return client.post(_havenring("change_member_role", cast), {"role": MembershipRole.REPRESENTATIVE})


def end_membership_in_admin(client: Client, cast: Cast) -> HttpResponse:
    return _yes(client, "membership", "end_membership", cast["mem"].memberships.get(), reason="Vertrokken")


def change_role_in_admin(client: Client, cast: Cast) -> HttpResponse:
    address = reverse("admin:partners_membership_change", args=[cast["mem"].memberships.get().pk])
    return client.post(address, {"role": MembershipRole.REPRESENTATIVE})


def is_over(cast: Cast) -> bool:
    return cast["mem"].memberships.get().ended_at is not None


def represents(cast: Cast) -> bool:
    return Membership.objects.representatives().filter(user=cast["mem"]).exists()


DEEDS = [
    ("coord", merge, lambda cast: not Organisation.objects.filter(slug="dubbel").exists()),
    ("coord", carry_out_import, lambda cast: Organisation.objects.filter(name=NAME).exists()),
    ("coord", suspend, lambda cast: not Organisation.objects.partners().filter(slug="havenring").exists()),
    ("rep", end_membership, is_over),
    ("rep", change_role, represents),
    ("coord", end_membership_in_admin, is_over),
    ("coord", change_role_in_admin, represents),
]
every_deed = pytest.mark.parametrize(("who", "deed", "is_done"), DEEDS, ids=[deed.__name__ for _who, deed, _ in DEEDS])
Deed = Callable[[Client, Cast], HttpResponse]


@every_deed
def test_just_after_log_in_it_is_done(cast: Cast, who: str, deed: Deed, is_done: Callable[[Cast], bool]):
    deed(cast.client(who), cast)
    assert is_done(cast)


@every_deed
def test_fifteen_minutes_later_the_question_comes_first(cast, who, deed, is_done):
    client = cast.client(who)
    with time_machine.travel(timezone.now() + LATER):
        answer = deed(client, cast)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not is_done(cast)


@pytest.mark.parametrize(("who", "deed", "is_done"), DEEDS[:3], ids=[deed.__name__ for _who, deed, _ in DEEDS[:3]])
def test_after_the_password_it_goes_on(cast, who, deed, is_done):
    cast[who].set_password(PASSWORD)
    cast[who].save()
    client = cast.client(who)
    with time_machine.travel(timezone.now() + LATER):
        question = deed(client, cast).headers["Location"]
        page = client.get(question)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page.wsgi_request.GET["next"]})
    assert is_done(cast)
