"""Group roles: granted on the command line, with a trace (security.md C12)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pghistory.models import Events

from cwn.accounts.models import GroupMembership, User
from cwn.accounts.roles import COORDINATOR, GROUP_ROLES, synchronise_roles
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles(db) -> None:
    synchronise_roles()


def grant(*words: str) -> str:
    out = StringIO()
    call_command("grant_role", *words, stdout=out)
    return out.getvalue()


def test_the_first_coordinator(visitor, mailoutbox):
    said = grant("Coby@NCSC.example", "coordinator", "--name", "Coby Kers", "--reason", "eerste inrichting")
    assert "Wachtwoord vergeten" in said
    coby = User.objects.get(email="coby@ncsc.example")
    assert coby.has_role(COORDINATOR)
    assert visitor.log_in(coby.email, "").status_code == 200
    visitor.post(reverse("account_reset_password"), {"email": coby.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    form = visitor.get(link, follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert visitor.get("/beheer/").headers["Location"] == reverse("mfa_index")


def test_granting_and_withdrawing_leave_a_trace(member):
    grant(member.email, "policy_owner", "--reason", "besluit NCTV 2026-11")
    assert "heeft de rol" in grant(member.email, "policy_owner", "--withdraw", "--reason", "uit dienst")
    events = Events.objects.filter(pgh_model="accounts.GroupMembershipEvent").order_by("pgh_created_at", "pgh_id")
    assert [(event.pgh_label, event.pgh_context["reason"]) for event in events] == [
        ("insert", "besluit NCTV 2026-11"),
        ("delete", "uit dienst"),
    ]
    assert not GroupMembership.objects.filter(user=member).exists()


def test_a_reason_is_needed(member):
    with pytest.raises(CommandError):
        grant(member.email, "coordinator")


def test_a_typing_error_makes_no_account():
    with pytest.raises(CommandError, match="geen account"):
        grant("tikfout@example.nl", "coordinator", "--reason", "proef")


def test_an_unknown_role_is_refused(member):
    with pytest.raises(CommandError):
        grant(member.email, "baas", "--reason", "proef")


def test_the_first_superuser_can_log_in_and_needs_a_second_factor(visitor, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="baas@example.nl", name="De Baas", interactive=False, stdout=StringIO())
    visitor.log_in("baas@example.nl")
    assert visitor.get("/beheer/").headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("principal", ["rep", "wg", "coord", "nctv", "mem"])
def test_nobody_raises_the_own_role_through_the_account(cast, principal):
    browser, person = cast.client(principal), cast[principal]
    before = set(person.groups.values_list("name", flat=True))
    browser.post(reverse("account_home"), {
        "name": "Nieuwe Naam", "language": "en", "groups": [1, 2, 3, 4], "is_superuser": "on", "is_staff": "on",
        "email": "ander@example.nl", "is_active": "", "role": "vertegenwoordiger",
    })  # fmt: skip
    changed = User.objects.get(pk=person.pk)
    assert (changed.name, changed.language) == ("Nieuwe Naam", "en")
    assert (changed.is_superuser, changed.is_active, changed.email) == (False, True, person.email)
    assert set(changed.groups.values_list("name", flat=True)) == before


def test_what_somebody_changes_stands_in_the_history(cast):
    cast.client("mem").post(reverse("account_home"), {"name": "Nieuwe Naam", "language": "nl"})
    event = Events.objects.tracks(cast["mem"]).order_by("-pgh_id").first()
    assert event.pgh_diff == {"name": ["Petra Partner", "Nieuwe Naam"]}
    assert event.pgh_context["user"] == cast["mem"].pk


def test_the_groups_follow_the_code():
    groups = {group.name: group for group in User.groups.rel.model.objects.all()}
    assert set(groups) == {role.slug for role in GROUP_ROLES}
    groups["policy_owner"].permissions.set(groups["coordinator"].permissions.all())
    synchronise_roles()
    assert groups["policy_owner"].permissions.count() == 0
