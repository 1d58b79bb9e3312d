"""Pages that machines ask for: health, brand stylesheet, site map, robots, security.txt."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from hypothesis import given
from hypothesis import strategies as st

from cwn.portal import brand
from cwn.portal.models import Brand, Question
from cwn.portal.palette import BAND_INK, DARK_GROUNDS, ENOUGH, LIGHT_GROUNDS, contrast, theme
from cwn.search import journal
from partners.enums import PartnerStatus
from tests.factories.partners import InitiativeFactory, OrganisationFactory

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


# --- health ------------------------------------------------------------------------------------------
def test_a_living_process_says_so_without_asking_anybody(client):
    assert client.get("/gezond/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_ready_process_has_everything(client):
    response = client.get("/gezond/klaar")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_without_cache_a_process_is_not_ready(client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}}
    response = client.get("/gezond/klaar")
    assert (response.status_code, response.json()) == (503, {"status": "niet klaar"})
    assert client.get("/gezond/live").status_code == 200


@pytest.mark.django_db
def test_with_a_migration_missing_a_process_is_not_ready(client):
    MigrationRecorder(connection).record_unapplied("portal", "0001_initial")
    assert client.get("/gezond/klaar").status_code == 503


@pytest.mark.django_db
def test_with_a_newer_database_a_process_is_still_ready(client):
    MigrationRecorder(connection).record_applied("portal", "9999_of_the_next_release")
    assert client.get("/gezond/klaar").status_code == 200


def test_without_database_a_process_is_not_ready(client):
    # No mark: pytest-django refuses the database, which is how a database that is away looks to the check.
    assert client.get("/gezond/klaar").status_code == 503
    assert client.get("/gezond/live").status_code == 200


# --- brand -------------------------------------------------------------------------------------------
@given(COLOURS, COLOURS)
def test_any_colour_becomes_a_theme_that_can_be_read(light, dark):
    values = dict(re.findall(r"--cwn-([a-z-]+):light-dark\(([^)]+)\)", theme(light, dark)))
    day, night = values["brand"].split(",")
    assert all(contrast(day, ground) >= ENOUGH for ground in LIGHT_GROUNDS)
    assert all(contrast(night, ground) >= ENOUGH for ground in DARK_GROUNDS)
    for name in ("brand-soft", "brand-ink"):
        soft_day, soft_night = values[name].split(",")
        assert contrast(day, soft_day) >= ENOUGH
        assert contrast(night, soft_night) >= ENOUGH
    assert all(contrast(BAND_INK, ground) >= ENOUGH for ground in values["band"].split(","))


@pytest.mark.django_db
def test_the_standard_brand_needs_no_stylesheet_of_its_own(client):
    page = client.get("/privacy/").content.decode()
    assert "huisstijl.css" not in page
    assert "Cyberweerbaarheidsnetwerk" in page


@pytest.mark.django_db
def test_a_brand_shows_on_every_page_and_may_be_kept_by_version(client):
    brand.remember_brand(Brand.objects.create(name="Schildnet", short_name="SN", tagline="Samen", colour="#aa0000"))
    page = client.get("/privacy/").content.decode()
    assert "Schildnet" in page
    assert "Samen" in page
    address = re.search(r'href="(/huisstijl\.css\?v=[0-9a-f]+)"', page)[1]
    response = client.get(address)
    assert "#aa0000" in response.content.decode()
    assert "immutable" in response["Cache-Control"]
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.get("/huisstijl.css")["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_a_changed_brand_is_seen_as_soon_as_the_index_looks(client):
    client.get("/")
    assert brand.current_brand().name == "Cyberweerbaarheidsnetwerk"
    Brand.objects.create(name="Schildnet")
    journal.synchronise()
    assert brand.current_brand().name == "Schildnet"


@pytest.mark.django_db
def test_the_brand_costs_no_question_once_known(django_assert_num_queries):
    brand.current_brand()
    with django_assert_num_queries(0):
        brand.current_brand()


# --- for search engines and researchers --------------------------------------------------------------
@pytest.mark.django_db
def test_the_site_map_names_public_pages_only(client, settings):
    for status in PartnerStatus:
        OrganisationFactory(slug=f"is-{status.value}", status=status)
    InitiativeFactory(slug="plan")
    Question.objects.create(slug="weg", question="Weg?", answer="Ja", topic="x", state="ingetrokken")
    sections = [address.removeprefix("http://testserver") for address in _addresses(client, "/sitemap.xml")]
    found = {address for section in sections for address in _addresses(client, section)}
    assert f"{settings.SITE_URL}/partners/is-partner/" in found
    assert f"{settings.SITE_URL}/en/partners/is-geraadpleegd/" in found
    assert f"{settings.SITE_URL}/initiatieven/plan/" in found
    hidden = ("is-prospect", "is-kandidaat", "is-geschorst", "is-voormalig", "/vragen/weg/")
    assert not [address for address in found if any(word in address for word in hidden)]


def _addresses(client, path: str) -> list[str]:
    return [place.text for place in fromstring(client.get(path).content).findall(".//{*}loc")]


@pytest.mark.django_db
def test_a_fictional_network_is_closed_to_search_engines(client, settings):
    settings.CWN_DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.CWN_DEMO = False
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in text
    assert "Disallow: /beheer/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


@pytest.mark.django_db
def test_security_txt_says_where_until_when(client, settings):
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines() if "contact/" not in line)
    assert response["Content-Type"].startswith("text/plain")
    assert fields["Contact"] == f"mailto:{settings.CONTACT_EMAIL}"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=100) < left < timedelta(days=366)


@pytest.mark.django_db
def test_machine_pages_set_no_cookie(client):
    for path in ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/gezond/klaar", "/huisstijl.css"):
        assert not client.get(path).cookies, path
