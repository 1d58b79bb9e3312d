"""Suggestions while typing: titles to go to, words to complete, and nothing that a reader may not see."""

import pytest
from django.test import Client

from partners.enums import PartnerStatus
from tests.factories.partners import InitiativeFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def suggestions(client: Client, typed: str, prefix: str = "") -> list[dict[str, str]]:
    """Ask what the search box asks."""
    return client.get(f"{prefix}/zoeken/suggesties/", {"q": typed}).json()["suggestions"]


def test_titles_lead_to_their_pages(client):
    OrganisationFactory(name="ISAC Zeehavens", slug="isac-zeehavens")
    InitiativeFactory(name="Zeekabelproject", slug="zeekabelproject")
    titles = [one for one in suggestions(client, "zee") if "url" in one]
    assert {"label": "ISAC Zeehavens", "kind": "organisatie", "url": "/partners/isac-zeehavens/"} in titles
    assert {"label": "Zeekabelproject", "kind": "initiatief", "url": "/initiatieven/zeekabelproject/"} in titles


def test_words_of_a_text_complete_what_was_typed(client):
    OrganisationFactory(name="Koepel", description="Deelt dreigingsbeelden over ransomware.")
    assert suggestions(client, "ransom") == [{"label": "ransomware"}]
    assert suggestions(client, "dreigingsbeelden rans") == [{"label": "dreigingsbeelden ransomware"}]
    assert suggestions(client, "haven rans") == []  # no text has both


def test_english_pages_suggest_english_addresses(client):
    OrganisationFactory(name="Zeehavens", slug="zeehavens")
    (first, *_rest) = suggestions(client, "zeeh", "/en")
    assert first == {"label": "Zeehavens", "kind": "organisation", "url": "/en/partners/zeehavens/"}


def test_one_letter_or_nothing_suggests_nothing(client):
    OrganisationFactory(name="Zeehavens")
    for typed in ("", "z", "   ", "!?"):
        assert suggestions(client, typed) == []


def test_there_are_never_more_than_eight(client):
    for number in range(12):
        OrganisationFactory(name=f"Zeehaven {number}", description=f"zeewoord{number} zeezaak{number}")
    found = suggestions(client, "zee")
    assert len([one for one in found if "url" in one]) == 5
    assert len(found) == 8


def test_what_a_reader_may_not_see_is_not_suggested_to_him(cast):
    OrganisationFactory(name="Geheimring", description="Geheimwoord", status=PartnerStatus.PROSPECT, slug="geheim")
    assert suggestions(cast.client("anon"), "geheim") == []
    assert [one["label"] for one in suggestions(cast.client("coord"), "geheim")] == [
        "Geheimring",
        "geheimring",
        "geheimwoord",
    ]
