"""The landing page and the list pages as a reader sees them (R1–R12)."""

import re
from html import unescape

import pytest
from django.test import Client

from cwn.portal.models import Question, QuestionState
from partners.enums import InitiativeStatus, PartnerStatus
from tests.factories.partners import InitiativeFactory, OrganisationFactory, RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> None:
    """Two partners in Zeeland, which is on the map, and one in the Kingdom at large."""
    zeeland = RegionFactory(name="Zeeland", slug="zeeland", tile_row=4, tile_column=1)
    care = SectorFactory(name="Zorg", slug="zorg")
    RegionFactory(name="Saba", slug="saba", tile_row=6, tile_column=1)
    OrganisationFactory(name="ISAC Zeehavens", description="Havens delen dreigingen & tips.", regions=[zeeland])
    OrganisationFactory(name="Zorgring", description="Ziekenhuizen oefenen samen.", regions=[zeeland], sectors=[care])
    OrganisationFactory(name="Koepel Digitaal", description="Voor iedereen.")


def read(client: Client, address: str, **headers: str) -> str:
    """Return the HTML of a page that exists."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def links(html: str, pattern: str) -> list[str]:
    """Return the addresses of the links whose opening tag or text matches."""
    anchors = re.findall(r"<a [^>]*>.*?</a>", html, re.DOTALL)
    return [unescape(re.search(r'href="([^"]*)"', one)[1]) for one in anchors if re.search(pattern, one)]


def card(html: str, title: str) -> str:
    """Return the card with this title."""
    (found,) = [one for one in re.findall(r'<li class="cwn-card">.*?</li>', html) if f">{title}</a>" in one]
    return found


def test_every_filter_that_is_on_has_a_link_that_removes_it_alone(client, network):
    html = read(client, "/?q=zorg&regio=zeeland&sector=zorg")
    assert links(html, 'id="chip-regio-zeeland"') == ["/?q=zorg&sector=zorg"]
    assert links(html, 'id="chip-sector-zorg"') == ["/?q=zorg&regio=zeeland"]
    assert "1 resultaat" in html


def test_to_clear_the_filters_keeps_the_words(client, network):
    assert links(read(client, "/?q=zorg&regio=zeeland&sector=zorg"), "Wis alle filters") == ["/?q=zorg"]
    assert not links(read(client, "/?q=zorg"), "Wis alle filters")


def test_the_order_is_a_link_that_keeps_the_question(client, network):
    html = read(client, "/?q=zorg&regio=zeeland&sorteer=naam")
    assert links(html, ">Dringend en nieuw eerst<") == ["/?q=zorg&regio=zeeland&sorteer=nieuwste"]
    assert links(html, ">Relevantie<") == ["/?q=zorg&regio=zeeland&sorteer=relevantie"]
    assert re.search(r'aria-current="true">Naam<', html)
    assert not links(read(client, "/"), ">Relevantie<")  # nothing to be relevant to
    assert links(read(client, "/partners/"), ">Nieuwste<")  # no organisation is urgent


def test_pages_of_a_list_keep_its_filters(client):
    OrganisationFactory.create_batch(51, regions=[RegionFactory(slug="zeeland")])
    html = read(client, "/partners/?regio=zeeland&sorteer=nieuwste&pagina=2")
    assert links(html, "</span>1</a>") == ["/partners/?regio=zeeland&sorteer=nieuwste"]
    assert links(html, "</span>3</a>") == ["/partners/?regio=zeeland&sorteer=nieuwste&pagina=3"]
    assert html.count('<li class="cwn-card">') == 25
    assert client.get("/partners/?pagina=4").status_code == 404


def test_the_map_counts_and_says_how_many_results_are_not_on_it(client, network):
    html = read(client, "/")
    assert "3 resultaten" in html
    assert 'aria-label="Zeeland, aantal resultaten: 2"' in html
    assert 'aria-label="Saba, aantal resultaten: 0"' in html
    assert "Niet op de kaart: 1" in html
    assert "Niet op de kaart" not in read(client, "/?regio=zeeland")


def test_a_tile_switches_its_region_on_and_off(client, network):
    assert links(read(client, "/?q=zorg"), 'id="tegel-zeeland"') == ["/?q=zorg&regio=zeeland"]
    assert links(read(client, "/?q=zorg&regio=zeeland"), 'id="tegel-zeeland"') == ["/?q=zorg"]


def test_nothing_found_says_what_to_do_now(client, network):
    html = read(client, "/?q=kwantumcomputer&regio=saba")
    assert "Niets gevonden" in html
    assert links(html, "Zoek zonder filters") == ["/?q=kwantumcomputer"]
    assert "Gebruik minder woorden" in html
    assert 'value="kwantumcomputer"' in html


def test_an_unknown_value_is_explained_and_finds_nothing(client, network):
    html = read(client, "/?regio=<b>atlantis")
    assert "Deze filterwaarde kennen wij niet: &lt;b&gt;atlantis." in html
    assert "0 resultaten" in html
    assert links(html, "Zoek zonder filters") == ["/"]


def test_a_slip_of_the_finger_is_corrected_and_said(client, network):
    html = read(client, "/?q=zeehavnes")
    assert "Niets gevonden voor <em>zeehavnes</em>. U ziet resultaten voor <strong>zeehavens</strong>." in html
    assert "ISAC <mark>Zeehavens</mark>" in html


def test_found_words_are_marked_and_everything_else_is_escaped(client):
    OrganisationFactory(name="<script>alert(1)</script> haven", description="Een <b>haven</b> & meer.")
    html = read(client, "/?q=haven")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>haven</mark>" in html
    assert "Een &lt;b&gt;<mark>haven</mark>&lt;/b&gt; &amp; meer." in html
    assert "<script>alert" not in html


def test_htmx_gets_only_the_part_that_changes(client, network):
    html = read(client, "/?regio=zeeland", HX_Request="true")
    assert "<html" not in html
    assert html.lstrip().startswith('<div class="cwn-wrap cwn-overview" id="overzicht">')
    assert html.strip() in read(client, "/?regio=zeeland")


def test_back_shows_a_whole_page_and_never_the_part(client, network):
    """A kept fragment must not answer for the page, nor the other way round, in whatever order they are asked."""
    for _round in range(2):
        assert "<html" not in read(client, "/", HX_Request="true")
        assert "<html" in read(client, "/")
        assert "<html" in read(client, "/", HX_Request="true", HX_History_Restore_Request="true")
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in client.get("/", headers=headers)["Vary"]


def test_a_badge_says_how_a_thing_stands_in_the_language_of_the_page(client, cast):
    OrganisationFactory(name="Koepel", status=PartnerStatus.CONSULTED)
    InitiativeFactory(name="Oefenronde", status=InitiativeStatus.LINKED)
    InitiativeFactory(name="Loket", status=InitiativeStatus.ABSORBED)
    Question.objects.create(slug="wat", question="Wat is dat?", answer="Dit.", state=QuestionState.CONCEPT)
    Question.objects.create(slug="wie", question="Wie is dat?", answer="Zij.", state=QuestionState.ADOPTED)
    html = read(client, "/?sorteer=naam")
    for title, tone, words in (
        ("De Havenring", "success", "Netwerkpartner"),
        ("Koepel", "neutral", "Geraadpleegd"),
        ("Oefenronde", "success", "Gekoppeld aan het netwerk"),
        ("Loket", "info", "Opgenomen in het netwerk"),
        ("Wat is dat?", "warning", "Concept"),
    ):
        assert f'utrecht-badge-status--{tone}">{words}</span>' in card(html, title)
    assert "utrecht-badge-status" not in card(html, "Wie is dat?")
    assert '--success">Network partner</span>' in card(read(client, "/en/"), "De Havenring")
    assert '--danger">Geschorst</span>' in card(read(cast.client("coord"), "/"), "De Geschorste Ring")


def test_the_card_and_the_page_of_a_thing_wear_the_same_badge(client):
    for thing in (
        OrganisationFactory(name="Koepel", status=PartnerStatus.CONSULTED),
        InitiativeFactory(name="Loket", status=InitiativeStatus.PARALLEL),
    ):
        (badge,) = re.findall(r'<span class="utrecht-badge-status.*?</span>', card(read(client, "/"), thing.name))
        assert badge in read(client, thing.get_absolute_url())


def test_the_english_page_is_english_and_stays_so(client, network):
    html = read(client, "/en/?q=zorg&regio=zeeland")
    assert '<html lang="en"' in html
    assert "1 result<" in html
    assert "resultaat" not in html
    assert links(html, 'id="chip-regio-zeeland"') == ["/en/?q=zorg"]
    assert all(address.startswith("/en/partners/") for address in links(html, "<mark>Zorgring"))
    assert links(html, 'hreflang="nl"') == ["/?q=zorg&regio=zeeland"]
