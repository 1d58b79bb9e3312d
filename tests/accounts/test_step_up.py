"""Showing again who one is before what cannot be undone (security.md C11)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.accounts import step_up_urls
from tests.accounts.browser import Browser, code_of
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.step_up_urls")]
PAGE = "/onherroepelijk/"
LATER = timedelta(minutes=15, seconds=1)


@pytest.fixture
def done() -> list[str]:
    """What was done in this test."""
    step_up_urls.done.clear()
    return step_up_urls.done


@pytest.fixture
def inside(coordinator) -> Browser:
    """A browser in which Coby just logged in."""
    browser = Browser()
    browser.log_in(coordinator.email)
    browser.show_code(code_of())
    return browser


def test_just_after_log_in_nothing_is_asked(inside, done):
    assert inside.post(PAGE, {"what": "verzonden"}).content == b"gedaan"
    assert done == ["verzonden"]


@pytest.mark.parametrize("method", ["get", "post", "head", "options"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "GET"},
        {"content_type": "application/json"},
        {"HTTP_HX_REQUEST": "true"},
    ],
    ids=lambda headers: next(iter(headers), "plain"),
)
def test_after_fifteen_minutes_nothing_gets_around_the_question(inside, done, method, headers):
    if method == "get":
        headers = {name: value for name, value in headers.items() if name != "content_type"}
    with time_machine.travel(timezone.now() + LATER):
        answer = getattr(inside, method)(PAGE, **headers)
    to = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    assert to.startswith(reverse("account_reauthenticate"))
    assert done == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_nothing_at_all(inside, done, method):
    assert getattr(inside, method)(PAGE).status_code == 405
    assert done == []


def test_a_visitor_is_sent_to_log_in(visitor, done):
    assert visitor.post(PAGE).headers["Location"].startswith(reverse("account_login"))
    assert done == []


def test_after_the_password_what_was_asked_goes_on(inside, done):
    with time_machine.travel(timezone.now() + LATER):
        asked = inside.post(PAGE, {"what": "verzonden"})
        answer = inside.post(asked.headers["Location"], {"password": PASSWORD, "next": PAGE})
        assert answer.content == b"gedaan"
        assert done == ["verzonden"]
        inside.post(PAGE, {"what": "nog een keer"})
        assert done == ["verzonden", "nog een keer"]


def test_a_wrong_password_stops_it(inside, done):
    with time_machine.travel(timezone.now() + LATER):
        asked = inside.post(PAGE, {"what": "verzonden"})
        answer = inside.post(asked.headers["Location"], {"password": "verkeerd-geraden-1", "next": PAGE})
    assert "Dit wachtwoord klopt niet." in answer.content.decode()
    assert done == []


def test_a_code_will_do_as_well(inside, done):
    with time_machine.travel(timezone.now() + LATER, tick=False):
        inside.post(PAGE, {"what": "verzonden"})
        inside.post(reverse("mfa_reauthenticate"), {"code": code_of(), "next": PAGE})
    assert done == ["verzonden"]


@pytest.mark.parametrize("way", ["account_reauthenticate", "mfa_reauthenticate"])
def test_each_way_has_a_form_of_its_own(inside, way):
    assert f'action="{reverse(way)}"' in inside.get(reverse(way)).content.decode()
