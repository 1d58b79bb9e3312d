"""The demo network: invented, the same every time, and impossible outside the demo."""

from collections.abc import Iterator
from io import StringIO
from math import gcd
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction

from cwn.accounts.demo_people import DEMO_PEOPLE
from cwn.accounts.models import User
from cwn.core.visibility import MEMBERS, PUBLIC, principals_of, role_principal
from cwn.search.models import Document
from partners.demo import make_network
from partners.demo.names import POSSIBLE, STEP
from partners.demo.profiles import featured, profiles
from partners.enums import PartnerStatus
from partners.models import (
    Application,
    Constituency,
    Contact,
    LegalBasis,
    LegalRegime,
    Maturity,
    Membership,
    Organisation,
    Participation,
    Relation,
)

pytestmark = pytest.mark.django_db

PASSWORD = "een-wachtwoord-voor-de-demo"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
#: Columns that differ between two loads of the same network.
MOMENTS = {"id", "created_at", "updated_at", "changed_at", "last_confirmed_at", "confirmed_at"}


@pytest.fixture(autouse=True)
def _demo(settings) -> None:
    settings.CWN_DEMO, settings.DEMO_PASSWORD, settings.DEMO_TOTP_SECRET = True, PASSWORD, SECRET


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the reference data once for the tests of this file; each test is rolled back by itself."""
    with django_db_blocker.unblock():
        outside = transaction.atomic()
        outside.__enter__()
        call_command("load_reference", stdout=StringIO())
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outside.__exit__(None, None, None)


def load(**options: int) -> str:
    output = StringIO()
    call_command("load_demo", stdout=output, **{"publications": 0, **options})
    return output.getvalue()


def fictional() -> Any:
    return Organisation.objects.filter(is_fictional=True)


def snapshot() -> list[Any]:
    """Everything of the fictional network except primary keys and moments."""
    kept = [f.name for f in Organisation._meta.concrete_fields if f.name not in MOMENTS]
    rows: list[Any] = list(fictional().order_by("slug").values_list(*kept))
    for link in ("kinds", "regions", "sectors", "branches"):
        rows += fictional().order_by("slug", f"{link}__slug").values_list("slug", f"{link}__slug")
    for model in (Participation, Maturity, Constituency, LegalBasis, Contact, Relation, Application):
        fields = [f.name for f in model._meta.concrete_fields if f.name not in MOMENTS and not f.is_relation]
        owner = "from_organisation__slug" if model is Relation else "organisation__slug"
        rows += sorted(map(str, model.objects.values_list(owner, *fields)))
    return rows


# --- deterministic, and grows ------------------------------------------------------------------------------
def test_the_same_seed_makes_the_same_network(reference):
    make_network(150, seed=7)
    first = snapshot()
    Organisation.objects.filter(is_fictional=True).delete()
    make_network(150, seed=7)
    assert snapshot() == first


def test_growing_in_steps_gives_the_same_network_as_at_once(reference):
    make_network(150, seed=7)
    at_once = snapshot()
    Organisation.objects.filter(is_fictional=True).delete()
    assert [make_network(number, seed=7) for number in (4, 60, 150, 150, 20)] == [4, 56, 90, 0, 0]
    assert snapshot() == at_once


def test_another_seed_is_another_network():
    assert {p.slug for p in profiles(10, 60, 1)}.isdisjoint(p.slug for p in profiles(10, 60, 2))


def test_two_networks_are_not_mixed(reference):
    load(organisations=40, seed=1)
    with pytest.raises(CommandError, match="Er staat al een ander demonetwerk"):
        load(organisations=80, seed=2)
    assert fictional().count() == 40


def test_no_name_comes_twice():
    assert gcd(STEP, POSSIBLE) == 1
    slugs = [profile.slug for profile in profiles(0, 3_000, 1)]
    assert len(set(slugs)) == len(slugs)


# --- invented, valid and varied ----------------------------------------------------------------------------
def test_everything_is_marked_as_fictional_and_has_addresses_that_nobody_can_own(reference):
    load(organisations=60)
    assert fictional().count() == 60
    assert all(o.website.endswith(".example/") and o.kvk_number.startswith("000") for o in fictional())
    assert all(contact.email.endswith(".example") for contact in Contact.objects.all())
    drawn = fictional().exclude(slug__in=[profile.slug for profile in featured()])
    assert all(organisation.slug.endswith("-fictief") for organisation in drawn)


def test_the_real_organisations_stay_as_they_were(reference):
    before = list(Organisation.objects.order_by("pk").values())
    load(organisations=60)
    assert list(Organisation.objects.filter(is_fictional=False).order_by("pk").values()) == before
    assert not fictional().filter(status=PartnerStatus.CONSULTED).exists()


def test_every_row_is_one_that_a_form_would_accept(reference):
    load(organisations=80)
    for model in (Organisation, Contact, Participation, Constituency, LegalBasis, Maturity, Relation, Application):
        for row in model.objects.all():
            row.full_clean()


def test_the_network_is_spread_over_all_that_one_can_filter_on(reference):
    load(organisations=400)
    for facet, number in (("kinds", 20), ("sectors", 30), ("regions", 35), ("branches", 15)):
        assert fictional().values(f"{facet}__slug").distinct().count() >= number, facet
    assert set(fictional().values_list("status", flat=True)) == set(PartnerStatus) - {PartnerStatus.CONSULTED}
    assert Participation.objects.filter(organisation__is_fictional=True).values("function").distinct().count() == 5
    assert Contact.objects.to_confirm().exists()
    assert Application.objects.waiting().exists()
    islands = fictional().filter(regions__slug__in=["saba", "sint-eustatius", "bonaire", "aruba", "curacao"])
    assert islands.count() > 20


def test_the_network_can_be_found_at_once(reference):
    load(organisations=30)
    assert Document.objects.filter(kind="organisation", title="Zorgkring Stroopdam").exists()
    visible = Organisation.objects.visible_to(AnonymousUser())
    public = Document.objects.visible_to(AnonymousUser()).filter(kind="organisation")
    assert set(public.values_list("object_id", flat=True)) == set(visible.values_list("pk", flat=True))


# --- people ------------------------------------------------------------------------------------------------
def test_there_is_one_person_per_principal_and_each_can_log_in(reference):
    load(organisations=20)
    assert {person.principal for person in DEMO_PEOPLE} == {
        "mem", "rep", "wg", "wg2", "coord", "coord2", "nctv", "adm", "mem-x", "mem-o", "rcp", "ex", "sus", "nomfa",
    }  # fmt: skip
    for person in DEMO_PEOPLE:
        user = User.objects.get(email=f"{person.principal}@demo.example")
        assert user.check_password(PASSWORD)
        assert EmailAddress.objects.get(user=user).verified
        assert user.is_fictional


def test_the_printed_secret_is_the_second_factor(reference):
    load(organisations=20)
    code = format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))
    authenticator = User.objects.get(email="coord@demo.example").authenticator_set.get(type="totp")
    assert TOTP(authenticator).validate_code(code)


def test_everybody_has_the_rights_of_their_principal(reference):
    load(organisations=20)
    principals = {person.principal: principals_of(User.objects.get(email=person.email)) for person in DEMO_PEOPLE}
    members = {"mem", "rep", "wg", "wg2", "mem-x", "mem-o", "rcp"}
    assert {name for name, known in principals.items() if MEMBERS in known} == members
    assert role_principal("coordinator") in principals["coord"] & principals["coord2"]
    assert role_principal("working_group") in principals["wg"] & principals["wg2"]
    assert role_principal("policy_owner") in principals["nctv"]
    assert role_principal("administrator") in principals["adm"]
    assert principals["nomfa"] == {PUBLIC}
    assert not any(name.startswith("org:") for name in principals["ex"] | principals["sus"])
    assert User.objects.get(email="rep@demo.example").represents_an_organisation


def test_loading_again_changes_no_organisation_and_follows_a_new_password(reference, settings):
    load(organisations=20)
    before = snapshot()
    settings.DEMO_PASSWORD = "een-ander-wachtwoord-voor-de-demo"
    assert "0 verzonnen organisaties, 0 publicaties" in load(organisations=20)
    assert snapshot() == before
    assert User.objects.get(email="mem@demo.example").check_password(settings.DEMO_PASSWORD)
    assert User.objects.count() == len(DEMO_PEOPLE)


# --- refusals ----------------------------------------------------------------------------------------------
def test_outside_the_demo_nothing_fictional_can_come_in(reference, settings):
    settings.CWN_DEMO = False
    with pytest.raises(CommandError, match="Dit is geen demo"):
        load(organisations=20)
    assert not fictional().exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"organisations": 3}, "Vraag minstens 10 organisaties"),
        ({"organisations": POSSIBLE + 1}, "Vraag minder organisaties"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_sentence(reference, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        load(**options)
    assert not fictional().exists()


def test_without_reference_data_the_command_says_what_to_do():
    LegalRegime.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference"):
        load(organisations=20)


def test_without_a_password_nobody_is_made(reference, settings):
    settings.DEMO_PASSWORD = ""
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        load(organisations=20)


# --- history ---------------------------------------------------------------------------------------------
def test_drawn_rows_get_a_history_as_soon_as_somebody_changes_them(reference):
    load(organisations=20)
    drawn = fictional().exclude(slug__in=[profile.slug for profile in featured()]).first()
    history = Organisation.pgh_event_model.objects
    assert history.filter(slug="csirt-drophaven").count() == 1
    assert not history.filter(slug=drawn.slug).exists()
    drawn.description = "Anders."
    drawn.save()
    assert history.filter(slug=drawn.slug).exists()
    assert Membership.pgh_event_model.objects.count() == Membership.objects.count() > 0
