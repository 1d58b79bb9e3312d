"""The second factor: who needs one, codes that work once, and no way around it (security.md C07, C08)."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cwn.accounts.actions import grant_role, withdraw_role
from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES, WORKING_GROUP, synchronise_roles
from tests.accounts.browser import SECRET, Browser, code_of
from tests.factories.accounts import PASSWORD, set_up_code_app

pytestmark = pytest.mark.django_db
AUTHENTICATE = "/account/2fa/authenticate/"
SET_UP = "/account/2fa/"


@pytest.fixture
def inside(coordinator: User) -> Browser:
    """A browser in which Coby is logged in, with the code of the previous period."""
    browser = Browser()
    browser.log_in(coordinator.email)
    browser.show_code(code_of(periods=-1))
    return browser


# --- the second step ---------------------------------------------------------------------------------
def test_a_password_alone_is_half_a_log_in(visitor, coordinator):
    assert visitor.log_in(coordinator.email).headers["Location"] == AUTHENTICATE
    assert visitor.user is None


@pytest.mark.parametrize("address", ["/account/", "/account/2fa/", "/beheer/", "/account/2fa/webauthn/add/", "/mijn/"])
def test_the_second_step_cannot_be_skipped(visitor, coordinator, address):
    visitor.log_in(coordinator.email)
    answer = visitor.get(address)
    assert answer.status_code == 302
    assert not answer.wsgi_request.user.is_authenticated


def test_the_right_code_logs_in(visitor, coordinator):
    visitor.log_in(coordinator.email)
    assert visitor.show_code(code_of()).headers["Location"] == reverse("admin:index")
    assert visitor.user == coordinator


def test_a_code_that_just_changed_still_works_but_an_old_one_does_not(coordinator):
    for periods, works in ((-1, True), (-2, False)):
        browser = Browser()
        browser.log_in(coordinator.email)
        browser.show_code(code_of(periods=periods))
        assert (browser.user is not None) is works


@pytest.mark.parametrize("forgotten", [False, True], ids=["cache-remembers", "cache-forgot"])
def test_a_code_works_once(inside, coordinator, forgotten):
    if forgotten:
        cache.clear()
    thief = Browser()
    thief.log_in(coordinator.email)
    answer = thief.show_code(code_of(periods=-1))
    assert "Deze code klopt niet of is al gebruikt." in answer.content.decode()
    assert thief.user is None


def test_after_five_wrong_codes_even_the_right_one_is_refused(visitor, coordinator):
    visitor.log_in(coordinator.email)
    for _time in range(5):
        visitor.show_code("000000")
    assert "te veel mislukte pogingen" in visitor.show_code(code_of()).content.decode()
    assert visitor.user is None


def test_wrong_codes_are_counted_across_browsers(coordinator):
    for _time in range(5):
        browser = Browser()
        browser.log_in(coordinator.email)
        browser.show_code("000000")
    last = Browser()
    last.log_in(coordinator.email)
    last.show_code(code_of())
    assert last.user is None


def test_the_second_step_waits_no_longer_than_fifteen_minutes(visitor, coordinator):
    visitor.log_in(coordinator.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        visitor.show_code(code_of())
        assert visitor.user is None


def test_a_recovery_code_works_once(coordinator):
    codes = Authenticator.objects.get(user=coordinator, type="recovery_codes").wrap().get_unused_codes()
    for works in (True, False):
        browser = Browser()
        browser.log_in(coordinator.email)
        browser.show_code(codes[0])
        assert (browser.user is not None) is works


def test_a_reset_link_still_asks_for_the_second_factor(visitor, coordinator, mailoutbox):
    visitor.post(reverse("account_reset_password"), {"email": coordinator.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    form = visitor.get(link, follow=True)
    new = "een-nieuw-lang-wachtwoord-7"
    answer = visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert answer.headers["Location"] == AUTHENTICATE
    assert visitor.user is None
    visitor.show_code(code_of())
    assert visitor.user == coordinator


# --- who needs one -----------------------------------------------------------------------------------
def test_every_role_above_member_needs_one(member):
    synchronise_roles()
    assert not User.objects.get(pk=member.pk).needs_second_factor
    for role in GROUP_ROLES:
        grant_role(member, role, reason="proef", by=None)
        assert User.objects.get(pk=member.pk).needs_second_factor
        withdraw_role(member, role, reason="proef", by=None)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("get", {}),
        ("post", {}),
        ("post", {"HTTP_X_HTTP_METHOD_OVERRIDE": "PUT"}),
        ("head", {}),
        ("get", {"HTTP_ACCEPT": "application/json"}),
        ("get", {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}),
    ],
)
@pytest.mark.parametrize(
    "address", ["/", "/.json", "/account/", "/account/email/", "/mijn/", "/beheer/", "/en/account/"]
)
def test_without_one_a_role_reaches_no_page_but_those_that_set_it_up(visitor, representative, method, headers, address):
    visitor.force_login(representative)
    answer = getattr(visitor, method)(address, **headers)
    assert answer.status_code == 302
    assert answer.headers["Location"].removeprefix("/en") == SET_UP


def test_htmx_is_sent_there_too(visitor, representative):
    visitor.force_login(representative)
    answer = visitor.get("/", HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Redirect"] == SET_UP


def test_a_member_may_go_without(visitor, member):
    visitor.log_in(member.email)
    assert visitor.get("/account/").status_code == 200


def test_a_new_role_asks_for_one_from_the_next_request(visitor, member):
    synchronise_roles()
    visitor.log_in(member.email)
    grant_role(member, WORKING_GROUP, reason="proef", by=None)
    assert visitor.get("/account/").headers["Location"] == SET_UP


# --- setting one up ----------------------------------------------------------------------------------
def set_up_in(browser: Browser) -> str:
    """Set up a code app in a browser and return its secret."""
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def test_setting_one_up_opens_the_portal_and_shows_recovery_codes(visitor, representative, mailoutbox):
    visitor.log_in(representative.email)
    set_up_in(visitor)
    assert visitor.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert visitor.user == representative
    assert [mail.subject for mail in mailoutbox] == ["Code-app ingesteld"]


def test_who_has_only_the_password_does_not_come_along(visitor, representative):
    thief = Browser()
    thief.log_in(representative.email)
    visitor.log_in(representative.email)
    set_up_in(visitor)
    assert visitor.user == representative
    assert thief.user is None


def test_an_old_log_in_shows_again_who_it_is_before_setting_one_up(visitor, representative):
    visitor.log_in(representative.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = visitor.get(reverse("mfa_activate_totp"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("change", ["mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_deactivate_totp"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ACCEPT": "application/json"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}]
)
def test_changing_factors_asks_again_who_one_is_even_just_after_log_in(inside, change, method, headers):
    answer = getattr(inside, method)(reverse(change), **headers)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("reading", ["mfa_view_recovery_codes", "mfa_download_recovery_codes"])
def test_so_does_reading_the_recovery_codes(inside, reading):
    assert inside.get(reverse(reading)).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_after_the_password_the_change_goes_on(inside):
    page = reverse("mfa_view_recovery_codes")
    answer = inside.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})
    assert answer.headers["Location"] == page
    assert inside.get(page).status_code == 200


# --- the last factor stays ---------------------------------------------------------------------------
def passkey_of(user: User) -> Authenticator:
    """Give somebody a passkey without a key: these tests only list and remove it."""
    credential = {"clientExtensionResults": {}}
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "laptop", "credential": credential})


@pytest.fixture
def certain(inside: Browser) -> Browser:
    """Coby's browser after she showed again who she is."""
    inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return inside


def factors_of(user: User) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def test_a_role_keeps_its_last_code_app(certain, coordinator):
    answer = certain.post(reverse("mfa_deactivate_totp"))
    assert "Uw rol vraagt een tweede factor." in answer.content.decode()
    assert factors_of(coordinator) == ["recovery_codes", "totp"]


def test_a_role_keeps_its_last_passkey(certain, coordinator):
    passkey = passkey_of(coordinator)
    assert certain.post(reverse("mfa_deactivate_totp")).status_code == 302
    answer = certain.post(reverse("mfa_remove_webauthn", args=[passkey.pk]), follow=True)
    assert "Uw rol vraagt een tweede factor." in answer.content.decode()
    assert factors_of(coordinator) == ["recovery_codes", "webauthn"]


def test_a_passkey_beside_a_code_app_may_go(certain, coordinator):
    certain.post(reverse("mfa_remove_webauthn", args=[passkey_of(coordinator).pk]))
    assert factors_of(coordinator) == ["recovery_codes", "totp"]


def test_a_member_may_remove_the_last_one_and_the_recovery_codes_go_too(visitor, member):
    set_up_code_app(member, secret=SECRET)
    visitor.log_in(member.email)
    visitor.show_code(code_of())
    visitor.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    visitor.post(reverse("mfa_deactivate_totp"))
    assert factors_of(member) == []


def test_nobody_removes_the_passkey_of_somebody_else(certain, member):
    passkey = passkey_of(member)
    assert certain.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


# --- at rest -----------------------------------------------------------------------------------------
def test_a_stolen_database_holds_no_secret(coordinator, settings):
    stored = str(list(Authenticator.objects.filter(user=coordinator).values_list("data", flat=True)))
    assert SECRET not in stored
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "een andere sleutel", [settings.SECRET_KEY]
    browser = Browser()
    browser.log_in(coordinator.email)
    browser.show_code(code_of())
    assert browser.user == coordinator


def test_a_session_row_holds_no_password(inside):
    for session in Session.objects.all():
        assert PASSWORD not in str(session.get_decoded())
