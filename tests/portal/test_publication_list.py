"""Publications on the landing page, on `/informatie/` and in every form of a list (R1, R78; security.md chapter 3)."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from comms.enums import PublicationKind, Tlp, Urgency
from comms.models import Publication
from cwn.core.models import AuditEntry
from tests.cast import Cast
from tests.factories.comms import published
from tests.portal.test_overview import card, links, read

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def library(cast: Cast) -> None:
    """One publication of each label that can be listed, all shared by the port."""
    haven = cast.organisations["havenring"]
    day = datetime(2026, 3, 14, 12, tzinfo=UTC)
    common = {"owner": haven, "urgency": Urgency.INFORMATIVE, "published_at": day}
    published(title="Open bericht", slug="open", **common | {"kind": PublicationKind.ANALYSIS})
    published(title="Groen bericht", slug="groen", tlp=Tlp.GREEN, **common | {"urgency": Urgency.IMMEDIATE})
    published(title="Amber bericht", slug="amber", tlp=Tlp.AMBER, **common)
    published(title="Strikt bericht", slug="strikt", tlp=Tlp.AMBER_STRICT, **common)


def feed_titles(client: Client, address: str) -> set[str]:
    """Return the titles of the entries of a feed."""
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314
    return {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")}


# --- pages -------------------------------------------------------------------------------------------
def test_the_landing_page_shows_publications_beside_everything_else(cast, library):
    html = read(Client(), "/")
    assert "Open bericht" in html
    assert "De Havenring" in html
    assert not re.search("(Groen|Amber|Strikt) bericht", html)
    assert links(read(Client(), "/informatie/"), "Open bericht") == ["/informatie/open/"]
    assert "De Havenring</a>" not in read(Client(), "/informatie/")


def test_a_card_shows_label_urgency_sender_day_and_functions(cast, library):
    html = card(read(cast.client("mem"), "/informatie/"), "Groen bericht")
    assert '<span class="cwn-tlp cwn-tlp--green">TLP:GREEN</span>' in html
    assert '--danger">Direct handelen</span>' in html
    assert '<span class="cwn-card__kind">Kwetsbaarheid</span>' in html
    for fact in (
        "<dt>Van</dt><dd>De Havenring</dd>",
        "<dt>Gepubliceerd</dt><dd>14 maart 2026</dd>",
        "<dt>Functies</dt><dd>Informatiedeling</dd>",
    ):
        assert fact in html


def test_a_corrected_publication_says_so(cast):
    published(title="Beter bericht", version=2, corrected_at=datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert "<dt>Gecorrigeerd</dt><dd>1 april 2026</dd>" in card(read(Client(), "/"), "Beter bericht")


def test_a_card_in_another_language_than_the_page_says_which(cast):
    published(title="Patch now", language="en", summary="Somebody uses it.")
    assert '<a href="/informatie/' in (dutch := card(read(Client(), "/"), "Patch now"))
    assert dutch.count(' lang="en"') == 2
    assert ' lang="' not in card(read(Client(), "/en/"), "Patch now")


def test_the_list_of_information_begins_with_what_is_urgent(cast):
    for title, urgency, days in (("Aardig", Urgency.INFORMATIVE, 0), ("Brand", Urgency.IMMEDIATE, 3)):
        published(title=title, urgency=urgency, published_at=timezone.now() - timedelta(days=days))
    html = read(Client(), "/informatie/")
    assert html.index("Brand</a>") < html.index("Aardig</a>")
    assert re.search(r'aria-current="true">Dringend en nieuw eerst<', html)


def test_kinds_of_publications_are_a_filter_below_their_kind(cast, library):
    html = read(Client(), "/informatie/?soort=analyse")
    assert "1 resultaat" in html
    assert 'name="soort" value="organisatie"' not in html
    assert 'name="soort" value="analyse" id="soort-analyse" checked' in html
    assert "0 resultaten" in read(Client(), "/informatie/?soort=whitepaper")
    landing = read(Client(), "/?soort=analyse")
    assert "1 resultaat" in landing
    assert 'cwn-option--2"><label><input type="checkbox" name="soort" value="analyse"' in landing


def test_a_kind_that_is_not_on_this_page_is_no_filter_there(cast, library):
    count = read(Client(), "/partners/").count("cwn-card__title")
    assert read(Client(), "/partners/?soort=analyse").count("cwn-card__title") == count


def test_what_a_visitor_keeps_is_old_as_soon_as_something_is_withdrawn(cast, library):
    client = Client()
    assert "Open bericht" in read(client, "/")
    assert "Open bericht" in read(client, "/")
    Publication.objects.filter(slug="open").update(status="ingetrokken", withdrawal_reason="Klopt niet.")
    assert "Open bericht" not in read(client, "/")


# --- data --------------------------------------------------------------------------------------------
def test_json_tells_the_label_and_every_facet(cast, library):
    (result,) = Client().get("/informatie.json?soort=analyse").json()["results"]
    assert (result["kind"], result["tlp"], result["url"]) == ("publication", "clear", "/informatie/open/")
    assert result["soort"] == ["analyse", "publicatie"]
    assert (result["doelgroep"], result["fase"]) == (["schakelorganisaties"], ["koud"])
    labels = {row["tlp"] for row in cast.client("mem").get("/informatie.json").json()["results"]}
    assert labels == {"clear", "green", "amber", "amber-strict"}


def test_the_spreadsheet_has_the_label_in_each_row_and_the_strictest_in_its_name(cast, library):
    response = cast.client("mem").get("/informatie.csv")
    rows = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert {row["Titel"]: row["TLP-label"] for row in rows} == {
        "Open bericht": "TLP:CLEAR",
        "Groen bericht": "TLP:GREEN",
        "Amber bericht": "TLP:AMBER",
        "Strikt bericht": "TLP:AMBER+STRICT",
    }
    assert response["Content-Disposition"].endswith('-tlp-amber-strict.csv"')
    assert "tlp" not in Client().get("/informatie.csv")["Content-Disposition"]


def test_a_feed_carries_the_label_and_of_restricted_things_nothing_but_that(cast, library):
    assert feed_titles(Client(), "/informatie.atom") == {"Open bericht"}
    assert feed_titles(cast.client("mem-o"), "/informatie.atom") == {"Open bericht", "TLP:GREEN Groen bericht"}
    assert feed_titles(cast.client("mem"), "/informatie.atom") == {
        "Open bericht", "TLP:GREEN Groen bericht", "TLP:AMBER-bericht", "TLP:AMBER+STRICT-bericht",
    }  # fmt: skip
    assert "Wat er aan de hand is" in Client().get("/informatie.atom").content.decode()


@pytest.mark.parametrize("form", ["json", "csv", "atom"])
def test_who_takes_restricted_things_along_is_written_down(cast, library, form):
    cast.client("mem").get(f"/informatie.{form}")
    restricted = Publication.objects.filter(slug__in=("amber", "strikt")).values_list("pk", flat=True)
    lines = AuditEntry.objects.filter(verb="exported", kind="publication", actor_id=cast["mem"].pk)
    assert sorted(lines.values_list("object_id", flat=True)) == sorted(restricted)
    Client().get(f"/informatie.{form}")
    cast.client("mem-o").get(f"/informatie.{form}")
    assert AuditEntry.objects.filter(verb="exported").count() == 2


# --- found by machines -------------------------------------------------------------------------------
def test_the_site_map_names_public_publications_only(cast, library):
    published(title="Partners eerst", slug="later", public_from=timezone.now() + timedelta(days=1))
    text = cast.client("mem").get("/sitemap-informatie.xml").content.decode()
    assert re.findall(r"<loc>https?://[^/]*([^<]*)</loc>", text) == ["/informatie/open/"]
    published(title="Open message", slug="english", language="en")
    text = Client().get("/sitemap-informatie.xml").content.decode()
    assert "/en/informatie/english/</loc>" in text


def test_suggestions_are_titles_that_the_reader_may_open(cast, library):
    def suggested(client: Client) -> set[str]:
        return {one["label"] for one in client.get("/zoeken/suggesties/?q=beri").json()["suggestions"] if "url" in one}

    assert suggested(Client()) == {"Open bericht"}
    assert suggested(cast.client("mem-o")) == {"Open bericht", "Groen bericht"}
    assert "Amber bericht" in suggested(cast.client("mem"))
