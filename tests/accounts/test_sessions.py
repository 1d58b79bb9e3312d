"""How long a log-in lasts (security.md C10), and what ends it at once (A04)."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cwn.accounts import sessions
from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES, synchronise_roles
from cwn.core.visibility import PUBLIC, principals_of
from partners.enums import PartnerStatus
from tests.accounts.browser import Browser, code_of
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def still_in_after(browser: Browser, *, every: timedelta, total: timedelta) -> bool:
    """Click now and then for a while, and tell whether the browser is still logged in."""
    begin, passed = timezone.now(), timedelta()
    while passed < total:
        passed = min(passed + every, total)
        with time_machine.travel(begin + passed):
            if browser.user is None:
                return False
    return True


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_half_an_hour_without_a_click_ends_a_log_in(visitor, member, minutes, stays):
    visitor.log_in(member.email)
    idle = timedelta(minutes=minutes)
    assert still_in_after(visitor, every=idle, total=idle) is stays


@pytest.mark.parametrize(("hours", "stays"), [(11.9, True), (12.1, False)])
def test_a_member_logs_in_again_after_twelve_hours(visitor, member, hours, stays):
    visitor.log_in(member.email)
    assert still_in_after(visitor, every=timedelta(minutes=28), total=timedelta(hours=hours)) is stays


@pytest.mark.parametrize(("hours", "stays"), [(7.9, True), (8.1, False)])
def test_a_coordinator_logs_in_again_after_eight_hours(visitor, coordinator, hours, stays):
    visitor.log_in(coordinator.email)
    visitor.show_code(code_of())
    assert still_in_after(visitor, every=timedelta(minutes=28), total=timedelta(hours=hours)) is stays


def test_the_strictest_role_counts():
    synchronise_roles()
    user = UserFactory()
    user.groups.set(user.groups.model.objects.filter(name__in=[role.slug for role in GROUP_ROLES]))
    assert sessions.hours_for(user) == 8
    assert sessions.hours_for(UserFactory(is_superuser=True)) == 8
    assert sessions.hours_for(UserFactory()) == 12


def test_the_reader_is_told_why(visitor, member):
    visitor.log_in(member.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "langer dan 30 minuten niet actief" in visitor.get("/account/", follow=True).content.decode()


def test_reading_does_not_write_the_session_each_time(visitor, member, django_assert_num_queries):
    visitor.log_in(member.email)
    visitor.get("/account/")
    before = visitor.session[sessions.SEEN]
    visitor.get("/account/")
    assert visitor.session[sessions.SEEN] == before


# --- what ends it at once ----------------------------------------------------------------------------
def test_log_out_elsewhere_keeps_this_browser_and_ends_the_others(visitor, member):
    other = Browser()
    other.log_in(member.email)
    visitor.log_in(member.email)
    visitor.post(reverse("log_out_elsewhere"))
    assert visitor.user == member
    assert other.user is None


def test_a_new_password_ends_the_other_sessions(visitor, member):
    other = Browser()
    other.log_in(member.email)
    visitor.log_in(member.email)
    new = "een-nieuw-lang-wachtwoord-7"
    visitor.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert visitor.user == member
    assert other.user is None


def test_a_log_in_starts_a_session_of_its_own(visitor, member):
    visitor.get(reverse("account_login"))
    visitor.log_in("vreemd@example.nl")
    planted = visitor.session.session_key
    visitor.log_in(member.email)
    assert visitor.session.session_key != planted


def test_old_keys_keep_sessions_alive(visitor, member, settings):
    visitor.log_in(member.email)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "een andere sleutel", [settings.SECRET_KEY]
    assert visitor.user == member


@pytest.mark.parametrize("what", ["suspended", "left", "closed"])
def test_who_is_out_is_a_visitor_for_all_data_from_the_next_request(visitor, member, what):
    visitor.log_in(member.email)
    assert len(principals_of(visitor.user)) > 2
    membership = member.memberships.get()
    if what == "suspended":
        membership.organisation.status = PartnerStatus.SUSPENDED
        membership.organisation.save()
    elif what == "left":
        membership.ended_at = timezone.now()
        membership.save()
    else:
        User.objects.update(is_active=False)
    request = visitor.get("/").wsgi_request
    assert principals_of(request.user) <= {PUBLIC, f"user:{member.pk}"}


# --- cookies -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/", "/partners/", "/account/signup/", "/account/password/reset/done/"])
def test_a_visitor_gets_no_cookie_for_reading(visitor, address):
    assert not visitor.get(address).cookies


def test_cookies_of_production_stay_on_one_host_and_on_tls():
    show = """
from django.conf import settings
for cookie in ("SESSION", "CSRF"):
    print(*(getattr(settings, f"{cookie}_COOKIE_{part}") for part in
            ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")))
"""
    local = ("DEBUG", "CWN_DEMO", "ON_LOOPBACK")
    production = {name: value for name, value in os.environ.items() if name not in local}
    production |= {"DJANGO_SETTINGS_MODULE": "cwn.settings", "SITE_URL": "https://cwn.voorbeeld.nl"}
    run = subprocess.run([sys.executable, "-c", show], env=production, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["__Host-sessie True True Lax / None", "__Host-csrf True True Lax / None"]
