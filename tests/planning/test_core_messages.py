"""Core messages, target groups, and the one place of tagline and brand mark (R101, R102, R105)."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from pypdfium2 import PdfDocument

from comms.enums import Tlp
from comms.planning.actions.analyses import add_analysis
from comms.planning.actions.core_messages import adopt_core_message, retire_core_message, suggest_core_message
from comms.planning.enums import CoreMessageStatus
from comms.planning.models import AudienceAnalysis, CoreMessage
from comms.planning.reference.messages import load_channels, load_core_messages
from comms.reference import load_audiences
from cwn.core.brand_words import brand_words
from cwn.core.history import history_of
from cwn.portal.brand import remember_brand
from cwn.portal.models import Brand
from tests.factories.cobranding import template_in_use
from tests.factories.comms import published
from tests.factories.planning import AudienceFactory, CoreMessageFactory

pytestmark = pytest.mark.django_db

ADOPTED, RETIRED = CoreMessageStatus.ADOPTED, CoreMessageStatus.RETIRED
TAGLINE = "Kanarie: samen waakzaam"


def test_any_member_suggests_and_another_at_the_desk_adopts_with_a_reason(cast):
    client = cast.client("mem")
    assert client.post(reverse("core_message_new"), {"text": "Samen oefenen helpt."}).status_code == 302
    message = CoreMessage.objects.get()
    assert (message.suggested_by, message.status) == (cast["mem"], CoreMessageStatus.SUGGESTED)
    address = reverse("core_message_decide", args=[message.pk])
    assert cast.client("mem-x").post(address, {"decision": "vaststellen", "reason": "Mooi."}).status_code == 404
    assert cast.client("wg").post(address, {"decision": "vaststellen", "reason": ""}).status_code == 400
    assert cast.client("wg").post(address, {"decision": "vaststellen", "reason": "Raakt de kern."}).status_code == 302
    message.refresh_from_db()
    assert (message.status, message.decided_by) == (ADOPTED, cast["wg"])
    assert "Raakt de kern." in [line.why for line in history_of(message)]


def test_nobody_adopts_the_own_suggestion(cast):
    message = suggest_core_message(text="Van mij.", by=cast["wg"])
    with pytest.raises(ValidationError, match="zelf voor"):
        adopt_core_message(message, reason="Goed.", by=cast["wg"])
    assert adopt_core_message(message, reason="Goed.", by=cast["coord"]).status == ADOPTED


@pytest.mark.parametrize("who", ["nctv", "adm", "ex", "sus"])
def test_who_is_no_member_suggests_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        suggest_core_message(text="Toch.", by=cast[who])


def test_what_is_decided_is_not_decided_again(cast):
    message = retire_core_message(CoreMessageFactory(), reason="Te lang.", by=cast["wg"])
    for step in (adopt_core_message, retire_core_message):
        with pytest.raises(ValidationError, match="al besloten"):
            step(message, reason="Toch.", by=cast["coord"])


def test_the_list_of_an_audience_holds_its_sentences_and_those_for_everybody(cast):
    audience, other = AudienceFactory(slug="private-partners"), AudienceFactory()
    CoreMessageFactory(text="Voor deze.").audiences.set([audience])
    CoreMessageFactory(text="Voor een ander.").audiences.set([other])
    CoreMessageFactory(text="Voor iedereen.")
    page = cast.client("mem").get(f"{reverse('core_message_list')}?doelgroep=private-partners").content.decode()
    assert ("Voor deze." in page, "Voor een ander." in page, "Voor iedereen." in page) == (True, False, True)


def test_the_five_suggestions_and_the_channels_are_loaded_once():
    load_audiences()
    assert (len(load_core_messages().created), len(load_channels().created)) == (5, 8)
    assert not load_core_messages()
    assert not load_channels()
    assert set(CoreMessage.objects.values_list("status", flat=True)) == {CoreMessageStatus.SUGGESTED}
    assert CoreMessage.objects.filter(audiences__slug="breed-publiek").count() == 1


# --- one place of truth ------------------------------------------------------------------------------
#: A colour that nothing else has, so that a picture of a page tells whether the mark is on it.
CANARY = (250, 214, 5)


@pytest.fixture
def brand():
    """A network that chose its tagline and its mark."""
    row = Brand(name="Kanarienetwerk", tagline=TAGLINE)
    drawing = BytesIO()
    Image.new("RGB", (64, 64), CANARY).save(drawing, "WEBP", lossless=True)
    row.mark.save("merk.webp", ContentFile(drawing.getvalue()))
    remember_brand(row)
    return row


def pictures_and_words(pdf: bytes) -> tuple[int, str]:
    """Return how many dots of the first page have the colour of the mark, and its words."""
    with PdfDocument(pdf) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
        words = " ".join(document[0].get_textpage().get_text_range().split())
    return sum(number for number, colour in page.getcolors(1 << 20) if colour == CANARY), words


def test_tagline_and_name_come_from_one_place_in_page_mail_and_pdf(cast, client, brand):
    assert brand_words()["brand"] == "Kanarienetwerk"
    assert brand_words()["tagline"] == TAGLINE
    publication = published(tlp=Tlp.CLEAR)
    for page in (client.get(reverse("home")), cast.client("mem").get(reverse("core_message_list"))):
        assert TAGLINE in page.content.decode()
        assert "Kanarienetwerk" in page.content.decode()
    _dots, words = pictures_and_words(client.get(reverse("publication_sheet", args=[publication.slug])).content)
    assert TAGLINE in words
    pack = cast.client("mem").get(reverse("publication_pack", args=[publication.slug])).getvalue()
    with ZipFile(BytesIO(pack)) as files:
        mails = [files.read(name).decode() for name in files.namelist() if name.endswith(".html")]
    assert mails
    assert all(TAGLINE in mail and "Kanarienetwerk" in mail for mail in mails)


def test_the_mark_comes_from_one_place_in_pages_pdfs_packs_and_templates(cast, client, brand):
    """Pages link to it, PDFs hold it; a mail holds no picture of the network, so nobody sees who opened it."""
    publication, template = published(tlp=Tlp.CLEAR), template_in_use()
    for page in (client.get(reverse("home")), cast.client("mem").get(reverse("core_message_list"))):
        head = page.content.decode().partition("<main")[0]
        assert head.count(f'src="{brand.mark.url}"') == 1
        assert '<svg class="cwn-brand__mark"' not in head
    pack = cast.client("mem").get(reverse("publication_pack", args=[publication.slug])).getvalue()
    with ZipFile(BytesIO(pack)) as files:
        packed, mail = files.read("oplegger.pdf"), files.read("mailblok.html").decode()
    pdfs = {
        "sheet": client.get(reverse("publication_sheet", args=[publication.slug])).content,
        "pack": packed,
        "one-pager": client.get(reverse("template_download", args=[template.slug, "a4", "pdf"])).content,
        "press": client.get(reverse("template_download", args=[template.slug, "persbericht", "pdf"])).content,
    }
    for name, pdf in pdfs.items():
        dots, words = pictures_and_words(pdf)
        assert dots > 200, name
        assert "Kanarienetwerk" in words, name
    assert "<img" not in mail

    # another mark is another picture everywhere, and its old file is nowhere needed
    brand.mark.delete()
    remember_brand(brand)
    assert pictures_and_words(client.get(reverse("publication_sheet", args=[publication.slug])).content)[0] == 0
    assert "cwn-brand__mark" in client.get(reverse("home")).content.decode()


def test_a_mark_whose_file_is_away_breaks_no_document(client, brand):
    brand.mark.storage.delete(brand.mark.name)
    publication = published(tlp=Tlp.CLEAR)
    answer = client.get(reverse("publication_sheet", args=[publication.slug]))
    assert answer.status_code == 200
    assert pictures_and_words(answer.content)[0] == 0


def test_the_drawing_of_the_standard_mark_stands_in_one_file():
    """What shows the mark includes it; a second copy would stay behind when the network chooses another one."""
    drawing = "M24 7 40.2 18.7"
    root = Path(settings.BASE_DIR)
    kinds = ("*.html", "*.svg", "*.mjml", "*.typ", "*.txt", "*.css", "*.py")
    holders = {
        str(path.relative_to(root))
        for folder in ("templates", "static", "comms", "cwn", "partners", "functions", "recognition")
        for kind in kinds
        for path in (root / folder).rglob(kind)
        if drawing in path.read_text(encoding="utf-8")
    }
    assert holders == {"templates/components/brand_mark.html"}


# --- target groups -----------------------------------------------------------------------------------
def test_an_analysis_stays_beside_the_next_one(cast):
    audience = AudienceFactory(slug="breed-publiek")
    values = {"made_on": "2026-03-01", "who": "Iedereen.", "needs": "kanarie-behoefte", "ways": "Via partners."}
    assert cast.client("wg").post(reverse("analysis_new", args=[audience.slug]), values).status_code == 302
    add_analysis(audience, values=values | {"made_on": "2026-09-01", "needs": "Iets anders."}, by=cast["coord"])
    assert AudienceAnalysis.objects.count() == 2
    address = reverse("audience_detail", args=[audience.slug])
    for principal, sees in (("wg", True), ("rep", True), ("nctv", True), ("mem", False)):
        assert ("kanarie-behoefte" in cast.client(principal).get(address).content.decode()) == sees, principal


def test_only_the_desk_analyses(cast):
    for who in ("mem", "rep", "nctv"):
        with pytest.raises(PermissionDenied):
            add_analysis(AudienceFactory(), values={}, by=cast[who])
