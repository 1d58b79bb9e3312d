"""A list as data: the shapes that other systems rely on, and a spreadsheet without traps (interface.md)."""

import csv
import io
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from partners.models import Organisation
from tests.factories.partners import InitiativeFactory, OrganisationFactory, RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def zeehavens() -> Organisation:
    """A partner in a province of a country, and an initiative beside it."""
    country = RegionFactory(name="Nederland", slug="nederland")
    zeeland = RegionFactory(name="Zeeland", slug="zeeland", parent=country)
    InitiativeFactory(name="Oefenronde", slug="oefenronde")
    return OrganisationFactory(
        name="ISAC Zeehavens",
        slug="isac-zeehavens",
        description="Havens delen dreigingen.",
        regions=[zeeland],
        sectors=[SectorFactory(name="Zorg", slug="zorg")],
        partner_since=date(2026, 11, 2),
    )


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    """Read a list as a spreadsheet program does."""
    response = client.get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_json_has_the_shape_that_others_rely_on(client, zeehavens):
    data = client.get("/partners.json?regio=zeeland").json()
    assert list(data) == ["count", "facets", "results", "page", "pages"]
    assert (data["count"], data["page"], data["pages"]) == (1, 1, 1)
    assert {"value": "zeeland", "label": "Zeeland", "count": 1, "selected": True} in data["facets"]["regio"]
    assert {"value": "zorg", "label": "Zorg", "count": 1, "selected": False} in data["facets"]["sector"]


def test_a_result_carries_the_slugs_of_every_facet_it_counts_in(client, zeehavens):
    (result,) = client.get("/partners.json").json()["results"]
    facets = {name: sorted(result.pop(name)) for name in ("regio", "sector", "pps", "status", "soort")}
    assert facets == {
        "regio": ["nederland", "zeeland"],
        "sector": ["zorg"],
        "pps": ["privaat"],
        "status": ["partner"],
        "soort": ["organisatie"],
    }
    assert result == {
        "kind": "organisation",
        "title": "ISAC Zeehavens",
        "url": "/partners/isac-zeehavens/",
        "date": "2026-11-02",
    }


def test_json_of_the_landing_page_has_every_kind_and_counts_pages(client, zeehavens):
    OrganisationFactory.create_batch(25)
    first, second = (client.get(f"/.json?pagina={number}").json() for number in (1, 2))
    assert (first["count"], first["pages"], len(first["results"])) == (27, 2, 25)
    assert (second["page"], len(second["results"])) == (2, 2)
    assert {result["kind"] for result in first["results"] + second["results"]} == {"organisation", "initiative"}


@pytest.mark.parametrize("form", ["json", "csv", "atom"])
def test_an_unknown_value_is_told_and_not_answered_with_everything(client, zeehavens, form):
    response = client.get(f"/partners.{form}?regio=atlantis")
    assert response.status_code == 404
    assert "atlantis" in response.json()["detail"]


def test_the_spreadsheet_has_a_row_per_result_and_a_column_per_filter(client, zeehavens):
    (row,) = rows_of(client, "/partners.csv?sector=zorg")
    expected: dict[str, Any] = {
        "Soort": "Organisaties",
        "TLP-label": "",
        "Titel": "ISAC Zeehavens",
        "Adres": "http://testserver/partners/isac-zeehavens/",
        "Datum": "2026-11-02",
        "Sector": "Zorg",
        "Status": "Netwerkpartner",
    }
    assert {name: row[name] for name in expected} == expected
    assert set(row["Regio"].split(", ")) == {"Nederland", "Zeeland"}
    assert set(row) == {
        *expected, "Regio", "Branche", "Rol", "Functie", "Publiek of privaat", "Doelgroep", "Thema of ontwikkeling",
        "Fase",
    }  # fmt: skip


@pytest.mark.parametrize("name", ['=HYPERLINK("https://evil.example")', "+31", "-1+1", "@SUM(A1)", "'=1"])
def test_no_name_becomes_a_formula(client, name):
    OrganisationFactory(name=name, slug="zo-geheten")
    (row,) = rows_of(client, "/partners.csv")
    assert row["Titel"] == f"'{name}"


def test_the_feed_is_atom_with_an_address_per_entry(client, zeehavens):
    response = client.get("/partners.atom?regio=zeeland")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/partners/?regio=zeeland",
        "self": "http://testserver/partners.atom?regio=zeeland",
    }
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "ISAC Zeehavens"
    assert entry.findtext(f"{ATOM}id") == "http://testserver/partners/isac-zeehavens/"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/partners/isac-zeehavens/"
    assert entry.findtext(f"{ATOM}updated").startswith("2026-11-02T00:00:00")


def test_a_character_that_xml_cannot_hold_spoils_no_feed(client):
    OrganisationFactory(name="Ring\x0bZuid", description="Oud\x1fnieuw")
    feed = ElementTree.fromstring(client.get("/partners.atom").content)  # noqa: S314
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "RingZuid"


def test_english_data_leads_to_english_pages(client, zeehavens):
    (result,) = client.get("/en/partners.json").json()["results"]
    assert result["url"] == "/en/partners/isac-zeehavens/"
    assert rows_of(client, "/en/partners.csv")[0]["Status"] == "Network partner"
