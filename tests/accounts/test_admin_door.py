"""The admin has no door of its own (security.md C06)."""

import pytest
from django.urls import reverse

from tests.accounts.browser import Browser, code_of
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_visitor_is_led_to_the_log_in_of_the_portal_and_back(visitor, coordinator):
    chain = visitor.get("/beheer/partners/", follow=True).redirect_chain
    assert chain[-1][0] == "/account/login/?next=/beheer/partners/"
    visitor.post(chain[-1][0], {"login": coordinator.email, "password": PASSWORD})
    assert visitor.show_code(code_of()).headers["Location"] == "/beheer/partners/"


def test_it_takes_no_password(visitor, coordinator):
    for _time in range(2):
        answer = visitor.post("/beheer/login/", {"username": coordinator.email, "password": PASSWORD})
        assert answer.headers["Location"].startswith(reverse("account_login"))
    assert visitor.user is None


def test_it_leads_to_no_other_site(visitor):
    answer = visitor.get("/beheer/login/?next=https://evil.example/")
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("principal", ["mem", "rep", "wg", "nctv", "mem-x", "mem-o", "rcp", "ex", "sus"])
@pytest.mark.parametrize("address", ["/beheer/", "/beheer/login/", "/beheer/partners/organisation/", "/beheer/jsi18n/"])
def test_for_others_it_does_not_exist(cast, principal, address):
    assert cast.client(principal).get(address).status_code == 404


@pytest.mark.parametrize("principal", ["coord", "adm"])
def test_who_works_there_comes_in(cast, principal):
    assert cast.client(principal).get("/beheer/").status_code == 200


def test_without_second_factor_it_stays_closed(cast):
    cast["coord"].authenticator_set.all().delete()
    browser = Browser()
    browser.force_login(cast["coord"])
    assert browser.get("/beheer/").headers["Location"] == "/account/2fa/"


def test_passwords_and_log_outs_go_the_way_of_the_portal(cast):
    browser = cast.client("coord")
    assert browser.get("/beheer/password_change/").headers["Location"] == reverse("account_change_password")
    assert browser.post("/beheer/logout/").headers["Location"] == reverse("account_logout")


def test_it_shows_no_secrets(cast):
    browser = cast.client("adm")
    for table in ("mfa/authenticator", "account/emailaddress", "account/emailconfirmation", "auth/group"):
        assert browser.get(f"/beheer/{table}/").status_code == 404
    html = browser.get(f"/beheer/accounts/user/{cast['coord'].pk}/change/").content.decode()
    assert "Coördinator (NCSC)" in html
    assert "password" not in html


def test_an_administrator_gives_no_roles_there(cast):
    browser, person = cast.client("adm"), cast["mem"]
    address = f"/beheer/accounts/user/{person.pk}/change/"
    groups = list(cast["coord"].groups.values_list("pk", flat=True))
    browser.post(address, {
        "name": "Petra Nieuw", "language": "nl", "is_active": "on", "groups": groups, "is_superuser": "on",
        "email": "ander@example.nl", "roles": "coordinator", "change_reason": "proef",
    })  # fmt: skip
    person.refresh_from_db()
    assert person.name == "Petra Nieuw"
    assert (person.is_superuser, person.email.startswith("petra"), person.groups.count()) == (False, True, 0)


def test_a_coordinator_does_not_see_accounts(cast):
    assert cast.client("coord").get(f"/beheer/accounts/user/{cast['mem'].pk}/change/").status_code in (403, 404)
