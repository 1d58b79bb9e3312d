"""What the portal mails about an account (security.md C14, I05)."""

import re

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse

from cwn.accounts.models import User
from tests.accounts.browser import Browser
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"SERVER_NAME": "localhost", "SERVER_PORT": "4443"},
    ],
)
def test_a_reset_link_leads_to_the_site_whatever_the_request_says(visitor, member, settings, headers):
    settings.SITE_URL = "https://cwn.voorbeeld.nl"
    visitor.post(reverse("account_reset_password"), {"email": member.email}, **headers)
    message = mail.outbox[0]
    links = [word for word in message.body.split() if "://" in word]
    assert [link.startswith("https://cwn.voorbeeld.nl/account/password/reset/key/") for link in links] == [True]
    assert "localhost" not in message.body + message.alternatives[0].content
    assert "evil" not in message.body


def test_another_host_is_refused(visitor, member):
    answer = visitor.post(reverse("account_reset_password"), {"email": member.email}, HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert mail.outbox == []


def test_a_reset_link_works_once(visitor, member):
    visitor.post(reverse("account_reset_password"), {"email": member.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = visitor.get(link, follow=True)
    new = "een-nieuw-lang-wachtwoord-7"
    visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert "werkt niet meer" in Browser().get(link, follow=True).content.decode()


def test_people_hear_of_a_new_password_in_their_own_language(visitor, member):
    visitor.log_in(member.email)
    User.objects.update(language="en")
    new = "een-nieuw-lang-wachtwoord-7"
    visitor.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert mail.outbox[0].to == [member.email]
    assert mail.outbox[0].extra_headers["Content-Language"] == "en"


def test_no_text_of_a_strangers_browser_stands_in_a_mail(visitor, member):
    visitor.log_in(member.email)
    new = "een-nieuw-lang-wachtwoord-7"
    visitor.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        HTTP_USER_AGENT="bel https://evil.example voor hulp",
    )
    assert "evil" not in mail.outbox[0].body
    assert "127.0.0.1" not in mail.outbox[0].body


def test_a_mail_server_that_is_down_breaks_no_page_and_tells_nothing(visitor, member, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = [
        visitor.post(reverse("account_reset_password"), {"email": email})
        for email in (member.email, "vreemd@example.nl")
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert "mail_not_sent" in caplog.text
    assert member.email not in caplog.text


# --- another address ---------------------------------------------------------------------------------
def test_another_address_holds_once_its_owner_confirms(visitor, member):
    visitor.log_in(member.email)
    visitor.post(reverse("account_email"), {"email": "Nieuw@Example.NL", "action_add": "1"})
    member.refresh_from_db()
    assert member.email == "petra@example.nl"
    assert mail.outbox[0].to == ["nieuw@example.nl"]
    link = next(word for word in mail.outbox[0].body.split() if "/confirm-email/" in word)
    visitor.get(link)
    member.refresh_from_db()
    assert member.email == "petra@example.nl"
    visitor.post(link)
    member.refresh_from_db()
    assert member.email == "nieuw@example.nl"
    assert mail.outbox[1].to == ["petra@example.nl"]  # the old address hears of it


def test_an_address_of_somebody_else_is_not_told_apart(visitor, member, coordinator):
    visitor.log_in(member.email)
    answers = [
        visitor.post(reverse("account_email"), {"email": email, "action_add": "1"})
        for email in (coordinator.email, "vreemd@example.nl")
    ]
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/account/email/")] * 2


def test_with_a_second_factor_the_address_stays(cast):
    browser = cast.client("coord")
    html = browser.get(reverse("account_email")).content.decode()
    assert "kunt u het adres niet zelf wijzigen" in html
    browser.post(reverse("account_email"), {"email": "nieuw@example.nl", "action_add": "1"})
    assert not cast["coord"].emailaddress_set.filter(email="nieuw@example.nl").exists()


def test_only_addresses_of_the_portal_become_links(settings):
    settings.SITE_URL = "https://cwn.voorbeeld.nl"
    text = (
        "https://cwn.voorbeeld.nl/mijn/?a=1&b=<\nhttps://cwn.voorbeeld.nl.evil.example/ www.evil.example a@evil.example"
    )
    html = render_to_string("email/page.html", {"text": text, "subject": "", "language": "nl"})
    assert re.findall(r'href="([^"]*)"', html) == ["https://cwn.voorbeeld.nl/mijn/?a=1&amp;b=&lt;"]
