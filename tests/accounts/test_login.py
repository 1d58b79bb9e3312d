"""Log-in with e-mail address and password: who comes in, and what a stranger can learn (security.md C01)."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import reverse

from cwn.accounts.backends import PortalBackend
from cwn.accounts.models import LoginEvent, User
from tests.accounts.browser import Browser
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_the_right_password_logs_in(visitor, member):
    response = visitor.log_in(member.email)
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("my_organisation")
    assert visitor.user == member


@pytest.mark.parametrize("typed", ["Petra@Example.NL", "  petra@example.nl ", "PETRA@EXAMPLE.NL"])
def test_an_address_may_be_typed_in_any_case(visitor, member, typed):
    visitor.log_in(typed)
    assert visitor.user == member


def test_a_wrong_password_does_not_log_in(visitor, member):
    response = visitor.log_in(member.email, "een-heel-ander-wachtwoord")
    assert response.status_code == 200
    assert "Het e-mailadres of het wachtwoord klopt niet." in response.content.decode()
    assert visitor.user is None


def test_nothing_typed_is_lost_but_the_password(visitor, member):
    html = visitor.log_in(member.email, "een-heel-ander-wachtwoord").content.decode()
    assert f'value="{member.email}"' in html
    assert "een-heel-ander-wachtwoord" not in html


def test_there_is_no_remember_me_and_the_cookie_ends_with_the_browser(visitor, member):
    assert "remember" not in visitor.get(reverse("account_login")).content.decode()
    cookie = visitor.log_in(member.email).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_closed_account_does_not_come_in(visitor, member):
    User.objects.update(is_active=False)
    assert visitor.log_in(member.email).headers["Location"] == reverse("account_inactive")
    assert visitor.user is None


def test_closing_an_account_ends_its_session(visitor, member):
    visitor.log_in(member.email)
    User.objects.update(is_active=False)
    assert visitor.user is None


def test_log_in_returns_to_the_page_that_was_asked_for_but_never_to_another_site(member):
    login = reverse("account_login")
    for asked, reached in (("/account/", "/account/"), ("https://evil.example/", reverse("my_organisation"))):
        response = Browser().post(login, {"login": member.email, "password": PASSWORD, "next": asked})
        assert response.headers["Location"] == reached


def test_log_out_takes_a_button(visitor, member):
    visitor.log_in(member.email)
    visitor.get(reverse("account_logout"))
    assert visitor.user == member
    visitor.post(reverse("account_logout"))
    assert visitor.user is None


def test_log_in_refuses_a_post_from_another_site(member):
    strict = Browser(enforce_csrf_checks=True)
    assert strict.log_in(member.email).status_code == 403


# --- what a stranger can learn -----------------------------------------------------------------------
def without_secrets(response) -> tuple:
    """Return all that a stranger sees, without what differs between any two requests."""
    html = re.sub(r'csrfmiddlewaretoken\\?" value=\\?"\w+', "", response.content.decode())
    html = re.sub(r"(bekend|vreemd)@example\.nl", "", html)
    headers = {name: value for name, value in response.headers.items() if name not in ("Content-Length", "Expires")}
    return response.status_code, headers, sorted(response.cookies), html


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """The password hashes that are computed, one entry each."""
    computed: list[str] = []
    for method in ("encode", "verify"):
        original = getattr(Argon2PasswordHasher, method)

        def counted(self, *args, _original=original, _method=method):
            computed.append(_method)
            return _original(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, method, counted)
    return computed


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, {"HTTP_ACCEPT": "application/json"}]
)
def test_log_in_tells_nothing_about_an_address(hashes, mailoutbox, headers):
    UserFactory(email="bekend@example.nl", password=PASSWORD)
    seen, cost = [], []
    for address in ("bekend@example.nl", "vreemd@example.nl"):
        hashes.clear()
        seen.append(without_secrets(Browser().log_in(address, "verkeerd-geraden-1", **headers)))
        cost.append(len(hashes))
    assert seen[0] == seen[1]
    assert cost[0] == cost[1] == 1
    assert mailoutbox == []
    assert LoginEvent.objects.count() == 2  # a row is written in both cases


@pytest.mark.parametrize("headers", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}])
def test_password_reset_tells_nothing_about_an_address(mailoutbox, headers):
    UserFactory(email="bekend@example.nl", password=PASSWORD)
    reset = reverse("account_reset_password")
    answers = [
        without_secrets(Browser().post(reset, {"email": address}, **headers))
        for address in ("bekend@example.nl", "vreemd@example.nl")
    ]
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [["bekend@example.nl"], ["vreemd@example.nl"]]
    assert mailoutbox[0].subject == mailoutbox[1].subject


def test_a_closed_account_gets_the_answer_of_an_unknown_address(mailoutbox):
    UserFactory(email="bekend@example.nl", is_active=False)
    Browser().post(reverse("account_reset_password"), {"email": "bekend@example.nl"})
    assert "geen account" in mailoutbox[0].body


# --- the only way in ---------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}])
def test_nobody_signs_up(visitor, member, headers):
    signup = reverse("account_signup")
    assert "Account op uitnodiging" in visitor.get(signup).content.decode()
    before = User.objects.count()
    for email in ("nieuw@example.nl", member.email):
        answer = visitor.post(signup, {"email": email, "password1": PASSWORD}, **headers)
        assert "Account op uitnodiging" in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("demo", [True, False])
def test_people_of_the_demo_exist_in_the_demo_only(visitor, member, settings, demo):
    settings.CWN_DEMO = True
    User.objects.update(is_fictional=True)
    visitor.log_in(member.email)
    settings.CWN_DEMO = demo
    assert (PortalBackend().get_user(member.pk) is not None) is demo
    assert (authenticate(email=member.email, password=PASSWORD) is not None) is demo
