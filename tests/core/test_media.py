"""Files that people sent: who may have which (security.md B07)."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cwn.portal.models import Brand
from partners.enums import PartnerStatus
from partners.models import Organisation, ProfileProposal
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
PICTURE = b"RIFF....WEBP"


def _file(organisation: Organisation, name: str = "geheime-naam.webp") -> str:
    organisation.logo.save(name, ContentFile(PICTURE))
    return organisation.logo.url


def test_a_logo_is_sent_as_a_picture_that_stays_a_picture(client):
    answer = client.get(_file(OrganisationFactory()))

    assert b"".join(answer.streaming_content) == PICTURE
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers


def test_what_is_no_picture_is_only_downloaded(client):
    answer = client.get(_file(OrganisationFactory(), "pagina.html"))

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("status", PartnerStatus)
def test_a_logo_is_as_visible_as_its_organisation(cast, status):
    organisation = OrganisationFactory(status=status, partner_since="2026-01-01")
    address = _file(organisation)

    for principal, client in cast.clients():
        known = Organisation.objects.visible_to(cast[principal]).filter(pk=organisation.pk).exists()
        if principal != "nomfa":  # the second factor comes first
            assert client.get(address).status_code == (200 if known else 404), principal


def test_a_proposed_logo_is_seen_by_the_organisation_and_who_decides(cast):
    proposal = ProfileProposal.objects.create(organisation=cast.organisations["havenring"], values={})
    proposal.logo.save("nieuw.webp", ContentFile(PICTURE))

    seen = {principal for principal, client in cast.clients() if client.get(proposal.logo.url).status_code == 200}
    assert seen == {"rep", "coord"}


def test_the_brand_mark_is_for_everybody(client):
    brand = Brand.objects.create()
    brand.mark.save("merk.webp", ContentFile(PICTURE))

    assert client.get(brand.mark.url).status_code == 200
    brand.delete()
    assert client.get(brand.mark.url).status_code == 404


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("logos", "onbekend.webp"),
        ("logos", ".."),
        ("geheim", "x.webp"),
        ("logos", "..%2F..%2Fsettings.py"),
        ("..", "x"),
    ],
)
def test_what_nobody_answers_for_does_not_exist(client, folder, name):
    assert client.get(f"/media/{folder}/{name}").status_code == 404


def test_a_row_without_its_file_is_no_crash(client):
    organisation = OrganisationFactory(logo="logos/weg.webp")

    assert client.get(reverse("media_file", args=["logos", "weg.webp"])).status_code == 404
    assert client.post(organisation.logo.url).status_code in (403, 404, 405)
