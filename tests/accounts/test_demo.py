"""The demo people and the demo mail: there in demo mode, and at no other time (security.md C16)."""

import importlib
import os
import subprocess
import sys

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import override_settings
from django.urls import clear_url_caches, reverse, set_urlconf

import cwn.accounts.urls
import cwn.urls
from cwn.accounts.demo_people import DEMO_PEOPLE
from cwn.core.visibility import PUBLIC, principals_of
from partners.demo import make_people
from partners.models import Membership
from tests.accounts.browser import Browser, code_of
from tests.factories.partners import OrganisationFactory

SEE_ADDRESSES = """
import django; django.setup()
from django.urls import Resolver404, resolve
from django.utils.translation import activate
for address in ("/account/demo/", "/account/demo/post/", "/account/demo/post/x/", "/en/account/demo/"):
    activate("en" if address.startswith("/en/") else "nl")
    try:
        print(address, resolve(address).url_name)
    except Resolver404:
        print(address, "-")
"""


def addresses(**environment: str) -> list[str]:
    """Start the portal with other settings and return which demo addresses it has."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "CWN_DEMO", "ON_LOOPBACK")}
    values = {**kept, "DJANGO_SETTINGS_MODULE": "cwn.settings", **environment}
    run = subprocess.run([sys.executable, "-c", SEE_ADDRESSES], env=values, capture_output=True, text=True, check=True)
    return [line.split()[1] for line in run.stdout.splitlines()]


@pytest.mark.parametrize("environment", [{}, {"CWN_DEMO": "0", "DEBUG": "1"}], ids=["production", "debug"])
def test_outside_the_demo_the_addresses_do_not_exist(environment):
    assert addresses(**environment) == ["-", "-", "-", "-"]


def test_in_the_demo_they_exist():
    assert addresses(CWN_DEMO="1") == ["demo_login", "demo_mail", "demo_mail_detail", "demo_login"]


# --- in demo mode ------------------------------------------------------------------------------------
@pytest.fixture
def demo(db, settings, tmp_path):
    """The portal as it is in demo mode, with its people."""
    settings.DEMO_PASSWORD, settings.DEMO_TOTP_SECRET = "demo-wachtwoord-123", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    settings.EMAIL_FILE_PATH = str(tmp_path / "post")
    for slug in sorted({person.organisation for person in DEMO_PEOPLE} - {""}):
        OrganisationFactory(slug=slug, status="geschorst" if slug == "beheerhuis-hagelmonde" else "partner")
    make_people()
    with override_settings(CWN_DEMO=True):
        read_addresses_again()
        yield
    read_addresses_again()


def read_addresses_again() -> None:
    """Make the site map anew, for the settings of this moment."""
    importlib.reload(cwn.accounts.urls)
    importlib.reload(cwn.urls)
    clear_url_caches()
    set_urlconf(None)


def become(principal: str) -> Browser:
    browser = Browser()
    browser.post(reverse("demo_login"), {"persoon": principal})
    return browser


def test_the_page_lists_everybody(visitor, demo):
    html = visitor.get(reverse("demo_login")).content.decode()
    for person in DEMO_PEOPLE:
        assert person.email in html
        assert f'value="{person.principal}"' in html
    for membership in Membership.objects.select_related("organisation"):
        assert membership.organisation.name in html


@pytest.mark.parametrize(
    "person", [person for person in DEMO_PEOPLE if person.has_second_factor], ids=lambda p: p.principal
)
def test_one_click_logs_in_with_the_second_factor(demo, person):
    user = become(person.principal).user
    assert user.email == person.email
    assert user.is_trusted
    assert become(person.principal).get("/").status_code == 200


@pytest.mark.parametrize("principal", ["ex", "sus"])
def test_who_is_out_is_a_visitor_for_data(demo, principal):
    user = become(principal).user
    assert principals_of(user) <= {PUBLIC, f"user:{user.pk}"}


def test_noud_has_shown_his_password_and_nothing_more(demo):
    browser = become("nomfa")
    answer = browser.get("/")
    assert answer.headers["Location"] == reverse("mfa_index")
    assert principals_of(answer.wsgi_request.user) == {PUBLIC}


def test_a_coordinator_enters_the_admin(demo):
    assert become("coord").get("/beheer/").status_code == 200


def test_becoming_somebody_else_leaves_nothing_of_the_first(demo):
    browser = become("coord")
    browser.post(reverse("demo_login"), {"persoon": "mem"})
    assert browser.user.email == "mem@demo.example"
    assert browser.get("/beheer/").status_code == 404


def test_looking_at_the_page_logs_nobody_in(visitor, demo):
    visitor.get(reverse("demo_login"), {"persoon": "coord"})
    assert visitor.user is None


@pytest.mark.parametrize("persoon", ["", "sub", "anon", "coord@demo.example", "\N{SNOWMAN}"])
def test_an_unknown_person_is_not_found(visitor, demo, persoon):
    assert visitor.post(reverse("demo_login"), {"persoon": persoon}).status_code == 404


def test_a_real_person_cannot_be_chosen(visitor, demo, coordinator):
    coordinator.emailaddress_set.all().delete()
    type(coordinator).objects.filter(email="coord@demo.example").update(is_fictional=False)
    assert visitor.post(reverse("demo_login"), {"persoon": "coord"}).status_code == 404


def test_the_printed_password_and_code_work_too(visitor, demo, settings):
    visitor.log_in("coord@demo.example", settings.DEMO_PASSWORD)
    visitor.show_code(code_of(settings.DEMO_TOTP_SECRET))
    assert visitor.user.email == "coord@demo.example"


# --- demo mail ---------------------------------------------------------------------------------------
@pytest.fixture
def post(demo, settings):
    """The mail goes to files, as in demo mode."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


def test_mail_is_listed_newest_first_and_its_links_work(visitor, post):
    for email in ("mem@demo.example", "rep@demo.example"):
        visitor.post(reverse("account_reset_password"), {"email": email})
    listed = visitor.get(reverse("demo_mail"))
    assert [letter.to for letter in listed.context["mails"]] == ["rep@demo.example", "mem@demo.example"]
    letter = visitor.get(reverse("demo_mail_detail", args=[listed.context["mails"][0].key])).content.decode()
    assert 'href="http://localhost:8000/account/password/reset/key/' in letter


def test_several_mails_over_one_connection_are_all_there(visitor, post):
    with mail.get_connection() as connection:
        for number in range(3):
            EmailMessage(f"Bericht {number}", f"Tekst {number}\n", to=["a@b.example"], connection=connection).send()
    listed = visitor.get(reverse("demo_mail")).context["mails"]
    assert [letter.subject for letter in listed] == ["Bericht 2", "Bericht 1", "Bericht 0"]
    assert len({letter.key for letter in listed}) == 3


def test_what_a_mail_says_is_text(visitor, post):
    attack = "<script>alert(1)</script> javascript:alert(1) <img src=x onerror=alert(1)>"
    EmailMessage(attack, f"{attack}\nhttps://cwn.example/?a=1&b=2\n", to=["a@b.example"]).send()
    key = visitor.get(reverse("demo_mail")).context["mails"][0].key
    for page in (reverse("demo_mail"), reverse("demo_mail_detail", args=[key])):
        html = visitor.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


@pytest.mark.parametrize("key", ["weg", "..", "20260101-000000-1-0"])
def test_no_other_file_is_shown(visitor, post, key):
    assert visitor.get(f"/account/demo/post/{key}/").status_code == 404


def test_without_mail_the_page_says_so(visitor, demo):
    assert "nog geen mail" in visitor.get(reverse("demo_mail")).content.decode()
