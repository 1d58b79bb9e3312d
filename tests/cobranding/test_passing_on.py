"""The pack of a publication under the logo of who passes it on: whose logo, where it stands, what stays (R52, R93)."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from comms.cobranding.models import PartnerLogo
from comms.enums import Tlp
from tests.factories.cobranding import logo_of
from tests.factories.comms import published

pytestmark = pytest.mark.django_db
#: The colour of the logo in the factory.
BLUE = (10, 42, 107)
OFFER = "Doorstuurpakket met het beeldmerk van"


@pytest.fixture
def publication(cast):
    return published(tlp=Tlp.GREEN, owner=cast.organisations["zorgring"], title="Werk uw sluis bij")


def address(publication, organisation: str = "") -> str:
    pack = reverse("publication_pack", args=[publication.slug])
    return f"{pack}?organisatie={organisation}" if organisation else pack


def files_of(answer) -> dict[str, bytes]:
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.getvalue())) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def sheet_in(answer) -> tuple[int, str]:
    """Return how many dots of the first page are blue, and its words."""
    with PdfDocument(files_of(answer)["oplegger.pdf"]) as document:
        colours = document[0].render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
        words = " ".join(document[0].get_textpage().get_text_range().split())
    return sum(number for number, colour in colours if colour == BLUE), words


def test_a_partner_takes_the_pack_under_its_own_logo(cast, publication):
    logo_of(cast.organisations["havenring"])
    client = cast.client("mem")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert f"{OFFER} {cast.organisations['havenring'].name}" in page
    assert f'href="{address(publication, "havenring")}"' in page

    plain, own = client.get(address(publication)), client.get(address(publication, "havenring"))
    dots, words = sheet_in(own)
    assert dots > 500
    assert f"Doorgegeven door {cast.organisations['havenring'].name}" in words
    assert sheet_in(plain)[0] == 0
    assert "no-store" in own["Cache-Control"]

    # the label, the title and the actions are what they were; the other files do not change at all
    for part in ("TLP:GREEN", "Werk uw sluis bij", *(one["action"] for one in publication.action_perspective)):
        assert part in words
    changed = {name for name, content in files_of(own).items() if files_of(plain)[name] != content}
    assert changed == {"oplegger.pdf"}


@pytest.mark.parametrize("principal", ["mem", "wg", "coord"])
def test_the_logo_of_somebody_else_is_not_found_and_not_offered(cast, publication, principal):
    logo_of(cast.organisations["eilandring"])
    client = cast.client(principal)
    assert OFFER not in client.get(publication.get_absolute_url()).content.decode()
    for organisation in ("eilandring", "bestaat-niet", "x" * 300):
        assert client.get(address(publication, organisation)).status_code == 404


def test_without_a_logo_the_pack_is_offered_as_before(cast, publication):
    page = cast.client("mem").get(publication.get_absolute_url()).content.decode()
    assert OFFER not in page
    assert address(publication) in page
    assert cast.client("mem").get(address(publication, "havenring")).status_code == 404


@pytest.mark.parametrize("tlp", [Tlp.AMBER_STRICT, Tlp.RED])
def test_what_stays_inside_is_under_no_logo(cast, tlp):
    logo_of(cast.organisations["havenring"])
    restricted = published(
        tlp=tlp,
        owner=cast.organisations["zorgring"],
        addressed_organisations=[cast.organisations["havenring"]],
        named_readers=[cast["mem"]],
    )
    client = cast.client("mem")
    assert client.get(address(restricted, "havenring")).status_code == 404
    assert OFFER not in client.get(restricted.get_absolute_url()).content.decode()


def test_a_logo_whose_file_is_away_is_said(cast, publication):
    logo = logo_of(cast.organisations["havenring"])
    logo.on_light.storage.delete(logo.on_light.name)
    assert PartnerLogo.objects.exists()
    assert cast.client("mem").get(address(publication, "havenring")).status_code == 404
    assert cast.client("mem").get(address(publication)).status_code == 200
