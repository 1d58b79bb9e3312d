"""Word partner: from the check to the first log-in, and what strangers try with a public form."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cwn.core.enums import CwnFunction, Ownership
from functions.base.reference import load_charters
from partners.enums import ApplicationState, PartnerStatus
from partners.models import Application, DuplicateCandidate, Organisation
from partners.tasks import purge_applications
from tests.factories.accounts import UserFactory
from tests.factories.partners import (
    ApplicationFactory,
    KindFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db

FORM = "/meedoen/aanmelden/"


@pytest.fixture
def filled_in() -> dict:
    """What somebody types who does everything right."""
    return {
        "name": "Vereniging van Vuurtorens",
        "kinds": [KindFactory(slug="brancheorganisatie").slug],
        "ownership": Ownership.PRIVATE,
        "regions": [RegionFactory(slug="zeeland").slug],
        "sectors": [SectorFactory(slug="vervoer").slug],
        "website": "vuurtorens.example",
        "kvk_number": "12345678",
        "functions": [CwnFunction.TRAINING, CwnFunction.INFORMATION_SHARING],
        "motivation": "Wij willen oefenen.",
        "applicant_name": "Vera Vuur",
        "applicant_email": "Vera@Vuurtorens.example",
        "applicant_phone": "+31 118 123 456",
        "consent": "on",
    }


def link_in(message) -> str:
    """Return the path of the only link with a token in a mail."""
    return re.search(r"https?://[^/\s]+(/meedoen/bevestigen/\S+)", message.body).group(1)


def apply(client: Client, data: dict, mails, capture) -> str:
    """Send the form and return the path in the mail."""
    with capture(execute=True):
        assert client.post(FORM, data).status_code == 302
    return link_in(mails[-1])


# --- the check -------------------------------------------------------------------------------------------
def test_the_check_explains_and_can_be_shared(client, settings):
    load_charters()
    address = "/meedoen/?reaches_others=ja&can_forward=ja&confidentiality=nee&lawful_processing=ja&onzin=ja"
    page = client.get(address).content.decode()
    assert "Past nog niet" in page
    assert "Maak daarover eerst afspraken in uw organisatie" in page
    assert re.search(r'name="confidentiality" value="nee"[^>]* checked', page)
    assert client.get(address).content.decode() == page
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert "csrf" not in client.cookies


def test_without_answers_there_is_no_verdict(client):
    load_charters()
    page = client.get("/meedoen/?reaches_others=misschien").content.decode()
    assert 'id="uitslag"' not in page


def test_the_page_stands_in_an_empty_portal(client):
    assert client.get("/meedoen/").status_code == 200
    assert client.get(FORM).status_code == 200


def test_functions_that_fit_are_chosen_in_the_form_and_the_answers_are_kept(
    client, filled_in, mailoutbox, django_capture_on_commit_callbacks
):
    load_charters()
    query = "?reaches_others=ja&can_forward=ja&confidentiality=ja&lawful_processing=ja"
    page = client.get(FORM + query).content.decode()
    assert re.search(r'value="informatiedeling"[^>]* checked', page)
    assert not re.search(r'value="incidentafhandeling"[^>]* checked', page)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(FORM + query, filled_in)
    assert Application.objects.get().answers["can_forward"] == "ja"


# --- the form --------------------------------------------------------------------------------------------
def test_from_form_to_task(client, filled_in, mailoutbox, django_capture_on_commit_callbacks):
    link = apply(client, filled_in, mailoutbox, django_capture_on_commit_callbacks)
    application = Application.objects.get()
    assert application.state == ApplicationState.UNCONFIRMED
    assert application.organisation.status == PartnerStatus.PROSPECT
    assert application.organisation.website == "https://vuurtorens.example"
    assert application.applicant_email == "vera@vuurtorens.example"
    assert not Application.objects.waiting().exists()
    assert link.split("/")[-2] not in application.token_hash

    page = client.get(link)
    assert "Vereniging van Vuurtorens" in page.content.decode()
    assert Application.objects.get().state == ApplicationState.UNCONFIRMED

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(link)
    assert "is bevestigd" in done.content.decode()
    assert Application.objects.waiting().get() == application
    assert len(mailoutbox) == 2
    again = client.post(link)
    assert "is bevestigd" in again.content.decode()


def test_mail_is_made_for_people_and_machines(
    client, filled_in, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.SITE_URL = "https://cwn.example"
    data = filled_in | {"name": "Win nu http://kwaad.example", "applicant_name": "Klik kwaad.example"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(FORM, data, headers={"host": "localhost"})
    (message,) = mailoutbox
    assert message.to == ["vera@vuurtorens.example"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "https://cwn.example/meedoen/bevestigen/" in message.body
    (html,) = message.alternatives
    assert '<a href="https://cwn.example/meedoen/bevestigen/' in html.content
    assert "<img" not in html.content
    # A stranger must not be able to mail own words to somebody else.
    assert "kwaad" not in message.subject + message.body + html.content


@pytest.mark.parametrize("agent", ["Mozilla/5.0", "Outlook-Safelinks", "GoogleImageProxy", "curl/8"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_link_scanner_confirms_nothing(
    client, filled_in, mailoutbox, django_capture_on_commit_callbacks, method, agent
):
    link = apply(client, filled_in, mailoutbox, django_capture_on_commit_callbacks)
    getattr(client, method)(link, headers={"user-agent": agent, "purpose": "prefetch"})
    assert Application.objects.get().state == ApplicationState.UNCONFIRMED


def test_forms_need_a_csrf_token(filled_in, mailoutbox, django_capture_on_commit_callbacks):
    strict = Client(enforce_csrf_checks=True)
    link = apply(Client(), filled_in, mailoutbox, django_capture_on_commit_callbacks)
    assert strict.post(FORM, filled_in).status_code == 403
    assert strict.post(link).status_code == 403


def test_nothing_typed_is_lost(client, filled_in):
    page = client.post(FORM, filled_in | {"kvk_number": "12", "applicant_email": "vera@"}).content.decode()
    assert 'href="#id_kvk_number"' in page
    assert 'value="Vereniging van Vuurtorens"' in page
    assert "Wij willen oefenen." in page
    assert re.search(r'value="zeeland"[^>]* checked', page)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "Regel\r\nBcc: x@example.nl"},
        {"website": "javascript:alert(1)"},
        {"website": "ftp://vuurtorens.example"},
        {"kinds": ["bestaat-niet"]},
        {"regions": ["' OR 1=1 --"]},
        {"functions": ["onzin"]},
        {"ownership": "x"},
        {"applicant_email": "vera@vuurtorens.example\nbcc:x@example.nl"},
        {"applicant_phone": "bel mij"},
        {"consent": ""},
        {"motivation": "x" * 2001},
    ],
)
def test_bad_input_is_refused_in_words(client, filled_in, bad):
    response = client.post(FORM, filled_in | bad)
    assert response.status_code == 200
    assert "Dit klopt nog niet" in response.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("field", ["name", "kinds", "regions", "functions", "ownership", "applicant_email", "nickname"])
def test_text_that_no_database_can_hold_is_refused(client, filled_in, field):
    """The test client sends multipart, which is how such bytes get past a check of plain forms."""
    assert client.post(FORM, filled_in | {field: "a\x00b"}).status_code in (200, 302, 400)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "extra",
    [
        {"status": "partner"},
        {"slug": "ncsc"},
        {"is_fictional": "on"},
        {"partner_since": "2020-01-01"},
        {"state": "nieuw"},
    ],
)
def test_extra_fields_are_ignored(client, filled_in, extra, mailoutbox):
    client.post(FORM, filled_in | extra)
    organisation = Organisation.objects.get()
    assert organisation.status == PartnerStatus.PROSPECT
    assert organisation.slug.startswith("aanmelding-")
    assert not organisation.is_fictional
    assert Application.objects.get().state == ApplicationState.UNCONFIRMED


# --- what strangers try ----------------------------------------------------------------------------------
def test_a_machine_that_fills_in_the_trap_is_thanked_and_forgotten(client, filled_in, mailoutbox):
    response = client.post(FORM, filled_in | {"nickname": "bot"})
    assert response.url == reverse("application_sent")
    assert not Organisation.objects.exists()


def test_the_answer_does_not_tell_who_is_known(client, filled_in, mailoutbox, django_capture_on_commit_callbacks):
    member = MembershipFactory(user=UserFactory(email="bekend@vuurtorens.example"))
    member.organisation.kvk_number = "12345678"
    member.organisation.name = filled_in["name"]
    member.organisation.save()
    answers = []
    for email in ("bekend@vuurtorens.example", "nieuw@anders.example", "nieuw@anders.example"):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(FORM, filled_in | {"applicant_email": email}, follow=True)
        answers.append((response.status_code, response.redirect_chain, response.content))
    assert answers[0] == answers[1] == answers[2]
    assert [message.to[0] for message in mailoutbox] == ["bekend@vuurtorens.example", "nieuw@anders.example"]


def test_one_address_gets_one_mail_in_ten_minutes(client, filled_in, mailoutbox, django_capture_on_commit_callbacks):
    spellings = ["vera@vuurtorens.example", "VERA@vuurtorens.example", "vera@VUURTORENS.example"]
    with django_capture_on_commit_callbacks(execute=True):
        for spelling in spellings:
            client.post(FORM, filled_in | {"applicant_email": spelling})
    assert len(mailoutbox) == 1
    assert Application.objects.count() == 1


def test_one_network_applies_twenty_times_an_hour(client, filled_in, mailoutbox):
    for number in range(20):
        assert client.post(FORM, filled_in | {"applicant_email": f"p{number}@x.example"}).status_code == 302
    refused = client.post(
        FORM, filled_in | {"applicant_email": "p20@x.example"}, headers={"x-forwarded-for": "203.0.113.9"}
    )
    assert refused.status_code == 429
    assert 'value="p20@x.example"' in refused.content.decode()
    assert Application.objects.count() == 20
    elsewhere = client.post(FORM, filled_in | {"applicant_email": "p21@x.example"}, REMOTE_ADDR="203.0.113.7")
    assert elsewhere.status_code == 302


def test_a_prospect_is_public_nowhere(client, filled_in, mailoutbox):
    client.post(FORM, filled_in)
    organisation = Organisation.objects.get()
    assert client.get(organisation.get_absolute_url()).status_code == 404
    assert filled_in["name"] not in client.get("/?q=vuurtorens").content.decode()


def test_a_duplicate_is_told_to_coordinators_only(client, filled_in, mailoutbox, django_capture_on_commit_callbacks):
    known = OrganisationFactory(name="Vereniging van Vuurtorens", kvk_number="12345678")
    link = apply(client, filled_in, mailoutbox, django_capture_on_commit_callbacks)
    assert not DuplicateCandidate.objects.exists()
    page = client.post(link).content.decode()
    assert "dubbel" not in page
    candidate = DuplicateCandidate.objects.get()
    assert known in (candidate.first, candidate.second)
    assert "KvK-nummer" in candidate.reasons


# --- time ------------------------------------------------------------------------------------------------
def test_a_link_works_for_seven_days_and_then_all_is_gone(
    client, filled_in, mailoutbox, django_capture_on_commit_callbacks
):
    with time_machine.travel("2026-03-20 12:00:00+00:00", tick=False) as clock:
        link = apply(client, filled_in, mailoutbox, django_capture_on_commit_callbacks)
        clock.shift(timedelta(days=7, seconds=-1))
        assert client.get(link).status_code == 200
        assert purge_applications() == 0
        clock.shift(timedelta(seconds=1))
        late = client.post(link)
        assert late.status_code == 410
        assert "werkt niet meer" in late.content.decode()
        assert purge_applications() == 1
        assert purge_applications() == 0
    assert not Organisation.objects.exists()


def test_purging_keeps_what_was_confirmed():
    kept = ApplicationFactory()
    Application.objects.filter(pk=kept.pk).update(created_at=timezone.now() - timedelta(days=30))
    assert purge_applications() == 0
    assert Application.objects.get() == kept


@pytest.mark.parametrize("token", ["x", "a" * 43, "%F0%9F%98%80", "-" * 300])
def test_an_unknown_link_says_so(client, token):
    response = client.post(f"/meedoen/bevestigen/{token}/")
    assert response.status_code == 410
