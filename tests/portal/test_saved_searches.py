"""Searches that people keep: what is kept of an address, for whom, and what is new in it (R12)."""

from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cwn.portal.models import AlertFrequency, SavedSearch
from cwn.portal.saved_searches.actions import MOST_SEARCHES, save_search
from cwn.portal.saved_searches.questions import read_address
from tests.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db
NEW = "/mijn/zoekvragen/nieuw/"


@pytest.fixture
def reader():
    """A member of a partner; there are a region and a sector to filter on."""
    RegionFactory(name="Zeeland", slug="zeeland")
    RegionFactory(name="Saba", slug="saba")
    SectorFactory(name="Zorg", slug="zorg")
    return MembershipFactory(organisation__name="Havenring").user


@pytest.fixture
def mine(reader) -> Client:
    """A browser in which the reader is logged in."""
    client = Client()
    log_in(client, reader)
    return client


def keep(user, address: str = "/?q=ransomware", **values) -> SavedSearch:
    """Keep a search as the form does."""
    values = {"name": "Ransomware", "frequency": AlertFrequency.DAILY} | values
    return save_search(question=read_address(address), by=user, **values)


def save(mine: Client, address: str, **values):
    """Send the form."""
    data = {"van": address, "name": "Mijn vraag", "frequency": AlertFrequency.WEEKLY} | values
    return mine.post(NEW, data)


def text_of(response) -> str:
    return unescape(response.content.decode())


# --- keeping -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address", ["/?q=haven&regio=zeeland", "/partners/?sector=zorg", "/initiatieven/", "/en/?q=port"]
)
def test_every_list_offers_who_is_logged_in_to_keep_its_question(client, mine, address):
    link = f"nieuw/?van={quote(address, safe='')}"
    assert link in mine.get(address).content.decode()
    assert "Bewaar deze zoekvraag" not in client.get(address).content.decode()


def test_the_form_says_the_question_in_words_and_keeps_it(mine, reader):
    address = "/?q=ransomware&regio=zeeland"
    page = text_of(mine.get(NEW, {"van": address}))
    assert "“ransomware” · Zeeland" in page
    response = save(mine, address, name="Losgeld in Zeeland")
    assert response.status_code == 302
    search = SavedSearch.objects.get()
    assert (search.user, search.name, search.frequency) == (reader, "Losgeld in Zeeland", AlertFrequency.WEEKLY)
    assert search.address == address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/?utm_source=mail&regio=zeeland&pagina=3&sorteer=naam", "/?regio=zeeland"),
        ("/?regio=zeeland&regio=saba&regio=zeeland&q=++haven+", "/?q=haven&regio=saba&regio=zeeland"),
        ("/partners/?sector=zorg&soort=initiatief", "/partners/?sector=zorg"),
        ("/partners/", "/partners/"),
        ("/en/partners/?q=port", "/en/partners/?q=port"),
        ("https://elders.example/?q=haven", "/?q=haven"),
    ],
)
def test_only_what_the_list_pages_know_is_kept_in_one_spelling(reader, typed, kept):
    assert keep(reader, typed).address == kept


@pytest.mark.parametrize(
    "address",
    [
        "/contact/",
        "/bestaat-niet/",
        "/partners/havenring/",
        "/?regio=atlantis",
        "/?q=%00",
        "/?q=a%0Bb",
        "//[",
        "x",
        "/?q=" + "𝄞" * 200,
    ],
)
def test_what_is_no_question_is_refused_in_one_sentence(mine, address):
    for response in (mine.get(NEW, {"van": address}), save(mine, address)):
        assert response.status_code == 400
        assert "utrecht-alert--warning" in text_of(response)
    assert not SavedSearch.objects.exists()


def test_whoever_comes_without_a_question_reads_where_to_begin(mine):
    assert "Zoek eerst in het overzicht" in text_of(mine.get(NEW))


def test_a_question_is_kept_once(mine, reader):
    keep(reader, "/?regio=zeeland&regio=saba", name="Twee regio's")
    page = text_of(save(mine, "/?regio=saba&regio=zeeland&pagina=1", name="Nog eens"))
    assert "U bewaart deze zoekvraag al, als “Twee regio's”." in page
    assert 'value="Nog eens"' in page
    assert SavedSearch.objects.count() == 1
    keep(UserFactory(), "/?regio=saba&regio=zeeland")  # somebody else may ask the same
    keep(reader, "/en/?regio=saba&regio=zeeland")  # and on English pages words mean something else


def test_nobody_keeps_more_than_twenty_five(mine, reader):
    for number in range(MOST_SEARCHES):
        keep(reader, f"/?q=vraag+{number}")
    assert "U bewaart al 25 zoekvragen. Verwijder er eerst een." in text_of(save(mine, "/?q=nog+een"))
    assert SavedSearch.objects.count() == MOST_SEARCHES
    mine.post(reverse("remove_saved_search", args=[SavedSearch.objects.first().pk]))
    assert save(mine, "/?q=nog+een").status_code == 302


@pytest.mark.parametrize(
    "values", [{"name": ""}, {"name": "twee\nregels"}, {"name": "n" * 81}, {"frequency": "elk-uur"}]
)
def test_a_wrong_answer_loses_nothing_that_was_typed(mine, values):
    page = text_of(save(mine, "/?q=haven&regio=zeeland", **values))
    assert "Dit klopt nog niet" in page
    assert 'name="van" value="/?q=haven&regio=zeeland"' in page
    assert not SavedSearch.objects.exists()


def test_nobody_keeps_a_search_for_somebody_else(mine, reader):
    save(mine, "/?q=haven", user=UserFactory().pk, seen='{"organisation": ""}', is_paused="on")
    search = SavedSearch.objects.get()
    assert search.user == reader
    assert not search.is_paused


# --- the own searches only ---------------------------------------------------------------------------
ADDRESSES = ("change_saved_search", "look_at_saved_search", "remove_saved_search")


@pytest.mark.parametrize("principal", ["rep", "mem-x", "coord", "nctv", "adm", "ex", "sus"])
def test_a_search_does_not_exist_for_others(cast, principal):
    search = keep(cast["mem"], name="Alleen van Petra")
    client = cast.client(principal)
    for name in ADDRESSES:
        assert client.post(reverse(name, args=[search.pk]), {"name": "x", "frequency": "geen"}).status_code == 404
    assert "Alleen van Petra" not in text_of(client.get("/mijn/zoekvragen/")) + text_of(client.get("/mijn/"))
    search.refresh_from_db()
    assert search.name == "Alleen van Petra"


def test_following_a_link_changes_nothing(mine, reader):
    OrganisationFactory(name="Ransomwarecentrum")
    search = keep(reader)
    before = list(SavedSearch.objects.values())
    for name in ADDRESSES:
        mine.get(reverse(name, args=[search.pk]))
        mine.head(reverse(name, args=[search.pk]))
    mine.get(NEW, {"van": "/?q=haven"})
    assert list(SavedSearch.objects.values()) == before


def test_a_search_is_renamed_and_paused(mine, reader):
    search = keep(reader)
    address = reverse("change_saved_search", args=[search.pk])
    mine.post(address, {"name": "Losgeld", "frequency": AlertFrequency.DIRECT, "is_paused": "on", "query": "q=x"})
    search.refresh_from_db()
    assert (search.name, search.frequency, search.is_paused) == ("Losgeld", AlertFrequency.DIRECT, True)
    assert search.address == "/?q=ransomware"
    assert "pauze" in text_of(mine.get("/mijn/zoekvragen/"))


def test_removing_asks_first(mine, reader):
    search = keep(reader)
    address = reverse("remove_saved_search", args=[search.pk])
    assert "Wilt u de zoekvraag “Ransomware” verwijderen?" in text_of(mine.get(address))
    mine.post(address)
    assert not SavedSearch.objects.exists()


# --- what is new -------------------------------------------------------------------------------------
def badge(mine: Client) -> str:
    page = text_of(mine.get("/mijn/zoekvragen/"))
    return next((word for word in ("Niets nieuws", "1 nieuw", "2 nieuw") if word in page), "")


def test_new_is_what_came_after_it_was_kept_and_was_not_looked_at(mine, reader):
    OrganisationFactory(name="Ransomwarecentrum Noord")
    search = keep(reader)
    assert badge(mine) == "Niets nieuws"
    zuid = OrganisationFactory(name="Ransomwarecentrum Zuid")
    OrganisationFactory(name="Iets anders")
    assert badge(mine) == "1 nieuw"
    zuid.description = "Een ander verhaal over ransomware"
    zuid.save()
    assert badge(mine) == "1 nieuw"
    response = mine.post(reverse("look_at_saved_search", args=[search.pk]))
    assert response.headers["Location"] == "/?q=ransomware"
    assert badge(mine) == "Niets nieuws"


def test_what_went_and_came_back_is_not_new(mine, reader):
    centre = OrganisationFactory(name="Ransomwarecentrum Noord")
    keep(reader)
    type(centre).objects.filter(pk=centre.pk).update(status="prospect")
    assert badge(mine) == "Niets nieuws"
    type(centre).objects.filter(pk=centre.pk).update(status="partner")
    assert badge(mine) == "Niets nieuws"


def test_the_search_is_asked_on_the_pages_on_which_it_was_kept(reader):
    """An English word is looked up in English texts, whatever the language of the page that lists the searches."""
    OrganisationFactory(name="Een", description="Zij varen", description_en="They are sailing")
    english, dutch = keep(reader, "/en/?q=sails"), keep(reader, "/?q=sails")
    assert english.seen
    assert not dutch.seen
    with translation.override("en"):
        assert dutch.address == "/?q=sails"


def test_a_list_of_searches_costs_as_much_for_one_as_for_three(mine, reader):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            mine.get("/mijn/zoekvragen/")
        return len(captured)

    OrganisationFactory.create_batch(3, name="Ransomware")
    keep(reader)
    queries()
    one = queries()
    keep(reader, "/?regio=zeeland")
    keep(reader, "/partners/?sector=zorg")
    assert queries() == one


def test_names_of_people_are_never_code(mine, reader):
    keep(reader, "/?q=<img+src=x>", name="<script>alert(1)</script>")
    for page in ("/mijn/zoekvragen/", "/mijn/"):
        assert "<script>alert" not in mine.get(page).content.decode()
        assert "<img src=x" not in mine.get(page).content.decode()
