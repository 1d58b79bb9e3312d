"""Pages for visitors are kept while nothing changes, and only for visitors."""

import gzip

import pytest
from django.http import HttpResponse

from cwn.portal import page_cache
from partners.models import Organisation
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_second_visitor_gets_the_kept_page_compressed(client):
    OrganisationFactory(name="Zichtbaar")
    first, second = client.get("/"), client.get("/", headers={"Accept-Encoding": "gzip"})
    assert second["Content-Encoding"] == "gzip"
    assert gzip.decompress(second.content) == first.content


def test_unchanged_page_is_not_sent_again(client):
    etag = client.get("/")["ETag"]
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304


def test_a_change_shows_at_once(client):
    OrganisationFactory(name="Oude naam")
    assert "Oude naam" in client.get("/").content.decode()
    Organisation.objects.update(name="Nieuwe naam")
    assert "Nieuwe naam" in client.get("/").content.decode()


def test_a_member_never_gets_and_never_fills_a_kept_page(cast):
    member = cast.client("mem")
    assert "Uitloggen" in member.get("/").content.decode()
    visitor = cast.client("anon").get("/")
    assert "Uitloggen" not in visitor.content.decode()
    assert "Uitloggen" in member.get("/").content.decode()
    assert "no-store" in member.get("/")["Cache-Control"]


def test_fragment_and_page_are_kept_apart(client):
    fragment = client.get("/", headers={"HX-Request": "true"}).content
    restored = client.get("/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content
    assert b"<html" not in fragment
    assert b"<html" in client.get("/").content == restored


def test_two_readers_who_make_the_same_page_count_it_once(settings):
    page_cache.forget_pages()
    response = HttpResponse(b"x" * 1_000)
    for _reader in range(3):
        page_cache._keep(("1", "nl", "/", False), response)
    assert page_cache._size == 1_000


def test_old_pages_make_room(monkeypatch):
    page_cache.forget_pages()
    monkeypatch.setattr(page_cache, "MAX_BYTES", 2_500)
    for number in range(5):
        page_cache._keep((number, "nl", "/", False), HttpResponse(b"x" * 1_000))
    assert [key[0] for key in page_cache._pages] == [3, 4]
    page_cache._keep((9, "nl", "/", False), HttpResponse(b"x" * 9_000))
    assert page_cache._size == 0
